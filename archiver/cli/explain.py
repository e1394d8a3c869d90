"""``archiver explain``: every block with its fate, rule and evidence."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from archiver import api
from archiver.cli.front import JSON_OPTION, command, tell
from archiver.cli.spool import Spool
from archiver.cli.streams import complain, read_stdin, say
from archiver.errors import UsageError
from archiver.model.look import Look
from archiver.model.verdict import Profile
from archiver.report.looks import LookTally, look_document
from archiver.report.text import explain_words


@command
def explain(
    source: Annotated[str, typer.Argument(metavar="INPUT|PACKAGE", help="A file (- is stdin), or a package.")],
    article_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Which article of the package.")] = None,
    profile: Annotated[Profile, typer.Option(help="How much evidence a removal needs.")] = Profile.BALANCED,
    rules: Annotated[Path | None, typer.Option(help="A file of further rules of yours (TOML).")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the article (BCP 47), if you know it.")] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Show an article with the fate of every block in the margin: rule, category, evidence.

    For a kept block the margin names what came closest to removing it; where a trained model was asked,
    what it weighed, in thousandths of log-odds: above 0 it speaks for article text. With a package and an ID the
    original bytes are taken from the package and judged again by the rules of this version.
    """
    if article_id is None:
        # Standard input and patterns are no paths; what is not there is told by whoever looks for inputs.
        if os.path.lexists(source) and api.is_package(source):
            raise UsageError(
                "which article?", place=source, advice="name its ID; `archiver inspect --articles` lists them"
            )
        given = read_stdin([source])
        looks = api.explain([source], profile=profile, rules=rules, language=language, stdin=given, tell=complain)
    else:
        looks = iter([api.look_into_package(source, article_id, profile=profile, rules=rules, language=language)])
    tally = LookTally()
    with Spool("articles") as spool:
        for one in tally.counted(looks):
            if as_json and one.article is not None:
                spool.add(look_document(one))
            elif not as_json:
                _print(one)
        if as_json:
            spool.print(tally.document("explain"))
    if not tally.articles and not tally.rejects:
        complain("there is no article in the input")
    return tally.exit_code


def _print(one: Look) -> None:
    if one.error is not None:
        tell(one.error, as_json=False)
        return
    assert one.article is not None
    width = shutil.get_terminal_size((100, 24)).columns
    say(explain_words(one.article, one.path, weights=one.weights, width=width))
