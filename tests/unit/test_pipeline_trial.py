"""Trying a rule file: every failing example at once, and what each rule does to articles."""

from __future__ import annotations

from pathlib import Path

import pytest

import archiver
from archiver.clean.trial import RuleTrial
from archiver.errors import InputNotFoundError, RuleFileError, UsageError

from ..support_export import story

RULE = """
[[rule]]
id = "{id}"
category = "ads"
scope = "{scope}"
strength = "{strength}"
reason = "Tried."
pattern = ["{pattern}"]
match = ["{match}"]
keep = ["{keep}"]
"""


def rule(
    identifier: str,
    pattern: str,
    match: str,
    keep: str = "Another line altogether.",
    *,
    scope: str = "line",
    strength: str = "sure",
) -> str:
    return RULE.format(id=identifier, pattern=pattern, match=match, keep=keep, scope=scope, strength=strength)


def trial(tmp_path: Path, *rules: str, inputs: tuple[Path, ...] = (), head: str = "", samples: int = 5) -> RuleTrial:
    file = tmp_path / "mine.toml"
    file.write_text('version = "3"\n' + head + "".join(rules), "utf-8")
    return archiver.try_rules(file, inputs, samples=samples)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Three articles: one with a line above and below, one with the line below only, one with neither."""
    place = tmp_path / "articles"
    place.mkdir()
    lines = story(1).split("\n\n")
    (place / "a.txt").write_text("\n\n".join(["Lamp oil by the gallon", *lines, "Lamp oil by the gallon"]), "utf-8")
    (place / "b.txt").write_text("\n\n".join([*story(2).split("\n\n"), "Lamp oil by the gallon"]), "utf-8")
    (place / "c.txt").write_text(story(3), "utf-8")
    return place


def test_all_failing_examples_are_told_at_once(tmp_path: Path) -> None:
    outcome = trial(
        tmp_path,
        rule("en.ads.90", "buy lamps", "Buy a lamp"),
        rule("en.ads.91", "buy lamps", "Buy lamps", keep="BUY LAMPS!"),
        rule("en.ads.92", "sell {lamps}", "Sell lamps"),
        rule("en.ads.93", "sell lamps", "Sell lamps"),
    )
    assert [(fault.rule, fault.expected, fault.example) for fault in outcome.faults] == [
        ("en.ads.90", "match", "Buy a lamp"),
        ("en.ads.91", "keep", "BUY LAMPS!"),
        ("en.ads.92", "rule", ""),
    ]
    assert (outcome.rules, outcome.version, outcome.tried) == (4, "3", None)
    assert "no pattern begins as the line does" in outcome.faults[0].happened
    assert "'buy lamps' matches it" in outcome.faults[1].happened
    assert "{lamps} is no slot" in outcome.faults[2].message


def test_what_happened_says_how_far_a_pattern_got(tmp_path: Path) -> None:
    outcome = trial(tmp_path, rule("en.ads.90", "buy lamps", "Buy lamps on Monday"))
    assert "“on monday” is left over" in outcome.faults[0].happened
    long = "word " * 50
    outcome = trial(tmp_path, rule("en.ads.90", f"buy lamps {long}", f"Buy lamps {long}"))
    assert "max_chars is 200" in outcome.faults[0].happened


def test_rules_that_cannot_be_read_are_faults_beside_the_others(tmp_path: Path) -> None:
    broken = rule("en.ads.90", "buy lamps", "Buy lamps").replace('strength = "sure"', 'strength = "certain"')
    twice = rule("en.ads.91", "buy oil", "Buy oil")
    outcome = trial(tmp_path, broken, twice, twice, rule("en.ads.92", "buy wicks", "Buy matches"))
    assert [(fault.rule, fault.expected) for fault in outcome.faults] == [
        ("en.ads.90", "rule"),
        ("en.ads.91", "rule"),
        ("en.ads.92", "match"),
    ]
    assert "used twice" in outcome.faults[1].message


@pytest.mark.parametrize("text", ["version = ", "rule = 3", "", 'version = "1"\ndisable = ["en.no-such.01"]'])
def test_a_file_that_is_no_rule_file_is_wrong_use(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(RuleFileError):
        archiver.try_rules(file)


def test_articles_wait_until_the_rules_are_mended(tmp_path: Path, articles: Path) -> None:
    outcome = trial(tmp_path, rule("en.ads.90", "buy lamps", "Buy a lamp"), inputs=(articles,))
    assert outcome.faults
    assert outcome.tried is None


def test_each_rule_tells_what_goes_through_it_alone(tmp_path: Path, articles: Path) -> None:
    oil = rule("en.ads.90", "lamp oil by the gallon", "Lamp oil by the gallon")
    share = rule("en.ads.91", "share this article", "Share this article")
    outcome = trial(tmp_path, oil, share, inputs=(articles,))
    assert outcome.tried is not None
    assert (outcome.tried.articles, outcome.tried.failed) == (3, 0)
    first, second = outcome.tried.tallies
    assert (first.articles, first.lines) == (2, 3)
    assert (second.lines, second.changed_lines, second.changed_articles) == (3, 0, 0)
    assert [(line.path, line.line, line.text) for line in first.changed][:1] == [("a.txt", 1, "Lamp oil by the gallon")]
    start, end = first.changed[0].place["char"]
    assert (articles / "a.txt").read_text("utf-8")[start:end] == "Lamp oil by the gallon"
    assert outcome.tried.more >= 1
    assert outcome.tried.removed >= 6


def test_two_rules_for_one_line_have_no_effect_alone(tmp_path: Path, articles: Path) -> None:
    one = rule("en.ads.90", "lamp oil by the gallon", "Lamp oil by the gallon")
    other = rule("en.ads.91", "lamp oil by the <gallon|pint>", "Lamp oil by the gallon")
    outcome = trial(tmp_path, one, other, inputs=(articles,))
    assert outcome.tried is not None
    assert [tally.changed_lines for tally in outcome.tried.tallies] == [0, 0]


def test_lines_that_a_weak_rule_matches_in_vain_are_told(tmp_path: Path, articles: Path) -> None:
    weak = rule("en.ads.90", "lamp number {n} of the <year|harbour>", "Lamp number 3 of the year", strength="hint")
    (articles / "d.txt").write_text(
        story(4).replace("“We counted", "Lamp number 3 of the year\n\n“We counted"), "utf-8"
    )
    weak = weak.replace('"ads"', '"related"')
    outcome = trial(tmp_path, weak, inputs=(articles,))
    assert outcome.tried is not None
    tally = outcome.tried.tallies[0]
    assert tally.without_effect + tally.lines == 1
    assert len(tally.idle) == tally.without_effect


def test_lines_that_another_rule_protects_are_collisions(tmp_path: Path, articles: Path) -> None:
    (articles / "d.txt").write_text(story(4).replace("“We counted", "Photo: Harbour archive\n\n“We counted"), "utf-8")
    outcome = trial(tmp_path, rule("en.ads.90", "photo harbour archive", "Photo Harbour archive"), inputs=(articles,))
    # The rule meets its example only as long as nothing protects the line.
    assert outcome.tried is not None
    tally = outcome.tried.tallies[0]
    assert (tally.lines, tally.collisions) == (0, 1)
    assert tally.colliding[0].other.startswith("en.credit.")
    assert tally.colliding[0].text == "Photo: Harbour archive"


def test_a_rule_that_protects_tells_what_stays_through_it(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    for number in (1, 2, 3):
        (plain / f"{number}.txt").write_text(story(number), "utf-8")
    keeping = rule("en.note.90", "share this article", "Share this article").replace(
        'category = "ads"', 'keeps = "note"'
    )
    outcome = trial(tmp_path, keeping, inputs=(plain,))
    assert outcome.tried is not None
    tally = outcome.tried.tallies[0]
    assert (tally.lines, tally.changed_lines, outcome.tried.fewer) == (3, 3, 3)
    assert tally.to_dict()["action"] == "keep"


def test_samples_are_bounded_and_the_first_of_the_input(tmp_path: Path, articles: Path) -> None:
    oil = rule("en.ads.90", "lamp oil by the gallon", "Lamp oil by the gallon")
    few = trial(tmp_path, oil, inputs=(articles,), samples=1)
    none = trial(tmp_path, oil, inputs=(articles,), samples=0)
    assert few.tried is not None
    assert none.tried is not None
    assert len(few.tried.tallies[0].changed) == 1
    assert none.tried.tallies[0].changed == []
    assert few.tried.tallies[0].lines == none.tried.tallies[0].lines == 3


def test_a_page_tells_the_element(tmp_path: Path) -> None:
    place = tmp_path / "pages"
    place.mkdir()
    lines = [f"<p>{line}</p>" for line in story(1).split("\n\n")[3:6]]
    page = f"<!doctype html><html lang=en><body><article><h1>Lamp</h1>{''.join(lines)}<p>Lamp oil by the gallon</p>"
    (place / "a.html").write_text(page, "utf-8")
    oil = rule("en.ads.90", "lamp oil by the gallon", "Lamp oil by the gallon")
    outcome = trial(tmp_path, oil, inputs=(place,))
    assert outcome.tried is not None
    line = outcome.tried.tallies[0].changed[0]
    assert line.line is None
    assert line.place["xpath"].startswith("/html/body/")


def test_what_is_no_article_is_counted(tmp_path: Path, articles: Path) -> None:
    (articles / "blank.txt").write_text("", "utf-8")
    outcome = trial(tmp_path, rule("en.ads.90", "buy lamps", "Buy lamps"), inputs=(articles,))
    assert outcome.tried is not None
    assert (outcome.tried.articles, outcome.tried.failed) == (3, 1)
    assert [(path, error.code) for path, error in outcome.tried.failures] == [("blank.txt", "article.empty")]


def test_wrong_calls_are_refused(tmp_path: Path, articles: Path) -> None:
    good = rule("en.ads.90", "buy lamps", "Buy lamps")
    with pytest.raises(InputNotFoundError):
        trial(tmp_path, good, inputs=(tmp_path / "nowhere",))
    with pytest.raises(UsageError):
        trial(tmp_path, good, samples=-1)
    with pytest.raises(UsageError):
        archiver.try_rules(tmp_path / "mine.toml", language="no tag at all")
