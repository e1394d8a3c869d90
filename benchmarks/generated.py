"""Invented articles in any number, the same for the same number: pages with a frame, and scraped texts."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

_SUBJECTS = (
    "the harbour master|a retired surveyor|the parish council|every second baker|the night ferry|a choir of plumbers"
    "|the museum of locks|one careful gardener|the tram company|a crew of divers"
).split("|")
_VERBS = "measured|repainted|mislaid|defended|counted|restored|auctioned|photographed|described|carried home".split("|")
_OBJECTS = (
    "the old weather vane|a bridge of borrowed planks|forty crates of lamps|the minutes of the meeting|a brass compass"
    "|the last timetable|an orchard wall|two barrels of ink|the eastern sluice|a map without a north"
).split("|")
_TAILS = (
    "before the tide turned|in front of a small crowd|to the surprise of the inspectors|on the advice of a neighbour"
    "|without asking for a fee|for the third winter in a row|while the band was still playing"
    "|as the charter of the town demands"
).split("|")
_PLACES = "Aldermoor|Brackwater|Corrin Ferry|Dunmarle|Eastlow|Fennick|Garrowby|Hollin Quay".split("|")
_NAMES = "Ada Merrow|Bram Tollis|Celia Varn|Dov Harker|Elin Strake|Fergus Ode|Greta Nallow|Hugh Pellam".split("|")
_PROMPTS = (
    "Share this article",
    "Sign up for our newsletter",
    "Leave a comment",
    "Already a subscriber? Log in",
    "Advertisement",
    "Related articles",
)
_STYLE = "".join(f".box-{number}{{margin:0 {number}px;padding:{number}px}}" for number in range(300))


def _sentence(draw: random.Random) -> str:
    words = f"{draw.choice(_SUBJECTS)} {draw.choice(_VERBS)} {draw.choice(_OBJECTS)} {draw.choice(_TAILS)}"
    return f"{words[0].upper()}{words[1:]}, {draw.randrange(3, 900)} people heard."


def _story(number: int) -> tuple[str, str, str, list[str]]:
    """Return headline, name of the author, date and paragraphs."""
    draw = random.Random(number)
    title = f"{draw.choice(_PLACES)}: {draw.choice(_SUBJECTS)} {draw.choice(_VERBS)} {draw.choice(_OBJECTS)}"
    date = f"20{draw.randrange(10, 25)}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}"
    paragraphs = [" ".join(_sentence(draw) for _ in range(draw.randrange(1, 6))) for _ in range(draw.randrange(8, 30))]
    return title, draw.choice(_NAMES), date, paragraphs


def page(number: int) -> bytes:
    """Return article ``number`` as a web page of about 30 KB, with menu, teasers, comments and footer."""
    title, author, date, paragraphs = _story(number)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": f"{date}T08:00:00Z",
        "author": {"@type": "Person", "name": author},
    }
    menu = "".join(f'<li><a href="/section/{place}">{place}</a></li>' for place in _PLACES)
    teasers = "".join(
        f'<div class="teaser"><a href="/story/{number + step}"><img src="/t/{step}.jpg" alt=""><h3>'
        f"{_story(number + step)[0]}</h3></a></div>"
        for step in range(1, 13)
    )
    comments = "".join(
        f'<div class="comment"><b>reader{step}</b><p>{_sentence(random.Random(number * 31 + step))}</p></div>'
        for step in range(15)
    )
    body = "".join(
        f"<p>{text}</p>" + (f'<div class="promo"><a href="#">{_PROMPTS[1]}</a></div>' if place == 3 else "")
        for place, text in enumerate(paragraphs)
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Daily Invention</title>'
        f'<script type="application/ld+json">{json.dumps(data)}</script><style>{_STYLE}</style></head><body>'
        f'<header><nav><ul>{menu}</ul></nav></header><main><article class="story"><h1>{title}</h1>'
        f'<p class="byline">By <a href="/a">{author}</a></p><time datetime="{date}">{date}</time>'
        f'<div class="share"><a href="#">{_PROMPTS[0]}</a></div><div class="body">{body}</div></article></main>'
        f'<aside class="related"><h2>{_PROMPTS[5]}</h2>{teasers}</aside>'
        f'<section class="comments"><h2>{_PROMPTS[2]}</h2>{comments}</section>'
        f"<footer><p>© The Daily Invention. All rights reserved.</p><ul>{menu}</ul></footer></body></html>"
    ).encode()


def text(number: int) -> bytes:
    """Return article ``number`` as the text that somebody scraped off a page."""
    title, author, date, paragraphs = _story(number)
    middle = len(paragraphs) // 2
    lines = [title, f"By {author}", date, _PROMPTS[0], *paragraphs[:middle], _PROMPTS[4], *paragraphs[middle:]]
    return "\n\n".join([*lines, _PROMPTS[3], _PROMPTS[2]]).encode()


def write(folder: Path, count: int) -> None:
    """Write ``count`` articles into ``folder``, pages and texts in turn, a hundred in a folder of their own."""
    for number, (name, data) in enumerate(_files(count)):
        place = folder / f"{number // 100:04d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)


def _files(count: int) -> Iterator[tuple[str, bytes]]:
    for number in range(count):
        yield (f"{number:06d}.txt", text(number)) if number % 2 else (f"{number:06d}.html", page(number))
