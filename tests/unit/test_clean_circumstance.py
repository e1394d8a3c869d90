"""What a prompt weighs by where it stands."""

from __future__ import annotations

import pytest

from archiver.clean.circumstance import Zones, phrase_verdict, places_of, position_verdict
from archiver.clean.match import LineMatch
from archiver.clean.rule import Rule, Scope, Strength, Zone, parse_rule
from archiver.model.article import BlockKind
from archiver.model.document import RawBlock
from archiver.model.verdict import Action, Category, Profile

SOLID = (
    "The council of Harbour Town voted on Tuesday to keep the old lighthouse open for another ten years or even more."
)


def a_rule(
    strength: Strength, *, category: Category = Category.SHARE, zone: Zone = Zone.ANY, scope: Scope = Scope.LINE
) -> Rule:
    return parse_rule(
        {
            "id": f"en.{category.value}.99",
            "category": category.value,
            "pattern": ["share this"],
            "scope": scope.value,
            "zone": zone.value,
            "strength": strength.value,
            "reason": "an invented prompt",
            "match": ["Share this"],
            "keep": ["Share of the market"],
        }
    )


def lines(*texts: str, names: str = "") -> list[RawBlock]:
    return [RawBlock(text=text, tag="line", names=names) for text in texts]


def match(*rules: Rule) -> LineMatch:
    return LineMatch(rules, tuple("share this" for _ in rules), glued=len(rules) > 1)


def weights(
    phrase: LineMatch, texts: list[str], index: int, zones: Zones, *, profile: Profile = Profile.BALANCED
) -> int:
    phrases = [phrase if at == index else None for at in range(len(texts))]
    place = places_of(lines(*texts), phrases, zones).at(index)
    return phrase_verdict(phrase, texts[index], place, profile).weight


INSIDE = ([SOLID, "Share this", SOLID], 1, Zones(0, 2))
TAIL = ([SOLID, "Share this", "A line"], 1, Zones(0, 0))


@pytest.mark.parametrize(
    ("strength", "inside", "tail"), [(Strength.SURE, 100, 100), (Strength.LIKELY, 60, 100), (Strength.HINT, 25, 40)]
)
def test_the_tail_makes_a_prompt_believable(strength: Strength, inside: int, tail: int) -> None:
    assert weights(match(a_rule(strength)), *INSIDE) == inside
    assert weights(match(a_rule(strength)), *TAIL) == tail


def test_strict_lets_no_circumstance_count() -> None:
    for strength in (Strength.LIKELY, Strength.HINT):
        phrase = match(a_rule(strength))
        assert weights(phrase, *TAIL, profile=Profile.STRICT) == weights(phrase, *INSIDE, profile=Profile.STRICT) < 100
    assert weights(match(a_rule(Strength.SURE)), *INSIDE, profile=Profile.STRICT) == 100


def test_a_rule_is_a_hint_only_outside_its_zone() -> None:
    phrase = match(a_rule(Strength.SURE, zone=Zone.TAIL))
    assert weights(phrase, *TAIL) == 100
    assert weights(phrase, *INSIDE) == 25


def test_a_line_of_prompts_is_as_strong_as_its_weakest() -> None:
    assert weights(match(a_rule(Strength.SURE), a_rule(Strength.LIKELY)), *INSIDE) == 60


def test_a_removed_neighbour_speaks_for_removal() -> None:
    texts, index, zones = INSIDE
    phrase = match(a_rule(Strength.LIKELY))
    places = places_of(lines(*texts), [None, phrase, None], zones)
    for place in (places.at(index, removed_above=True), places.at(index, removed_below=True)):
        assert phrase_verdict(phrase, texts[index], place, Profile.BALANCED).weight == 100


def test_three_prompts_in_a_row_after_the_text_make_each_other_believable() -> None:
    phrase = match(a_rule(Strength.HINT))
    places = places_of(lines(SOLID, "a", "b", "c"), [None, phrase, phrase, phrase], Zones(0, 0))
    assert [places.at(index).run for index in range(4)] == [0, 3, 3, 3]
    assert phrase_verdict(phrase, "a", places.at(1), Profile.BALANCED).weight >= 100
    places = places_of(lines(SOLID, "a", "b", SOLID), [None, phrase, phrase, None], Zones(0, 3))
    assert [places.at(index).run for index in range(4)] == [0, 0, 0, 0]


def test_the_evidence_names_the_words_every_rule_and_the_circumstances() -> None:
    phrase = match(a_rule(Strength.LIKELY), a_rule(Strength.SURE, category=Category.LOGIN))
    place = places_of(lines("x", SOLID, "Share this"), [None, None, phrase], Zones(1, 1)).at(2)
    verdict = phrase_verdict(phrase, "Share this", place, Profile.BALANCED)
    assert verdict.action is Action.REMOVE
    assert "“share this [en.share.99@1] | share this [en.login.99@1]”" in verdict.evidence
    assert "2 prompts" in verdict.evidence
    assert "after the last full paragraph" in verdict.evidence
    assert verdict.rule == "en.share.99@1"
    assert verdict.category is Category.SHARE


