"""Lines of pages.jsonl, the entry points for readers of a WACZ (https://specs.webrecorder.net/wacz/1.1.1/)."""

from __future__ import annotations

from archiver.canon import canonical_json

PAGES_FORMAT = "json-pages-1.0"


def pages_header() -> bytes:
    """Return the first line of pages.jsonl, with its line end."""
    return canonical_json({"format": PAGES_FORMAT, "id": "pages", "title": "All Pages"}) + b"\n"


def page_line(url: str, ts: str, *, page_id: str, title: str | None, text: str) -> bytes:
    """Return the line of one article, with its line end.

    ``url`` is the WARC-Target-URI of its capture, ``ts`` the RFC 3339 moment of it (the WARC-Date),
    ``text`` the kept text, so that full-text search is not full of prompts.
    """
    page = {"id": page_id, "url": url, "ts": ts, "title": title, "text": text}
    return canonical_json({key: value for key, value in page.items() if value is not None}) + b"\n"
