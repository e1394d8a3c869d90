"""``archiver strip``: the kept text, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.cli.front import JSON_OPTION, command, tell
from archiver.cli.spool import Spool
from archiver.cli.streams import complain, printable, read_stdin, say, write_content
from archiver.errors import ParseError, UsageError
from archiver.model.look import Look
from archiver.model.verdict import Profile
from archiver.report.looks import LookTally, look_document
from archiver.report.markdown import to_markdown
from archiver.report.text import removed_words
from archiver.tei.read import KeptText

_TEI_NAMESPACE = b"http://www.tei-c.org/ns/1.0"
#: Bytes at the beginning of a file, enough for the start tag of its root.
_HEAD = 1024
_NO_ELEMENT = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ELEMENT = re.compile(rb"<(?:[\w.-]+:)?(\w+)")


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
    every block with its fate; tei is the document that an export would write. Of TEI files of a
    package, named alone and without options, the same text is printed again.
    """
    documents = [one for one in inputs if _tei_root(one)]
    if documents:
        judged = profile is not Profile.BALANCED or rules is not None or language is not None
        if len(documents) < len(inputs) or to is not Target.TEXT or as_json or removed or judged:
            raise UsageError(
                "of a TEI document only the kept text can be printed, and of nothing else beside it",
                place=documents[0],
                advice="name TEI documents alone, without other options; or name the sources",
            )
        _print_documents(documents)
        return 0
    _refuse_mixtures(to, removed=removed, as_json=as_json)
    tally = LookTally()
    looks = tally.counted(
        api.look(inputs, profile=profile, rules=rules, language=language, stdin=read_stdin(inputs), tell=complain),
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


def _refuse_mixtures(to: Target, *, removed: bool, as_json: bool) -> None:
    if removed and (as_json or to is not Target.TEXT):
        raise UsageError(
            f"--removed does not go with {'--json' if as_json else f'--to {to}'}",
            advice="leave it out; json has every block with its fate",
        )
    if as_json and to in (Target.MARKDOWN, Target.TEI):
        raise UsageError(f"--json does not go with --to {to}", advice="ask for one at a time")


def _tei_root(name: str) -> str:
    """Return the name of the first element of a file that says at its beginning to be TEI; else nothing."""
    try:
        with Path(name).open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""
    if _TEI_NAMESPACE not in head:
        return ""
    found = _ELEMENT.search(_NO_ELEMENT.sub(b"", head))
    return found[1].decode("ascii") if found else "TEI"


def _print_documents(documents: Sequence[str]) -> None:
    for document in documents:
        if _tei_root(document) == "teiCorpus":
            raise UsageError(
                "it is a list of TEI documents (teiCorpus), and holds no text of its own",
                place=document,
                advice="name the files of the articles, in a package data/tei/ID.xml",
            )
    for document in documents:
        if len(documents) > 1:
            say(f"==> {printable(document)} <==")
        kept = _kept_in(document)
        if kept.doubt:
            complain(f"archiver: warning: {printable(document)}: {kept.doubt}")
        write_content(kept.text.encode("utf-8", "replace") + b"\n")


def _kept_in(document: str) -> KeptText:
    try:
        return api.kept_of_tei(Path(document).read_bytes())
    except ParseError as error:
        # The library knows the line alone.
        place = document + error.place.removeprefix("TEI")
        raise ParseError(error.message, place=place, advice=error.advice) from error


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
