"""The archivist's metadata file: what spreadsheets write, what cells may say, which row is whose."""

from __future__ import annotations

import json
import pickle
import time
from pathlib import Path

import pytest

from archiver.describe.sidecar import Sidecar, load_sidecar
from archiver.errors import SidecarError
from archiver.model.metadata import Dateline, DateValue, Person

ID = "a-00000000000000aa"


def load(tmp_path: Path, text: str | bytes, name: str = "meta.csv") -> Sidecar:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return load_sidecar(path)


def refused(tmp_path: Path, text: str | bytes) -> SidecarError:
    with pytest.raises(SidecarError) as caught:
        load(tmp_path, text)
    assert caught.value.place.endswith("meta.csv")
    return caught.value


def test_values_come_as_types_of_the_model(tmp_path: Path) -> None:
    text = (
        "path,title,authors,published,modified,keywords,language,canonical_url,dateline_place,x-shelfmark\n"
        'a.txt,Fair opens,Mara Quill; Tobin Ashe,2016-10-21,2016-10-22 10:25,"fair; quay",en-GB,'
        "https://www.example.org/für,Port Example,NEWS 44\n"
    )
    row = load(tmp_path, text).lookup(path="a.txt")
    assert row is not None
    assert row.row == 2
    assert row.values == {
        "title": "Fair opens",
        "authors": (Person("Mara Quill"), Person("Tobin Ashe")),
        "published": DateValue("2016-10-21", "day", "2016-10-21"),
        "modified": DateValue("2016-10-22T10:25", "minute", "2016-10-22 10:25"),
        "keywords": ("fair", "quay"),
        "language": "en-GB",
        "canonical_url": "https://www.example.org/f%C3%BCr",
        "dateline": Dateline("Port Example", "Port Example"),
        "extensions": {"x-shelfmark": "NEWS 44"},
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_spreadsheets_write(tmp_path: Path, delimiter: str, encoding: str, line_end: str) -> None:
    lines = [["Path", "Title"], ["a.txt", f'"Café{delimiter} und{line_end}so ""weiter"""'], ["b.txt", "Zwei"]]
    text = line_end.join(delimiter.join(cells) for cells in lines) + line_end
    sidecar = load(tmp_path, text.encode(encoding))
    row = sidecar.lookup(path="a.txt")
    assert row is not None
    on_one_line = " ".join(f'Café{delimiter} und so "weiter"'.split())
    assert row.values == {"title": on_one_line}
    assert [row.row for row in sidecar.rows] == [2, 3]


def test_separator_line_of_spreadsheet_programs(tmp_path: Path) -> None:
    sidecar = load(tmp_path, "sep=;\r\npath;title\r\na.txt;One, two\r\n")
    assert sidecar.rows[0].values == {"title": "One, two"}
    assert sidecar.rows[0].row == 2


def test_rows_are_counted_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    sidecar = load(tmp_path, 'path,title\na.txt,"One\ntwo"\n\n,\nb.txt,Three\n')
    assert [row.row for row in sidecar.rows] == [2, 5]


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        {"path": "a.txt", "title": "-", "authors": ["Mara Quill", {"name": "Lin Farrow", "role": "photographer"}]},
        {"id": ID, "title": None, "keywords": ["a;b"], "x-score": {"n": 1}, "published": 2016, "section": ""},
    ]
    sidecar = load(tmp_path, "\n\n".join(map(json.dumps, lines)), name="meta.jsonl")
    assert sidecar.rows[0].values["title"] == "-"
    assert sidecar.rows[0].values["authors"] == (Person("Mara Quill"), Person("Lin Farrow", "photographer"))
    second = sidecar.rows[1]
    assert second.row == 3
    assert second.cleared == ("title",)
    assert second.values["keywords"] == ("a;b",)
    assert second.values["extensions"] == {"x-score": {"n": 1}}
    assert second.values["published"] == DateValue("2016", "year", "2016")
    assert "section" not in second.values


def test_empty_says_nothing_and_a_dash_takes_away(tmp_path: Path) -> None:
    text = "path,title,byline,published,authors,language,keywords\na.txt,,-,Unknown,-,unknown,-\n"
    row = load(tmp_path, text).rows[0]
    assert row.values == {"byline": None, "published": None, "authors": (), "language": "und", "keywords": ()}
    assert row.cleared == ("authors", "byline", "keywords", "language", "published")


