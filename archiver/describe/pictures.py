"""The pictures of an article: captions, credits, addresses."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.describe.candidates import Candidates
from archiver.describe.formats import to_uri
from archiver.model.article import Block, BlockKind
from archiver.model.metadata import Image
from archiver.model.verdict import Fate
from archiver.wording.credits import trailing_credit


def pictures(blocks: Sequence[Block], candidates: Candidates) -> tuple[Image, ...]:
    """Return one picture a caption (its credit from its own end or the block behind it), then the page's lead image."""
    kept = [block for block in blocks if block.fate is Fate.KEPT]
    images: list[Image] = []
    for place, block in enumerate(kept):
        if block.kind is not BlockKind.CAPTION:
            continue
        credit = trailing_credit(block.text)
        follower = kept[place + 1] if place + 1 < len(kept) else None
        if credit is None and follower is not None and follower.kind is BlockKind.CREDIT:
            credit = follower.text
        images.append(Image(url=_address(block.resource), caption=block.text, credit=credit))
    known = {image.url for image in images}
    lead = next(filter(None, (to_uri(item.value) for item in candidates.of("image"))), None)
    if lead and lead not in known:
        images.append(Image(url=lead))
    return tuple(images)


def _address(url: str | None) -> str | None:
    return to_uri(url) if url else None
