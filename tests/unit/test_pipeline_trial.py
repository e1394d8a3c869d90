"""Trying a rule file: every failing example at once, and what each rule does to articles."""

from __future__ import annotations

from pathlib import Path

import pytest

import archiver
from archiver.clean.ruleset import load_rules, parse_file
from archiver.clean.trial import RuleTrial
from archiver.errors import InputNotFoundError, RuleFileError, UsageError
from archiver.pipeline.trial import TrialRules
from archiver.report.rules import trial_words

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


def test_everything_that_is_wrong_with_a_rule_is_told(tmp_path: Path) -> None:
    broken = (
        '[[rule]]\nid = "en.ads.90"\ncategory = "adverts"\nscope = "line"\nstrength = ["sure"]\ncolour = "red"\n'
        'pattern = ["buy lamps", "{any}", "{lamps}"]\n'
    )
    missing = (
        '[[rule]]\nid = "en.ads.91"\ncategory = "ads"\nscope = "line"\nstrength = "sure"\n'
        'pattern = ["buy lamps"]\nmatch = ["Sell lamps"]\n'
    )
    scopeless = missing.replace("en.ads.91", "ads").replace('scope = "line"', 'scope = "word"')
    scopeless = scopeless.replace('"buy lamps"', '"{any} lamps", "{lamps}"')
    outcome = trial(tmp_path, broken, missing, scopeless)
    told = [(fault.rule, fault.expected, fault.message.partition(";")[0]) for fault in outcome.faults]
    assert [(rule, expected, message[:36]) for rule, expected, message in told] == [
        ("en.ads.90", "rule", "unknown field 'colour'"),
        ("en.ads.90", "rule", "field 'category' must be one of comm"),
        ("en.ads.90", "rule", "field 'strength' must be one of sure"),
        ("en.ads.90", "rule", "field 'reason' must be a text that i"),
        ("en.ads.90", "rule", "field 'match' must be a list of at l"),
        ("en.ads.90", "rule", "field 'keep' must be a list of at le"),
        ("en.ads.90", "rule", "pattern '{any}': {any} is for scope "),
        ("en.ads.90", "rule", "pattern '{lamps}': {lamps} is no slo"),
        ("en.ads.91", "rule", "field 'reason' must be a text that i"),
        ("en.ads.91", "rule", "field 'keep' must be a list of at le"),
        ("en.ads.91", "match", "does not match its own example 'Sell"),
        # Which line a rule matches nobody knows without its scope.
        ("ads", "rule", "id 'ads' is not of the form language"),
        ("ads", "rule", "field 'scope' must be one of line, s"),
        ("ads", "rule", "pattern '{lamps}': {lamps} is no slo"),
        ("ads", "rule", "field 'reason' must be a text that i"),
        ("ads", "rule", "field 'keep' must be a list of at le"),
    ]


def test_what_is_disabled_and_is_no_rule_is_told_beside_the_faults_of_rules(tmp_path: Path, articles: Path) -> None:
    file = tmp_path / "mine.toml"
    own = rule("en.ads.90", "buy lamps", "Buy a lamp")
    named = '"en.no-such.02", "en.ads.01", "en.no-such.01", "en.ads.90", "en.no-such.02"'
    file.write_text(f'version = "1"\ndisable = [{named}]\n{own}', "utf-8")
    outcome = archiver.try_rules(file, [articles])
    assert [(fault.rule, fault.expected) for fault in outcome.faults] == [
        ("en.no-such.01", "disable"),
        ("en.no-such.02", "disable"),
        ("en.ads.90", "match"),
    ]
    assert outcome.tried is None
    assert "1 of 1 rule(s) at fault, 3 fault(s)" in trial_words(outcome, asked=True)
    file.write_text(file.read_text("utf-8").replace("Buy a lamp", "Buy lamps"), "utf-8")
    with pytest.raises(RuleFileError, match=r"names 'en\.no-such\.01', 'en\.no-such\.02', which are no rules"):
        load_rules(file)


@pytest.mark.parametrize(
    ("tag", "own"), [("no", "no"), ("nb-NO", "no"), ("nn_NO", "no"), ("sr-Latn", "hr"), ("de-AT", "de")]
)
def test_rules_of_a_language_are_tried_on_all_that_are_read_with_them(tag: str, own: str) -> None:
    tables = [rule(f"{name}.ads.90", f"kjop lamper {name}", f"Kjop lamper {name}") for name in ("no", "hr", "de")]
    version, rules, disabled = parse_file('version = "1"\n' + "".join(tables).replace('"sure"', '"likely"'), "mine")
    matcher = TrialRules("mine", version, rules, disabled).removing(tag)
    assert [name for name in ("no", "hr", "de") if matcher.match(f"Kjop lamper {name}")] == [own]


def test_a_rule_may_be_disabled_twice(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('version = "1"\ndisable = ["en.ads.01", "en.ads.01"]\n', "utf-8")
    assert archiver.try_rules(file).faults == ()
    assert "en.ads.01" not in {rule.id for rule in load_rules(file).rules}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colour = 1\nrules = []\n", "unknown field 'colour'; unknown field 'rules'; has no 'version'"),
        ("version = 1\nrule = 2\ndisable = 3\n", "'version' is .*; 'rule' is not .*; 'disable' is not "),
    ],
)
def test_everything_that_is_wrong_with_the_head_of_a_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(RuleFileError, match=told):
        archiver.try_rules(file)


@pytest.mark.parametrize("text", ["version = ", "rule = 3", "", 'version = "1"\ndisable = "en.ads.01"'])
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
