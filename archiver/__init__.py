"""Structured export and archival of articles: accountable stripping, validated metadata, WARC and TEI in a bag."""

from archiver.api import Article, convert, export, extract, learn_rules, open_package, try_rules, verify
from archiver.errors import ArchiverError, ArticleError
from archiver.version import __version__

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
