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

from ingest.openlineage.decode import decode
from ingest.openlineage.encode import encode

PLACEHOLDER: Final = "***"

SETTINGS: Final = frozenset(
    {"environment-properties", "executionParameters", "hive_properties", "spark_properties"}
)

_ENVIRONMENT = "environmentVariables"
_SECRET = re.compile(
    r"passw|pwd|secret|token|credential|(?<=.)key\Z|[-_.]key[-_.]", re.IGNORECASE | re.ASCII
)
_USER_INFO = re.compile(r"://([^\s/?#\"'<>]*)@")


def redact(value: object, text: bytes | None = None) -> object:
    """Give the record without its secrets; the very same object if it has none.

    `text` is what `encode` gives of the value, for those who have it.
    """
    return _redacted(value, _nothing) if _is_suspect(text or encode(value)) else value


def redact_text(text: bytes) -> bytes:
    """Give a record's canonical text without its secrets."""
    return encode(redact(decode(text), text)) if _is_suspect(text) else text


def _is_suspect(content: bytes) -> bool:
    """Look at the record's JSON: most records have nothing that could be a secret."""
    if f'"{_ENVIRONMENT}"'.encode() in content:
        return True
    if b"@" in content and _USER_INFO_IN_JSON.search(content):
        return True
    if any(f'"{key}"'.encode() in content for key in SETTINGS):
        text = content.lower()
        return any(word in text for word in _SECRET_WORDS) or bool(_KEY_IN_JSON.search(text))
    return False


_USER_INFO_IN_JSON = re.compile(rb"://[^\s/?#\"'<>]*@")
_SECRET_WORDS = (b"passw", b"pwd", b"secret", b"token", b"credential")
_KEY_IN_JSON = re.compile(rb"key[\"._-]")
"""One of these, or of the words, is in the lower case of all that `_SECRET` finds."""


_Parts: TypeAlias = dict[str, object]
_Rule: TypeAlias = Callable[[_Parts, str], bool]
"""Is the part of this object that has this key a secret?"""


def _redacted(value: object, is_secret: _Rule) -> object:
    if isinstance(value, str):
        clean = _USER_INFO.sub(_without_secret, value) if "@" in value else value
        return value if clean == value else clean
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
    if part not in (None, PLACEHOLDER) and is_secret(parts, key):
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
