"""The formats of the schemas, really checked.

JSON Schema 2020-12 section 7.2.1 makes ``format`` an annotation by default, and jsonschema passes over
every format that no checker is registered for. What stands here is what makes a bad date fail.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from jsonschema import FormatChecker

#: Primary subtag of two or three letters with up to three extended ones. RFC 5646 section 2.2.1 reserves
#: four letters, and of five to eight the IANA registry has none: a word such as "English" is no tag.
_LANGUAGE_TAG = re.compile(
    r"(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}"
    r"(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[0-9A-Za-z]{5,8}|[0-9][0-9A-Za-z]{3}))*)"
    r"(?P<extensions>(?:-[0-9A-WY-Za-wy-z](?:-[0-9A-Za-z]{2,8})+)*)"
    r"(?:-[Xx](?:-[0-9A-Za-z]{1,8})+)?"
    r"|[Xx](?:-[0-9A-Za-z]{1,8})+)"
)
#: RFC 5646 section 2.1: registered before the grammar, and outside it.
_GRANDFATHERED = frozenset(
    "en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn i-tao i-tay i-tsu "
    "sgn-be-fr sgn-be-nl sgn-ch-de".split()
)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]|60)(?:\.[0-9]+)?)?([Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?"
)
_PARTIAL_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?")
_UUID_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
#: Addresses that are surely URIs (RFC 3986 section 3): nearly all.
_PLAIN_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/-]*)?(?:\?[A-Za-z0-9._~/?&=-]*)?"
    r"|file:///[A-Za-z0-9._~/-]*|urn:uuid:[0-9A-Fa-f-]+"
)
_WEB_ADDRESS = re.compile(r"https?://[^/?#]", re.IGNORECASE)
#: Schemes of what is done or written, not of a place where something was captured.
_NO_PLACE = re.compile(r"(?:javascript|vbscript|data|about|blob|mailto|tel|sms):", re.IGNORECASE)
_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
#: RFC 9110 section 8.3.1, with the parameters of section 5.6.6.
_MEDIA_TYPE = re.compile(
    rf'{_WORD}/{_WORD}(?:[ \t]*;[ \t]*{_WORD}=(?:{_WORD}|"(?:[\t \x21\x23-\x5b\x5d-\x7e]|\\[\t -~])*"))*'
)
_JSON_POINTER = re.compile(r"(?:/(?:[^~/]|~[01])*)*")
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
#: Characters that RFC 3986 section 2 knows, the per cent sign of an escape among them.
_URI_CHARACTERS = "%:/?#[]@!$&'()*+,;=-._~"


def is_date(text: str) -> bool:
    """Tell whether ``text`` is a full-date of RFC 3339 section 5.6, on a day that the calendar has."""
    found = _DATE.fullmatch(text)
    return found is not None and _is_day(int(found[1]), int(found[2]), int(found[3]))


def is_date_time(text: str) -> bool:
    """Tell whether ``text`` is a date-time of RFC 3339: day, time with seconds, offset; real days only."""
    moment = _moment(text)
    return moment is not None and moment[3] is not None and moment[4] is not None


def is_time(text: str) -> bool:
    """Tell whether ``text`` is a full-time of RFC 3339."""
    found = _TIME.fullmatch(text)
    return found is not None and found[3] is not None and found[4] is not None and _is_second(found)


def is_partial_date_time(text: str) -> bool:
    """Tell whether ``text`` is a year, month, day, minute or second of ISO 8601, with or without offset."""
    return (
        (_PARTIAL_DATE.fullmatch(text) is not None and text[:4] != "0000") or is_date(text) or _moment(text) is not None
    )


def is_uri(text: str) -> bool:
    """Tell whether ``text`` is a URI of RFC 3986 (absolute, ASCII only, with a part behind the scheme)."""
    return _is_rfc3986(text, "URI") and not text.endswith(("://", ":"))


def is_uri_reference(text: str) -> bool:
    """Tell whether ``text`` is a URI-reference of RFC 3986: a URI or a relative reference."""
    return _is_rfc3986(text, "URI_reference")


def to_uri(text: str) -> str | None:
    """Return the URI that ``text`` stands for, or None where there is none.

    Characters that a URI cannot hold (letters beyond ASCII, spaces, ``|`` …) become percent-encoded
    UTF-8, as RFC 3987 section 3.1 maps an IRI; what is a URI already is returned as it is.
    """
    if is_uri(text):
        return text
    escaped = quote(_STRAY_PERCENT.sub("%25", text), safe=_URI_CHARACTERS, errors="replace")
    # Brackets belong to an IPv6 host alone (RFC 3986 section 3.2.2), yet pages write them in queries.
    without_brackets = escaped.replace("[", "%5B").replace("]", "%5D")
    return next((uri for uri in (escaped, without_brackets) if is_uri(uri)), None)


def to_place(text: str) -> str | None:
    """Return :func:`to_uri` of ``text`` where something can be captured from: ``https:``, ``ftp:``, ``urn:`` …"""
    uri = to_uri(text)
    return uri if uri and not _NO_PLACE.match(uri) else None


def to_web_address(text: str) -> str | None:
    """Return :func:`to_uri` of ``text`` where that is ``http`` or ``https`` with a host (RFC 9110 section 4.2)."""
    uri = to_uri(text)
    return uri if uri and _WEB_ADDRESS.match(uri) else None


def is_language_tag(text: str) -> bool:
    """Tell whether ``text`` is a well-formed language tag (RFC 5646 section 2.2.9) of a kind that is registered.

    No variant and no extension singleton may occur twice.
    """
    found = _LANGUAGE_TAG.fullmatch(text)
    if found is None:
        return text.lower() in _GRANDFATHERED
    variants = (found["variants"] or "").lower().split("-")[1:]
    singletons = [part for part in (found["extensions"] or "").lower().split("-") if len(part) == 1]
    return len(set(variants)) == len(variants) and len(set(singletons)) == len(singletons)


def is_uuid_urn(text: str) -> bool:
    """Tell whether ``text`` is ``urn:uuid:`` with a UUID (RFC 9562 section 4)."""
    return _UUID_URN.fullmatch(text) is not None


def is_uuid(text: str) -> bool:
    """Tell whether ``text`` is a UUID in its text form (RFC 9562 section 4)."""
    return _UUID.fullmatch(text) is not None


def is_media_type(text: str) -> bool:
    """Tell whether ``text`` is a media type with or without parameters (RFC 9110 section 8.3.1)."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def is_json_pointer(text: str) -> bool:
    """Tell whether ``text`` is a JSON Pointer (RFC 6901 section 3)."""
    return _JSON_POINTER.fullmatch(text) is not None


