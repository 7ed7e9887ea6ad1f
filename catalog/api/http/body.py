"""Reading a request's body: inflated, and never larger than allowed."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable

GZIP_WINDOW = 16 + zlib.MAX_WBITS


class TooLarge(Exception):
    """The body is larger than allowed, inflated or not."""


class BadEncoding(Exception):
    """The body is not encoded as its headers say."""


async def read_body(chunks: AsyncIterable[bytes], encoding: str, limit: int) -> bytes:
    """Read a body, inflating gzip.

    Raises:
        TooLarge: more than `limit` bytes, counted after inflating.
        BadEncoding: an encoding other than gzip or none, or broken gzip.
    """
    match encoding.strip().lower():
        case "" | "identity":
            return await _read(chunks, limit)
        case "gzip" | "x-gzip":
            return await _inflate(chunks, limit)
        case other:
            raise BadEncoding(f"Content-Encoding {other!r} is not understood; send gzip or none")


async def _read(chunks: AsyncIterable[bytes], limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge
        parts.append(chunk)
    return b"".join(parts)


async def _inflate(chunks: AsyncIterable[bytes], limit: int) -> bytes:
    inflater = zlib.decompressobj(GZIP_WINDOW)
    parts: list[bytes] = []
    room = limit + 1
    try:
        async for chunk in chunks:
            part = inflater.decompress(chunk, room)
            parts.append(part)
            room -= len(part)
            if room <= 0 or inflater.unconsumed_tail:
                raise TooLarge
    except zlib.error as error:
        raise BadEncoding(f"the body is not gzip: {error}") from error
    if not inflater.eof:
        raise BadEncoding("the gzip body is cut short")
    return b"".join(parts)
