"""What a page as a whole looks like: sums by element, groups of equal blocks, the best container."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.clean.html_words import mask_of
from archiver.model.document import Context, Document, RawBlock

_STOPS = re.compile(r"[.!?…。！？।؟]")
_ENDS = tuple(".!?…。！？।؟\"”»’')")
_NOT_WORD = re.compile(r"\W+")
#: Shorter blocks are no evidence of running text.
_PROSE_CHARS = 60
_TAGS = {"p": 1, "div": 2, "li": 3, "h1": 4, "h2": 5, "h3": 6, "h4": 7, "h5": 8, "h6": 9, "tr": 10, "td": 11,
         "figcaption": 12, "blockquote": 13, "pre": 14, "section": 15, "article": 16, "dt": 17, "dd": 18, "nav": 19,
         "button": 20, "footer": 21, "header": 22, "body": 23, "a": 24}  # fmt: skip
_PAGE_FIELDS = frozenset({"title", "headline", "description"})


@dataclass(slots=True)
class Sums:
    """Totals over the blocks of one element or one signature."""

    count: int = 0
    chars: int = 0
    links: int = 0
    prose: int = 0
    first: int = -1
    """Index of the first block."""

    def add(self, facts: Facts) -> None:
        """Count one more block."""
        if self.first < 0:
            self.first = facts.index
        self.count += 1
        self.chars += facts.chars
        self.links += facts.links
        self.prose += facts.prose

    @property
    def link_share(self) -> int:
        """Links in thousandths of the characters."""
        return self.links * 1000 // self.chars if self.chars else 0


@dataclass(slots=True)
class Facts:
    """One block in figures."""

    index: int
    chars: int
    words: int
    links: int
    """Characters of link text."""
    share: int
    """The same in thousandths."""
    stops: int
    """Marks that end sentences."""
    ends: int
    """1 if it ends like a sentence."""
    prose: int
    """Characters that count as running text, 0 for what does not look like it."""
    tag: int
    context: int
    parent: str
    """XPath of the element around."""
    grandparent: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page in figures; made once for each document."""

    blocks: Sequence[RawBlock]
    facts: tuple[Facts, ...]
    parents: dict[str, Sums]
    grandparents: dict[str, Sums]
    signatures: dict[str, Sums]
    best: str
    """XPath of the element that holds most of the running text, empty if there is none."""
    best_context: int
    best_depth: int
    """Levels of class and id names around the best element."""
    dominant: str
    """Signature with most running text in the best element."""
    h1: int
    """Index of the heading that is the headline, -1 if there is none."""
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    news: int
    """2 where the page calls itself a news article, 1 an article, else 0."""


def level(text: str) -> str:
    """Return the letters and digits of ``text``, case folded and parted by single spaces, to compare wordings."""
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def read_page(document: Document) -> Page:
    """Return the figures of the page that ``document`` was read from."""
    blocks = document.blocks
    facts = tuple(_facts(index, block) for index, block in enumerate(blocks))
    parents: dict[str, Sums] = {}
    grandparents: dict[str, Sums] = {}
    signatures: dict[str, Sums] = {}
    for block, fact in zip(blocks, facts, strict=True):
        for table, key in ((parents, fact.parent), (grandparents, fact.grandparent), (signatures, block.signature)):
            sums = table.get(key)
            if sums is None:
                sums = table[key] = Sums()
            sums.add(fact)
    best = _best(parents, facts)
    inside = [fact for fact in facts if fact.parent == best] or [fact for fact in facts if fact.grandparent == best]
    common = _common_context(inside)
    texts = _texts(document)
    return Page(
        blocks=blocks,
        facts=facts,
        parents=parents,
        grandparents=grandparents,
        signatures=signatures,
        best=best,
        best_context=common,
        best_depth=min((blocks[fact.index].names.count("/") + 1 for fact in inside), default=0),
        dominant=_dominant(blocks, inside),
        h1=_headline(blocks, facts, texts["title"], best),
        titles=texts["title"],
        descriptions=texts["description"],
        news=_news(document),
    )