def test_zones() -> None:
    of = places_of(lines("a", "b", "c"), [None] * 3, Zones(1, 1))
    assert [(of.at(index).zone, of.at(index).inside) for index in range(3)] == [
        (Zone.HEAD, False),
        (Zone.ANY, True),
        (Zone.TAIL, False),
    ]
    assert places_of(lines("a"), [None], Zones(-1, -1)).at(0).zone is Zone.ANY


def test_a_title_under_read_also_goes_with_it() -> None:
    above = match(a_rule(Strength.SURE, category=Category.RELATED))
    places = places_of(lines("Old tower gets a new lamp"), [None], Zones(-1, -1))
    removed = places.at(0, removed_above=True)
    verdict = position_verdict("Old tower gets a new lamp", BlockKind.LABEL, removed, above)
    assert verdict is not None
    assert (verdict.weight, verdict.category) == (100, Category.RELATED)
    assert position_verdict("Old tower gets a new lamp.", BlockKind.LABEL, removed, above) is None
    assert position_verdict("Old tower gets a new lamp", BlockKind.BYLINE, removed, above) is None
    assert position_verdict("Old tower gets a new lamp", BlockKind.LABEL, places.at(0), above) is None
    assert position_verdict("Old tower gets a new lamp", BlockKind.LABEL, removed, None) is None


def test_a_short_line_between_prompts_goes_only_after_the_text() -> None:
    above = match(a_rule(Strength.SURE))
    tail = places_of(lines(SOLID, "A short line"), [None, None], Zones(0, 0))
    between = places_of(lines("A short line", SOLID), [None, None], Zones(0, 1))
    inside = between.at(0, removed_above=True, removed_below=True)
    verdict = position_verdict(
        "A short line", BlockKind.LABEL, tail.at(1, removed_above=True, removed_below=True), above
    )
    assert verdict is not None
    assert verdict.category is Category.SHARE
    assert position_verdict("A short line", BlockKind.LABEL, inside, above) is None
    assert position_verdict("A short line", BlockKind.LABEL, tail.at(1, removed_above=True), above) is None


def test_a_class_that_says_the_same_speaks_for_removal() -> None:
    phrase = match(a_rule(Strength.HINT, category=Category.SHARE))
    for names, weight in (("share-bar/article", 100), ("teaser/share-bar", 25), ("", 25)):
        place = places_of(lines("Share this", SOLID, names=names), [phrase, None], Zones(0, 1)).at(0)
        assert phrase_verdict(phrase, "Share this", place, Profile.BALANCED).weight == weight


def test_a_menu_above_the_text_is_believed() -> None:
    phrase = match(a_rule(Strength.HINT, category=Category.NAV))
    head, inside = lines("Home", SOLID), lines(SOLID, "Home", SOLID)
    assert (
        phrase_verdict(phrase, "Home", places_of(head, [phrase, None], Zones(1, 1)).at(0), Profile.BALANCED).weight
        == 100
    )
    place = places_of(inside, [None, phrase, None], Zones(0, 2)).at(1)
    assert phrase_verdict(phrase, "Home", place, Profile.BALANCED).weight < 100


def test_a_label_of_an_advertisement_is_a_heading_where_the_text_takes_it_up() -> None:
    phrase = match(a_rule(Strength.HINT, category=Category.ADS))
    plain = places_of(lines("Anzeige", SOLID), [phrase, None], Zones(1, 1)).at(0)
    echoed = places_of(
        lines("Anzeige", "Anzeige erstattete der Wirt, nachdem sein Boot weg war."), [phrase, None], Zones(1, 1)
    ).at(0)
    assert echoed.echoed
    assert not plain.echoed
    verdicts = [phrase_verdict(phrase, "Anzeige", place, Profile.BALANCED).weight for place in (plain, echoed)]
    assert verdicts[0] >= 100 > verdicts[1]


def test_a_title_behind_the_words_that_announce_it_speaks_for_removal() -> None:
    phrase = match(a_rule(Strength.LIKELY, category=Category.RELATED, scope=Scope.START))
    place = places_of(lines(SOLID, "x", SOLID), [None, phrase, None], Zones(0, 2)).at(1)
    assert phrase_verdict(phrase, "Read more: old tower gets a new lamp", place, Profile.BALANCED).weight == 100
    assert phrase_verdict(phrase, "Read more: who will pay for the lamp?", place, Profile.BALANCED).weight == 100
    assert phrase_verdict(phrase, "Read more they did, all winter long.", place, Profile.BALANCED).weight == 60
