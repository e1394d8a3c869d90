"""Each command: it does its work, explains itself, and speaks JSON that is valid against its schema."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile, copytree

import pytest

import archiver
from archiver import api
from archiver.model.look import Look
from archiver.schemas import read_schema, schema_names

from ..support_export import Outcome, corpus, export, faults_of, invoke, process, story, tree

COMMANDS = [
    "export",
    "strip",
    "explain",
    "validate",
    "verify",
    "restore",
    "inspect",
    "schema",
    "rules",
    "rules list",
    "rules test",
    "rules learn",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("in") / "news", 4)


@pytest.fixture(scope="module")
def package(folder: Path) -> Path:
    target = folder.parent / "package"
    assert export(folder, target).code == 0
    return target


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    for option in ("--help", "-h"):
        outcome = invoke(*name.split(), option)
        assert outcome.code == 0
        assert outcome.words.startswith(f"Usage: archiver {name}")
        assert outcome.err == ""
        assert "--json" in outcome.words or name == "rules"


def test_the_program_names_its_commands_and_exit_codes() -> None:
    words = invoke("--help").words
    for name in COMMANDS[:9]:
        assert f"\n  {name} " in words
    for code in ("0 done", "1 failed", "2 wrong use", "3 done", "4 done", "5 problems", "6 a fault", "130 interrupted"):
        assert code in " ".join(words.split())


def test_the_version_is_told() -> None:
    outcome = invoke("--version")
    assert outcome.code == 0
    assert outcome.words.startswith("archiver ")


def test_without_a_command_the_help_is_shown_and_the_use_is_wrong() -> None:
    outcome = invoke()
    assert outcome.code == 2
    assert "Usage: archiver" in outcome.err + outcome.words


def told_in_json(outcome: Outcome, schema: str) -> dict[str, object]:
    document = outcome.document()
    assert str(document["schema"]).endswith(f"/{schema}.schema.json")
    assert outcome.err == ""
    return document


def test_export_reports_in_json(folder: Path, tmp_path: Path) -> None:
    document = told_in_json(export(folder, tmp_path / "out"), "run-report")
    assert document["articles"] == 4
    assert document["package"] == str(tmp_path / "out")
    assert invoke("verify", tmp_path / "out").code == 0


def test_export_reports_in_json_by_report_too(folder: Path, tmp_path: Path) -> None:
    outcome = invoke("export", folder, "-o", tmp_path / "out", "--report", "json")
    assert told_in_json(outcome, "run-report")["articles"] == 4
    again = invoke("export", folder, "-o", tmp_path / "out", "--report", "json")
    assert again.document()["error"]["code"] == "usage.output-exists"


def test_export_tells_people_where_the_package_is(folder: Path, tmp_path: Path) -> None:
    outcome = invoke("export", folder, "-o", tmp_path / "out")
    assert outcome.code == 0
    assert outcome.words.startswith(f"{tmp_path / 'out'}: 4 articles, 0 rejects\n")
    assert outcome.err == ""


def test_export_is_quiet_if_asked(folder: Path, tmp_path: Path) -> None:
    outcome = invoke("export", folder, "-o", tmp_path / "out", "--quiet")
    assert (outcome.code, outcome.out, outcome.err) == (0, b"", "")


@pytest.mark.parametrize("form", ["text", "markdown", "tei"])
def test_strip_prints_the_kept_text(folder: Path, form: str) -> None:
    outcome = invoke("strip", folder / "story-0001.txt", "--to", form)
    assert outcome.code == 0
    assert "carried lamp number 1 up two hundred steps" in outcome.words
    assert outcome.err == ""


def test_strip_prints_several_articles_under_their_names(folder: Path) -> None:
    outcome = invoke("strip", folder)
    assert outcome.code == 0
    assert outcome.words.count("==> ") == 4


def test_strip_does_not_write_several_tei_documents_behind_each_other(folder: Path) -> None:
    outcome = invoke("strip", folder, "--to", "tei")
    assert outcome.code == 2
    assert outcome.out == b""


def test_strip_prints_the_text_of_a_tei_file_as_that_of_its_source(folder: Path, tmp_path: Path) -> None:
    source = invoke("strip", folder / "story-0001.txt")
    document = tmp_path / "article.xml"
    document.write_bytes(invoke("strip", folder / "story-0001.txt", "--to", "tei").out)
    again = invoke("strip", document)
    assert (again.code, again.out, again.err) == (0, source.out, "")
    assert invoke("strip", document, document).words.count("==> ") == 2


@pytest.mark.parametrize(
    "more",
    [
        ["--to", "markdown"],
        ["--json"],
        ["--removed"],
        ["--profile", "strict"],
        ["--rules", "mine.toml"],
        ["--language", "en"],
        ["STORY"],
    ],
)
def test_of_a_tei_file_there_is_nothing_but_its_text(folder: Path, tmp_path: Path, more: list[str]) -> None:
    story = folder / "story-0001.txt"
    document = tmp_path / "article.xml"
    document.write_bytes(invoke("strip", story, "--to", "tei").out)
    outcome = invoke("strip", document, *[str(story) if one == "STORY" else one for one in more])
    assert outcome.code == 2
    assert "TEI document" in outcome.err + outcome.words


def test_a_list_of_tei_documents_is_no_article(folder: Path, package: Path) -> None:
    listed = package / "data/tei/corpus.xml"
    article = next(one for one in (package / "data/tei").iterdir() if one != listed)
    for documents in ([listed], [article, listed]):
        outcome = invoke("strip", *documents)
        assert (outcome.code, outcome.out) == (2, b"")
        assert f"{listed}: it is a list of TEI documents" in outcome.err
        assert "data/tei/ID.xml" in outcome.err
    spoken_of = folder.parent / "spoken-of.xml"
    spoken_of.write_bytes(article.read_bytes().replace(b"<TEI", b"<!-- not <teiCorpus> -->\n<TEI", 1))
    assert invoke("strip", spoken_of).out == invoke("strip", article).out


def test_a_tei_file_whose_text_was_edited_is_told(package: Path, tmp_path: Path) -> None:
    article = next((package / "data/tei").glob("a-*.xml"))
    sound = invoke("strip", article)
    assert (sound.code, sound.err) == (0, "")
    edited = tmp_path / "edited.xml"
    for old, new, doubt in (
        (b"two hundred steps", b"two thousand steps", "it was edited after archiver wrote it"),
        (b' subtype="text"', b"", "its header has no digest of the text"),
    ):
        data = article.read_bytes()
        assert data.count(old) == 1
        edited.write_bytes(data.replace(old, new))
        outcome = invoke("strip", edited)
        assert outcome.code == 0
        assert outcome.out == sound.out.replace(old, new)
        assert outcome.err.startswith(f"archiver: warning: {edited}: ")
        assert doubt in outcome.err


def test_text_that_xml_could_not_hold_is_no_edit() -> None:
    data = archiver.extract(story(1).replace("two hundred", "two\uffff hundred")).to_tei()
    assert "\ufffd" in data.decode()
    assert api.kept_of_tei(data).doubt == ""
    assert "edited" in api.kept_of_tei(data.replace(b"hundred steps", b"hundred steep steps")).doubt


def test_malformed_tei_is_named_with_file_and_line(tmp_path: Path) -> None:
    document = tmp_path / "article.xml"
    document.write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<text>\n</TEI>\n', "utf-8")
    outcome = invoke("strip", document)
    assert outcome.code == 3
    assert f"archiver: {document}, line 3: " in outcome.err


@pytest.mark.parametrize(
    "options",
    [
        ["--removed", "--to", "tei"],
        ["--removed", "--to", "markdown"],
        ["--removed", "--to", "json"],
        ["--removed", "--json"],
        ["--json", "--to", "markdown"],
        ["--json", "--to", "tei"],
    ],
)
def test_strip_refuses_what_cannot_be_printed_together(folder: Path, options: list[str]) -> None:
    outcome = invoke("strip", folder / "story-0001.txt", *options)
    assert outcome.code == 2
    assert f"{options[0]} does not go with {' '.join(options[1:])}" in outcome.err
    if "--json" in options:
        assert outcome.document()["error"]["code"] == "usage"


def test_strip_takes_json_twice(folder: Path) -> None:
    twice = invoke("strip", folder / "story-0001.txt", "--json", "--to", "json")
    assert twice.document() == invoke("strip", folder / "story-0001.txt", "--json").document()


def test_strip_does_not_take_the_files_of_a_package_for_articles(folder: Path, package: Path) -> None:
    for inputs in ([package], [folder, package], [f"{package.parent}/pack*"]):
        outcome = invoke("strip", *inputs)
        assert (outcome.code, outcome.out) == (2, b"")
        assert f"{package}: it is a package" in outcome.err
        assert "archiver explain PACKAGE ID" in outcome.err


@pytest.fixture
def beside(package: Path, tmp_path: Path) -> Path:
    """Return a folder with one story and a package in it."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "story.txt").write_text(story(3), "utf-8")
    copytree(package, inputs / "package")
    return inputs


