"""``archiver strip``: the kept text, nothing else."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.cli.front import JSON_OPTION, command, tell
from archiver.cli.streams import complain, print_json, printable, read_stdin, say, write_bytes
from archiver.errors import UsageError
from archiver.model.look import Look
from archiver.model.verdict import Profile
from archiver.report.machine import looks_document, looks_exit_code
from archiver.report.markdown import to_markdown
from archiver.report.text import removed_words


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
    every block with its fate; tei is the document that an export would write.
    """
    looks = list(
        api.look(
            inputs,
            profile=profile,
            rules=rules,
            language=language,
            stdin=read_stdin(inputs),
        )
    )
    if as_json or to is Target.JSON:
        document = looks_document("strip", looks)
        print_json(document)
        return int(document["exit_code"])
    if to is Target.TEI and len(looks) > 1:
        raise UsageError(
            f"{len(looks)} articles would be {len(looks)} TEI documents",
            advice="give one input, or use `archiver export`",
        )
    if not looks:
        complain("there is no article in the input")
    for one in looks:
        _print(one, to, removed=removed, named=len(looks) > 1)
    return looks_exit_code(looks)


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
        write_bytes(api.tei_of(one.article))
    elif to is Target.MARKDOWN:
        write_bytes(to_markdown(one.article).encode("utf-8", "replace"))
    else:
        write_bytes(one.article.text.encode("utf-8", "replace") + b"\n")
