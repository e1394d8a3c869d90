"""Rules learned from recurring lines: what is proposed, how strong, and what is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle

import pytest

import archiver
from archiver.clean import learn_sample
from archiver.clean.learn import learn
from archiver.clean.learn_file import rule_file
from archiver.clean.learn_sample import Sample, SourceSample, sampled, without_versions
from archiver.clean.learn_templates import Row, find_templates
from archiver.clean.learn_tokens import key_of, tokens_of
from archiver.clean.learned import Learned, Proposal, Reason
from archiver.clean.match import covers
from archiver.clean.rule import Scope, Strength, Zone
from archiver.clean.ruleset import check_examples, load_rules, parse_file
from archiver.model.verdict import Category

from ..support_sources import courier

PLANTED = courier()
#: Headline, and two full paragraphs that no other article has.
STORIES = [
    (min(line for line in text.split("\n\n") if ", file " in line and len(line) < 90), text.split("\n\n")[6:8])
    for text in PLANTED.articles.values()
]


PEOPLE = ("Ann Lee", "Bob Moss", "Cy Roe", "Di Poe")


def story(number: int, *, above: Sequence[str] = (), inside: Sequence[str] = (), below: Sequence[str] = ()) -> str:
    headline, body = STORIES[number % len(STORIES)]
    first, second = (f"{paragraph} It was the {number}th time that year." for paragraph in body)
    return "\n\n".join([*above, headline, first, *inside, second, *below]) + "\n"


def sample_of(sources: dict[str, list[str]]) -> Sample:
    sample = Sample()
    for name, texts in sources.items():
        for number, text in enumerate(texts):
            sample.add(name, sampled(archiver.extract(text, name=f"{name}/{number:03d}.txt")))
    return sample


def learned(sources: dict[str, list[str]], **choices: object) -> Learned:
    return learn(sample_of(sources), load_rules(), **choices)  # type: ignore[arg-type]


def only(outcome: Learned) -> Proposal:
    assert len(outcome.proposals) == 1, [one.rule.pattern for one in outcome.proposals]
    return outcome.proposals[0]


# Lines as words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Reading time: 3 minutes", "reading time – 12 MINUTES"),
        ("Café – l’heure", "CAFE l'heure"),
        ("阅读 1,204 次", "阅读88次"),
        ("1.2k shares", "3 shares"),
    ],
)
def test_lines_that_differ_in_numbers_and_signs_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other) != ""


def test_a_line_without_letters_has_no_key() -> None:
    assert [key_of(text) for text in ("12", "* * *", "10/12/2020", "")] == ["", "", "", ""]


def test_characters_of_a_spaceless_script_are_words() -> None:
    assert [token.key for token in tokens_of("阅读12次 ok")] == ["阅", "读", "0", "次", "ok"]


# Templates


def rows(*lines: str) -> list[Row]:
    return [Row(number, 0, tuple(line.split())) for number, line in enumerate(lines)]


def test_a_template_has_the_shared_words_and_what_varies() -> None:
    made = find_templates(rows("write to ann b now", "write to carl now", "write to dee e f now"), need=3)
    assert [template.fixed() for template in made] == [("write", "to", "now")]
    assert made[0].variants(0) == (("ann", "b"), ("carl",), ("dee", "e", "f"))


def test_a_shared_word_parts_what_varies() -> None:
    made = find_templates(rows("page a b of c book", "page d of e book", "page f of g h book"), need=3)
    assert made[0].fixed() == ("page", "of", "book")
    assert len(made[0].varying[0]) == 2


def test_rows_of_too_few_articles_are_no_template() -> None:
    same = [Row(1, number, ("write", "to", name, "now")) for number, name in enumerate("abcdef")]
    assert find_templates(same, need=3) == []


# The sample


def test_a_sample_is_bounded_and_does_not_depend_on_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [sampled(archiver.extract(story(number), name=f"{number}.txt")) for number in range(30)]
    forth, back, parts = SourceSample(), SourceSample(), SourceSample()
    for article in articles:
        forth.add(article, limit=7)
    for article in reversed(articles):
        back.add(article, limit=7)
    assert len(forth) == 7
    assert forth.articles == back.articles == tuple(sorted(articles))[:7]
    for article in forth.articles + back.articles:
        parts.add(article, limit=7)
    assert parts.articles == forth.articles


def test_many_sources_share_one_budget() -> None:
    articles = [sampled(archiver.extract(story(number), name=f"{number}.txt")) for number in range(30)]

    def filled(order: Sequence[int]) -> Sample:
        sample = Sample(per_source=64, budget=60)
        for number in order:
            for name in "abc":
                sample.add(name, articles[number])
        return sample

    forth, back = filled(range(30)), filled(range(29, -1, -1))
    assert forth.limit == back.limit == learn_sample.LEAST_PER_SOURCE
    assert [own.articles for own in forth.sources.values()] == [own.articles for own in back.sources.values()]
    joined = Sample(per_source=64, budget=60)
    for part in (filled(range(15)), filled(range(15, 30))):
        joined.join(part)
    assert {name: own.articles for name, own in joined.sources.items()} == {
        name: own.articles for name, own in forth.sources.items()
    }
    assert {own.seen for own in joined.sources.values()} == {30}


def test_captures_of_one_address_count_once() -> None:
    own = SourceSample()
    for number in range(5):
        article = archiver.extract(story(number), url="https://example.org/a#top", name=f"{number}.txt")
        own.add(sampled(article), limit=9)
    assert len(own) == 1


def test_versions_of_one_article_are_no_evidence() -> None:
    texts = [story(3, below=[f"Note number {number} was added to this."]) for number in range(12)]
    articles = [sampled(archiver.extract(text, name=f"{number}.txt")) for number, text in enumerate(texts)]
    assert len(without_versions(sorted(articles))) == 1
    outcome = learned({"a": texts})
    assert outcome.proposals == ()
    assert [(one.articles, one.compared, one.enough) for one in outcome.sources] == [(12, 1, False)]


# What is proposed


def test_a_line_of_nearly_all_articles_is_sure_in_its_zone() -> None:
    line = "Hear this story in the wireless room"
    proposal = only(learned({"a": [story(number, above=[line]) for number in range(30)]}))
    assert (proposal.rule.strength, proposal.rule.zone, proposal.rule.scope) == (Strength.SURE, Zone.HEAD, Scope.LINE)
    assert proposal.rule.match == (line,)
    assert (proposal.standing.articles, proposal.standing.of, proposal.standing.head) == (30, 30, 30)
    assert len(proposal.seen) == 3
    assert proposal.seen[0].path == "a/000.txt"


@pytest.mark.parametrize("count", [12, 19])
def test_few_articles_make_no_sure_rule(count: int) -> None:
    line = "Hear this story in the wireless room"
    rule = only(learned({"a": [story(number, above=[line]) for number in range(count)]})).rule
    assert rule.strength is Strength.LIKELY


def test_a_line_of_half_of_the_articles_makes_no_sure_rule() -> None:
    line = "Hear this story in the wireless room"
    texts = [story(number, above=[line] if number % 2 else []) for number in range(30)]
    assert only(learned({"a": texts})).rule.strength is Strength.LIKELY
    assert learned({"a": texts}, min_share="0.6").proposals == ()


def test_a_long_sentence_is_proposed_with_a_note() -> None:
    line = "This account was put together by the pool of the six harbour towns and was not checked by our own desk."
    proposal = only(learned({"a": [story(number, below=[line]) for number in range(30)]}))
    assert proposal.rule.strength is Strength.LIKELY
    assert "read it first" in proposal.note
    assert "# NOTE: a long sentence" in rule_file(learned({"a": [story(n, below=[line]) for n in range(30)]}))


@pytest.mark.parametrize(
    ("lines", "pattern"),
    [
        ([f"Printed on press number {number} of the mill" for number in range(9)], "press number {n} of"),
        ([f"Bound by hand for the shelf of {name}" for name in PEOPLE], "shelf of {name}"),
        ([f"Lay this sheet in the {colour} drawer" for colour in ("red", "blue", "tin")], "<blue|red|tin> drawer"),
        ([f"Lay this sheet in drawer {word} at night" for word in "elm oak ash fir yew".split()], "drawer {word} at"),
    ],
)  # fmt: skip
def test_what_varies_becomes_a_slot(lines: list[str], pattern: str) -> None:
    varying = cycle(lines)
    proposal = only(learned({"a": [story(number, below=[next(varying)]) for number in range(30)]}))
    assert pattern in proposal.rule.pattern[0]
    assert all(covers(proposal.rule, line) for line in lines)
    assert proposal.rule.strength is not Strength.SURE or "{n}" in pattern


def test_a_number_that_never_changes_stays_a_number() -> None:
    rule = only(learned({"a": [story(n, below=["Room 7 of the town wireless hall"]) for n in range(30)]})).rule
    assert rule.pattern == ("room 7 of the town wireless hall",)


def test_what_stands_behind_a_label_goes_with_it() -> None:
    topics = cycle(["harbours, bridges", "plums", "weather and the tide tables of the north", "schools"])
    rule = only(learned({"a": [story(n, below=[f"Drawer of the archive: {next(topics)}"]) for n in range(30)]})).rule
    assert (rule.scope, rule.pattern) == (Scope.START, ("drawer of the archive: {any}",))


def test_signs_of_the_pattern_language_are_taken_for_themselves() -> None:
    line = "Wireless {live} | Tides <now> [north] \\ Crossword"
    rule = only(learned({"a": [story(n, above=[line]) for n in range(30)]})).rule
    check_examples(rule, "learned")
    assert covers(rule, line)


# What is not


def test_too_few_articles_are_said_to_be_too_few() -> None:
    outcome = learned({"a": [story(number, above=["Hear this in the wireless room"]) for number in range(9)]})
    assert outcome.proposals == ()
    assert not outcome.sources[0].enough
    assert "# ---- a: 9 article(s) of its own, fewer than 10: nothing learned" in rule_file(outcome)


def test_what_a_sure_rule_knows_is_not_proposed_again() -> None:
    outcome = learned({"a": [story(number, below=["Share this article"]) for number in range(20)]})
    assert outcome.proposals == ()
    assert [(one.text, one.reason) for one in outcome.left_alone] == [("Share this article", Reason.COVERED)]
    assert outcome.left_alone[0].detail.startswith("en.share.")


def test_a_line_of_several_sources_is_of_none_of_them() -> None:
    line = "A wireless service of the six harbour towns"
    sources = {name: [story(n + at, below=[line]) for n in range(15)] for at, name in ((0, "a"), (15, "b"))}
    outcome = learned(sources)
    assert outcome.proposals == ()
    assert [(one.text, one.sources) for one in outcome.shared] == [(line, (("a", 15, 15), ("b", 15, 15)))]
    text = rule_file(outcome)
    assert f"# {line} [a 15/15, b 15/15]" in text
    assert parse_file(text, "x") == ("1", (), ())


@pytest.mark.parametrize(
    "line", ["By Ann Lee", "21 October 2020", "Photo: Harbour archive", "Correction: see page two."]
)
def test_furniture_of_the_article_is_left_alone(line: str) -> None:
    texts = [story(number) for number in range(20)]
    texts = [text.replace("\n\n", f"\n\n{line}\n\n", 1) for text in texts]
    outcome = learned({"a": texts})
    assert outcome.proposals == ()
    assert [one.reason for one in outcome.left_alone] == [Reason.PART]


def test_a_short_line_between_paragraphs_may_be_a_heading() -> None:
    outcome = learned({"a": [story(number, inside=["What happened next"]) for number in range(20)]})
    assert [rule.strength for rule in outcome.rules] == []
    assert {one.reason for one in outcome.left_alone} <= {Reason.BETWEEN, Reason.REMOVED}


def test_sentences_of_few_articles_are_text() -> None:
    line = "The mayor said that she would look into it before the week was out, and left by the side door."
    assert learned({"a": [story(n, inside=[line] if n % 3 == 0 else []) for n in range(30)]}).proposals == ()


def test_how_sentences_begin_is_no_template() -> None:
    begin = ["Said one", "Said two", "Said three", "Said four"]
    texts = [story(n, inside=[f"{begin[n % 4]} of them in the rain of that year: no {n}."]) for n in range(30)]
    outcome = learned({"a": texts})
    assert all(not covers(rule, "Said nobody in particular.") for rule in outcome.rules)


def test_a_line_that_is_longer_than_any_rule_is_told() -> None:
    line = "The harbour board keeps these papers " + "and those papers " * 30 + "for a hundred years."
    outcome = learned({"a": [story(n, below=[line]) for n in range(20)]})
    assert [one.reason for one in outcome.left_alone] == [Reason.LONG]


# The file


def test_the_file_is_a_rule_file_of_the_learned_rules() -> None:
    outcome = learned({"a.example": [story(n, above=['Hear "this" in the\u00a0wireless room']) for n in range(30)]})
    version, rules, disabled = parse_file(rule_file(outcome), "learned")
    assert (version, rules, disabled) == ("1", outcome.rules, ())
    assert rules[0].id == "en.structure.a-example-01"
    for rule in rules:
        check_examples(rule, "learned")


def test_sources_with_alike_names_have_rules_of_their_own() -> None:
    sources = {
        name: [story(n + at, above=[f"Wireless room {name} on the north quay"]) for n in range(15)]
        for at, name in ((0, "a.b"), (15, "a-b"))
    }
    assert len({rule.id for rule in learned(sources).rules}) == 2


def test_a_language_without_rules_gets_none_of_its_own() -> None:
    """Pages in it are read with the sure rules of all languages, as long as it has none."""
    sample = Sample()
    for number in range(20):
        article = sampled(archiver.extract(story(number, above=["Hear this story in the wireless room"])))
        sample.add("a", replace(article, key=str(number), rank=number, language="nb"))
    assert {rule.language for rule in learn(sample, load_rules()).rules} == {"any"}


def test_a_rights_line_is_learned_for_every_year() -> None:
    outcome = learned({"a": [story(n, below=["© 2021 The wireless room of the harbour towns"]) for n in range(30)]})
    rules = [rule for rule in outcome.rules if rule.category is Category.COPYRIGHT]
    assert all(covers(rule, "© 2033 The wireless room of the harbour towns") for rule in rules)
    assert rules or {one.reason for one in outcome.left_alone} <= {Reason.COVERED, Reason.PART}
