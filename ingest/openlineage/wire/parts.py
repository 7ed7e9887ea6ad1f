"""What the types of the wire are made of.

An annotation with `unread` marks a property that is known and deliberately not read, and says why.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta, Raw, Struct

NOTHING = Raw(b"null")

About: TypeAlias = Annotated[Raw, Meta(extra={"unread": "describes the facet, not the thing"})]
Schemas: TypeAlias = Annotated[Raw, Meta(extra={"unread": "the shape of an event is told by it"})]
Detail: TypeAlias = Annotated[Raw, Meta(extra={"unread": "shown from the log, concluded nothing"})]
Order: TypeAlias = Annotated[Raw, Meta(extra={"unread": "the order of the list counts"})]
Forwarded: TypeAlias = Annotated[
    Raw, Meta(extra={"unread": "a hint; what the parent's own events say counts"})
]

Int64: TypeAlias = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
Facets: TypeAlias = dict[str, Raw]


class Strict(Struct, forbid_unknown_fields=True, rename="camel"):
    """What all of this has in common: a property that is not named here is not overlooked."""
