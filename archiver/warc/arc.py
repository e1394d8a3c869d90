"""ARC 1 and 2, the forerunner of WARC: its header line, told in WARC fields."""

from __future__ import annotations

import re

_V1 = re.compile(
    r"(?P<uri>[A-Za-z][A-Za-z0-9+.\-]*:.*) (?P<ip>\S+) (?P<date>\d{8,18}) (?P<type>\S.*?|) ?(?P<length>\d{1,18})"
)
_V2 = re.compile(
    r"(?P<uri>[A-Za-z][A-Za-z0-9+.\-]*:\S*) (?P<ip>\S+) (?P<date>\d{8,18}) (?P<type>\S+)"
    r" (?:\d{3}|-) \S+ \S+ \d+ \S+ (?P<length>\d{1,18})"
)
#: A header line is a URL and a handful of short words.
MAX_LINE = 8 * 1024


def arc_fields(line: bytes) -> tuple[tuple[str, str], ...] | None:
    """Return the WARC fields that an ARC header line amounts to, None where the line is none.

    There is no record id in ARC; who needs one makes it from the content. The ``filedesc`` record
    becomes a warcinfo, HTTP a response, everything else a resource.
    """
    text = line.decode("utf-8", "replace").rstrip("\r\n")
    match = _V2.fullmatch(text) or _V1.fullmatch(text)
    if not match:
        return None
    uri, media_type = match["uri"], match["type"].strip()
    fields = [("WARC-Date", _date(match["date"])), ("Content-Length", str(int(match["length"])))]
    if uri.startswith("filedesc:"):
        return (("WARC-Type", "warcinfo"), ("WARC-Filename", uri.removeprefix("filedesc://")), *fields)
    fields.insert(0, ("WARC-Target-URI", uri))
    if match["ip"] != "0.0.0.0":  # noqa: S104 - the mark for an unknown address, nothing is bound to it
        fields.append(("WARC-IP-Address", match["ip"]))
    if uri.lower().startswith(("http:", "https:")):
        return (("WARC-Type", "response"), *fields, ("Content-Type", "application/http;msgtype=response"))
    return (("WARC-Type", "resource"), *fields, ("Content-Type", media_type or "application/octet-stream"))


def _date(digits: str) -> str:
    full = (digits + "0101000000"[len(digits) - 4 :] if len(digits) < 14 else digits)[:14]
    return f"{full[:4]}-{full[4:6]}-{full[6:8]}T{full[8:10]}:{full[10:12]}:{full[12:14]}Z"
