"""A judged and described article."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archiver.model.document import Notice, Span
from archiver.model.metadata import Metadata
from archiver.model.verdict import Category, Fate, Profile, Verdict


class BlockKind(StrEnum):
    """What a block is. Body and furniture are kept; only leftovers are removed."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATE = "date"
    DATELINE = "dateline"
    SOURCE = "source"
    """Names the publisher."""
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE = "table"
    """One row; cells are separated by a tab."""
    CAPTION = "caption"
    CREDIT = "credit"
    NOTE = "note"
    """Correction, clarification, editor's note."""
    AUTHOR_NOTE = "author_note"
    LABEL = "label"
    """Section name, kicker, keyword: a short line about the article, not of its text."""
    LEFTOVER = "leftover"


#: Kinds that are the body as a reader reads it; the rest of what is kept is furniture.
BODY_KINDS = frozenset(
    {
        BlockKind.STANDFIRST,
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.LIST_ITEM,
        BlockKind.QUOTE,
        BlockKind.TABLE,
    }
)


@dataclass(frozen=True, slots=True)
class Block:
    """One block with its one fate."""

    index: int
    """Place in reading order, from 0."""
    kind: BlockKind
    text: str
    fate: Fate
    rule: str | None
    """Id and version of the rule that decided, None where no rule spoke."""
    category: Category | None
    """Why it was removed; None for what is kept."""
    evidence: str
    span: Span | None = None
    path: str = ""
    tag: str = "line"
    level: int = 0
    group: int = 0
    resource: str | None = None
    doubtful: bool = False
    """Kept, although some evidence spoke against it."""
    verdicts: tuple[Verdict, ...] = ()
    """All that was said, strongest first."""


@dataclass(frozen=True, slots=True)
class Article:
    """The whole of one input: every block with its fate, and the description."""

    blocks: tuple[Block, ...]
    metadata: Metadata
    profile: Profile
    rules_digest: str
    """SHA-256 of the rule set in force, hexadecimal."""
    notices: tuple[Notice, ...] = ()
    unseen_chars: int = 0

    @property
    def kept(self) -> tuple[Block, ...]:
        """Body and furniture, in order."""
        return tuple(block for block in self.blocks if block.fate is Fate.KEPT)

    @property
    def removed(self) -> tuple[Block, ...]:
        """Leftovers, in order."""
        return tuple(block for block in self.blocks if block.fate is Fate.REMOVED)

    @property
    def body(self) -> tuple[Block, ...]:
        """The kept blocks that a reader reads as the text of the article."""
        return tuple(block for block in self.blocks if block.fate is Fate.KEPT and block.kind in BODY_KINDS)

    @property
    def text(self) -> str:
        """The body, one block a line."""
        return "\n".join(block.text for block in self.body)

    @property
    def title(self) -> str | None:
        """The title of the description, None if the source tells none."""
        return self.metadata.title
