"""Secrets are taken out of a record before it is stored.

Each of these is replaced by `PLACEHOLDER`:

- the values of environment variables (facet `environmentVariables`);
- in the facets that list settings (`SETTINGS`): what stands under a key, or is the `value` of a
  `key` or `name`, that looks like a secret's;
- in any text: what stands before the `@` of a URI, if there is a password in it, and always over
  HTTP, where a token may stand alone. Elsewhere a user without a password is no secret and may be
  part of a dataset's name: `abfss://container@account.dfs.core.windows.net`.

Keys stay as they are. The record id is computed after this: the same record always gives the same
result, and doing it twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final, TypeAlias, cast

import msgspec

PLACEHOLDER: Final = "***"

SETTINGS: Final = frozenset(
    {"environment-properties", "executionParameters", "hive_properties", "spark_properties"}
)

_ENVIRONMENT = "environmentVariables"
_SECRET = re.compile(
    r"passw|passphrase|pwd|secret|token|credential|private|(?<=.)key$|[-_.]key[-_.]", re.IGNORECASE
)
_USER_INFO = re.compile(r"://([^\s/?#\"'<>]*)@")
_SUSPECT = re.compile(
    b"|".join([rb"://[^\s/?#\"'<>]*@", *(f'"{key}"'.encode() for key in (_ENVIRONMENT, *SETTINGS))])
)
"""Found in the JSON of every record that has something to redact, and of few others."""


def redact(value: object) -> object:
    """Give the record without its secrets; the very same object if it has none."""
    return _redacted(value, _nothing) if _is_suspect(value) else value


def _is_suspect(value: object) -> bool:
    try:
        return _SUSPECT.search(msgspec.json.encode(value)) is not None
    except UnicodeEncodeError:  # a lone surrogate: slow, but rare
        return True


_Parts: TypeAlias = dict[str, object]
_Rule: TypeAlias = Callable[[_Parts, str], bool]
"""Is the part of this object that has this key a secret?"""


def _redacted(value: object, is_secret: _Rule) -> object:
    if isinstance(value, str):
        return _USER_INFO.sub(_without_secret, value)
    if isinstance(value, list):
        items = cast("list[object]", value)
        changed = [_redacted(item, is_secret) for item in items]
        return changed if _differ(items, changed) else items
    if isinstance(value, dict):
        parts = cast("_Parts", value)
        kept = {key: _redacted_part(parts, key, is_secret) for key in parts}
        return kept if _differ(parts.values(), kept.values()) else parts
    return value


def _redacted_part(parts: _Parts, key: str, is_secret: _Rule) -> object:
    part = parts[key]
    if part is not None and is_secret(parts, key):
        return PLACEHOLDER
    return _redacted(part, _RULES.get(key, is_secret) if isinstance(part, dict) else is_secret)


def _nothing(_: _Parts, __: str) -> bool:
    return False


def _environment(parts: _Parts, key: str) -> bool:
    lists = isinstance(parts[key], list | dict)
    return not lists and key not in {"name", "_producer", "_schemaURL"}


def _settings(parts: _Parts, key: str) -> bool:
    labels = (parts.get("key"), parts.get("name")) if key == "value" else (key,)
    return any(isinstance(label, str) and _SECRET.search(label) for label in labels)


_RULES: dict[str, _Rule] = {_ENVIRONMENT: _environment, **dict.fromkeys(SETTINGS, _settings)}


def _without_secret(match: re.Match[str]) -> str:
    scheme_end = match.string[max(0, match.start() - 5) : match.start()].lower()
    if ":" in match[1] or scheme_end.endswith(("http", "https")):
        return f"://{PLACEHOLDER}@"
    return match[0]


def _differ(before: Collection[object], after: Collection[object]) -> bool:
    return any(old is not new for old, new in zip(before, after, strict=True))
