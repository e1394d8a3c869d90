"""Plain text to blocks: one line or one hard-wrapped paragraph a block, each with its place."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from archiver.model.document import Document, RawBlock, Span
from archiver.parse.decode import Decoded

#: Every line end in use: Unix, Windows, old Mac, and those of Unicode (UAX 14 classes BK, CR, LF, NL).
_LINE = re.compile("[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
#: A hard-wrapped text has lines no longer than this, and not much shorter than its own widest ones.
_WIDEST, _NARROWEST = 120, 40
#: After these a sentence or its part is over, in any script.
_SENTENCE_ENDS = '.!?…:;"”»’」』）】。！？；：؟۔।'
#: Thai, Lao, Khmer, Burmese: no spaces between words, lines break between them all the same.
_SPACELESS_WORD = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_LONGEST_WORD = 16
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u30ff]")


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    gap: int
    """Blank lines before it."""
    indented: bool


def parse_text(decoded: Decoded) -> Document:
    """Return the blocks of a plain text, in order.

    A line is a block, unless the text is hard-wrapped: then lines that were broken only because the
    next word did not fit are joined again (a space between them, none between CJK characters), and
    the block's span covers all of them. In any text a line that ends within a word goes on in the next.
    """
    lines = _lines(decoded.text)
    blocks = _joined(lines, _width(lines) if _is_wrapped(lines) else None)
    return Document(
        media_type="text/plain",
        charset=decoded.charset,
        charset_origin=decoded.origin,
        blocks=blocks,
        notices=decoded.notices,
        length=len(decoded.text),
    )


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    end_of_last = 0
    for found in _LINE.finditer(text):
        stripped = found.group().strip()
        if not stripped:
            continue
        start = found.start() + found.group().index(stripped)
        ends = len(_LINE_END.findall(text, end_of_last, found.start())) if lines else 1
        lines.append(_Line(start, start + len(stripped), stripped, max(0, ends - 1), start > found.start()))
        end_of_last = found.end()
    return lines


def _width(lines: list[_Line]) -> int:
    """The column at which the text seems to be wrapped: its widest line but a few."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[-1 - len(lengths) // 50] if lengths else 0


def _did_not_fit(line: _Line, following: _Line, width: int) -> bool:
    if following.gap or following.indented:
        return False
    first_word = following.text.split(maxsplit=1)[0]
    room = width - len(line.text)
    if _CJK.match(first_word):
        return room <= 1  # a line breaks after any character
    if _SPACELESS_WORD.match(first_word):
        return room < _LONGEST_WORD
    return room < len(first_word) + 1


def _is_wrapped(lines: list[_Line]) -> bool:
    width = _width(lines)
    if not _NARROWEST <= width <= _WIDEST or any(len(line.text) > _WIDEST for line in lines):
        return False
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not b.gap]
    broken = sum(_did_not_fit(a, b, width) for a, b in pairs)
    # Inside a sentence is where a wrapped line breaks; a list of full sentences is not wrapped.
    mid_sentence = sum(a.text[-1] not in _SENTENCE_ENDS for a, b in pairs if _did_not_fit(a, b, width))
    return broken >= 4 and broken * 2 >= len(pairs) and mid_sentence * 10 >= broken * 7


def _joined(lines: list[_Line], width: int | None) -> tuple[RawBlock, ...]:
    """Return the blocks of a text that is wrapped at ``width``, or of one that is not."""
    blocks: list[RawBlock] = []
    run: list[_Line] = []
    for line in lines:
        if run and not _goes_on(run[-1], line, width):
            blocks.append(_block(tuple(run)))
            run = []
        run.append(line)
    if run:
        blocks.append(_block(tuple(run)))
    return tuple(blocks)


def _goes_on(line: _Line, following: _Line, width: int | None) -> bool:
    if width is not None and _did_not_fit(line, following, width):
        return True
    if line.text[-1] != "-" or following.gap or following.indented:
        return False
    return line.text[-2:-1].isalpha() and following.text[0].islower()


def _block(lines: tuple[_Line, ...]) -> RawBlock:
    text = lines[0].text
    for line in lines[1:]:
        text += _joint(text, line.text) + line.text
    return RawBlock(
        text=text,
        tag="line",
        span=Span(lines[0].start, lines[-1].end),
        gap_before=lines[0].gap,
    )


def _joint(left: str, right: str) -> str:
    if _CJK.match(left[-1]) and _CJK.match(right[0]):
        return ""
    return "" if left[-1] == "-" and right[0].islower() else " "