def test_a_file_may_have_the_name_unknown(tmp_path: Path) -> None:
    assert load(tmp_path, "path,title\nunknown,Fair\n").lookup(path="unknown") is not None


@pytest.mark.parametrize("cell", ["=SUM(A1)", "+1", "@fair", "-2+3"])
def test_what_looks_like_a_formula_is_data(tmp_path: Path, cell: str) -> None:
    assert load(tmp_path, f"path,title\na.txt,{cell}\n").rows[0].values == {"title": cell}


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        ("2016", "year"),
        ("2016-10", "month"),
        ("2016-10-21", "day"),
        ("2016-10-21T10:25", "minute"),
        ("2016-10-21T10:25+01:00", "minute"),
        ("2016-10-21T10:25:30Z", "second"),
    ],
)
def test_dates_are_as_precise_as_written(tmp_path: Path, value: str, precision: str) -> None:
    row = load(tmp_path, f"path,published\na.txt,{value}\n").rows[0]
    assert row.values["published"] == DateValue(value, precision, value, "high")


def test_unknown_column_is_named_with_the_closest(tmp_path: Path) -> None:
    error = refused(tmp_path, "path,titel,colour\na.txt,x,y\n")
    assert '"titel" (did you mean title?)' in error.message
    assert '"colour"' in error.message
    assert "dateline_place" in error.advice


def test_all_problems_at_once_with_rows(tmp_path: Path) -> None:
    text = (
        "path,url,id,title,published,language\n"
        "a.txt,,,Fair,21/10/2016,en\n"
        "b.txt,nope,,Fair,2016-02-30,English\n"
        ",,a-1,Fair,,\n"
        ",,,Fair,,\n"
        "a.txt,,,Again,,\n"
        "c.txt,,,One,,,two\n"
    )
    message = refused(tmp_path, text).message
    for part in (
        'row 2, published: "21/10/2016"',
        'row 3, url: "nope"',
        'row 3, published: "2016-02-30"',
        'row 3, language: "English"',
        'row 4, id: "a-1"',
        "row 5: it does not say which article",
        "row 6: row 2 has the same path, a.txt",
        'row 7: "two" is in no named column',
    ):
        assert part in message


def test_many_problems_are_counted(tmp_path: Path) -> None:
    text = "path,language\n" + "".join(f"{n}.txt,English\n" for n in range(80))
    assert refused(tmp_path, text).message.endswith("and 30 more")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\x14\x00", "workbook"),
        (b"path,title\n\x81\x8d,x\n", "encoding"),
        (b"", "empty"),
        (b"path,path\na,b\n", "there twice"),
        (b'path,title\na.txt,"One\n', "cannot be read"),
        (b'[{"path": "a.txt"}]', "array"),
        (b'{"path": "a.txt"}\n{"path" 1}\n', "row 2"),
        (b'{"path": "a.txt", "title": 1.5}\n', "must be text"),
        (b'{"path": "a.txt", "authors": [{"nom": "x"}]}\n', "name and role"),
        (b"path,title\na.txt,Fair\x07\n", "control characters"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in refused(tmp_path, data).message


@pytest.mark.parametrize("tag", ["EN-gb", "en_GB", "en_gb.UTF-8"])
def test_languages_are_written_as_those_of_the_command_line(tmp_path: Path, tag: str) -> None:
    assert load(tmp_path, f"path,language\na.txt,{tag}\n").rows[0].values == {"language": "en-GB"}
    assert load(tmp_path, "path,language\na.txt,sgn-be-fr\n").rows[0].values == {"language": "sgn-be-fr"}


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("20161021", "write it as 2016-10-21"),
        ("20161021T102500Z", "write it as 2016-10-21T10:25:00Z"),
        ("2016-W42-5", "write it as 2016-10-21"),
        ("2016-10-21T24:00Z", "write it as 2016-10-22T00:00:00Z"),
        ("2016-295", "is no date in the form that is read here; write 2016, 2016-10,"),
        ("21/10/2016", "is no date in the form that is read here; write 2016, 2016-10,"),
        ("2016-02-30", "is no day and time that calendar and clock have; write 2016,"),
        ("2016-10-21T10:25:00+25:00", "is no day and time that calendar and clock have; write 2016,"),
    ],
)
def test_a_date_that_is_not_taken_is_told_with_its_form(tmp_path: Path, date: str, words: str) -> None:
    message = refused(tmp_path, f"path,published\na.txt,{date}\n").message
    assert f'row 2, published: "{date}" ' in message
    assert words in message
    assert "ISO 8601" not in message


