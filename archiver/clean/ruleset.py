"""The set of phrase rules in force: the built-in files, with a user's own file on top."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from archiver.canon import canonical_json
from archiver.clean.match import Matcher
from archiver.clean.pattern_index import PatternIndex
from archiver.clean.rule import Rule, Strength, scan_rule
from archiver.clean.rule_check import example_faults
from archiver.errors import RuleFileError

#: Version of the built-in rules as a whole; moves with every change to a rule file.
VERSION = "2026.1"

#: Rules that hold on every page: widgets are often English whatever the language of the article.
_ALWAYS = ("any", "en")
#: More patterns than one language has.
_MANY = 1_000_000
#: Languages that are read with the rules of another (of one ISO 639-3 macrolanguage, or all but the same in print),
#: and codes of ISO 639-1 that were withdrawn.
_READ_AS = {"nb": "no", "nn": "no", "bs": "hr", "sr": "hr", "ms": "id", "iw": "he", "in": "id"}
_HEADER = frozenset({"language", "version", "disable", "rule"})
_ALL_FAULTS = "`archiver rules test` tells everything that is wrong with a file"


@dataclass(frozen=True, slots=True)
class ScannedRule:
    """A rule as a file has it, with what is wrong with its table."""

    name: str
    """Its id; its number in the file where it has none."""
    rule: Rule
    """With empty or usual values for fields that are wrong."""
    faults: tuple[tuple[str, str], ...]
    """What is wrong, and what to do."""


@dataclass(frozen=True)
class RuleSet:
    """All rules in force; equal when their digests are."""

    version: str
    """``2026.1``; with a user's file ``2026.1+`` and that file's version."""
    rules: tuple[Rule, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleSet) and self.digest == other.digest and self.version == other.version

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def digest(self) -> str:
        """SHA-256 in hexadecimal over all that judges blocks: the rules, in the order of their ids, and the models."""
        rules = sorted(self.to_dicts(), key=lambda rule: str(rule["id"]))
        return sha256(canonical_json({"models": _model_digests(), "rules": rules})).hexdigest()

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """ISO 639 codes that have rules of their own, sorted; ``any`` is not among them."""
        return tuple(sorted({rule.language for rule in self.rules} - {"any"}))

    def matcher(self, languages: Sequence[str] = ()) -> Matcher:
        """Return the matcher for pages in ``languages`` (BCP 47 tags; the region and script do not matter).

        English and the language-free rules always take part. Where no language is given, or one that
        has no rules, the ``sure`` rules of all languages do as well.
        """
        wanted = {rules_language(tag) for tag in languages}
        return _matcher(self, tuple(sorted(wanted or {"und"})))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return all rules as JSON values, in the order of the files."""
        return [rule.to_dict() for rule in self.rules]


def rules_language(tag: str) -> str:
    """Return the ISO 639 code (or ``any``) whose rules are those of the BCP 47 ``tag``; there may be none of it."""
    spoken = tag.replace("_", "-").split("-")[0].lower()
    return _READ_AS.get(spoken, spoken)


@cache
def _model_digests() -> dict[str, str]:
    """SHA-256 of each trained model that ships with archiver, by file name."""
    files = [entry for entry in resources.files("archiver.clean").iterdir() if entry.name.endswith("_model.json")]
    return {entry.name: sha256(entry.read_bytes()).hexdigest() for entry in sorted(files, key=lambda entry: entry.name)}


@lru_cache(maxsize=64)
def _matcher(ruleset: RuleSet, languages: tuple[str, ...]) -> Matcher:
    own = tuple(language for language in languages if language in ruleset.languages and language not in _ALWAYS)
    # The page's own language speaks first where rules of several match the same words.
    indexes = [*(_index(ruleset, (language,), 0) for language in own), _index(ruleset, _ALWAYS, _MANY)]
    if not set(languages) <= set(ruleset.languages):
        indexes.append(_sure_index(ruleset, own))
    return Matcher(indexes=indexes)


@lru_cache(maxsize=64)
def _index(ruleset: RuleSet, languages: tuple[str, ...], first_number: int) -> PatternIndex:
    rules = [rule for rule in ruleset.rules if rule.language in languages]
    return PatternIndex(rules, first_number=first_number)


@lru_cache(maxsize=64)
def _sure_index(ruleset: RuleSet, languages: tuple[str, ...]) -> PatternIndex:
    """The sure and the protecting rules of all languages but these and those that always take part."""
    apart = {*_ALWAYS, *languages}
    sure = [rule for rule in ruleset.rules if rule.strength is Strength.SURE or rule.keeps]
    return PatternIndex([rule for rule in sure if rule.language not in apart], first_number=2 * _MANY)


def load_rules(extra: Path | None = None) -> RuleSet:
    """Return the built-in rules, and those of the file ``extra`` on top of them.

    A rule of ``extra`` with the id of a built-in one replaces it; ids under ``disable`` go. Raises
    RuleFileError (file, rule, what to do) when the file cannot be read, is malformed, or a rule does
    not meet its own examples.
    """
    builtin = _builtin()
    if extra is None:
        return builtin
    place = str(extra)
    version, rules, disabled = parse_file(read_file(extra), place)
    for rule in rules:
        check_examples(rule, place)
    return overlaid(version, rules, disabled, place)


