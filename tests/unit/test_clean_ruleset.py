"""Rule files: what they may hold, what is refused and how it is told, and the set as a whole."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from archiver.clean.ruleset import RuleSet, load_rules
from archiver.errors import RuleFileError

RULE = {
    "id": '"en.ads.90"',
    "version": "1",
    "category": '"ads"',
    "scope": '"line"',
    "strength": '"sure"',
    "reason": '"Label of an advertisement."',
    "pattern": '["harbour advert"]',
    "match": '["Harbour advert"]',
    "keep": '["The harbour advert was banned."]',
}


def file_with(folder: Path, *, head: str = 'version = "7"\n', **changed: str | None) -> Path:
    """Write a rule file of one rule whose fields are changed, or left out where None."""
    fields = {name: value for name, value in (RULE | changed).items() if value is not None}
    path = folder / "mine.toml"
    path.write_text(head + "[[rule]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items()), "utf-8")
    return path


def test_a_rule_of_the_user_is_added(tmp_path: Path) -> None:
    rules = load_rules(file_with(tmp_path))
    assert rules.version == load_rules().version + "+7"
    assert len(rules.rules) == len(load_rules().rules) + 1
    assert rules.digest != load_rules().digest
    found = rules.matcher(["en"]).match("HARBOUR ADVERT")
    assert found is not None
    assert found.rules[0].ref == "en.ads.90@1"
    assert load_rules().matcher(["en"]).match("HARBOUR ADVERT") is None


def test_a_byte_order_mark_does_not_count(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    plain = load_rules(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_rules(path) == plain


def test_files_that_cannot_be_read_tell_why(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError) as gone:
        load_rules(tmp_path / "gone.toml")
    assert (gone.value.message, gone.value.advice) == ("cannot be read: No such file or directory", "check the path")
    (tmp_path / "wide.toml").write_text('version = "1"\n', "utf-16")
    with pytest.raises(RuleFileError, match="cannot be read as UTF-8"):
        load_rules(tmp_path / "wide.toml")


def test_a_rule_of_the_user_replaces_the_one_of_that_id(tmp_path: Path) -> None:
    rules = load_rules(file_with(tmp_path, id='"en.ads.01"'))
    assert len(rules.rules) == len(load_rules().rules)
    assert rules.matcher(["en"]).match("Story continues below advertisement") is None


def test_protecting_goes_before_removing(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    path.write_text(
        path.read_text("utf-8")
        + '[[rule]]\nid = "en.note.90"\nkeeps = "note"\nscope = "start"\nreason = "A note."\npattern = ["harbour"]\n'
        + 'match = ["Harbour advert"]\nkeep = ["Harbours"]\n',
        "utf-8",
    )
    matcher = load_rules(path).matcher(["en"])
    assert matcher.protect("Harbour advert") is not None
    assert matcher.match("Harbour advert") is None


def test_a_rule_can_be_disabled(tmp_path: Path) -> None:
    rules = load_rules(file_with(tmp_path, head='version = "7"\ndisable = ["en.ads.01"]\n'))
    assert "en.ads.01" not in {rule.id for rule in rules.rules}
    assert rules.matcher(["en"]).match("Advertisement") is None


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"id": '"ads"'}, "language.category.number"),
        ({"category": '"adverts"'}, "'category' must be one of"),
        ({"category": None}, "either 'category'"),
        ({"keeps": '"note"'}, "either 'category'"),
        ({"category": None, "keeps": '"headline"'}, "'keeps' must be one of"),
        ({"scope": '"word"'}, "'scope' must be one of"),
        ({"scope": None}, "'scope' must be one of"),
        ({"strength": None}, "'strength' must be one of"),
        ({"zone": '"middle"'}, "'zone' must be one of"),
        ({"max_chars": "0"}, "whole number"),
        ({"version": "true"}, "whole number"),
        ({"reason": '""'}, "'reason'"),
        ({"pattern": "[]"}, "'pattern'"),
        ({"match": "[]"}, "'match'"),
        ({"keep": None}, "'keep'"),
        ({"colour": '"red"'}, "unknown field 'colour'"),
        ({"pattern": '["{n}"]'}, "without any letter"),
        ({"pattern": '["harbour advert {any}"]'}, "scope 'start'"),
        ({"match": '["Another line"]'}, "does not match its own example"),
        ({"keep": '["harbour advert"]'}, "must stay"),
    ],
)
def test_a_wrong_rule_is_refused_by_name(tmp_path: Path, changed: dict[str, str | None], told: str) -> None:
    path = file_with(tmp_path, **changed)
    with pytest.raises(RuleFileError) as caught:
        load_rules(path)
    assert told in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.advice


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version = ", "is not TOML"),
        ("[[rule]]\n", "has no 'version'"),
        ("version = 1\n", "'version' is not a text"),
        ('version = " "\n', "'version' is not a text"),
        ('version = "1"\nrules = []\n', "unknown field 'rules'"),
        ('version = "1"\nrule = 5\n', "not a list of tables"),
        ('version = "1"\ndisable = "en.ads.01"\n', "not a list of texts"),
        ('version = "1"\ndisable = ["en.nothing.99"]\n', "which is no rule"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(RuleFileError, match=told):
        load_rules(path)


def test_ids_are_used_once_and_fit_the_language_of_the_file(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    path.write_text(path.read_text("utf-8") + path.read_text("utf-8").split("\n", 1)[1], "utf-8")
    with pytest.raises(RuleFileError, match="used twice"):
        load_rules(path)
    with pytest.raises(RuleFileError, match="does not begin with the file's language"):
        load_rules(file_with(tmp_path, head='language = "de"\nversion = "7"\n'))


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="cannot be read"):
        load_rules(tmp_path / "none.toml")
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RuleFileError, match="cannot be read"):
        load_rules(tmp_path / "mine.toml")


def test_the_digest_does_not_depend_on_the_order_of_rules() -> None:
    rules = load_rules()
    turned = RuleSet(rules.version, tuple(reversed(rules.rules)))
    assert turned.digest == rules.digest
    assert turned == rules
    assert hash(turned) == hash(rules)
    assert RuleSet(rules.version, rules.rules[1:]).digest != rules.digest


def test_a_rule_set_can_be_sent_to_a_worker() -> None:
    rules = load_rules()
    assert pickle.loads(pickle.dumps(rules)) == rules


def test_matchers_are_made_once_for_the_same_languages() -> None:
    rules = load_rules()
    assert rules.matcher(["de", "fr"]) is rules.matcher(["fr-CH", "de_AT"])


def test_english_always_takes_part_and_others_when_asked() -> None:
    rules = load_rules()
    polish = rules.matcher(["pl"])
    assert polish.match("Leave a comment")
    assert polish.match("Dodaj komentarz")
    assert polish.match("Schreibe einen Kommentar") is None


@pytest.mark.parametrize("languages", [[], ["und"], ["sw"], ["sw", "de"]])
def test_an_unknown_language_gets_the_sure_rules_of_all(languages: list[str]) -> None:
    matcher = load_rules().matcher(languages)
    assert matcher.match("Schreibe einen Kommentar")
    assert matcher.match("コメントを残す")
    assert matcher.match("Реклама") is None
    assert matcher.protect("Korrektur: Das Jahr war falsch.")


def test_rules_can_be_listed_as_json_values() -> None:
    listed = load_rules().to_dicts()
    assert json.loads(json.dumps(listed)) == listed
    assert [rule["id"] for rule in listed] == [rule.id for rule in load_rules().rules]
