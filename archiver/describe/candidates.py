"""Everything that is said of an article, field by field, with where it was said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from archiver.describe.page_nodes import hints_of_page
from archiver.describe.surroundings import DATED, Head, head_of, lines_around
from archiver.model.article import Block, BlockKind
from archiver.model.document import Context, Document, RawBlock
from archiver.model.verdict import Category, Fate

#: A longer heading is a text set in large type.
_HEADING_CHARS = 250
_FIELD_OF_KIND = {
    BlockKind.HEADLINE: "title",
    BlockKind.STANDFIRST: "description",
    BlockKind.BYLINE: "byline",
    BlockKind.DATE: "date",
    BlockKind.DATELINE: "dateline",
    BlockKind.SOURCE: "publisher",
    BlockKind.NOTE: "correction",
}


#: Where no byline of the article stands: menus, and figures, which name the maker of a picture or a sound.
_NO_BYLINE = Context.NAV | Context.BUTTON | Context.FIGURE
#: A scheme other than those under which pages are published (RFC 3986 section 3.1): ``javascript:``, ``file:`` …
_NO_PAGE = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
#: Classes and ids of the part of a page where readers speak.
_COMMENTS = re.compile(
    r"(?:^|[ /_])(?<!no-)(?:comments?|commentlist|comment-(?:list|form|body|author|content|respond|wrap)\w*|"
    r"comments-\w+|respond|reply|replies|disqus\w*|kommentare?|comentarios?|trackbacks?|pingbacks?)(?=$|[ /_])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value for one field, as the source has it."""

    field: str
    value: str
    origin: str
    """``given:title``, ``json-ld:NewsArticle.headline``, ``text:#char=0,42``, ``html:/html/body/h1`` …"""
    by_head: bool = False
    """It is markup of the visible page that stands between headline and text."""
    aside: bool = False
    """It stands among comments, in a menu or in a figure."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """All candidates of one article, in the order in which the source has them."""

    items: tuple[Candidate, ...]
    _by_field: dict[str, list[Candidate]] = dataclass_field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for item in self.items:
            self._by_field.setdefault(item.field, []).append(item)

    def of(self, field: str, *origins: str) -> tuple[Candidate, ...]:
        """Return the candidates for ``field`` whose origin begins with one of ``origins``, in their order."""
        own = self._by_field.get(field, [])
        if not origins:
            return tuple(own)
        return tuple(item for origin in origins for item in own if item.origin.startswith(origin))

    def first(self, field: str, *origins: str) -> Candidate | None:
        """Return the first candidate of :meth:`of`, or None."""
        found = self.of(field, *origins)
        return found[0] if found else None


def gather(
    document: Document, blocks: Sequence[Block], given: Mapping[str, object], *, url: str | None = None
) -> Candidates:
    """Collect what came beside the text (``given``, ``url``), what the markup hints at and what the blocks say."""
    address = (Candidate("address", url, "url"),) if url else ()
    head = head_of(document, blocks)
    hints, lines = _from_hints(document, blocks, head, url), _from_blocks(document, blocks, head)
    return Candidates((*_from_given(given), *address, *hints, *lines))


def place_of(document: Document, block: Block) -> str:
    """Return where a block stands, as provenance writes it."""
    if block.span is not None:
        return f"text:#char={block.span.start},{block.span.end}"
    return f"html:{block.path}" if document.media_type != "text/plain" else f"text:block {block.index}"


def _from_given(given: Mapping[str, object]) -> Iterator[Candidate]:
    for field, value in given.items():
        values = value if isinstance(value, list) else [value]
        for item in values:
            text = item.get("name") if isinstance(item, Mapping) else item
            if isinstance(text, str | int) and not isinstance(text, bool) and str(text).strip():
                yield Candidate(_GIVEN_FIELDS.get(field, field), " ".join(str(text).split()), f"given:{field}")


_GIVEN_FIELDS = {"authors": "author", "keywords": "keyword"}


def _from_hints(document: Document, blocks: Sequence[Block], above: Head, url: str | None) -> Iterator[Candidate]:
    head = {block.path for block in above.blocks if block.path}
    # An element can hold the whole line, or be a part of it.
    around = head | {path.rpartition("/")[0] for path in head}
    places = {block.path: block for block in document.blocks if block.path}
    headlines = [block.text for block in blocks if block.kind is BlockKind.HEADLINE and block.fate is Fate.KEPT]
    for hint in hints_of_page(document.hints, headlines=headlines, address=url):
        value = " ".join(hint.value.split())
        if not value or (hint.field == "canonical_url" and _NO_PAGE.match(value)):
            continue
        aside = hint.field == "author" and bool(hint.path) and _is_aside(_block_at(hint.path, places))
        yield Candidate(hint.field, value, hint.origin, _stands_in(hint.path, head, around), aside)


def _block_at(path: str, places: Mapping[str, RawBlock]) -> RawBlock | None:
    """The block that the element at ``path`` is, stands in, or begins."""
    above = path
    while above.count("/") > 2:
        if above in places:
            return places[above]
        above = above.rpartition("/")[0]
    inside = path + "/"
    return next((block for own, block in places.items() if own.startswith(inside)), None)


def _is_aside(block: RawBlock | None) -> bool:
    if block is None:
        return False
    return bool(block.context & _NO_BYLINE) or bool(_COMMENTS.search(block.names.rpartition("/")[0]))


def _stands_in(path: str, head: set[str], around: set[str]) -> bool:
    while path.count("/") > 2:
        if path in head:
            return True
        path = path.rpartition("/")[0]
        if path in around and path not in head:
            return True
    return False


def _from_blocks(document: Document, blocks: Sequence[Block], head: Head) -> Iterator[Candidate]:
    for block in blocks:
        if block.kind in DATED and block.fate is Fate.KEPT:
            yield Candidate("dated", block.text, place_of(document, block), by_head=head.is_below(block))
            if block.kind is BlockKind.BYLINE:
                yield Candidate("stamped", block.text, place_of(document, block))
    for line, block in lines_around(document, blocks, head):
        yield Candidate(line, block.text, place_of(document, block), by_head=head.is_below(block))
    for block in blocks:
        field = _FIELD_OF_KIND.get(block.kind) if block.fate is Fate.KEPT else None
        if block.level and field != "title" and len(block.text) <= _HEADING_CHARS:
            yield Candidate("heading", block.text, place_of(document, block))
        if field == "title":
            yield Candidate(field, block.text, place_of(document, block), by_head=block.level == 1)
            yield from _behind_title(document, block)
        elif field:
            aside = field == "byline" and block.index < len(document.blocks) and _is_aside(document.blocks[block.index])
            by_head = head.holds(block) if field == "byline" else head.is_below(block)
            yield Candidate(field, block.text, place_of(document, block), by_head, aside)
        elif block.category is Category.COPYRIGHT:
            yield Candidate("rights", block.text, place_of(document, block))
        elif block.category is Category.PAYWALL:
            yield Candidate("paywalled", "true", place_of(document, block))


def _behind_title(document: Document, headline: Block) -> Iterator[Candidate]:
    """What stands in the element of the headline behind the title, as the markup gives it: often the day."""
    titles = [hint.value for hint in document.hints if hint.field in ("title", "headline")]
    title = max((title for title in titles if headline.text.startswith(title + " ")), key=len, default="")
    if title:
        yield Candidate("dated", headline.text[len(title) :].strip(), place_of(document, headline), by_head=True)
