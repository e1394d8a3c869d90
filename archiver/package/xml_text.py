"""XML as strings, for PREMIS and METS: several times faster than a tree, and flat in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

#: What production 2 (Char) of XML 1.0, fifth edition, leaves out.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: All that is not written as it is.
_SPECIAL = re.compile('[\x00-\x1f"&<>\ud800-\udfff\ufffe\uffff]')


def replace_illegal(value: str) -> str:
    """Return ``value`` with U+FFFD for what XML 1.0 cannot hold."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", value)


def escape(value: str) -> str:
    """Return ``value`` as character data or attribute value; what XML 1.0 cannot hold becomes U+FFFD.

    Line ends and tabs are written as references, so that no parser normalises them (XML 1.0, 2.11 and 3.3.3).
    """
    if not _SPECIAL.search(value):
        return value
    clean = (
        replace_illegal(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
    return clean.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")


def leaf(name: str, text: str, attributes: str = "") -> str:
    """Return an element that holds nothing but ``text``; ``attributes`` are markup with a leading space."""
    return f"<{name}{attributes}>{escape(text)}</{name}>"


def tag(name: str, attributes: Iterable[tuple[str, str | None]], *, empty: bool = False) -> str:
    """Return a start tag, or an empty element; attributes without a value are left out."""
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes if value is not None)
    return f"<{name}{written}/>" if empty else f"<{name}{written}>"
