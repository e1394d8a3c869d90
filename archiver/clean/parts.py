"""Plain text: which line is the headline, the byline, a caption, a heading, the body.

Nothing is decided about removal here; this says what each line would be if it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archiver.clean.circumstance import Zones
from archiver.clean.shape import Shape
from archiver.model.article import BlockKind
from archiver.model.document import RawBlock
from archiver.wording.credits import trailing_credit
from archiver.wording.dates import parse_date_line
from archiver.wording.people import looks_like_name, parse_byline, parse_marked_byline
from archiver.wording.publishers import looks_like_publisher

#: A headline is seldom longer; a first line that is becomes a paragraph.
_HEADLINE_WORDS = 40
#: A heading inside the body is short.
_HEADING_WORDS = 14
#: A title of a picture or film: a topic, a colon, what is to be seen.
_TOPIC = re.compile(r"(?P<topic>[^.:!?,;]{2,40}): +(?P<rest>\S.*)$")
_TOPIC_WORDS = 4
_REST_WORDS = 3
#: With this many words in all, a line with a colon is no heading, whatever follows the colon.
_TELLING_WORDS = 9
#: A question between two full paragraphs that is no longer than this is a heading.
_QUESTION_WORDS = 8
#: So many short lines in a row are a list, with or without bullets.
_LIST_LINES = 3
#: A place in capitals, a comma, a day: a dateline on a line of its own.
_DATELINE = re.compile(r"(?P<place>[^\W\d_a-z][^\d,]{2,40}), (?P<day>[^,]{3,24}(?:, \d{4})?)$")
#: Only short lines can be furniture; longer ones are not even looked at.
_FURNITURE_CHARS = 240


@dataclass(frozen=True, slots=True)
class Typed:
    """What a block is, by which rule, on what evidence."""

    kind: BlockKind
    rule: str
    evidence: str
    doubtful: bool = False


_DATE = Typed(BlockKind.DATE, "text.date@1", "is nothing but a date")
_BYLINE = Typed(BlockKind.BYLINE, "text.byline@1", "names who wrote it")
_OTHER_BYLINE = Typed(BlockKind.BYLINE, "text.byline@1", "names who had a part in it")
_DATELINE_PART = Typed(BlockKind.DATELINE, "text.dateline@1", "a place in capitals and a day")
_HEADLINE = Typed(BlockKind.HEADLINE, "text.headline@1", "first line above the body that is no other part")
_KICKER = Typed(BlockKind.LABEL, "text.label@1", "short line above the headline", doubtful=True)
_SOURCE = Typed(BlockKind.SOURCE, "text.source@1", "short line in the form of a publisher's name")
_BARE_BYLINE = Typed(BlockKind.BYLINE, "text.byline-bare@1", "a name alone between headline and body")
_STANDFIRST = Typed(BlockKind.STANDFIRST, "text.standfirst@1", "a sentence between headline and body")
_STANDFIRST_AFTER_BYLINE = replace(_STANDFIRST, doubtful=True)
_HEAD_SENTENCE = Typed(BlockKind.PARAGRAPH, "text.paragraph@1", "a sentence", doubtful=True)
_HEAD_CAPTION = Typed(BlockKind.CAPTION, "text.caption-head@1", "a second title-like line between headline and body")
_HEAD_LABEL = Typed(BlockKind.LABEL, "text.label@1", "short line between headline and body", doubtful=True)
_BULLETED = Typed(BlockKind.LIST_ITEM, "text.list-item@1", "begins with a bullet or number")
_QUESTION = Typed(BlockKind.HEADING, "text.heading-question@1", "a short question over a paragraph", doubtful=True)
_SENTENCE = Typed(BlockKind.PARAGRAPH, "text.paragraph@1", "a sentence, or as long as one")
_LISTED = Typed(BlockKind.LIST_ITEM, "text.list-run@1", "one of several short lines in a row")
_TOPIC_CAPTION = Typed(
    BlockKind.CAPTION, "text.caption-topic@1", "a topic, a colon and a title between paragraphs", doubtful=True
)
_HEADING = Typed(BlockKind.HEADING, "text.heading@1", "short line without full stop over a paragraph")
_SHORT_LINE = Typed(BlockKind.PARAGRAPH, "text.paragraph@1", "short line inside the body", doubtful=True)
_AUTHOR_NOTE = Typed(BlockKind.AUTHOR_NOTE, "text.author-note@1", "begins with the name of a writer, after the text")
_TAIL_SENTENCE = Typed(BlockKind.PARAGRAPH, "text.paragraph@1", "a sentence after the last long paragraph")
_TAIL_BULLETED = Typed(BlockKind.LIST_ITEM, "text.list-item@1", "begins with a bullet or number", doubtful=True)
_TAIL_LABEL = Typed(BlockKind.LABEL, "text.label@1", "short line after the last sentence", doubtful=True)

#: Every rule of this module, in one order for good.
RULES = tuple(
    f"text.{name}@1"
    for name in (
        "paragraph standfirst heading heading-question list-item list-run caption-topic caption-head label source"
        " headline byline-bare author-note caption credit dateline byline date note author_note"
    ).split()
)


def zones_of(shapes: Sequence[Shape], leftover: Sequence[bool], furniture: Sequence[bool]) -> Zones:
    """Return the zones by the first and last solid paragraph that is neither leftover nor furniture."""
    solid = [
        index for index, shape in enumerate(shapes) if shape.solid and not leftover[index] and not furniture[index]
    ]
    if not solid:
        return Zones(-1, -1)
    return Zones(solid[0], solid[-1])


def type_parts(
    blocks: Sequence[RawBlock],
    shapes: Sequence[Shape],
    *,
    language: str,
    leftover: Sequence[bool],
    protected: Sequence[BlockKind | None],
) -> tuple[tuple[Typed, ...], Zones]:
    """Return what each block is, and where the body lies.

    ``shapes`` are those of the blocks; ``leftover`` tells which blocks are prompts beyond doubt,
    ``protected`` which a rule knows to be captions, credits or notes; all are as long as ``blocks``.
    """
    furniture = [furniture_of(block, protected[index], language) for index, block in enumerate(blocks)]
    zones = zones_of(shapes, leftover, [typed is not None for typed in furniture])
    head_end = zones.first if zones.found else _head_of_short_text(shapes, leftover, furniture)
    typed = _type_head(blocks[:head_end], shapes, leftover, furniture, language)
    writers = _names_in(blocks, typed, language)
    last = zones.last if zones.found else len(blocks) - 1
    listed = _listed(shapes, leftover)
    for index in range(head_end, len(blocks)):
        known = furniture[index]
        if known:
            typed.append(known)
        elif index <= last:
            typed.append(_type_body(blocks, index, shapes, leftover, in_list=listed[index]))
        else:
            typed.append(_type_tail(blocks[index].text, shapes[index], writers))
    return tuple(typed), zones


def _head_of_short_text(shapes: Sequence[Shape], leftover: Sequence[bool], furniture: Sequence[Typed | None]) -> int:
    """Where a text without a solid paragraph begins: at its first sentence."""
    for index, shape in enumerate(shapes):
        if shape.sentence and not leftover[index] and furniture[index] is None:
            return index
    return min(1, len(shapes))


def furniture_of(block: RawBlock, protected: BlockKind | None, language: str) -> Typed | None:
    """Return what a block is by its own words, wherever it stands, or None; ``protected`` is what a rule says."""
    text = block.text
    short = len(text) <= _FURNITURE_CHARS
    if short and parse_date_line(text, language=language) is not None:
        return _DATE
    byline = parse_marked_byline(text, language=language) if short else None
    if byline is not None and any(one.role == "author" for one in byline.people):
        return _BYLINE
    if protected is not None:
        return Typed(protected, f"text.{protected.value}@1", "begins as such lines do")
    credit = trailing_credit(text)
    if credit is not None:
        whole = len(credit) + 4 >= len(text)
        kind = BlockKind.CREDIT if whole else BlockKind.CAPTION
        return Typed(kind, f"text.{kind.value}@1", f"ends with the credit “{credit}”")
    if short and _is_dateline(text):
        return _DATELINE_PART
    return None if byline is None else _OTHER_BYLINE


def _is_dateline(text: str) -> bool:
    place, comma, _ = text.partition(", ")
    if not comma or not place.isupper():
        return False
    found = _DATELINE.match(text)
    return found is not None and found["place"].isupper() and not found["day"].isupper()


def _type_head(
    head: Sequence[RawBlock],
    shapes: Sequence[Shape],
    leftover: Sequence[bool],
    furniture: Sequence[Typed | None],
    language: str,
) -> list[Typed]:
    typed: list[Typed] = []
    kinds: set[BlockKind] = set()
    headline = _headline_index(head, shapes, leftover, furniture)
    for index, block in enumerate(head):
        found = furniture[index]
        if found is None and index == headline:
            found = _HEADLINE
        if found is None and headline >= 0 and index < headline:
            found = _KICKER
        if found is None:
            found = _type_under_headline(block, shapes[index], kinds, language)
        if not leftover[index]:
            kinds.add(found.kind)
        typed.append(found)
    return typed


def _headline_index(
    head: Sequence[RawBlock],
    shapes: Sequence[Shape],
    leftover: Sequence[bool],
    furniture: Sequence[Typed | None],
) -> int:
    free = [index for index in range(len(head)) if furniture[index] is None and not leftover[index]]
    free = [index for index in free if shapes[index].words <= _HEADLINE_WORDS]
    if not free:
        return -1
    first = free[0]
    follower = free[1] if len(free) > 1 else -1
    # A kicker or publisher's name can stand above the headline: two words, then a line like a title.
    if (
        follower == first + 1
        and shapes[first].words <= 3
        and shapes[follower].words >= 4
        and not shapes[follower].ends_sentence
        and not looks_like_name(head[follower].text)
        and not looks_like_publisher(head[follower].text)
    ):
        return follower
    return first


def _type_under_headline(block: RawBlock, shape: Shape, kinds: set[BlockKind], language: str) -> Typed:
    text = block.text
    if looks_like_publisher(text):
        return _SOURCE
    if looks_like_name(text) or parse_byline(text, language=language) is not None:
        return _BARE_BYLINE
    after_byline = bool(kinds & {BlockKind.BYLINE, BlockKind.DATE})
    if shape.words >= 6 and BlockKind.STANDFIRST not in kinds and not (after_byline and _is_topic(text)):
        return _STANDFIRST_AFTER_BYLINE if after_byline else _STANDFIRST
    if shape.ends_sentence:
        return _HEAD_SENTENCE
    return _HEAD_CAPTION if shape.words >= 4 else _HEAD_LABEL


def _type_body(
    blocks: Sequence[RawBlock], index: int, shapes: Sequence[Shape], leftover: Sequence[bool], *, in_list: bool
) -> Typed:
    text, shape = blocks[index].text, shapes[index]
    if shape.bullet:
        return _BULLETED
    if _is_question_over_text(index, blocks, shapes):
        return _QUESTION
    if shape.ends_sentence or shape.words > _HEADING_WORDS or text[-1] in ",;:，：；":
        return _SENTENCE
    if in_list:
        return _LISTED
    if _is_topic(text):
        return _TOPIC_CAPTION
    if _stands_over_text(index, shapes, leftover):
        return _HEADING
    return _SHORT_LINE


def _is_question_over_text(index: int, blocks: Sequence[RawBlock], shapes: Sequence[Shape]) -> bool:
    text = blocks[index].text
    if text[-1] not in "?？؟" or shapes[index].words > _QUESTION_WORDS or text[0] in "“„«\"'‘—–-":
        return False
    return index + 1 < len(shapes) and shapes[index + 1].solid and index > 0 and shapes[index - 1].solid


def _listed(shapes: Sequence[Shape], leftover: Sequence[bool]) -> list[bool]:
    """Which lines stand in a row of several short ones, without a prompt between them."""
    listed = [False] * len(shapes)
    begin = 0
    for index in range(len(shapes) + 1):
        if index < len(shapes):
            shape = shapes[index]
            if not shape.ends_sentence and shape.words <= _HEADING_WORDS and not leftover[index]:
                continue
        if index - begin >= _LIST_LINES:
            listed[begin:index] = [True] * (index - begin)
        begin = index + 1
    return listed


def _stands_over_text(index: int, shapes: Sequence[Shape], leftover: Sequence[bool]) -> bool:
    following = next((at for at in range(index + 1, len(shapes)) if not leftover[at]), -1)
    return following > 0 and (shapes[following].ends_sentence or shapes[following].words > _HEADING_WORDS)


def _names_in(blocks: Sequence[RawBlock], typed: Sequence[Typed], language: str) -> tuple[str, ...]:
    """The names in the bylines, to know the lines about their bearers by."""
    lines = [block.text for block, part in zip(blocks, typed, strict=False) if part.kind is BlockKind.BYLINE]
    parsed = [parse_byline(line, language=language) for line in lines]
    return tuple(person.name for byline in parsed if byline is not None for person in byline.people)


def _type_tail(text: str, shape: Shape, writers: Sequence[str]) -> Typed:
    if writers and any(text.startswith((f"{name} ", f"{name},")) for name in writers):
        return _AUTHOR_NOTE
    if shape.ends_sentence and shape.words >= 3:
        return _TAIL_SENTENCE
    return _TAIL_BULLETED if shape.bullet else _TAIL_LABEL


def _is_topic(text: str) -> bool:
    found = _TOPIC.match(text)
    if found is None:
        return False
    topic, rest = found["topic"].count(" ") + 1, found["rest"].count(" ") + 1
    if topic + rest >= _TELLING_WORDS:
        return True
    return topic <= _TOPIC_WORDS and rest >= _REST_WORDS and found["rest"][0].isupper()
