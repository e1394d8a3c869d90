"""From recurring lines to a pattern of the rule language (docs/rules.md)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from archiver.clean.learn_source import Place, Recurring, SourceLines
from archiver.clean.learn_templates import Span, Template
from archiver.clean.learn_tokens import NUMBER, is_unspaced, tokens_of
from archiver.clean.rule import Scope

_SPECIAL = re.compile(r"[\[\]<>{}|\\]")
#: So few different words in a varying stretch are written out, if each was seen more than once.
_WRITTEN_OUT = 3
#: Slots by the words they take (docs/rules.md).
_NAME_WORDS, _MOST_WORDS, _WORD_SIGNS = 4, 6, 12
_MOST_SLOTS = 4
_YEAR = re.compile(r"(?:19|20)\d\d")


def patterns_of(one: Recurring, lines: SourceLines) -> tuple[Scope, tuple[str, ...]]:
    """Return scope and patterns that match the lines of ``one``; no pattern where the language cannot say them."""
    texts = lines.texts(one.places)
    if one.template is None:
        return Scope.LINE, (_of_equal_lines(texts),)
    if lines.is_label(one.template):
        row, spans = one.template.rows[0], one.template.varying[0]
        text = lines.line((row.article, row.line)).text
        head = text[: tokens_of(text)[spans[0].start - 1].end]
        return Scope.START, (f"{_escaped(head.strip())}: {{any}}",)
    return Scope.LINE, _of_template(one.template, lines)


def _of_equal_lines(texts: Sequence[str]) -> str:
    """Write the line as it is, with ``{n}`` for numbers that are not always the same."""
    text = texts[0]
    rows = [tokens_of(other) for other in texts]
    slots: list[tuple[int, int, str]] = []
    for number, token in enumerate(rows[0]):
        if token.key != NUMBER:
            continue
        values = {other[row[number].start : row[number].end] for other, row in zip(texts, rows, strict=True)}
        # The year of a rights line will be another one next year.
        if len(values) > 1 or ("©" in text and _YEAR.fullmatch(text[token.start : token.end])):
            slots.append((token.start, token.end, "{n}"))
    return _written(text, slots)


def _of_template(template: Template, lines: SourceLines) -> tuple[str, ...]:
    place = _telling_row(template, lines)
    text, spans = lines.line(place[0]).text, place[1]
    words = tokens_of(text)
    slots: list[tuple[int, int, str]] = []
    for number, span in enumerate(spans):
        slot = _slot(template, number)
        if slot is None:
            return ()
        slots.append((words[span.start].start, words[span.end - 1].end, slot))
    inside = {at for span in spans for at in range(span.start, span.end)}
    slots += _numbers(lines, place[0], inside)
    slots.sort()
    if sum(slot[2].startswith(("{", "[{")) for slot in slots) > _MOST_SLOTS:
        return ()
    return (_written(text, slots),)


def _telling_row(template: Template, lines: SourceLines) -> tuple[Place, tuple[Span, ...]]:
    """Return the row to write the pattern from: every stretch of it has a word; the first by its text."""
    full = [
        (lines.line((row.article, row.line)).text, (row.article, row.line), spans)
        for row, spans in zip(template.rows, template.varying, strict=True)
        if all(span.end > span.start for span in spans)
    ]
    if full:
        return min(full)[1:]
    row, spans = template.rows[0], template.varying[0]
    return (row.article, row.line), tuple(span for span in spans if span.end > span.start)


def _numbers(lines: SourceLines, place: Place, inside: set[int]) -> list[tuple[int, int, str]]:
    """Numbers among the shared words become ``{n}``, since they are hardly ever the same in all lines."""
    text = lines.line(place).text
    return [
        (token.start, token.end, "{n}")
        for number, token in enumerate(tokens_of(text))
        if number not in inside and token.key == NUMBER
    ]


def _slot(template: Template, number: int) -> str | None:
    """Return what stands in the pattern for a varying stretch, None where no slot takes all that was seen."""
    variants = template.variants(number)
    full = [words for words in variants if words]
    optional = len(full) < len(variants)
    if len(full) <= _WRITTEN_OUT and _often(template, number) and not any(NUMBER in words for words in full):
        inner = "|".join(_escaped(_joined(words)) for words in full)
        return f"[{inner}]" if optional else f"<{inner}>"
    for slot, takes in _SLOTS:
        if all(takes(words) for words in full):
            return f"[{{{slot}}}]" if optional else f"{{{slot}}}"
    return None


def _often(template: Template, number: int) -> bool:
    """Whether everything that stands in a varying stretch stands there in more than one article."""
    seen: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for row, spans in zip(template.rows, template.varying, strict=True):
        seen[row.words[spans[number].start : spans[number].end]].add(row.article)
    return all(len(articles) > 1 for articles in seen.values())


def _joined(words: Sequence[str]) -> str:
    text = words[0]
    for before, word in pairwise(words):
        text += word if is_unspaced(before) and is_unspaced(word) else f" {word}"
    return text


def _is_run(words: Sequence[str]) -> bool:
    """Whether words are one short run of a script without spaces."""
    return len(words) <= _WORD_SIGNS and all(map(is_unspaced, words))


_SLOTS: tuple[tuple[str, Callable[[Sequence[str]], bool]], ...] = (
    ("n", lambda words: tuple(words) == (NUMBER,)),
    ("word", lambda words: len(words) == 1 or _is_run(words)),
    ("name", lambda words: len(words) <= _NAME_WORDS and all(word[0].isalpha() for word in words)),
    ("words", lambda words: len(words) <= _MOST_WORDS),
)


def _written(text: str, slots: Sequence[tuple[int, int, str]]) -> str:
    """Write ``text`` as a pattern, lower case, with the slots in their places."""
    parts: list[str] = []
    last = 0
    for start, end, slot in slots:
        parts += [_escaped(text[last:start]), slot]
        last = end
    parts.append(_escaped(text[last:]))
    return "".join(parts).strip()


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", re.sub(r"\s+", " ", text.lower()))
