"""``archiver schema``: the contracts."""

from __future__ import annotations

from typing import Annotated

import typer

from archiver.cli.front import JSON_OPTION, command
from archiver.cli.streams import print_json, say, write_bytes
from archiver.errors import UsageError
from archiver.report.machine import schema_document
from archiver.schemas import read_schema, schema_names


@command
def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Which schema to print; without it, a list.")
    ] = None,
    as_json: Annotated[bool, JSON_OPTION] = False,
) -> int:
    """Print a schema, or list them: what packages and every --json output are valid against.

    A schema is printed as it is; --json is for the list.
    """
    if name is not None:
        data = read_schema(_full_name(name))
        if as_json and not _full_name(name).endswith(".json"):
            raise UsageError("this schema is XML and not JSON", place=name, advice="leave --json out")
        write_bytes(data)
    elif as_json:
        print_json(schema_document())
    else:
        say("\n".join(schema_names()))
    return 0


def _full_name(name: str) -> str:
    """``article`` is enough for ``article.schema.json``."""
    found = [known for known in schema_names() if known == name or known.split(".")[0] == name]
    return found[0] if found else name
