"""A plain text as the steps before the line model leave it: prompts found, each line typed by its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.clean.circumstance import Zones
from archiver.clean.match import LineMatch, Matcher
from archiver.clean.parts import Typed, type_parts
from archiver.clean.rule import Rule, Strength
from archiver.clean.shape import shape_of
from archiver.clean.text_line import Line, line_of
from archiver.model.document import Document
from archiver.model.verdict import Category


@dataclass(frozen=True, slots=True)
class TextParts:
    """What is known of each line of a text; all but the zones are as long as its blocks."""

    lines: Sequence[Line]
    typed: Sequence[Typed]
    phrases: Sequence[LineMatch | None]
    guards: Sequence[Rule | None]
    zones: Zones


def text_parts(document: Document, matcher: Matcher, *, language: str) -> TextParts:
    """Return the lines of a plain text as the line model reads them."""
    phrases = [matcher.match(block.text) for block in document.blocks]
    guards = [matcher.protect(block.text) for block in document.blocks]
    leftover = [phrase is not None and _is_telling(phrase) for phrase in phrases]
    protected = [guard.keeps if guard else None for guard in guards]
    shapes = [shape_of(block.text) for block in document.blocks]
    typed, zones = type_parts(document.blocks, shapes, language=language, leftover=leftover, protected=protected)
    known = zip(document.blocks, shapes, typed, phrases, strict=True)
    lines = [line_of(raw.text, shape, part, phrase) for raw, shape, part, phrase in known]
    return TextParts(lines, typed, phrases, guards, zones)


def _is_telling(phrase: LineMatch) -> bool:
    """Whether a prompt is strong enough not to be taken for a part of the article; menus are, above the text."""
    return phrase.strength is not Strength.HINT or phrase.category is Category.NAV
