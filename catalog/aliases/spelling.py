"""Spellings of one place that producers write differently. Pure.

Seen in the wild: `postgresql://` for `postgres://`, a default port that is left out, `localhost`
for `127.0.0.1`, `s3a://` for `s3://`, slashes around a key of an object store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, urlsplit

from ingest.names import DatasetName

_SCHEMES: Final = {
    "postgresql": "postgres",
    "s3a": "s3",
    "s3n": "s3",
    "gcs": "gs",
    "abfs": "abfss",
}
_PORTS: Final = {
    "postgres": 5432,
    "mysql": 3306,
    "mssql": 1433,
    "oracle": 1521,
    "redshift": 5439,
    "cassandra": 9042,
    "kafka": 9092,
    "hdfs": 8020,
}
_LOOPBACK: Final = {"localhost", "::1"}
_OBJECT_STORES: Final = frozenset({"s3", "gs", "abfss"})


def spelled(dataset: DatasetName) -> DatasetName:
    """Give the spelling that all spellings of a name have in common."""
    namespace = spelled_namespace(dataset.namespace)
    name = dataset.name.strip("/") if _is_object_store(namespace) else dataset.name
    return DatasetName(namespace, name)


@lru_cache(maxsize=10_000)
def spelled_namespace(namespace: str) -> str:
    """Give the spelling that all spellings of a namespace have in common."""
    address = _address(namespace)
    if address is None:
        return namespace
    scheme = _SCHEMES.get(address.scheme, address.scheme)
    host = "127.0.0.1" if address.hostname in _LOOPBACK else address.hostname
    port = address.port or _PORTS.get(scheme)
    at = f"{address.netloc.rpartition('@')[0]}@" if "@" in address.netloc else ""
    return f"{scheme}://{at}{host}{f':{port}' if port else ''}{address.path.rstrip('/')}"


def spellings(spelled: DatasetName, namespaces: Iterable[str]) -> Iterator[DatasetName]:
    """Give the names that this is the common spelling of, in namespaces that are spelled so."""
    slashes = _is_object_store(spelled.namespace) and spelled.name
    names = [spelled.name]
    if slashes:
        names += [f"/{spelled.name}", f"{spelled.name}/", f"/{spelled.name}/"]
    return (DatasetName(namespace, name) for namespace in namespaces for name in names)


def _is_object_store(namespace: str) -> bool:
    return namespace.partition("://")[0] in _OBJECT_STORES


def _address(namespace: str) -> SplitResult | None:
    """Take a namespace apart that is the address of one host; None of others."""
    if "://" not in namespace or "," in namespace:
        return None
    try:
        address = urlsplit(namespace)
        known = address.hostname is not None and (address.port is None or address.port > 0)
    except ValueError:
        return None
    return address if known and not address.query and not address.fragment else None
