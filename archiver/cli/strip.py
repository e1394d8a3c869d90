"""``archiver strip``: the kept text, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.cli.front import JSON_OPTION, command, tell
from archiver.cli.spool import Spool
from archiver.cli.streams import complain, printable, read_stdin, say, write_content
from archiver.errors import UsageError
from archiver.model.look import Look
from archiver.model.verdict import Profile
from archiver.report.looks import LookTally, look_document
from archiver.report.markdown import to_markdown
from archiver.report.text import removed_words

_TEI_NAMESPACE = b"http://www.tei-c.org/ns/1.0"
#: Bytes at the beginning of a file, enough for the start tag of its root.
_HEAD = 1024


class Target(StrEnum):
    """What the kept text is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    TEI = "tei"


@command
def strip(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, glob patterns; - is stdin.")],
    to: Annotated[Target, typer.Option("--to", help="How the kept text is written.")] = Target.TEXT,
    removed: Annotated[bool, typer.Option("--removed", help="Print what is removed, and why, instead.")] = False,
    profile: Annotated[Profile, typer.Option(help="How much evidence a removal needs.")] = Profile.BALANCED,
    rules: Annotated[Path | None, typer.Option(help="A file of further rules of yours (TOML).")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the articles (BCP 47), if you know it.")] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Print the articles without boilerplate; nothing is written to disk.

    `--to text` is the body, one block a line; markdown has headline and captions as well; json has
    every block with its fate; tei is the document that an export would write. Of a TEI file of a
    package, `--to text` prints the same text again.
    """
    documents = [one for one in inputs if _is_tei(one)]
    if documents:
        if len(documents) < len(inputs) or to is not Target.TEXT or as_json or removed:
            raise UsageError(
                "of a TEI document only the kept text can be printed, and of nothing else beside it",
                place=documents[0],
                advice="name TEI documents alone, without other options; or name the sources",
            )
        for document in documents:
            _print_tei(document, named=len(documents) > 1)
        return 0
    tally = LookTally()
    looks = tally.counted(
        api.look(inputs, profile=profile, rules=rules, language=language, stdin=read_stdin(inputs)),
    )
    if as_json or to is Target.JSON:
        _print_document(looks, tally)
    else:
        _print_each(looks, to, removed=removed)
    return tally.exit_code


def _print_document(looks: Iterable[Look], tally: LookTally) -> None:
    with Spool("articles") as spool:
        for one in looks:
            if one.article is not None:
                spool.add(look_document(one))
        spool.print(tally.document("strip"))


def _print_each(looks: Iterator[Look], to: Target, *, removed: bool) -> None:
    """Print each article as soon as it is made; two are waited for, since one alone is not named."""
    first = list(islice(looks, 2))
    if to is Target.TEI and len(first) > 1:
        raise UsageError(
            "several articles would be several TEI documents", advice="give one input, or use `archiver export`"
        )
    if not first:
        complain("there is no article in the input")
    for one in chain(first, looks):
        _print(one, to, removed=removed, named=len(first) > 1)


def _is_tei(name: str) -> bool:
    """Tell whether ``name`` is a file that says at its beginning to be TEI."""
    try:
        with Path(name).open("rb") as file:
            return _TEI_NAMESPACE in file.read(_HEAD)
    except OSError:
        return False


def _print_tei(name: str, *, named: bool) -> None:
    if named:
        say(f"==> {printable(name)} <==")
    write_content(api.text_of_tei(Path(name).read_bytes()).encode("utf-8", "replace") + b"\n")


def _print(one: Look, to: Target, *, removed: bool, named: bool) -> None:
    if one.error is not None:
        tell(one.error, as_json=False)
        return
    assert one.article is not None
    if named:
        say(f"==> {printable(one.path)} <==")
    if removed:
        say(removed_words(one.article))
    elif to is Target.TEI:
        write_content(api.tei_of(one.article))
    elif to is Target.MARKDOWN:
        write_content(to_markdown(one.article).encode("utf-8", "replace"))
    else:
        write_content(one.article.text.encode("utf-8", "replace") + b"\n")