def test_no_article_is_looked_for_in_a_package_among_the_inputs(beside: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('version = "1"\n', "utf-8")
    for command in ("strip", "explain"):
        assert [one["path"] for one in invoke(command, beside, "--json").document()["articles"]] == ["story.txt"]
    tried = invoke("rules", "test", rules, beside, "--json").document()["tried"]
    assert (tried["articles"], tried["failed"]) == (1, 0)
    learned = invoke("rules", "learn", beside, "--by", "one", "--json").document()
    assert [(one["articles"], one["compared"]) for one in learned["sources"]] == [(1, 1)]
    assert learned["failed"] == 0
    template = invoke("inspect", beside, "--template", tmp_path / "out.csv", "--json").document()
    assert (template["articles"], template["exit_code"]) == (1, 0)


@pytest.mark.parametrize("command", ["strip", "explain", "template"])
def test_a_package_that_is_passed_over_is_told(command: str, beside: Path, tmp_path: Path) -> None:
    words = ["inspect", "--template", str(tmp_path / "t.csv")] if command == "template" else [command]
    outcome = invoke(*words, beside)
    assert f"{beside / 'package'}: it is a package: no article is looked for in its files" in outcome.err
    assert outcome.code == 0


def test_an_input_without_article_is_told(tmp_path: Path) -> None:
    for command in ("strip", "explain"):
        outcome = invoke(command, tmp_path)
        assert (outcome.code, outcome.err) == (4, "there is no article in the input\n")


def test_an_export_keeps_the_files_of_a_package_and_reads_no_article_in_them(beside: Path, tmp_path: Path) -> None:
    outcome = export(beside, tmp_path / "out")
    document = outcome.document()
    assert (outcome.code, document["articles"], document["rejected"]) == (0, 1, 0)
    assert document["carried"] == len(tree(beside)) - 1
    told = f"{beside / 'package'}: it is a package: its files are kept as they are, and no article is looked for"
    assert [one.startswith(told) for one in document["warnings"]] == [True]
    assert told in outcome.err
    assert invoke("restore", tmp_path / "out", "-o", tmp_path / "back").code == 0
    assert tree(tmp_path / "back") == tree(beside)
    assert [one for one in archiver.verify(tmp_path / "out") if one.severity == "error"] == []


@pytest.mark.parametrize(
    "words",
    [
        ["strip", "IN/package"],
        ["strip", "IN/package", "--json"],
        ["strip", "IN/package/data"],
        ["rules", "test", "RULES", "IN/package"],
        ["rules", "learn", "IN/package", "--by", "one"],
        ["inspect", "IN/story.txt", "IN/package", "--template", "OUT"],
    ],
)
def test_a_package_that_is_named_is_no_input_of_articles(words: list[str], beside: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('version = "1"\n', "utf-8")
    places = {"IN": str(beside), "RULES": str(rules), "OUT": str(tmp_path / "out")}
    named = [word.replace("IN", places["IN"]) if word.startswith("IN") else places.get(word, word) for word in words]
    outcome = invoke(*named)
    assert outcome.code == 2
    assert ": it is a package, whose own files are no articles" in outcome.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "rules.toml"]


def test_an_increment_leaves_its_base_out_of_the_inputs(beside: Path, tmp_path: Path) -> None:
    outcome = export(beside, tmp_path / "out", "--base", beside / "package")
    assert outcome.code == 0
    assert (outcome.document()["articles"], outcome.document()["carried"]) == (1, 0)
    assert "warnings" not in outcome.document()


@pytest.mark.parametrize("name", ["tei-article", "tei-article.rng", "tei-customization"])
def test_a_schema_that_is_xml_is_no_json(name: str) -> None:
    assert invoke("schema", name).out.lstrip().startswith(b"<")
    outcome = invoke("schema", name, "--json")
    assert outcome.code == 2
    assert outcome.document()["error"]["advice"] == "leave --json out"


def test_a_schema_that_is_named_is_printed_as_it_is() -> None:
    assert (
        invoke("schema", "article", "--json").out
        == invoke("schema", "article").out
        == read_schema("article.schema.json")
    )


def test_explain_asks_which_article_of_a_package(package: Path) -> None:
    outcome = invoke("explain", package)
    assert outcome.code == 2
    assert "inspect --articles" in outcome.err


def test_strip_speaks_json(folder: Path) -> None:
    document = told_in_json(invoke("strip", folder, "--json"), "strip")
    assert len(document["articles"]) == 4  # type: ignore[arg-type]
    assert invoke("strip", folder, "--to", "json").document() == document


def test_strip_reads_standard_input() -> None:
    outcome = invoke("strip", "-", stdin=story(7).encode())
    assert outcome.code == 0
    assert "carried lamp number 7" in outcome.words


def test_strip_says_so_if_there_is_nothing(tmp_path: Path) -> None:
    outcome = invoke("strip", tmp_path)
    assert outcome.code == 4
    assert outcome.out == b""
    assert "no article" in outcome.err


def test_explain_shows_every_block_and_its_rule(folder: Path) -> None:
    outcome = invoke("explain", folder / "story-0001.txt")
    assert outcome.code == 0
    squeezed = " ".join(outcome.words.split())
    for line in story(1).split("\n\n"):
        assert line.split()[0] in squeezed


def test_explain_takes_standard_input_and_patterns(folder: Path) -> None:
    told = invoke("explain", "-", stdin=story(7).encode())
    assert told.code == 0
    assert "carried lamp number 7" in " ".join(told.words.split())
    named = [file for file in folder.rglob("*") if file.is_file()]
    document = invoke("explain", f"{folder}/**/*.*", "--json").document()
    assert len(document["articles"]) == len(named)


def test_explain_speaks_json(folder: Path) -> None:
    document = told_in_json(invoke("explain", folder / "story-0001.txt", "--json"), "explain")
    assert len(document["articles"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("case", ["html-semantic/input.html", "text-place-byline/input.txt"])
def test_explain_tells_what_the_models_weighed(samples: Path, case: str) -> None:
    blocks = invoke("explain", samples / case, "--json").document()["articles"][0]["blocks"]
    weighed = [block for block in blocks if "weights" in block]
    assert weighed
    assert all(abs(part["points"]) < 50_000 and part["group"] for block in weighed for part in block["weights"])
    assert "weighed: " in invoke("explain", samples / case).words


def test_explain_of_a_package_judges_the_original_again(package: Path) -> None:
    listed = invoke("inspect", package, "--articles", "--json").document()["articles"]
    for article in listed:
        outcome = invoke("explain", package, article["id"], "--json")
        assert outcome.document()["articles"][0]["metadata"]["id"] == article["id"]


def test_explain_of_a_package_asks_which_article(package: Path) -> None:
    assert invoke("explain", package).code == 2
    assert invoke("explain", package, "a-0000000000000000").code == 2


def test_inspect_shows_a_table_and_speaks_json(package: Path) -> None:
    document = told_in_json(invoke("inspect", package, "--articles", "--json"), "inspect")
    assert document["summary"]["articles"] == 4  # type: ignore[index]
    words = invoke("inspect", package, "--articles").words
    assert words.startswith("package ")
    assert "schemas/1" not in words
    for article in document["articles"]:  # type: ignore[attr-defined]
        assert article["id"] in words


def test_verify_speaks_json_in_both_depths(package: Path) -> None:
    for options, depth in (((), "full"), (("--quick",), "quick")):
        document = told_in_json(invoke("verify", package, *options, "--json"), "findings")
        assert document["ok"] is True
        assert document["depth"] == depth
        assert document["findings"] == []


def test_verify_checks_single_files_of_a_package(package: Path) -> None:
    for file in [*package.rglob("*.warc.gz"), *(package / "data/tei").rglob("*.xml")]:
        assert told_in_json(invoke("verify", file, "--json"), "findings")["ok"] is True


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_validate_takes_files_and_looks_for_all_of_them_first(package: Path, tmp_path: Path, more: list[str]) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    for wrong, told in (
        (tmp_path, "it is a folder"),
        (package, "it is a folder"),
        (tmp_path / "none.json", "there is no such file"),
        (tmp_path / "none.xml", "there is no such file"),
        (tmp_path / f"{'x' * 5000}.xml", "File name too long"),
        ("-", "standard input is not read here"),
    ):
        outcome = invoke("validate", broken, wrong, *more)
        assert outcome.code == 2
        assert told in outcome.err
        assert "json.syntax" not in outcome.words


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.xml"])
def test_a_file_that_cannot_be_read_is_a_finding_of_validate(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / name
    file.write_text("{}", "utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(file))

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    (finding,) = api.validate(file)
    assert (finding.code, finding.file) == ("file.unreadable", str(file))
    assert "permissions" in finding.advice


def test_a_finding_of_no_file_names_what_was_verified(package: Path) -> None:
    outcome = invoke("verify", "--quick", package / "data")
    assert outcome.code == 0
    assert outcome.words.startswith(f"warning: {package / 'data'}: this is the payload of a package without its bag")


FORMS = (["--to", "csv"], ["--to", "dc"], ["--to", "jsonld"], ["--to", "ninjs"])


@pytest.mark.parametrize("form", [*FORMS, ["--json"], ["--articles"], ["--template", "OUT"]])
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": 1}, "title is of another kind"),
        ({"authors": [{"name": 1}]}, "authors is of another kind"),
        ({"published": {"value": 1, "precision": "day", "text": "x"}}, "published is of another kind"),
        ({"keywords": "lamps"}, "keywords is no array"),
        ({"provenance": {"title": 1}}, "provenance is of another kind"),
    ],
)
def test_a_description_of_other_kinds_is_told_with_file_and_line(
    package: Path, tmp_path: Path, form: list[str], changed: dict[str, object], told: str
) -> None:
    copy = with_line(package, tmp_path, "data/metadata/articles.jsonl", 2, changed)
    named = [str(tmp_path / "out.csv") if word == "OUT" else word for word in form]
    outcome = invoke("inspect", copy, *named)
    assert outcome.code == 1
    assert f"{copy}/data/metadata/articles.jsonl, line 2: {told}" in outcome.err
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("form", FORMS)
def test_a_text_of_another_kind_is_told_with_file_and_line(package: Path, tmp_path: Path, form: list[str]) -> None:
    copy = with_line(package, tmp_path, "data/pages/pages.jsonl", 3, {"text": 1})
    outcome = invoke("inspect", copy, *form)
    assert outcome.code == 1
    assert f"{copy}/data/pages/pages.jsonl, line 3: text is no text" in outcome.err


def with_line(package: Path, tmp_path: Path, name: str, line: int, changed: dict[str, object]) -> Path:
    """Return a package with the lists alone and a line in one of them that says other things."""
    copy = tmp_path / "copy"
    for listed in ("bagit.txt", "data/metadata", "data/pages", "data/removed", "data/rejected"):
        place = copy / listed
        place.parent.mkdir(parents=True, exist_ok=True)
        (copytree if (package / listed).is_dir() else copyfile)(package / listed, place)
    lines = (copy / name).read_text("utf-8").splitlines()
    lines[line - 1] = json.dumps({**json.loads(lines[line - 1]), **changed})
    (copy / name).write_text("\n".join(lines) + "\n", "utf-8")
    return copy


def test_validate_accepts_what_export_wrote(package: Path) -> None:
    files = [package / "data/metadata/articles.jsonl", *(package / "data/tei").rglob("*.xml")]
    assert told_in_json(invoke("validate", *files, "--json"), "findings")["ok"] is True
    assert f"{len(files)} file(s) valid" in invoke("validate", *files).words


def test_validate_tells_how_far_it_is(package: Path, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_bytes((package / "data/metadata/articles.jsonl").read_bytes() * 300)
    told: list[tuple[int, int]] = []
    assert list(api.validate(file, progress=lambda done, total: told.append((done, total)))) == []
    size = file.stat().st_size
    assert told[-1] == (size, size)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_validate_prints_as_many_findings_as_there_are(tmp_path: Path) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_text('{"id": "\u2028é"}\n' * 500, "utf-8")
    document = told_in_json(invoke("validate", file, "--json"), "findings")
    assert document["ok"] is False
    assert len({finding["line"] for finding in document["findings"]}) == 500  # type: ignore[union-attr, index]


def test_validate_tells_all_problems_at_once(package: Path, tmp_path: Path) -> None:
    lines = (package / "data/metadata/articles.jsonl").read_text("utf-8").splitlines()
    first, second = json.loads(lines[0]), json.loads(lines[1])
    first["published"] = {"value": "yesterday", "precision": "day"}
    del second["text_sha256"]
    second["colour"] = "blue"
    broken = tmp_path / "broken.jsonl"
    broken.write_text("\n".join([json.dumps(first), json.dumps(second), "{"]), "utf-8")
    outcome = invoke("validate", broken, "--json")
    assert outcome.code == 5
    found = outcome.document()["findings"]
    assert {finding["line"] for finding in found} == {1, 2, 3}
    assert sum(finding["line"] == 2 for finding in found) >= 2
    assert all(finding["file"] == str(broken) for finding in found)


def test_restore_gives_the_inputs_back(package: Path, folder: Path, tmp_path: Path) -> None:
    document = told_in_json(invoke("restore", package, "-o", tmp_path / "back", "--json"), "restore")
    assert document["files"] == 4
    assert tree(tmp_path / "back") == tree(folder)


def test_restore_of_one_article_gives_its_file(package: Path, folder: Path, tmp_path: Path) -> None:
    listed = invoke("inspect", package, "--articles", "--json").document()["articles"]
    assert invoke("restore", package, listed[0]["id"], "-o", tmp_path / "back").code == 0
    path = listed[0]["path"]
    assert tree(tmp_path / "back") == {path.encode(): (folder / path).read_bytes()}


def test_restore_touches_no_file_that_is_there(package: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "story-0001.txt").write_bytes(b"mine")
    outcome = invoke("restore", package, "-o", tmp_path, "--json")
    assert outcome.code == 2
    assert outcome.document()["error"]["code"] == "usage.output-exists"
    assert tree(tmp_path) == {b"story-0001.txt": b"mine"}


def test_schema_lists_and_prints_the_contracts() -> None:
    document = told_in_json(invoke("schema", "--json"), "schema-list")
    assert [entry["file"] for entry in document["schemas"]] == list(schema_names())  # type: ignore[attr-defined]
    assert invoke("schema").words.split() == list(schema_names())
    for name in schema_names():
        assert invoke("schema", name).out == invoke("schema", name.split(".")[0]).out
    assert json.loads(invoke("schema", "article").out)["title"]


def test_an_unknown_schema_is_wrong_use() -> None:
    outcome = invoke("schema", "nonsense", "--json")
    assert outcome.code == 2
    assert outcome.document()["error"]["place"] == "nonsense"


def test_rules_are_listed_with_their_digest(package: Path) -> None:
    document = told_in_json(invoke("rules", "list", "--json"), "rules")
    words = invoke("rules", "list").words
    assert document["rules_digest"] in words  # type: ignore[operator]
    german = told_in_json(invoke("rules", "list", "--language", "de", "--json"), "rules")
    assert {rule["language"] for rule in german["rules"]} == {"de"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "no/such/file", "-o", "never"),
        ("export",),
        ("export", "x"),
        ("export", "x", "-o", "never", "--profile", "savage"),
        ("export", "x", "-o", "never", "--jobs", "many"),
        ("export", "x", "-o", "never", "--colour"),
        ("strip", "no/such/file"),
        ("strip",),
        ("strip", "pyproject.toml", "--language", "no tag!"),
        ("strip", "pyproject.toml", "--rules", "no/such/file.toml"),
        ("explain", "no/such/file"),
        ("validate", "no/such/file.json"),
        ("verify", "no/such/file"),
        ("restore", "no/such/file", "-o", "never"),
        ("inspect", "no/such/file"),
        ("schema", "nonsense"),
        ("rules", "list", "--rules", "no/such/file"),
        ("rules", "list", "more"),
        ("unheard-of",),
    ],
)
def test_wrong_use_is_told_in_json_and_in_words(arguments: tuple[str, ...]) -> None:
    outcome = invoke(*arguments, "--json")
    assert outcome.code == 2
    document = outcome.document()
    assert document["schema"].endswith("/error.schema.json")
    assert document["error"]["message"]
    assert outcome.err.strip()
    in_words = invoke(*arguments)
    assert in_words.code == 2
    assert in_words.out == b""
    assert in_words.err.strip()
    assert "Traceback" not in in_words.err
    assert not Path("never").exists()


def test_json_is_one_document_and_words_go_elsewhere_in_a_process(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(story(1), "utf-8")
    (tmp_path / "in/b.txt").write_bytes(b"")
    outcome = process("export", tmp_path / "in", "-o", tmp_path / "out", "--json")
    assert outcome.code == 3
    assert faults_of(json.loads(outcome.out)) == []
    assert outcome.err == ""


def test_strip_prints_each_article_as_soon_as_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of any size, in memory for one; the second is waited for, since one alone is not named."""
    printed: list[str] = []

    def write(content: bytes) -> None:
        printed.append(content.decode())

    def looks(*_: object, **__: object) -> Iterator[Look]:
        for number in range(5):
            assert len(printed) == (number if number > 1 else 0)
            article = archiver.extract(story(number))
            yield Look(f"{number}.txt", 0, None, article, None)

    monkeypatch.setattr(api, "look", looks)
    monkeypatch.setattr("archiver.cli.strip.write_content", write)
    outcome = invoke("strip", "many")
    assert (outcome.code, len(printed)) == (0, 5)
    assert "==> 4.txt <==" in outcome.words


def test_looks_as_json_are_whole_documents_whatever_their_number(folder: Path) -> None:
    for words in (("strip", folder, "--json"), ("explain", next(folder.rglob("*.txt")), "--json")):
        outcome = invoke(*words)
        document = outcome.document()
        assert faults_of(document) == []
        assert document["articles"]
        assert document["exit_code"] == outcome.code
    nothing = folder.parent / "nothing"
    nothing.mkdir()
    assert invoke("strip", nothing, "--json").document()["articles"] == []
