"""Names within a TEI file: each begins with the id of the article, so that none repeats in a corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.tei.markup import fragment, pointer

if TYPE_CHECKING:
    from archiver.model.article import Block
    from archiver.model.metadata import Metadata
    from archiver.model.verdict import Category

#: What follows the id of the article in the xml:id of the software, target of @resp and @who.
AGENT = "resp-archiver"
#: The same of the taxonomy; a category is this, a full stop and its name.
TAXONOMY = "bp"


@dataclass(frozen=True, slots=True)
class Ids:
    """The xml:ids of one article, and pointers to them and into its source."""

    article: str
    record: str
    """URI of the WARC record that holds the source; empty if its id is no URI."""

    @property
    def agent(self) -> str:
        """The xml:id of the software."""
        return f"{self.article}.{AGENT}"

    @property
    def taxonomy(self) -> str:
        """The xml:id of the taxonomy of boilerplate."""
        return f"{self.article}.{TAXONOMY}"

    def kept(self, index: int) -> str:
        """Return the xml:id of a kept block."""
        return f"{self.article}.p{index}"

    def removed(self, index: int) -> str:
        """Return the xml:id of the record of a removed block."""
        return f"{self.article}.rm{index}"

    def gap(self, index: int) -> str:
        """Return the xml:id of the gap that begins with a removed block."""
        return f"{self.article}.gap{index}"

    def category(self, category: Category | None) -> str | None:
        """Return the pointer to a category of the taxonomy."""
        return None if category is None else f"#{self.taxonomy}.{category.value}"

    def place(self, block: Block) -> str | None:
        """Return where a block stands in its source.

        RFC 5147 for text, the xpath() scheme of TEI P5, 17.2.4, for HTML; None if no place is known.
        """
        if block.span is not None:
            return f"{self.record}#char={block.span.start},{block.span.end}"
        if block.path:
            return f"{self.record}#xpath({fragment(block.path)})"
        return None


def ids_of(metadata: Metadata) -> Ids:
    """Return the names for the TEI of an article."""
    return Ids(metadata.id, pointer(metadata.source.warc_record_id) or "")
