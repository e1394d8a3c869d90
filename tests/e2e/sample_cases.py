"""The cases of samples/ as data (docs/samples.md); nothing in here knows archiver."""

from __future__ import annotations

import html
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

#: Fields of an expected article that hold one line of the source, or null.
LINES = (
    "title_line",
    "standfirst",
    "byline_line",
    "publisher_text",
    "dateline",
    "published_text",
    "modified_text",
)
#: Fields that hold a list of lines, in order.
LISTS = (
    "headings",
    "paragraphs",
    "list_items",
    "quotes",
    "table_rows",
    "captions",
    "credits",
    "notes",
    "author_notes",
)
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class SampleFile:
    """One input of one case, with what is expected of it."""

    path: Path
    media_type: str
    articles: list[dict[str, Any]] = field(default_factory=list)
    reject: str | None = None
    rejects: list[tuple[int, str]] = field(default_factory=list)
    carried: int | None = None

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def single(self) -> bool:
        """The file is one article, not a container of several."""
        return self.media_type in ("text/plain", "text/html")

    @property
    def markup(self) -> bool:
        """The file is HTML."""
        return self.media_type == "text/html"


def _cases() -> list[SampleFile]:
    found = []
    for expected in sorted(SAMPLES.glob("*/expected.json")):
        for entry in json.loads(expected.read_text("utf-8"))["files"]:
            rejects = [(one["ordinal"], one["code"]) for one in entry.get("rejects", [])]
            found.append(
                SampleFile(
                    expected.parent / entry["file"],
                    entry["media_type"],
                    entry.get("articles", []),
                    entry.get("reject"),
                    rejects,
                    entry.get("carried"),
                )
            )
    return found


CASES = _cases()


def squeezed(text: str) -> str:
    """Return ``text`` without any white space."""
    return "".join(text.split())


def one_space(text: str, *, cells: bool = False) -> str:
    """Return ``text`` with each run of white space as one space; ``cells`` keeps the tabs of a table row."""
    return "\t".join(one_space(cell) for cell in text.split("\t")) if cells else " ".join(text.split())


def warc_records(warc: bytes) -> list[tuple[Any, ...]]:
    """Return type, id, date, target and decoded content of each record."""
    names = ("WARC-Type", "WARC-Record-ID", "WARC-Date", "WARC-Target-URI")
    return [
        (*(record.rec_headers.get_header(name) for name in names), record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(warc))
    ]


def texts_of(sample: SampleFile) -> list[str]:
    """Return the text of each article of the file, decoded as the case says, HTML without its tags."""
    data = sample.path.read_bytes()
    if sample.media_type == "application/jsonl":
        lines = data.decode("utf-8").splitlines()
        broken = {ordinal for ordinal, _ in sample.rejects}
        good = [json.loads(line) for number, line in enumerate(lines) if number not in broken]
        return [_visible(json.dumps(one, ensure_ascii=False) + "\n" + (one.get("html") or one["text"])) for one in good]
    if sample.media_type == "application/warc":
        # The content is what HTTP carried, without its content encoding.
        found = {uri: body for kind, _, _, uri, body in warc_records(data) if kind == "response"}
        return [_visible(found[article["url"]].decode(article["charset"])) for article in sample.articles]
    text = data.decode(sample.articles[0]["charset"]).lstrip("\ufeff")
    return [_visible(text) if sample.markup else text]


def _visible(text: str) -> str:
    """The text as it is, attributes and all, and once more without tags."""
    return text + "\n" + html.unescape(_TAG.sub("", text))


def written_lines(expected: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (field, text) of all lines that the article says stand in its source."""
    lines = [(name, expected[name]) for name in LINES if expected[name]]
    lines += [(name, text) for name in LISTS for text in expected[name]]
    return lines + [("removed", line["text"]) for line in expected["removed"]]


def expected_order(source: str, expected: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the expected lines in the order of a plain text, which they must fill without rest."""
    rest = squeezed(source)
    open_lines = sorted(written_lines(expected), key=lambda line: -len(line[1]))
    order = []
    while rest:
        line = next((line for line in open_lines if rest.startswith(squeezed(line[1]))), None)
        assert line is not None, f"not accounted for: {rest[:80]!r}"
        open_lines.remove(line)
        order.append(line)
        rest = rest[len(squeezed(line[1])) :]
    return order
