"""What a block of a page is: headline, standfirst, byline, date, caption, credit, or a part of the body."""

from __future__ import annotations

import re

from archiver.clean.html_hints import description_match, level, title_match
from archiver.clean.html_page import MENUS, Page
from archiver.clean.html_words import GROUPS, mask_of
from archiver.model.article import BlockKind
from archiver.model.document import Context, Document, RawBlock

_NAME_CHARS = 120
_DATE_CHARS = 90
_CAPTION_CHARS = 700
_CREDIT_CHARS = 90
_STANDFIRST_CHARS = 900
_MOSTLY_LINKS = 500
_SAME = 3
#: Signs that a line of names can have besides letters.
_SIGNS = 30
#: Byline and date stand at most so many blocks from headline or first paragraph.
_NEAR = 8
_BIT = {name: 1 << bit for bit, name in enumerate(GROUPS)}
_AUTHOR, _DATE, _CAPTION = _BIT["author"], _BIT["date"], _BIT["caption"]
_FIGURE, _LIST, _QUOTE, _TABLE = (each.value for each in (Context.FIGURE, Context.LIST, Context.QUOTE, Context.TABLE))
_DIGIT = re.compile(r"\d")
_CREDIT = re.compile(
    r"(?:©|\(c\)|(?:photo|foto|bild|image|picture|fotos|photos|crédit|credit)\b\s*[:/©])", re.IGNORECASE
)


def body_kind(block: RawBlock) -> BlockKind:
    """Return what ``block`` is as a part of the body, by its markup alone."""
    if block.level:
        return BlockKind.HEADING
    if block.tag == "tr":
        return BlockKind.TABLE
    context = int(block.context)
    if context & _LIST:
        return BlockKind.LIST_ITEM
    return BlockKind.QUOTE if context & _QUOTE else BlockKind.PARAGRAPH


class Kinds:
    """Kinds of the blocks of one page, from its markup and its hints."""

    def __init__(self, document: Document, page: Page) -> None:
        self._blocks = document.blocks
        self._page = page
        self._menus = MENUS & ~page.best_context
        self._authors = {level(hint.value) for hint in document.hints if hint.field == "author"} - {""}
        self._longest = 3 * max(map(len, self._authors), default=0) + _SIGNS
        self._times = tuple(
            {hint.path for hint in document.hints if hint.path and hint.field in ("published", "modified")}
        )
        self._start, self._end = page.start, page.end
        self._head = min(page.h1, self._start) if page.h1 >= 0 else self._start

    def kind_of(self, index: int, kept: bool) -> BlockKind | None:
        """Return the kind of a block that is kept, None for one that is not."""
        page, head = self._page, self._head
        if index == page.h1:
            return BlockKind.HEADLINE
        if not kept and not head - _NEAR <= index <= self._end + 2:
            return None
        block = self._blocks[index]
        if page.context[index] & self._menus:
            return body_kind(block) if kept else None
        own = mask_of(block.names.partition("/")[0]) if block.names else 0
        if head - 2 <= index <= self._end + 1 and (caption := self._caption(index, block, own)):
            return caption
        if self._near_start(index):
            if self._is_byline(block, own):
                return BlockKind.BYLINE
            if self._is_date(block, own, kept):
                return BlockKind.DATE
        if not kept:
            return None
        if self._is_standfirst(index, block):
            return BlockKind.STANDFIRST
        if block.level and title_match(level(block.text), page.hints.titles) == 2:
            return BlockKind.HEADLINE
        return body_kind(block)

    def stated_standfirst(self) -> int | None:
        """Return the block between headline and text that is word for word the description of the page, if any."""
        page = self._page
        if page.h1 < 0 or not page.hints.descriptions:
            return None
        for index in range(page.h1 + 1, min(self._start + 2, len(page))):
            if page.chars[index] > _STANDFIRST_CHARS or page.share[index] >= _MOSTLY_LINKS:
                continue
            if description_match(level(self._blocks[index].text), page.hints.descriptions) == _SAME:
                return index
        return None

    def _near_start(self, index: int) -> bool:
        return (
            self._head - 3 <= index <= self._start + 1
            or 0 <= index - self._end <= 2
            or abs(index - self._head) <= _NEAR
        )

    def _caption(self, index: int, block: RawBlock, own: int) -> BlockKind | None:
        context = self._page.context[index]
        figure = context & _FIGURE > 0 or block.tag == "figcaption"
        if not figure and not own & _CAPTION:
            return None
        chars = self._page.chars[index]
        if chars > _CAPTION_CHARS or block.level or block.link_chars * 2 > chars or context & _TABLE:
            return None
        if not figure and self._page.signature[index] == self._page.dominant:
            return None
        if chars <= _CREDIT_CHARS and _CREDIT.match(block.text):
            return BlockKind.CREDIT
        return BlockKind.CAPTION if figure or chars <= _CAPTION_CHARS // 2 else None

    def _is_byline(self, block: RawBlock, own: int) -> bool:
        text = block.text
        if len(text) > _NAME_CHARS or block.level in (1, 2):
            return False
        if self._authors and len(text) <= self._longest:
            levelled = level(text)
            if levelled in self._authors:
                return True
            named = [len(author) for author in self._authors if author in levelled]
            if named and max(named) > 4 and len(levelled) <= 3 * max(named):
                return True
        return bool(own & _AUTHOR) and not text.endswith((".", "!", "?")) and text.count(" ") < 10

    def _is_date(self, block: RawBlock, own: int, kept: bool) -> bool:
        text = block.text
        if len(text) > _DATE_CHARS or block.level or not _DIGIT.search(text):
            return False
        if any(path == block.path or path.startswith(block.path + "/") for path in self._times):
            return True
        return bool(own & _DATE) and not kept

    def _is_standfirst(self, index: int, block: RawBlock) -> bool:
        if index > self._start + 1 or block.tag in ("li", "tr"):
            return False
        if description_match(level(block.text), self._page.hints.descriptions) >= 2:
            return True
        outside = index < self._start and self._page.signature[index] != self._page.dominant
        return outside and (self._page.h1 < 0 or index > self._page.h1) and len(block.text) >= 40
