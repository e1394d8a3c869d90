"""What a prompt weighs by where it stands; and what standing among prompts says of other lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archiver.clean.fold import fold
from archiver.clean.html_words import groups_in, mask_of
from archiver.clean.match import LineMatch
from archiver.clean.rule import Scope, Strength, Zone
from archiver.clean.shape import shape_of
from archiver.model.article import BlockKind
from archiver.model.document import RawBlock
from archiver.model.verdict import Action, Category, Profile, Verdict

#: What a verdict of a phrase rule weighs by its strength.
_WEIGHT = {Strength.SURE: 100, Strength.LIKELY: 60, Strength.HINT: 25}
#: What standing after the last full paragraph, or beside a removed block, adds.
_TAIL_BONUS = {Strength.SURE: 0, Strength.LIKELY: 40, Strength.HINT: 15}
_NEIGHBOUR_BONUS = {Strength.SURE: 0, Strength.LIKELY: 40, Strength.HINT: 30}
_MENU_BONUS = {Strength.SURE: 0, Strength.LIKELY: 40, Strength.HINT: 75}
_MARKED_BONUS = {Strength.SURE: 0, Strength.LIKELY: 40, Strength.HINT: 75}
_RUN_BONUS = 60
#: Groups of class words that say the same as a category of prompts.
_CLASS_GROUPS = {
    Category.ADS: "ad",
    Category.COMMENT_FORM: "comment",
    Category.COMMENT_COUNT: "comment",
    Category.CONSENT: "consent",
    Category.NAV: "nav",
    Category.NEWSLETTER: "offer",
    Category.PAYWALL: "offer",
    Category.RELATED: "related",
    Category.SHARE: "share",
}
#: Prompts in a row after the last paragraph that make each other believable.
_RUN_LENGTH = 3
#: A title behind the words that announce one (“Read more: …”).
_TITLE_BONUS = 40
_TITLE_WORDS = 24
#: Titles end so as sentences do.
_QUESTIONS = ("?", "!", "？", "！", "؟")
#: A label of an advertisement that the text around it does not speak of.
_UNECHOED_BONUS = {Strength.SURE: 0, Strength.LIKELY: 40, Strength.HINT: 75}
#: Five words, or a dozen characters where words are not spaced.
_BEGINNING = re.compile(r"(?:[\u3001-\u9fff\uff00-\uff65]{12}|(?:\S+\s+){0,4}\S+)")
#: Lines longer than this are no titles or labels.
_SHORT_WORDS = 20
#: Kinds that a line among prompts can be mistaken for.
_MISTAKABLE = frozenset(
    {BlockKind.LABEL, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}
)


@dataclass(frozen=True, slots=True)
class Zones:
    """Where the body lies: indexes of its first and last full paragraph; -1 without any."""

    first: int
    last: int

    @property
    def found(self) -> bool:
        """Whether there is a full paragraph at all."""
        return self.first >= 0


class Place(NamedTuple):
    """The circumstances of one block."""

    zone: Zone
    """TAIL after the last full paragraph, HEAD before the first, else ANY."""
    inside: bool
    """Between the first and the last full paragraph, or one of them."""
    run: int
    """Prompts in a row that it is one of, in the tail."""
    echoed: bool
    """Whether the text below it begins with its words."""
    marked: bool
    """Whether the class of its element says what the prompt says."""
    removed_above: bool
    """Whether the block above is removed."""
    removed_below: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Where blocks stand; a place is worked out only for those of which it is asked."""

    blocks: Sequence[RawBlock]
    phrases: Sequence[LineMatch | None]
    zones: Zones
    runs: Sequence[int]

    def at(self, index: int, *, removed_above: bool = False, removed_below: bool = False) -> Place:
        """Return the place of one block, with what became of its neighbours."""
        phrase, zones = self.phrases[index], self.zones
        return Place(
            zone=_zone_of(index, zones),
            inside=zones.found and zones.first <= index <= zones.last,
            run=self.runs[index],
            echoed=phrase is not None and _echoed(self.blocks, index),
            marked=phrase is not None and _marked(self.blocks[index], phrase.category),
            removed_above=removed_above,
            removed_below=removed_below,
        )


def places_of(blocks: Sequence[RawBlock], phrases: Sequence[LineMatch | None], zones: Zones) -> Places:
    """Return where ``blocks`` stand, of which those with one of ``phrases`` are prompts."""
    return Places(blocks, phrases, zones, _tail_runs(phrases, zones))


