"""Extractors side by side: archiver, and those of other people that are installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec

import archiver

#: Takes the bytes of a page and its address (None if unknown), returns the text of the article.
Extractor = Callable[[bytes, "str | None"], str]

#: What a peer may fail with on a page is not ours to know: a page without an answer counts as an empty one.
FAILURES = (Exception,)


def _archiver(profile: str = "balanced") -> Extractor:
    def run(page: bytes, url: str | None) -> str:
        return archiver.extract(page, url=url, media_type="text/html", profile=profile).text

    return run


def _trafilatura() -> Extractor:
    from trafilatura import extract

    return lambda page, url: extract(page, url=url, include_comments=False) or ""


def _trafilatura_metadata() -> Extractor:
    from trafilatura import bare_extraction

    def run(page: bytes, url: str | None) -> str:
        document = bare_extraction(page, url=url, include_comments=False, with_metadata=True)
        return (document.text or "") if document else ""

    return run


def _readability() -> Extractor:
    from lxml.html import fromstring
    from readability import Document

    def run(page: bytes, url: str | None) -> str:
        return fromstring(Document(page, url=url).summary()).text_content()

    return run


def _boilerpy() -> Extractor:
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor(raise_on_failure=False)
    return lambda page, _url: extractor.get_content(page.decode("utf-8", "replace"))


def _resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    def run(page: bytes, _url: str | None) -> str:
        return extract_plain_text(bytes_to_str(page, detect_encoding(page)), main_content=True)

    return run


#: Name to (module that must be there, what makes the extractor).
_KNOWN: Mapping[str, tuple[str, Callable[[], Extractor]]] = {
    "archiver": ("archiver", _archiver),
    "archiver-strict": ("archiver", lambda: _archiver("strict")),
    "archiver-generous": ("archiver", lambda: _archiver("generous")),
    "trafilatura": ("trafilatura", _trafilatura),
    "trafilatura-metadata": ("trafilatura", _trafilatura_metadata),
    "readability": ("readability", _readability),
    "boilerpy3": ("boilerpy3", _boilerpy),
    "resiliparse": ("resiliparse", _resiliparse),
}


def names() -> tuple[str, ...]:
    """Return the names of all extractors that are known, archiver first."""
    return tuple(_KNOWN)


def installed(wanted: tuple[str, ...] | None = None) -> dict[str, Extractor]:
    """Return the extractors whose package is installed, in a fixed order; archiver is always among them.

    Its other profiles are compared only where they are ``wanted``.
    """
    chosen = {"archiver", *(wanted if wanted is not None else (name for name in _KNOWN if "archiver-" not in name))}
    return {name: make() for name, (module, make) in _KNOWN.items() if name in chosen and find_spec(module)}
