"""The one refusal: a record that can never be stored."""

from __future__ import annotations


class Unreadable(ValueError):
    """The record cannot be read; sending it again changes nothing.

    `code` is stable; `path` is a JSON pointer into the record, empty for the whole of it.
    """

    def __init__(self, code: str, path: str, message: str) -> None:
        super().__init__(f"{message} ({path or 'the whole record'})")
        self.code = code
        self.path = path
        self.message = message
