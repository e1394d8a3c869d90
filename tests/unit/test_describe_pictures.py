"""Pictures: captions, credits, addresses."""

from __future__ import annotations

from archiver.describe.candidates import Candidate, Candidates
from archiver.describe.pictures import pictures
from archiver.model.article import Block, BlockKind
from archiver.model.metadata import Image
from archiver.model.verdict import Category, Fate

NOTHING = Candidates(())
LEAD = Candidates(
    (Candidate("image", "no address", "meta:x"), Candidate("image", "https://example.org/a.jpg", "meta:x"))
)


def block(kind: BlockKind, text: str, *, resource: str | None = None, kept: bool = True) -> Block:
    category = None if kept else Category.RELATED
    return Block(0, kind, text, Fate.KEPT if kept else Fate.REMOVED, "r@1", category, "seen", resource=resource)


def test_a_caption_ends_with_its_credit() -> None:
    caption = "The tower at dusk. Photograph: Jane Doe"
    assert pictures([block(BlockKind.CAPTION, caption)], NOTHING) == (
        Image(caption=caption, credit="Photograph: Jane Doe"),
    )


def test_a_credit_may_stand_in_the_block_behind() -> None:
    blocks = [
        block(BlockKind.CAPTION, "The tower at dusk", resource="https://example.org/t.jpg"),
        block(BlockKind.LEFTOVER, "Share", kept=False),
        block(BlockKind.CREDIT, "Jane Doe"),
    ]
    assert pictures(blocks, NOTHING) == (
        Image(url="https://example.org/t.jpg", caption="The tower at dusk", credit="Jane Doe"),
    )


def test_a_paragraph_behind_a_caption_is_no_credit() -> None:
    blocks = [block(BlockKind.CAPTION, "The tower at dusk"), block(BlockKind.PARAGRAPH, "Words.")]
    assert pictures(blocks, NOTHING) == (Image(caption="The tower at dusk"),)


def test_removed_captions_are_no_pictures_of_the_article() -> None:
    assert pictures([block(BlockKind.LEFTOVER, "Old tower", kept=False)], NOTHING) == ()


def test_the_lead_picture_is_added_unless_a_caption_has_it() -> None:
    lead = "https://example.org/a.jpg"
    assert pictures([], LEAD) == (Image(url=lead),)
    assert pictures([block(BlockKind.CAPTION, "Tower", resource=lead)], LEAD) == (Image(url=lead, caption="Tower"),)
    other = block(BlockKind.CAPTION, "Tower", resource="not an address")
    assert pictures([other], LEAD) == (Image(caption="Tower"), Image(url=lead))
