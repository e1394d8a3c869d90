"""Commands that are read when they are called: a quick look should not wait until all of the others are ready."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command


def stand_in() -> None:
    """Stand in a list of commands for one that has not been read."""


class LazyGroup(TyperGroup):
    """A group whose command ``name`` is the function ``name``, or the group ``app``, of ``archiver.cli.name``."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the name of the command, the command itself, read now, and the rest of the words."""
        name, stands_in, rest = super().resolve_command(ctx, args)
        return name, stands_in and read_command(str(name)), rest


def read_command(name: str) -> Any:
    """Return the command of this name, or the group of commands."""
    module = import_module(f"archiver.cli.{name}")
    group = getattr(module, "app", None)
    if group is None:
        group = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        group.command(name)(getattr(module, name))
    return get_command(group)
