"""What is kept of a text to find those that are like it, and how like two texts are.

A text is taken as the set of its sequences of four words. How much two such sets have in common is their
resemblance (Broder, “On the resemblance and containment of documents”, 1997). Of each set a signature of 32
smallest hash values is kept, one for each part of the hash values (one permutation hashing; Li, Owen, Zhang,
2012): about as large a share of them agree in two signatures as the sets have in common.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

#: Texts of fewer sequences are forms, notices, a picture's line: alike without being the same article.
MIN_SEQUENCES = 30
#: Resemblance in per cent from which two texts are nearly the same.
NEARLY_THE_SAME = 50

_WORDS_A_SEQUENCE = 4
#: So much of a text is compared; enough for a book, and memory stays flat.
_CHARS = 1_000_000
_PARTS = 32
_ROWS = 2
_EMPTY = 0xFFFFFFFF
#: Odd, so that each hash value gets another one (Knuth, The Art of Computer Programming, 6.4).
_FACTOR = 2654435761
_SPREAD = 0x9E3779B97F4A7C15
#: Below this share of equal values (per cent) the sets are not compared.
_HOPELESS = 30
_SIGNATURE = struct.Struct(f">{_PARTS}I")
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
#: Words; in scripts that write none, single characters.
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+")


def sequences(text: str) -> frozenset[int]:
    """Return the hash values of all sequences of four words in ``text``; case and punctuation do not count."""
    words = _WORD.findall(text[:_CHARS].casefold())
    last = len(words) - _WORDS_A_SEQUENCE
    return frozenset(
        crc32(" ".join(words[start : start + _WORDS_A_SEQUENCE]).encode("utf-8", "replace"))
        for start in range(last + 1)
    )


def resemblance(one: frozenset[int], other: frozenset[int]) -> int:
    """Return the share that both have among all that either has, in whole per cent, rounded down."""
    common = len(one & other)
    every = len(one) + len(other) - common
    return 100 * common // every if every else 0


def signature(text: str) -> bytes:
    """Return the signature of ``text``; empty if the text is too short to be nearly the same as another."""
    found = sequences(text)
    if len(found) < MIN_SEQUENCES:
        return b""
    least = [_EMPTY] * _PARTS
    for value in found:
        part, mixed = value % _PARTS, value * _FACTOR & 0xFFFFFFFF
        if mixed < least[part]:
            least[part] = mixed
    return _SIGNATURE.pack(*least)


def meeting_points(signed: bytes) -> Iterator[int]:
    """Yield numbers of 64 bits; texts that are nearly the same have one of them in common.

    Of two texts with a resemblance of 50 per cent 99 in 100 do, with 5 per cent 4 in 100.
    """
    values = _SIGNATURE.unpack(signed)
    for band in range(0, _PARTS, _ROWS):
        first, second = values[band : band + _ROWS]
        if _EMPTY not in (first, second):
            # The band is mixed in, so that bands do not meet each other, and the smallest values are spread out.
            yield (((first << 32 | second) + band) * _SPREAD) & 0xFFFFFFFFFFFFFFFF


def may_be_alike(one: bytes, other: bytes) -> bool:
    """Tell by signatures alone whether two texts are worth comparing."""
    pairs: list[tuple[int, int]] = [
        (first, second)
        for first, second in zip(_SIGNATURE.unpack(one), _SIGNATURE.unpack(other), strict=True)
        if first != _EMPTY or second != _EMPTY
    ]
    equal = sum(first == second for first, second in pairs)
    return 100 * equal >= _HOPELESS * len(pairs)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is kept of one article to find others like it."""

    id: str
    text_sha256: str
    """In hexadecimal; empty for an article without text."""
    signature: str
    """In hexadecimal; empty for a short text."""
