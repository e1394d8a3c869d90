"""Learning from whole sources: what was planted is found, nothing of the bodies is, whatever the way it is read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import archiver
from archiver.clean.match import covers
from archiver.clean.ruleset import load_rules
from archiver.errors import InputNotFoundError, OutputExistsError, UsageError
from archiver.pipeline.learn import TOP_FOLDER, LearnOutcome

from ..support_export import process
from ..support_sources import SOURCES, Planted, courier

PLANTED = [make() for make in SOURCES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sources")
    for planted in PLANTED:
        planted.write(root)
    return root


@pytest.fixture(scope="module")
def outcome(folder: Path) -> LearnOutcome:
    return archiver.learn_rules(folder)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_all_planted_lines_are_found(planted: Planted, outcome: LearnOutcome) -> None:
    missed = {line for line in planted.furniture if not any(covers(rule, line) for rule in outcome.learned.rules)}
    assert missed == set()


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_nothing_of_the_articles_is_taken_for_furniture(planted: Planted, outcome: LearnOutcome) -> None:
    wrong = {
        (rule.pattern, line)
        for line in planted.bodies | planted.traps
        for rule in outcome.learned.rules
        if covers(rule, line)
    }
    assert wrong == set()


def test_sources_are_hosts_or_folders(outcome: LearnOutcome) -> None:
    assert [(source.name, source.articles, source.compared) for source in outcome.learned.sources] == [
        ("bote", 30, 30),
        ("courier", 30, 30),
        ("harbour-wire.example", 30, 30),
        ("yunxi", 30, 30),
    ]
    assert {rule.language for rule in outcome.learned.rules} == {"de", "en", "zh"}


def test_the_rule_file_can_be_used_and_removes_the_furniture(
    folder: Path, outcome: LearnOutcome, tmp_path: Path
) -> None:
    file = tmp_path / "learned.toml"
    file.write_text(outcome.toml, "utf-8")
    load_rules(file)
    for planted in PLANTED:
        kept: set[str] = set()
        lost: set[str] = set()
        for name in list(planted.articles)[:10]:
            article = archiver.extract((folder / planted.name / name).read_bytes(), rules=file, name=name)
            kept |= {block.text for block in article.kept}
            lost |= {block.text for block in article.removed}
        assert kept & planted.furniture == set()
        # What goes of the bodies went without the learned rules as well: a heading or two that the line model takes.
        assert all(len(line) < 25 for line in lost & planted.bodies)


def test_what_is_known_already_is_not_proposed_again(folder: Path, outcome: LearnOutcome, tmp_path: Path) -> None:
    file = tmp_path / "learned.toml"
    file.write_text(outcome.toml, "utf-8")
    again = archiver.learn_rules(folder, rules=file)
    sure = {rule.pattern for rule in outcome.learned.rules if rule.strength == "sure"}
    assert sure
    assert not sure & {rule.pattern for rule in again.learned.rules}


def test_neither_order_nor_number_of_workers_matters(folder: Path, outcome: LearnOutcome) -> None:
    names = sorted(map(str, folder.iterdir()), reverse=True)
    assert archiver.learn_rules(names).toml == outcome.toml
    program = (
        "import sys, archiver\n"
        "if __name__ == '__main__':\n"
        "    sys.stdout.buffer.write(archiver.learn_rules(sys.argv[1], jobs=2).toml.encode())\n"
    )
    script = folder.parent / "learn.py"
    script.write_text(program)
    assert _output(script, folder) == outcome.toml


def _output(script: Path, folder: Path) -> str:
    import subprocess

    return subprocess.run([sys.executable, script, folder], capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_does_not_matter(folder: Path, outcome: LearnOutcome, seed: str) -> None:
    import os

    done = process("rules", "learn", folder, "--jobs", "1", env={**os.environ, "PYTHONHASHSEED": seed})
    assert done.words == outcome.toml


@pytest.fixture
def loose(tmp_path: Path) -> Path:
    """The articles of one source without a folder of their own."""
    place = tmp_path / "loose"
    place.mkdir()
    for name, text in courier(12).articles.items():
        (place / name).write_text(text, "utf-8")
    return place


@pytest.mark.parametrize(
    ("by", "names"), [("auto", [TOP_FOLDER]), ("folder", [TOP_FOLDER]), ("one", ["(all)"]), ("host", [])]
)
def test_what_makes_a_source_can_be_chosen(loose: Path, by: str, names: list[str]) -> None:
    outcome = archiver.learn_rules(loose, by=by)
    assert [source.name for source in outcome.learned.sources] == names
    assert outcome.unplaced == (0 if names else 12)
    assert bool(outcome.learned.rules) is bool(names)


def test_json_lines_are_grouped_by_their_addresses_or_publishers(tmp_path: Path) -> None:
    lines = [
        {"url": f"https://www.courier.example/{number}", "text": text, "publisher": f"Desk {number % 2}"}
        for number, text in enumerate(courier(24).articles.values())
    ]
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    by_host = archiver.learn_rules(file)
    assert [(source.name, source.articles) for source in by_host.learned.sources] == [("courier.example", 24)]
    assert by_host.learned.rules
    by_publisher = archiver.learn_rules(file, by="publisher")
    assert [source.articles for source in by_publisher.learned.sources] == [12, 12]


def test_what_is_no_article_is_counted_and_named(loose: Path) -> None:
    (loose / "a-blank.txt").write_text("", "utf-8")
    (loose / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    outcome = archiver.learn_rules(loose)
    assert outcome.failed == 2
    assert [(path, error.code) for path, error in outcome.failures] == [
        ("a-blank.txt", "article.empty"),
        ("picture.txt", "article.binary"),
    ]


@pytest.mark.parametrize(
    "choices",
    [{"min_articles": 2}, {"min_share": 0.0}, {"min_share": 1.5}, {"jobs": 0}, {"language": "not a tag"}],
)
def test_choices_that_make_no_sense_are_refused(loose: Path, choices: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        archiver.learn_rules(loose, **choices)  # type: ignore[arg-type]


def test_inputs_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError):
        archiver.learn_rules(tmp_path / "nowhere")
    assert issubclass(OutputExistsError, UsageError)
