"""What every JSON document of a command begins with."""

from __future__ import annotations

from typing import Any

from archiver.version import __version__

_BASE = "https://w3id.org/archiver/schemas/1/"


def envelope(schema: str, command: str, exit_code: int, **content: Any) -> dict[str, Any]:
    """Return a document: schema, command, version, exit code, then ``content``."""
    return {
        "schema": f"{_BASE}{schema}.schema.json",
        "command": command,
        "version": __version__,
        "exit_code": int(exit_code),
        **content,
    }
