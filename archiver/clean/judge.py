"""The judge: settles the one fate of each block from everything that was said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archiver.clean.circumstance import Place, Zones, phrase_verdict, places_of, position_verdict
from archiver.clean.match import LineMatch, Matcher
from archiver.clean.page_parts import page_parts
from archiver.clean.parts import Typed
from archiver.clean.rule import Rule, Strength
from archiver.clean.shape import shape_of
from archiver.clean.text_parts import text_parts
from archiver.clean.text_score import FEW_PARAGRAPHS, TextModel, read_lines
from archiver.model.article import BODY_KINDS, Block, BlockKind
from archiver.model.document import Document, Notice, RawBlock
from archiver.model.verdict import Action, Category, Fate, Profile, Verdict

#: Weight of removing verdicts from which a block goes, if nothing that keeps it weighs as much.
THRESHOLD = {Profile.STRICT: 100, Profile.BALANCED: 100, Profile.GENEROUS: 60}
_PROTECTED_WEIGHT = 200
_TYPED_WEIGHT, _DOUBTFUL_WEIGHT = 50, 25
#: A sentence of this many words inside the body never goes on less than a sure rule.
_GUARD_WORDS = 25
#: The rule by which blocks of a page are kept only because there are hardly any others.
_LAST_RESORT = "html.fallback@1"


class _Case(NamedTuple):
    """One block with what is known of it before the sentence."""

    raw: RawBlock
    kind: BlockKind
    verdicts: tuple[Verdict, ...]
    doubtful: bool
    phrase: LineMatch | None
    against: int
    """The heaviest verdict that would remove it, 0 without any."""
    keeping: int
    """The heaviest one that would keep it."""

    def with_verdict(self, verdict: Verdict) -> _Case:
        return _case(self.raw, self.kind, (*self.verdicts, verdict), self.doubtful, self.phrase)


def _case(  # one for each block, so by place
    raw: RawBlock, kind: BlockKind, verdicts: tuple[Verdict, ...], doubtful: bool, phrase: LineMatch | None
) -> _Case:
    against = keeping = 0
    for verdict in verdicts:
        weight = verdict.weight
        if verdict.action is Action.REMOVE:
            if weight > against:
                against = weight
        elif weight > keeping:
            keeping = weight
    return _Case(raw, kind, verdicts, doubtful, phrase, against, keeping)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Every block of a document with its fate, in order, and what the archivist should know of the judging."""

    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...]


def judge(
    document: Document, matcher: Matcher, *, language: str, profile: Profile, model: TextModel | None = None
) -> Judgement:
    """Return every block of ``document`` with its fate, rule and evidence.

    ``model`` scores the lines of a plain text; the one that ships, if it is not given. A plain text
    with hardly any paragraphs is stripped by sure rules alone, whatever the profile, and a notice says so.
    """
    notices: tuple[Notice, ...] = ()
    if document.media_type == "text/plain":
        cases, zones, notices = _text_cases(document, matcher, language, profile, model)
    else:
        cases, zones = _page_cases(document, matcher, language, profile)
    if any(notice.code == FEW_PARAGRAPHS for notice in notices):
        profile = Profile.STRICT
    return Judgement(_settle(cases, zones, profile), notices)


def holds_article(blocks: Sequence[Block]) -> bool:
    """Tell whether what is kept is an article: any body at all, and on a page that had to be searched, a sentence."""
    body = [block for block in blocks if block.fate is Fate.KEPT and block.kind in BODY_KINDS]
    if all(block.rule == _LAST_RESORT for block in body):
        return any(shape_of(block.text).sentence for block in body)
    return True


def _text_cases(
    document: Document, matcher: Matcher, language: str, profile: Profile, model: TextModel | None
) -> tuple[list[_Case], Zones, tuple[Notice, ...]]:
    read = text_parts(document, matcher, language=language)
    reading = read_lines(read.lines, profile=profile, model=model)
    parts = [better or part for part, better in zip(read.typed, reading.parts, strict=True)]
    cases = []
    for raw, part, phrase, guard, verdict in zip(
        document.blocks, parts, read.phrases, read.guards, reading.verdicts, strict=True
    ):
        keeping = _keeping(part, guard)
        cases.append(_case(raw, part.kind, (*keeping, verdict) if verdict else keeping, part.doubtful, phrase))
    return cases, read.zones, reading.notices