@pytest.mark.parametrize(
    ("line", "shown", "words"),
    [
        (r'{"path": "a.txt", "title": "A\ud800"}', r'title: "A\ud800"', "half a character"),
        (r'{"path": "a\udfff.txt"}', r'path: "a\udfff.txt"', "half a character"),
        (r'{"path": "a.txt", "ti\ud800": "A"}', r'"ti\ud800"', "not known"),
        (r'{"path": "a.txt", "title": {"\ud800": "A"}}', r"\ud800", "must be text"),
        (r'{"path": "a.txt", "title": "A\u0007"}', r'title: "A\u0007"', "control characters"),
    ],
)
def test_messages_can_be_printed_whatever_a_cell_holds(tmp_path: Path, line: str, shown: str, words: str) -> None:
    error = refused(tmp_path, line)
    assert shown in error.message
    assert words in error.message
    assert str(error).encode("utf-8").decode("utf-8").isprintable()


def test_another_separator_is_named(tmp_path: Path) -> None:
    error = refused(tmp_path, "path|title\na.txt|Fair\n")
    assert "columns are separated by comma, semicolon or tab" in error.message
    assert "did you mean" not in str(error)


VALUES = "an empty cell leaves the field to the source, - says that the value is not known"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("path,published\na.txt,never\n", VALUES),
        ("url,title\nnope,Fair\n", VALUES),
        ('{"path": "a.txt", "published": "never"}', 'an empty text ("") leaves the field to the source, null says'),
        ("path,title\na.txt,One\na.txt,Two\n", "leave one row for each article; of a file that holds several"),
        (f"id,title\n{ID},One\n{ID},Two\n", "leave one row for each article"),
        ('{"path": "a.txt"', "write the text with a program that exports JSON"),
        ('{"path": "a.txt", "path": "b.txt"}', "remove one of the two"),
        ('{"path": "a.txt"}\n3\n', "write one JSON object a line"),
        ("path,title\na.txt,One,two\n", "name each column in the first row"),
        ("id,title\na-1,One\n", ""),
        ("path,title\n,One\n", ""),
    ],
)
def test_the_advice_is_about_what_is_wrong(tmp_path: Path, text: str, advice: str) -> None:
    found = refused(tmp_path, text).advice
    assert found.startswith(advice)
    assert bool(found) is bool(advice)
    assert (VALUES in found) is (advice == VALUES)


def test_several_kinds_of_faults_have_the_advice_of_each_once(tmp_path: Path) -> None:
    advice = refused(tmp_path, "path,published\na.txt,never\nb.txt,soon\na.txt,2016\n").advice
    assert advice.count(VALUES) == 1
    assert "; leave one row for each article" in advice


@pytest.mark.parametrize("column", ["url", "canonical_url"])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "about:blank", "mailto:a@example.org", "DATA:,a"])
def test_only_addresses_of_the_web_are_those_of_an_article(tmp_path: Path, column: str, address: str) -> None:
    message = refused(tmp_path, f'path,{column}\na.txt,"{address}"\n').message
    scheme = address.partition(":")[0].lower()
    assert f"is no address of an article: write one of http or https, not of {scheme}" in message


def test_a_capture_can_have_been_taken_from_elsewhere(tmp_path: Path) -> None:
    for address in ("ftp://example.org/a.txt", "urn:example:a", "file:///a/b.txt"):
        row = load(tmp_path, f"url,title\n{address},One\n").lookup(url=address)
        assert row is not None
        assert row.values["url"] == address
        assert "not of" in refused(tmp_path, f"path,canonical_url\na.txt,{address}\n").message