def _marked(block: RawBlock, category: Category) -> bool:
    group = _CLASS_GROUPS.get(category)
    return group is not None and group in groups_in(mask_of(block.names.partition("/")[0]))


def _zone_of(index: int, zones: Zones) -> Zone:
    if zones.found and index > zones.last:
        return Zone.TAIL
    return Zone.HEAD if zones.found and index < zones.first else Zone.ANY


def _tail_runs(phrases: Sequence[LineMatch | None], zones: Zones) -> list[int]:
    runs = [0] * len(phrases)
    run: list[int] = []
    for index in range(zones.last + 1 if zones.found else len(phrases), len(phrases) + 1):
        if index < len(phrases) and phrases[index] is not None:
            run.append(index)
            continue
        for member in run:
            runs[member] = len(run)
        run = []
    return runs


def _echoed(blocks: Sequence[RawBlock], index: int) -> bool:
    """Whether the text below a short line begins with its words, as it does under a heading."""
    if index + 1 == len(blocks):
        return False
    below = _BEGINNING.match(blocks[index + 1].text)
    return below is not None and fold(blocks[index].text) in fold(below.group())


def phrase_verdict(phrase: LineMatch, text: str, place: Place, profile: Profile) -> Verdict:
    """Weigh a prompt by its strength and, where the profile lets circumstances count, by where it stands."""
    strength = phrase.strength
    weight = _WEIGHT[strength]
    reasons = [f"made of {len(phrase.rules)} prompts" if phrase.glued else "is a prompt"]
    if phrase.zone is not Zone.ANY and phrase.zone is not place.zone:
        weight = min(weight, _WEIGHT[Strength.HINT])
        reasons.append(f"but not in the {phrase.zone} of the text")
    if profile is not Profile.STRICT:
        for bonus, reason in _circumstances(phrase, text, place):
            weight += bonus
            reasons.append(reason)
    words = phrase.matched[0]
    if phrase.glued:
        words = " | ".join(f"{words} [{rule.ref}]" for words, rule in zip(phrase.matched, phrase.rules, strict=True))
    rule = phrase.rules[phrase.telling].ref
    return Verdict(rule, Action.REMOVE, weight, phrase.category, f"“{words}” {', '.join(reasons)}")


def _circumstances(phrase: LineMatch, text: str, place: Place) -> list[tuple[int, str]]:
    strength = phrase.strength
    found = [
        (place.zone is Zone.TAIL, _TAIL_BONUS[strength], "after the last full paragraph"),
        (place.removed_above or place.removed_below, _NEIGHBOUR_BONUS[strength], "beside another removed block"),
    ]
    if strength is Strength.LIKELY and phrase.rules[0].scope is Scope.START:
        shape = shape_of(text)
        title = not shape.ends_sentence or text.rstrip().endswith(_QUESTIONS)
        found.append((title and shape.words <= _TITLE_WORDS, _TITLE_BONUS, "with a title behind it"))
    found.append(
        (
            place.zone is Zone.HEAD and phrase.category is Category.NAV,
            _MENU_BONUS[strength],
            "above the text, as menus do",
        )
    )
    found.append((place.marked, _MARKED_BONUS[strength], "and the page marks it as such"))
    if strength is Strength.HINT:
        found.append((place.run >= _RUN_LENGTH, _RUN_BONUS, f"one of {place.run} prompts in a row"))
    label = phrase.category is Category.ADS and not phrase.glued
    found.append((label and not place.echoed, _UNECHOED_BONUS[strength], "and the text below does not begin with it"))
    return [(bonus, reason) for holds, bonus, reason in found if holds and bonus]


def position_verdict(text: str, kind: BlockKind, place: Place, above: LineMatch | None) -> Verdict | None:
    """Return what standing among removed blocks says of a line that is no prompt itself, or None."""
    shape = shape_of(text)
    if kind not in _MISTAKABLE or shape.ends_sentence or shape.words > _SHORT_WORDS:
        return None
    announced = above is not None and above.category is Category.RELATED and above.rules[-1].scope is not Scope.START
    if announced and place.removed_above:
        return Verdict("text.under-related@1", Action.REMOVE, 100, Category.RELATED, "a title under “read also”")
    if place.zone is Zone.TAIL and place.removed_above and place.removed_below:
        reason = "a short line between prompts after the last paragraph"
        category = above.category if above is not None else Category.STRUCTURE
        return Verdict("text.between-prompts@1", Action.REMOVE, 100, category, reason)
    return None
