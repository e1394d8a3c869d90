"""``archiver rules``: the phrase rules in force, and rules of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archiver.clean.ruleset import load_rules, rules_language
from archiver.cli import rules_learn, rules_trial
from archiver.cli.front import JSON_OPTION, command
from archiver.cli.streams import complain, print_json, printable, say
from archiver.pipeline.tools import require_language
from archiver.report.machine import rules_document
from archiver.report.text import rules_words

app = typer.Typer(
    name="rules",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Show, test and learn the rules by which prompts are recognised.",
)


@app.callback()
def _rules() -> None:
    pass


@app.command("list")
@command
def list_rules(
    rules: Annotated[Path | None, typer.Option(help="A file of further rules of yours (TOML).")] = None,
    language: Annotated[str | None, typer.Option(help="Only the rules of this language (BCP 47), or any.")] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """List every rule with category, strength and reason; the digest stands in every package made with them."""
    if language != "any":
        require_language(language)
    loaded = load_rules(rules)
    wanted = None if language is None else rules_language(language)
    if wanted is not None and wanted not in (*loaded.languages, "any"):
        complain(
            f"no rule is of the language {printable(wanted)}; there are rules of any, {', '.join(loaded.languages)}"
        )
    if as_json:
        print_json(rules_document(loaded, language=wanted))
    else:
        say(rules_words(loaded, language=wanted))
    return 0


app.command("test", short_help="Check a rule file, and try it on articles.")(rules_trial.try_rules)
app.command("learn", short_help="Propose rules from many articles of one source.")(rules_learn.learn)