def test_a_character_that_no_text_has_is_told_with_its_place(tmp_path: Path) -> None:
    error = refused(tmp_path, 'path,title\na.txt,"One"\nb.txt,"T\0wo"\n')
    assert error.message.startswith("line 3, character 9: there is a NUL")
    assert "encoding" in refused(tmp_path, "path,title\na.txt,One\n".encode("utf-16-le")).message


def test_time_grows_with_the_number_of_columns_and_not_faster(tmp_path: Path) -> None:
    def seconds(columns: int) -> float:
        header = ",".join(["path", *(f"x-{number}" for number in range(columns))])
        begun = time.process_time()
        assert load(tmp_path, f"{header}\na.txt{',' * columns}\n").lookup(path="a.txt") is not None
        return time.process_time() - begun

    short = min(seconds(5_000) for _ in range(3))
    assert min(seconds(30_000) for _ in range(2)) < 18 * short


def test_of_many_columns_that_are_not_known_some_are_named(tmp_path: Path) -> None:
    error = refused(tmp_path, ",".join(["path", *(f"column {number}" for number in range(500))]) + "\na.txt\n")
    assert '"column 0"' in error.message
    assert error.message.endswith("and 480 more")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SidecarError, match="cannot be read"):
        load_sidecar(tmp_path / "missing.csv")


def found(sidecar: Sidecar, **keys: str) -> int | None:
    row = sidecar.lookup(**keys)
    return row.row if row else None


def test_lookup_by_id_then_path_then_url(tmp_path: Path) -> None:
    text = f"id,path,url,title\n{ID},,,One\n,a.txt,,Two\n,,https://www.example.org/news,Three\n"
    sidecar = load(tmp_path, text)
    assert found(sidecar, id=ID, path="a.txt", url="https://www.example.org/news") == 2
    assert found(sidecar, path="a.txt", url="https://www.example.org/news") == 3
    assert found(sidecar, path="b.txt", url="https://www.example.org/news") == 4
    assert found(sidecar, path="b.txt") is None
    assert sidecar.lookup() is None


@pytest.mark.parametrize("url", ["HTTPS://WWW.Example.org/news", "https://www.example.org/news#top"])
def test_addresses_that_are_the_same(tmp_path: Path, url: str) -> None:
    assert found(load(tmp_path, "url,title\nhttps://www.example.org/news,One\n"), url=url) == 2


def test_beside_another_key_the_url_is_a_value(tmp_path: Path) -> None:
    text = "path,url\na.txt,https://www.example.org/\nb.txt,https://www.example.org/\n"
    sidecar = load(tmp_path, text)
    assert sidecar.rows[1].values == {"url": "https://www.example.org/"}
    assert found(sidecar, url="https://www.example.org/") is None


def test_paths_of_other_systems(tmp_path: Path) -> None:
    sidecar = load(tmp_path, "path,title\n.\\scans\\cafe\u0301.txt,One\n")
    assert found(sidecar, path="scans/café.txt") == 2


def test_the_end_of_a_path_is_enough_where_nothing_contradicts(tmp_path: Path) -> None:
    sidecar = load(tmp_path, "path,title\na.txt,One\nx/b.txt,Two\n/home/mara/in/c.txt,Three\nx/d.txt,\ny/d.txt,\n")
    assert found(sidecar, path="scans/a.txt") == 2
    assert found(sidecar, path="in/x/b.txt") == 3
    assert found(sidecar, path="y/b.txt") is None
    assert found(sidecar, path="in/c.txt") == 4
    assert found(sidecar, path="d.txt") is None
    assert found(sidecar, path="aa.txt") is None


def test_rows_that_nobody_used(tmp_path: Path) -> None:
    sidecar = load(tmp_path, "path,title\na.txt,One\nb.txt,Two\n")
    assert sidecar.unmatched({2}) == ("row 3: b.txt",)
    assert sidecar.unmatched([2, 3]) == ()


def test_a_sidecar_travels_to_workers(tmp_path: Path) -> None:
    sidecar = load(tmp_path, "path,title,published\na.txt,One,2016\n")
    copied = pickle.loads(pickle.dumps(sidecar))
    assert copied == sidecar
    assert found(copied, path="a.txt") == 2