def read_file(file: Path) -> str:
    """Return the text of a rule file, without the byte order mark that some editors begin it with.

    Raises RuleFileError.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RuleFileError(f"cannot be read: {error.strerror}", place=str(file), advice="check the path") from error
    except UnicodeDecodeError as error:
        raise RuleFileError(
            f"cannot be read as UTF-8: {error}", place=str(file), advice="save it as TOML in UTF-8"
        ) from error


def overlaid(version: str, rules: Iterable[Rule], disabled: Iterable[str], place: str) -> RuleSet:
    """Return the built-in rules with ``rules`` on top of them and without those that ``disabled`` names.

    Raises RuleFileError, with ``place`` for the file, where there is no rule of such a name.
    """
    own, gone = {rule.id: rule for rule in rules}, frozenset(disabled)
    nothing = unknown_ids(gone, own)
    if nothing:
        names = ", ".join(map(repr, nothing))
        is_none = "which is no rule" if len(nothing) == 1 else "which are no rules"
        raise RuleFileError(f"'disable' names {names}, {is_none}", place=place, advice="see 'archiver rules list'")
    merged = {rule.id: rule for rule in _builtin().rules} | own
    return RuleSet(f"{VERSION}+{version}", tuple(rule for name, rule in merged.items() if name not in gone))


def unknown_ids(named: Iterable[str], own: Collection[str]) -> list[str]:
    """Return those of ``named`` that are neither the id of a built-in rule nor one of ``own``, sorted."""
    return sorted({*named} - {rule.id for rule in _builtin().rules} - {*own})


@cache
def _builtin() -> RuleSet:
    folder = resources.files("archiver.clean") / "rules"
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    rules = [rule for entry in files for rule in parse_file(entry.read_text(encoding="utf-8"), entry.name)[1]]
    return RuleSet(VERSION, tuple(rules))


def parse_file(text: str, place: str) -> tuple[str, tuple[Rule, ...], tuple[str, ...]]:
    """Return version, rules and disabled ids of the rule file ``text``; ``place`` names it in errors.

    Raises RuleFileError for anything that docs/rules.md does not allow, except inside a pattern: patterns
    are looked at by :func:`check_examples`.
    """
    version, entries, disabled = scan_file(text, place)
    for entry in entries:
        if entry.faults:
            told = "; ".join(message for message, _ in entry.faults)
            advice = f"{entry.faults[0][1]}; {_ALL_FAULTS}"
            raise RuleFileError(told, place=f"{place}, rule {entry.name}", advice=advice)
    return version, tuple(entry.rule for entry in entries), disabled


def scan_file(text: str, place: str) -> tuple[str, tuple[ScannedRule, ...], tuple[str, ...]]:
    """Return the same as :func:`parse_file`, with what is wrong beside each rule that cannot be used.

    Raises RuleFileError, with all reasons, only where the file as a whole cannot be read.
    """
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Not the error of TOML alone: Python refuses numbers of some thousand digits, and brackets within brackets.
        raise RuleFileError(f"is not TOML: {error}", place=place, advice="mend the syntax at that place") from error
    wrong = [*_header_faults(table)]
    if wrong:
        message, advice = ("; ".join(dict.fromkeys(told)) for told in zip(*wrong, strict=True))
        raise RuleFileError(message, place=place, advice=advice)
    return table["version"], tuple(_rules(table)), tuple(table.get("disable", ()))


def _header_faults(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in sorted(set(table) - _HEADER):
        yield f"unknown field {name!r}", f"known are {', '.join(sorted(_HEADER))}"
    version, rules, disabled = table.get("version"), table.get("rule", []), table.get("disable", [])
    if version is None:
        yield "has no 'version'", 'add a line such as version = "1" at the top'
    elif not isinstance(version, str) or not version.strip():
        yield "'version' is not a text, or an empty one", 'write it in quotation marks, as in version = "1"'
    if not isinstance(rules, list) or not all(isinstance(entry, dict) for entry in rules):
        yield "'rule' is not a list of tables", "begin each rule with [[rule]]"
    if not isinstance(disabled, list) or not all(isinstance(item, str) for item in disabled):
        yield "'disable' is not a list of texts", 'write it as disable = ["en.ads.01"]'


def _rules(table: Mapping[str, Any]) -> Iterator[ScannedRule]:
    language = table.get("language")
    seen: set[str] = set()
    for number, entry in enumerate(table.get("rule", []), 1):
        rule, wrong = scan_rule(entry)
        faults = [(message, "docs/rules.md shows a whole rule") for message in wrong]
        if rule.id in seen:
            faults.append(("the id is used twice", "number the rules of a category apart"))
        if language is not None and rule.id and rule.language != language:
            advice = "change the id, or leave 'language' out of the file"
            faults.append((f"the id does not begin with the file's language {language!r}", advice))
        seen |= {rule.id} - {""}
        yield ScannedRule(str(entry.get("id", number)), rule, tuple(faults))


def check_examples(rule: Rule, place: str) -> None:
    """Raise RuleFileError when ``rule`` has a malformed pattern, misses a ``match`` line or hits a ``keep`` line."""
    for fault in example_faults(rule):
        advice = f"{fault.advice}; {_ALL_FAULTS}"
        raise RuleFileError(fault.message, place=f"{place}, rule {rule.id}", advice=advice)
