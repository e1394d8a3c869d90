"""Pages: what the structure says of each block, and what its words say besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from archiver.clean.match import Matcher
from archiver.clean.parts import Typed, furniture_of
from archiver.clean.shape import shape_of
from archiver.clean.structure import StructureVerdict, judge_structure
from archiver.model.article import BODY_KINDS, BlockKind
from archiver.model.document import Context, Document, RawBlock
from archiver.model.verdict import Action, Category, Profile, Verdict
from archiver.wording.people import looks_like_name

#: Words can tell better than markup what these are.
_PLAIN = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.STANDFIRST, BlockKind.BYLINE}
)
#: Where no part of an article stands, whatever its words.
_ELSEWHERE = (Context.NAV | Context.FOOTER | Context.ASIDE | Context.FORM | Context.DIALOG | Context.HIDDEN).value
_MENU_OR_FOOTER = (Context.NAV | Context.FOOTER).value
#: Furniture this near to a block of the article belongs to it, even where the structure leaves it out.
_NEAR = 3
#: What the words of a block are weighs more than its place in the page; its place less than a sure prompt.
_NAMED_WEIGHT = 250
_MOST_STRUCTURE_KEEPS = 90
_NAME_CHARS = 40
#: No prompt, glued or not, is longer.
_TELLING_CHARS = 400
#: A name in Chinese characters or kana: three to six of them, or two parts.
_HAN_NAME = re.compile(r"[㐀-鿿々ぁ-んァ-ヶー]{3,6}|[㐀-鿿々]{1,3}[ 　][㐀-鿿々ぁ-んァ-ヶ]{1,4}")


class PagePart(NamedTuple):
    """What a block of a page would be if it is kept, and the verdicts so far."""

    kind: BlockKind
    verdicts: tuple[Verdict, ...]
    doubtful: bool
    telling: bool
    """Whether its words can add anything: not for blocks of menus, footers and lists of links."""


def page_parts(document: Document, matcher: Matcher, *, language: str, profile: Profile) -> tuple[PagePart, ...]:
    """Return the part that each block is, by structure first, then by its own words."""
    structure = judge_structure(document, profile=profile)
    kept = [not any(verdict.action is Action.REMOVE for verdict in one.verdicts) for one in structure]
    asked = _asked(document.blocks, kept, [one.kind for one in structure])
    words = [
        _by_words(block, matcher, one.kind, language) if ask else None
        for block, one, ask in zip(document.blocks, structure, asked, strict=True)
    ]
    kinds = [part.kind if part else one.kind for part, one in zip(words, structure, strict=True)]
    _mend_headings(document, kept, words, kinds)
    for index, block in enumerate(document.blocks):
        if words[index] is None and _is_bare_byline(block.text, index, kinds):
            words[index] = Typed(BlockKind.BYLINE, "text.byline-bare@1", "a name alone beside the date")
    headline = kinds.index(BlockKind.HEADLINE) if BlockKind.HEADLINE in kinds else 0
    return tuple(
        _part(one, part, document.blocks[index])
        if part or not _is_menu(document.blocks[index]) or index > headline
        else _menu(one)
        for index, (one, part, block) in enumerate(zip(structure, words, document.blocks, strict=True))
    )


def _mend_headings(
    document: Document, kept: Sequence[bool], words: list[Typed | None], kinds: Sequence[BlockKind]
) -> None:
    """Headings in the markup that the structure took for a standfirst, or left out over text that it kept."""
    seen_paragraph = False
    for index, block in enumerate(document.blocks):
        if block.level >= 2 and words[index] is None and index + 1 < len(kinds):
            if kept[index] and kinds[index] is BlockKind.STANDFIRST and seen_paragraph:
                words[index] = Typed(
                    BlockKind.HEADING, "html.heading@1", "a heading in the markup, after the first text"
                )
            elif not kept[index] and kept[index + 1] and _heads(block, document.blocks[index + 1], kinds[index + 1]):
                words[index] = Typed(
                    BlockKind.HEADING, "html.heading@1", "stands over text that is kept", doubtful=True
                )
        seen_paragraph |= kept[index] and kinds[index] is BlockKind.PARAGRAPH


def _heads(heading: RawBlock, below: RawBlock, kind: BlockKind) -> bool:
    """Whether a heading shares its parent with the text below it, and links to nothing."""
    parent = heading.path.rpartition("/")[0]
    return kind in BODY_KINDS and below.path.startswith(parent + "/") and not heading.link_chars and not below.level


def _is_menu(block: RawBlock) -> bool:
    """A block of links and nothing else; the spaces between them do not count."""
    return block.link_chars > 0 and block.link_chars >= len("".join(block.text.split()))


def _menu(structure: StructureVerdict) -> PagePart:
    verdict = Verdict("html.links-above@1", Action.REMOVE, 120, Category.NAV, "nothing but links, above the headline")
    return PagePart(structure.kind, (verdict, *_bounded(structure.verdicts)), doubtful=False, telling=True)


def _is_bare_byline(text: str, index: int, kinds: Sequence[BlockKind]) -> bool:
    if len(text) > _NAME_CHARS or kinds[index] not in (BlockKind.PARAGRAPH, BlockKind.LEFTOVER):
        return False
    beside_date = BlockKind.DATE in kinds[max(0, index - 1) : index + 2]
    return beside_date and (looks_like_name(text) or _HAN_NAME.fullmatch(text) is not None)


def _part(structure: StructureVerdict, words: Typed | None, block: RawBlock) -> PagePart:
    telling = len(block.text) <= _TELLING_CHARS and not block.context.value & _MENU_OR_FOOTER
    verdicts = _bounded(structure.verdicts)
    if words is None:
        return PagePart(structure.kind, verdicts, structure.doubtful, telling)
    verdict = Verdict(words.rule, Action.KEEP, _NAMED_WEIGHT, None, words.evidence)
    return PagePart(words.kind, (verdict, *verdicts), structure.doubtful or words.doubtful, telling)


def _bounded(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """What the structure takes out is out; what it keeps can still be a prompt."""
    if not any(verdict.action is Action.KEEP and verdict.weight > _MOST_STRUCTURE_KEEPS for verdict in verdicts):
        return verdicts
    return tuple(
        Verdict(one.rule, one.action, min(one.weight, _MOST_STRUCTURE_KEEPS), one.category, one.evidence)
        if one.action is Action.KEEP
        else one
        for one in verdicts
    )


def _asked(blocks: Sequence[RawBlock], kept: Sequence[bool], kinds: Sequence[BlockKind]) -> list[bool]:
    """Whether the words of each block are looked at: those of kept plain blocks, and of furniture right beside them."""
    near = list(kept)
    for step in range(1, _NEAR + 1):
        for index in range(len(kept) - step):
            near[index] |= kept[index + step]
            near[index + step] |= kept[index]
    return [
        kind in _PLAIN
        if kept_one
        else close and not block.context.value & _ELSEWHERE and block.link_chars * 2 <= len(block.text)
        for block, kept_one, close, kind in zip(blocks, kept, near, kinds, strict=True)
    ]


def _by_words(block: RawBlock, matcher: Matcher, kind: BlockKind, language: str) -> Typed | None:
    if kind is BlockKind.BYLINE and shape_of(block.text).sentence:
        return Typed(BlockKind.AUTHOR_NOTE, "html.author-note@1", "a sentence where the page marks its author")
    guard = matcher.protect(block.text)
    return furniture_of(block, guard.keeps if guard else None, language)
