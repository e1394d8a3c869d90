"""How much text a page has, told without a parser: markup is stepped over from left to right, once."""

from __future__ import annotations

import re

#: Elements whose content is no text of the page.
_RAW = re.compile(r"<(script|style|template|textarea|svg|iframe|noscript)\b", re.IGNORECASE)
_ENDS = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
    for name in ("script", "style", "template", "textarea", "svg", "iframe", "noscript")
}
_TAG = re.compile(r"<[a-zA-Z/!?]")
_REFERENCE = re.compile(r"&#?\w{1,32};")


def visible_chars(source: str) -> int:
    """Return how many characters outside of markup ``source`` has, white space not counted, a reference as one.

    The time is linear in the length of ``source``: what has no end is looked for only once.
    """
    pieces: list[str] = []
    endless: set[str] = set()
    done = 0
    tag = _TAG.search(source)
    while tag is not None:
        start = tag.start()
        pieces.append(source[done:start])
        done = _end_of(source, start, endless)
        if done < 0:
            done = start
            break
        tag = _TAG.search(source, done)
    pieces.append(source[done:])
    return sum(map(len, _REFERENCE.sub("x", " ".join(pieces)).split()))


def _end_of(source: str, start: int, endless: set[str]) -> int:
    """Return where the markup at ``start`` ends, -1 if it does not; ``endless`` keeps what is not to be found again."""
    if "comment" not in endless and source.startswith("<!--", start):
        end = source.find("-->", start + 4)
        if end >= 0:
            return end + 3
        endless.add("comment")
    raw = _RAW.match(source, start)
    if raw is not None and (name := raw[1].lower()) not in endless:
        found = _ENDS[name].search(source, raw.end())
        if found is not None:
            return found.end()
        endless.add(name)
    end = source.find(">", start)
    return end + 1 if end >= 0 else -1
