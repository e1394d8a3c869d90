"""Structured export and archival of articles: accountable stripping, validated metadata, WARC and TEI in a bag."""

from __future__ import annotations

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


def __getattr__(name: str) -> Any:
    """Return a public name, read when it is first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from archiver import api, errors

    found = globals()[name] = getattr(errors if name.endswith("Error") else api, name)
    return found
