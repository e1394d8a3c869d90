"""XML as strings: escaping, elements, characters that XML cannot hold, pointers.

Strings are written by hand since that is several times faster than a tree; what is written is
parsed and checked again by ``validate_tei``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

#: Names with values, in the order in which they are written; None leaves the attribute out.
Attributes = Iterable[tuple[str, str | None]]

#: What stands for a character that XML 1.0 cannot hold.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

#: What production 2 (Char) of XML 1.0, fifth edition, leaves out.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: Complement of what RFC 3986 allows in a path, query or fragment; a percent sign only before two digits.
_NOT_IN_URI = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})")

#: Steps of an XPath as pages have them; nothing but the brackets is to be encoded, and each step has two.
_STEPS = re.compile(r"[a-z0-9/\[\]]+")

#: Longer ones are not remembered.
_LONG_PATH = 500

#: A URI with scheme as RFC 3986 (section 3, appendix A) has it, less IP literals and empty ports.
_AUTHORITY = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=%:]*@)?[A-Za-z0-9\-._~!$&'()*+,;=%]+(?::[0-9]{1,5})?"
_ABSOLUTE = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.\-]*:(?://(?:{_AUTHORITY})?/[^?#]*|//{_AUTHORITY}|/[^/?#][^?#]*|[^/?#][^?#]*)"
    r"(?:\?[^#]*)?(?:#[^#]*)?"
)


def replace_illegal(value: str) -> tuple[str, int]:
    """Return ``value`` with U+FFFD for each code point that XML 1.0 cannot hold, and how many there were."""
    return _ILLEGAL.subn(REPLACEMENT, value)


def escape(value: str) -> str:
    """Return ``value`` as character data; a carriage return is written so that parsers keep it (XML 1.0, 2.11)."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def escape_all(values: Sequence[str]) -> list[str]:
    """Return what :func:`escape` makes of each value, of many in a fraction of the time."""
    whole = escape("\0".join(values)).split("\0")
    return whole if len(whole) == len(values) else [escape(value) for value in values]


def escape_attribute(value: str) -> str:
    """Return ``value`` as an attribute value that survives normalisation (XML 1.0, 3.3.3)."""
    return escape(value).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")


def start(name: str, attributes: Attributes = ()) -> str:
    """Return a start tag; attributes without a value are left out."""
    return f"<{name}{_attributes(attributes)}>"


def element(name: str, content: str, attributes: Attributes = ()) -> str:
    """Return an element; ``content`` is markup already."""
    inner = _attributes(attributes)
    return f"<{name}{inner}>{content}</{name}>" if content else f"<{name}{inner}/>"


def text_element(name: str, text: str, attributes: Attributes = ()) -> str:
    """Return an element that holds nothing but ``text``."""
    return element(name, escape(text), attributes)


def _attributes(attributes: Attributes) -> str:
    return "".join([f' {name}="{escape_attribute(value)}"' for name, value in attributes if value is not None])


def pointer(value: str) -> str | None:
    """Return ``value`` as an absolute URI (RFC 3986), percent-encoded where needed; None if it cannot be made one."""
    quoted = _NOT_IN_URI.sub(_percent, value.strip())
    return quoted if _ABSOLUTE.fullmatch(quoted) else None


def fragment(value: str) -> str:
    """Return ``value`` as it may stand behind the ``#`` of a URI (RFC 3986, 3.5)."""
    return _known_fragment(value) if len(value) < _LONG_PATH else _fragment(value)


def _fragment(value: str) -> str:
    quoted = value.replace("[", "%5B").replace("]", "%5D")
    return quoted if _STEPS.fullmatch(value) else _NOT_IN_URI.sub(_percent, quoted).replace("#", "%23")


#: Pages of one site have the same paths.
_known_fragment = lru_cache(1024)(_fragment)


def _percent(match: re.Match[str]) -> str:
    return "".join([f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace")])
