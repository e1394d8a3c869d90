"""The shape of a line: what can be told of it without knowing any word."""

from __future__ import annotations

import re
from typing import NamedTuple

#: Scripts written without spaces: words are estimated at two characters each.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_CLOSERS = "\"'“”‘’»«›)]）」』】*†\u200f\u200e "
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।", "．")
_MARK = re.compile(r"(?:(?:[•‣▪◦●■*·]|\d{1,2}[.)]|[a-z][.)])|(?P<dash>[–—―-]))\s+\S")

#: A paragraph that is surely one: a full sentence of this many words.
SOLID_WORDS = 20
#: As long as this it is prose whatever it ends with.
LONG_WORDS = 40
#: A full sentence of this many words is text rather than a prompt or label.
SENTENCE_WORDS = 8
_SPOKEN_WORDS = 5


class Shape(NamedTuple):
    """Whole-number facts about one line."""

    words: int
    ends_sentence: bool
    bullet: bool

    @property
    def solid(self) -> bool:
        """Whether it is a paragraph beyond doubt."""
        return (self.ends_sentence and self.words >= SOLID_WORDS) or self.words >= LONG_WORDS

    @property
    def sentence(self) -> bool:
        """Whether it is a full sentence, if a short one."""
        return self.ends_sentence and self.words >= SENTENCE_WORDS


def shape_of(text: str) -> Shape:
    """Return the shape of ``text``."""
    words = text.count(" ") + 1
    if not text.isascii() and _UNSPACED.search(text):
        unspaced = len(_UNSPACED.findall(text))
        if unspaced * 2 > len(text):
            words = max(words, unspaced // 2)
    ends_sentence = text.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)
    mark = _MARK.match(text)
    if mark is None:
        return Shape(words, ends_sentence, False)
    if mark["dash"]:
        # A sentence behind a dash is somebody speaking, as many languages print it.
        return Shape(words, ends_sentence, not (ends_sentence and words >= _SPOKEN_WORDS))
    # “5. Mai war der Tag, an dem …”: a long sentence behind a number and a full stop may begin with a day.
    return Shape(words, ends_sentence, not (ends_sentence and words >= SOLID_WORDS and text[0].isdigit()))