def _keeping(part: Typed, guard: Rule | None) -> tuple[Verdict, ...]:
    verdict = Verdict(part.rule, Action.KEEP, _DOUBTFUL_WEIGHT if part.doubtful else _TYPED_WEIGHT, None, part.evidence)
    return (verdict,) if guard is None else (_protection(guard), verdict)


def _protection(guard: Rule) -> Verdict:
    return Verdict(guard.ref, Action.KEEP, _PROTECTED_WEIGHT, None, guard.reason)


def _page_cases(document: Document, matcher: Matcher, language: str, profile: Profile) -> tuple[list[_Case], Zones]:
    cases = []
    solid = []
    parts = page_parts(document, matcher, language=language, profile=profile)
    for index, (raw, part) in enumerate(zip(document.blocks, parts, strict=True)):
        phrase = matcher.match(raw.text) if part.telling else None
        case = _case(raw, part.kind, part.verdicts, part.doubtful, phrase)
        cases.append(case)
        free = not case.against and phrase is None
        if free and part.kind is BlockKind.PARAGRAPH and shape_of(raw.text).solid:
            solid.append(index)
    return cases, Zones(solid[0], solid[-1]) if solid else Zones(-1, -1)


def _settle(cases: Sequence[_Case], zones: Zones, profile: Profile) -> tuple[Block, ...]:
    settled = list(cases)
    threshold = THRESHOLD[profile]
    removed = [_goes(case, threshold) for case in cases]
    places = places_of([case.raw for case in cases], [case.phrase for case in cases], zones)
    last = len(cases) - 1
    # What stands beside a removed prompt is more believable, so one removal can follow from another:
    # forward, then backward, is enough, since circumstances count once.
    asked: dict[int, tuple[bool, bool]] = {}
    for index in [*range(len(cases)), *range(last, -1, -1)]:
        case = cases[index]
        above = settled[index - 1] if index and removed[index - 1] else None
        if case.phrase is None and (above is None or profile is Profile.STRICT or case.against):
            continue  # nothing more is asked of it; most blocks are such
        beside = (above is not None, index < last and removed[index + 1])
        if asked.get(index) == beside:
            continue  # nothing has changed since
        asked[index] = beside
        place = places.at(index, removed_above=beside[0], removed_below=beside[1])
        verdict = _further_verdict(case, place, above, profile)
        if verdict is None:
            continue
        settled[index] = case.with_verdict(verdict)
        removed[index] = removed[index] or (_goes(settled[index], threshold) and not _guarded(case, place))
    return tuple([_block(index, case, removed[index]) for index, case in enumerate(settled)])


def _further_verdict(case: _Case, place: Place, above: _Case | None, profile: Profile) -> Verdict | None:
    if case.phrase is not None:
        return phrase_verdict(case.phrase, case.raw.text, place, profile)
    return position_verdict(case.raw.text, case.kind, place, above.phrase if above else None)


def _goes(case: _Case, threshold: int) -> bool:
    return case.against >= threshold and case.against > case.keeping


def _guarded(case: _Case, place: Place) -> bool:
    """A long sentence inside the body stays, unless it is made of sure prompts from end to end."""
    shape = shape_of(case.raw.text)
    sure = case.phrase is not None and case.phrase.strength is Strength.SURE
    return place.inside and shape.ends_sentence and shape.words >= _GUARD_WORDS and not sure


def _block(index: int, case: _Case, removed: bool) -> Block:
    ordered = case.verdicts
    if len(ordered) > 1:
        ordered = tuple(sorted(ordered, key=lambda verdict: (-verdict.weight, verdict.action, verdict.rule)))
    decisive = _decisive(ordered, Action.REMOVE if removed else Action.KEEP)
    raw = case.raw
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
        doubtful=not removed and (case.doubtful or case.against > 0),
        verdicts=ordered,
    )


def _decisive(ordered: Sequence[Verdict], action: Action) -> Verdict | None:
    """The heaviest verdict of the side that won; for a removal, words tell more of the reason than structure."""
    if len(ordered) == 1:
        return ordered[0] if ordered[0].action is action else None
    own = [verdict for verdict in ordered if verdict.action is action]
    if action is Action.REMOVE:
        telling = [verdict for verdict in own if not verdict.rule.startswith("html.") and verdict.weight >= 60]
        own = telling or own
    return own[0] if own else None
