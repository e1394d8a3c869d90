"""What every JSON document of a command begins with, and the one of a command that could not do its work."""

from __future__ import annotations

from typing import Any

from archiver.errors import ArchiverError
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


def error_document(error: ArchiverError) -> dict[str, Any]:
    """Return what a command prints that could not do its work (error.schema.json)."""
    told = {"code": error.code, "message": error.message, "place": error.place, "advice": error.advice}
    document = envelope("error", "", error.exit_code, error=told)
    del document["command"]
    return document
