"""The judge: settles the one fate of each block from everything that was said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archiver.clean.match import LineMatch, Matcher
from archiver.clean.parts import Zones, type_parts
from archiver.clean.rule import Strength, Zone
from archiver.clean.shape import shape_of
from archiver.clean.structure import judge_structure
from archiver.model.article import Block, BlockKind
from archiver.model.document import Document, RawBlock
from archiver.model.verdict import Action, Category, Fate, Profile, Verdict

#: What a verdict of a phrase rule weighs by its strength.
_WEIGHT = {Strength.SURE: 100, Strength.LIKELY: 60, Strength.HINT: 25}
#: What standing after the last full paragraph, or beside a removed prompt, adds.
_TAIL_BONUS = {Strength.SURE: 0, Strength.LIKELY: 40, Strength.HINT: 15}
_NEIGHBOUR_BONUS = {Strength.SURE: 0, Strength.LIKELY: 40, Strength.HINT: 30}
_RUN_BONUS = 60
#: Prompts in a row after the last paragraph that make each other believable.
_RUN_LENGTH = 3
#: Weight from which a block goes.
THRESHOLD = {Profile.STRICT: 100, Profile.BALANCED: 100, Profile.GENEROUS: 60}
#: A sentence of this many words inside the body never goes on less than a sure rule.
_GUARD_WORDS = 25


@dataclass(frozen=True, slots=True)
class _Case:
    """One block with what is known of it before the sentence."""

    raw: RawBlock
    kind: BlockKind
    verdicts: tuple[Verdict, ...]
    doubtful: bool
    phrase: LineMatch | None
    protected: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """The circumstances of a prompt."""

    zone: Zone
    """TAIL after the last full paragraph, HEAD before the first, else ANY."""
    beside_removed: bool
    run: int
    """Prompts in a row that it is one of, in the tail."""


def judge(document: Document, matcher: Matcher, *, language: str, profile: Profile) -> tuple[Block, ...]:
    """Return every block of ``document``, in order, each with its fate, rule and evidence."""
    phrases = [matcher.match(block.text) for block in document.blocks]
    guards = [matcher.protect(block.text) for block in document.blocks]
    if document.media_type == "text/plain":
        cases, zones = _text_cases(document, phrases, [guard.keeps if guard else None for guard in guards], language)
    else:
        cases, zones = _page_cases(document, phrases, [guard is not None for guard in guards], profile)
    return _settle(cases, zones, profile)


def _text_cases(
    document: Document, phrases: Sequence[LineMatch | None], guards: Sequence[BlockKind | None], language: str
) -> tuple[list[_Case], Zones]:
    leftover = [phrase is not None and phrase.strength is not Strength.HINT for phrase in phrases]
    typed, zones = type_parts(document.blocks, language=language, leftover=leftover, protected=guards)
    cases = []
    for raw, part, phrase, guard in zip(document.blocks, typed, phrases, guards, strict=True):
        keep = Verdict(part.rule, Action.KEEP, 25 if part.doubtful else 50, None, part.evidence)
        cases.append(_Case(raw, part.kind, (keep,), part.doubtful, phrase, guard is not None))
    return cases, zones


def _page_cases(
    document: Document, phrases: Sequence[LineMatch | None], guards: Sequence[bool], profile: Profile
) -> tuple[list[_Case], Zones]:
    cases = []
    solid = []
    for index, structure in enumerate(judge_structure(document, profile=profile)):
        raw = document.blocks[index]
        cases.append(_Case(raw, structure.kind, structure.verdicts, structure.doubtful, phrases[index], guards[index]))
        if structure.kind is BlockKind.PARAGRAPH and phrases[index] is None and shape_of(raw.text).solid:
            solid.append(index)
    return cases, Zones(solid[0], solid[-1]) if solid else Zones(-1, -1)


def _settle(cases: Sequence[_Case], zones: Zones, profile: Profile) -> tuple[Block, ...]:
    runs = _tail_runs(cases, zones)
    verdicts = [list(case.verdicts) for case in cases]
    removed = [_heaviest(case.verdicts, Action.REMOVE) >= THRESHOLD[profile] for case in cases]
    # A prompt next to a removed one is more believable, so sentences can follow from sentences:
    # forward, then backward, is enough, since a bonus counts once.
    for index in [*range(len(cases)), *reversed(range(len(cases)))]:
        case = cases[index]
        if case.phrase is None or case.protected or removed[index]:
            continue
        beside = (index > 0 and removed[index - 1]) or (index + 1 < len(cases) and removed[index + 1])
        verdict = _phrase_verdict(case.phrase, _Place(_zone_of(index, zones), beside, runs[index]), profile)
        verdicts[index] = [*case.verdicts, verdict]
        removed[index] = verdict.weight >= THRESHOLD[profile] and not _guarded(case, index, zones)
    return tuple(_block(index, case, verdicts[index], removed[index]) for index, case in enumerate(cases))


def _zone_of(index: int, zones: Zones) -> Zone:
    if zones.found and index > zones.last:
        return Zone.TAIL
    return Zone.HEAD if zones.found and index < zones.first else Zone.ANY


def _heaviest(verdicts: Sequence[Verdict], action: Action) -> int:
    return max((verdict.weight for verdict in verdicts if verdict.action is action), default=0)


def _tail_runs(cases: Sequence[_Case], zones: Zones) -> list[int]:
    """How many blocks in a row, after the last full paragraph, are made of prompts; by index."""
    runs = [0] * len(cases)
    start = zones.last + 1 if zones.found else len(cases)
    run: list[int] = []
    for index in range(start, len(cases) + 1):
        if index < len(cases) and cases[index].phrase is not None:
            run.append(index)
            continue
        for member in run:
            runs[member] = len(run)
        run = []
    return runs


def _phrase_verdict(phrase: LineMatch, place: _Place, profile: Profile) -> Verdict:
    """Weigh a prompt by its strength and, where the profile lets circumstances count, by where it stands."""
    strength = phrase.strength
    weight = _WEIGHT[strength]
    reasons = [f"made of {len(phrase.rules)} prompts" if phrase.glued else "is a prompt"]
    if phrase.zone is not Zone.ANY and phrase.zone is not place.zone:
        weight = min(weight, _WEIGHT[Strength.HINT])
        reasons.append(f"but not in the {phrase.zone} of the text")
    if profile is not Profile.STRICT:
        if place.zone is Zone.TAIL and _TAIL_BONUS[strength]:
            weight += _TAIL_BONUS[strength]
            reasons.append("after the last full paragraph")
        if place.beside_removed and _NEIGHBOUR_BONUS[strength]:
            weight += _NEIGHBOUR_BONUS[strength]
            reasons.append("beside another removed block")
        if strength is Strength.HINT and place.run >= _RUN_LENGTH:
            weight += _RUN_BONUS
            reasons.append(f"one of {place.run} prompts in a row")
    telling = max(range(len(phrase.rules)), key=lambda number: len(phrase.matched[number]))
    parts = " | ".join(f"{words} [{rule.ref}]" for words, rule in zip(phrase.matched, phrase.rules, strict=True))
    words = parts if phrase.glued else phrase.matched[0]
    rule = phrase.rules[telling].ref
    return Verdict(rule, Action.REMOVE, weight, phrase.category, f"“{words}” {', '.join(reasons)}")


def _guarded(case: _Case, index: int, zones: Zones) -> bool:
    """A long sentence inside the body stays, unless it is made of sure prompts from end to end."""
    inside = zones.found and zones.first <= index <= zones.last
    shape = shape_of(case.raw.text)
    sure = case.phrase is not None and case.phrase.strength is Strength.SURE
    return inside and shape.ends_sentence and shape.words >= _GUARD_WORDS and not sure


def _block(index: int, case: _Case, verdicts: Sequence[Verdict], removed: bool) -> Block:
    ordered = tuple(sorted(verdicts, key=lambda verdict: (-verdict.weight, verdict.action, verdict.rule)))
    wanted = Action.REMOVE if removed else Action.KEEP
    decisive = next((verdict for verdict in ordered if verdict.action is wanted), None)
    raw = case.raw
    against = any(verdict.action is Action.REMOVE for verdict in ordered)
    return Block(
        index=index,
        kind=BlockKind.LEFTOVER if removed else case.kind,
        text=raw.text,
        fate=Fate.REMOVED if removed else Fate.KEPT,
        rule=decisive.rule if decisive else None,
        category=(decisive.category or Category.STRUCTURE) if removed and decisive else None,
        evidence=decisive.evidence if decisive else "",
        span=raw.span,
        path=raw.path,
        tag=raw.tag,
        level=raw.level,
        group=raw.group,
        resource=raw.resource,
        doubtful=not removed and (case.doubtful or against),
        verdicts=ordered,
    )
