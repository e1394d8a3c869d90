"""Content codings of HTTP (RFC 9110 section 8.4.1) undone within limits."""

from __future__ import annotations

import zlib

from archiver.errors import ParseError, TooLargeError
from archiver.model.document import Notice

_STEP = 64 * 1024
#: A small entity may swell as it likes: the ratio only tells bombs when there is something to hold.
_RATIO_FROM = 1024 * 1024


class _Limit:
    """Collects output and refuses too much of it."""

    def __init__(self, source: int, max_bytes: int, max_ratio: int) -> None:
        self.parts: list[bytes] = []
        self._size = 0
        self._most = min(max_bytes, max(source * max_ratio, _RATIO_FROM))
        self._max_bytes = max_bytes

    def add(self, data: bytes) -> None:
        self.parts.append(data)
        self._size += len(data)
        if self._size > self._most:
            message = f"the content coding swells to more than {self._most} bytes"
            raise TooLargeError(message, advice="raise the limit if the source is trusted; the record is kept as it is")


def decode_content(body: bytes, coding: str, *, max_bytes: int, max_ratio: int) -> tuple[bytes, tuple[Notice, ...]]:
    """Undo one content coding (lower case); where the body is not coded so, it is returned with a notice.

    Raises TooLargeError over a limit, ParseError where coded data is damaged after its beginning.
    """
    if not body:
        return body, ()
    limit = _Limit(len(body), max_bytes, max_ratio)
    if coding in ("gzip", "x-gzip"):
        if not body.startswith(b"\x1f\x8b"):
            return body, (_not_coded(coding),)
        return _inflate(body, coding, 16 + zlib.MAX_WBITS, limit)
    if coding == "deflate":
        # RFC 9110 means the zlib format; many servers sent bare deflate data.
        wrapped = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
        try:
            return _inflate(body, coding, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, limit)
        except ParseError:
            if limit.parts:
                raise
            return body, (_not_coded(coding),)
    if coding == "br":
        return _brotli(body, limit)
    return body, (Notice("http.unknown-coding", f"the content coding {coding[:40]!r} cannot be undone"),)


def _inflate(body: bytes, coding: str, window: int, limit: _Limit) -> tuple[bytes, tuple[Notice, ...]]:
    rest = body
    while rest:
        inflate = zlib.decompressobj(window)
        while not inflate.eof:
            if not rest:
                return b"".join(limit.parts), (_cut(coding),)
            try:
                out = inflate.decompress(rest, _STEP)
            except zlib.error as error:
                raise _damaged(coding) from error
            rest = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
            if out:
                limit.add(out)
        if not rest.startswith(b"\x1f\x8b"):
            # Zeros or a line end behind the last member do no harm.
            break
    return b"".join(limit.parts), ()


def _brotli(body: bytes, limit: _Limit) -> tuple[bytes, tuple[Notice, ...]]:
    try:
        import brotli  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        return body, (Notice("http.unknown-coding", "the content coding 'br' needs the package brotli 1.2"),)
    decoder = brotli.Decompressor()
    if not hasattr(decoder, "can_accept_more_data"):
        return body, (Notice("http.unknown-coding", "the content coding 'br' needs the package brotli 1.2"),)
    data = body
    try:
        while not decoder.is_finished():
            out = decoder.process(data, output_buffer_limit=_STEP)
            if not out and not data:
                return b"".join(limit.parts), (_cut("br"),)
            data = b""
            limit.add(out)
    except brotli.error as error:
        if not limit.parts:
            return body, (_not_coded("br"),)
        raise _damaged("br") from error
    return b"".join(limit.parts), ()


def _not_coded(coding: str) -> Notice:
    return Notice("http.not-coded", f"the header says {coding} and the body is not; it was taken as it stands")


def _cut(coding: str) -> Notice:
    return Notice("http.truncated-coding", f"the {coding} data is cut short; what there is was decoded")


def _damaged(coding: str) -> ParseError:
    return ParseError(f"the {coding} data of the HTTP entity is damaged", advice="the record is kept as it is")
