"""Structured export and archival of articles: accountable stripping, validated metadata, WARC and TEI in a bag."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from archiver.version import __version__

if TYPE_CHECKING:
    from archiver.api import Article, convert, export, extract, learn_rules, open_package, try_rules, verify
    from archiver.errors import ArchiverError, ArticleError

__all__ = [
    "ArchiverError",
    "Article",
    "ArticleError",
    "__version__",
    "convert",
    "export",
    "extract",
    "learn_rules",
    "open_package",
    "try_rules",
    "verify",
]


if not TYPE_CHECKING:
    # Type checkers would take every name for one of these.
    def __getattr__(name: str) -> Any:
        """Return a public name or module, read when it is first asked for (PEP 562)."""
        if name in ("api", "errors", "model"):
            return import_module(f"archiver.{name}")
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        room = import_module("archiver.errors" if name.endswith("Error") else "archiver.api")
        found = globals()[name] = getattr(room, name)
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
