"""The tree of errors.

HeadwaterError
├── NotFound              no such thing
├── Invalid               the question cannot be meant
├── Unavailable           a store or the log does not answer; trying again may help
└── Mismatch              graph and reader do not fit; rebuild
"""

from __future__ import annotations


class HeadwaterError(Exception):
    """Something that a person can act upon. `retriable`: trying again may help."""

    code = "error"
    retriable = False

    @property
    def extensions(self) -> dict[str, object]:
        """What GraphQL shows beside the message."""
        return {"code": self.code, "retriable": self.retriable}


class NotFound(HeadwaterError):
    """There is no such thing in the catalog."""

    code = "not_found"


class Invalid(HeadwaterError):
    """This question cannot be answered as it is put."""

    code = "invalid"


class Unavailable(HeadwaterError):
    """A store does not answer."""

    code = "unavailable"
    retriable = True


class Mismatch(HeadwaterError):
    """The graph was written by another version: `headwater rebuild` makes it anew from the log."""

    code = "mismatch"