def _facts(index: int, block: RawBlock) -> Facts:
    text = block.text
    chars = len(text)
    links = block.link_chars
    share = links * 1000 // chars if chars else 0
    stops = len(_STOPS.findall(text))
    ends = 1 if text.endswith(_ENDS) else 0
    prose = 0
    if chars >= _PROSE_CHARS and share < 500 and (stops or chars >= 3 * _PROSE_CHARS) and not block.level:
        prose = chars - 2 * links if links * 2 < chars else 0
    parent = block.path.rpartition("/")[0]
    return Facts(
        index=index,
        chars=chars,
        words=text.count(" ") + 1,
        links=links,
        share=share,
        stops=stops,
        ends=ends,
        prose=prose,
        tag=_TAGS.get(block.tag, 0),
        context=int(block.context),
        parent=parent,
        grandparent=parent.rpartition("/")[0],
    )


def _best(parents: dict[str, Sums], facts: Sequence[Facts]) -> str:
    """The element with most credit: its own running text, and half of that of the elements in it."""
    credit: dict[str, int] = {}
    for fact in facts:
        if fact.prose and not fact.context & (Context.NAV | Context.FOOTER).value:
            weight = fact.prose // 4 if fact.context & Context.ASIDE.value else fact.prose
            credit[fact.parent] = credit.get(fact.parent, 0) + 2 * weight
            credit[fact.grandparent] = credit.get(fact.grandparent, 0) + weight
    best, most = "", 0
    for path, whole in credit.items():
        sums = parents.get(path)
        points = whole - whole * (sums.link_share if sums else 0) // 1000
        if points > most:
            best, most = path, points
    return best


def _common_context(inside: Sequence[Facts]) -> int:
    common = -1
    for fact in inside:
        if fact.prose:
            common &= fact.context
    return max(common, 0)


def _dominant(blocks: Sequence[RawBlock], inside: Sequence[Facts]) -> str:
    prose: dict[str, int] = {}
    for fact in inside:
        key = blocks[fact.index].signature
        prose[key] = prose.get(key, 0) + fact.prose
    return max(prose, key=lambda key: prose[key]) if prose else ""


def _texts(document: Document) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {"title": [], "description": []}
    for hint in document.hints:
        if hint.field in _PAGE_FIELDS:
            values = found["description" if hint.field == "description" else "title"]
            value = level(hint.value)
            if len(value) > 3 and value not in values:
                values.append(value)
    return {field: tuple(values[:6]) for field, values in found.items()}


def _headline(blocks: Sequence[RawBlock], facts: Sequence[Facts], titles: Sequence[str], best: str) -> int:
    """The heading that says what the title hints say; else the last h1 before the text; else the first h1."""
    start = next((fact.index for fact in facts if fact.parent == best and fact.prose), len(blocks))
    choice, points = -1, 0
    for fact in facts:
        block = blocks[fact.index]
        if fact.chars > 400 or not (block.level or fact.index < start):
            continue
        match = title_match(level(block.text), titles)
        if not (match or block.level == 1):
            continue
        score = match * 4 + (3 if block.level == 1 else 2 if block.level else 0) + (1 if fact.index <= start else 0)
        if score > points:
            choice, points = fact.index, score
    return choice if points >= 3 else -1


def title_match(text: str, titles: Sequence[str]) -> int:
    """2 if ``text`` (levelled) is one of the titles, 1 if one holds the other almost whole, else 0."""
    match = 0
    for title in titles:
        if text == title:
            return 2
        if len(text) >= 15 and (title.startswith(text) or (len(title) >= 15 and text.startswith(title))):
            match = 1
    return match


def description_match(text: str, descriptions: Sequence[str]) -> int:
    """3 if ``text`` (levelled) is a description, 2 if one starts the other, 1 if one holds the other, else 0."""
    match = 0
    if len(text) < 25:
        return 0
    for description in descriptions:
        if text == description:
            return 3
        if len(description) < 25:
            continue
        stem = description[:-12] if len(description) > 60 else description
        if text.startswith(stem) or description.startswith(text):
            match = max(match, 2)
        elif text in description or description in text:
            match = max(match, 1)
    return match


def _news(document: Document) -> int:
    rank = 0
    for hint in document.hints:
        if hint.field == "article_type":
            name = hint.value.lower()
            if "newsarticle" in name:
                return 2
            if name.endswith(("article", "posting")):
                rank = 1
    return rank


def relative_mask(names: str, depth: int) -> tuple[int, int]:
    """Return the word groups of the nearest element with names, and of all elements inside the best one."""
    if not names:
        return 0, 0
    levels = names.split("/")
    inside = levels[: max(len(levels) - depth, 0)]
    mask = 0
    for label in inside:
        mask |= mask_of(label)
    return mask_of(levels[0]), mask
