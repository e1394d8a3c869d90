"""What the trained models weighed in each block, for a person who asks."""

from __future__ import annotations

from archiver.clean import structure, text_score
from archiver.clean.match import Matcher
from archiver.clean.text_parts import text_parts
from archiver.model.document import Document
from archiver.model.verdict import Profile


def weights_of(
    document: Document, matcher: Matcher, *, language: str, profile: Profile
) -> dict[int, tuple[tuple[str, int], ...]]:
    """Return, by index, what each group of features adds to the score of a block, the largest part first.

    Parts are thousandths of log-odds: above 0 they speak for article text. Blocks that no model was
    asked about are not in it.
    """
    if document.media_type == "text/plain":
        return text_score.score_parts(text_parts(document, matcher, language=language).lines)
    return structure.score_parts(document, profile=profile)