def is_regex(text: str) -> bool:
    """Tell whether ``text`` is a regular expression that Python takes, which is nearly what ECMA-262 takes."""
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def format_checker() -> FormatChecker:
    """Return a new checker of :data:`CHECKS` and of what jsonschema itself checks without further packages."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=("email", "ipv4", "ipv6"))
    for name, holds in CHECKS.items():
        checker.checks(name)(_of_strings(holds))
    return checker


def _of_strings(holds: Callable[[str], bool]) -> Callable[[object], bool]:
    # A format says nothing of values of another type (JSON Schema Validation section 7.1).
    return lambda value: not isinstance(value, str) or holds(value)


def _is_rfc3986(text: str, rule: str) -> bool:
    if _PLAIN_ADDRESS.fullmatch(text):
        return True
    # It takes longer to load than many descriptions to check.
    from rfc3986_validator import validate_rfc3986

    # The validator's regular expressions end in "$", which a line end may follow.
    return "\n" not in text and validate_rfc3986(text, rule=rule) is not None


def _is_day(year: int, month: int, day: int) -> bool:
    return year > 0 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _moment(text: str) -> tuple[str, str, str, str | None, str | None] | None:
    """Day, hour, minute, second and offset; None where ``text`` is no moment that calendar and clock have."""
    if len(text) < 16 or text[10] not in "Tt" or not is_date(text[:10]):
        return None
    found = _TIME.fullmatch(text, 11)
    if found is None or not _is_second(found):
        return None
    return text[:10], found[1], found[2], found[3], found[4]


def _is_second(found: re.Match[str]) -> bool:
    """A leap second ends a day of UTC (RFC 3339 section 5.7); without an offset any minute may be that one."""
    if found[3] != "60" or found[4] is None:
        return True
    minutes = int(found[1]) * 60 + int(found[2])
    if found[4] not in "Zz":
        offset = int(found[4][1:3]) * 60 + int(found[4][4:6])
        minutes += offset if found[4][0] == "-" else -offset
    return minutes % 1440 == 1439


#: Format name to the test that text of this format passes.
CHECKS: dict[str, Callable[[str], bool]] = {
    "date": is_date,
    "date-time": is_date_time,
    "json-pointer": is_json_pointer,
    "language-tag": is_language_tag,
    "media-type": is_media_type,
    "partial-date-time": is_partial_date_time,
    "regex": is_regex,
    "time": is_time,
    "uri": is_uri,
    "uri-reference": is_uri_reference,
    "uuid": is_uuid,
    "uuid-urn": is_uuid_urn,
}
