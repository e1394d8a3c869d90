"""The story of one article, on one page.

A source is parsed to blocks, its language is told, every block is judged, a description is
gathered and checked. What cannot be an article leaves as a typed error.
"""

from __future__ import annotations

from collections.abc import Sequence

from archiver.clean.judge import holds_article, judge
from archiver.describe.describe import describe
from archiver.errors import InvalidDescriptionError, NoArticleError
from archiver.model.article import Article, Block
from archiver.model.document import Document
from archiver.model.source import Source
from archiver.parse.source import parse_source
from archiver.pipeline.tools import Tools
from archiver.wording.language import LanguageGuess, detect_language, normalise_tag

#: Blocks shorter than this say little about the language of the text.
_TELLING_CHARS = 60
#: As much text as the detector looks at.
_ENOUGH_CHARS = 4000


def make_article(source: Source, tools: Tools, *, text: str | None = None) -> Article:
    """Return the judged and described article of ``source``.

    Raises the ArticleError that fits: what parsing raises, NoArticleError where nothing of the text
    is an article, InvalidDescriptionError with every finding of the schema.
    """
    document = parse_source(source, text=text)
    language = language_of(document, tools.language)
    matcher = tools.rules.matcher((language.tag,))
    judged = judge(document, matcher, language=language.tag, profile=tools.profile)
    blocks = judged.blocks
    row = tools.row_for(source)
    metadata = describe(source, document, blocks, language=language, row=row)
    article = Article(
        blocks=blocks,
        metadata=metadata,
        profile=tools.profile,
        rules_digest=tools.rules.digest,
        notices=(*source.notices, *document.notices, *judged.notices),
        unseen_chars=document.unseen_chars,
    )
    if not holds_article(blocks):
        raise no_article(source, blocks)
    if tools.validator is not None:
        findings = tools.validator.check(metadata.to_dict(), file=source.path)
        if findings:
            raise InvalidDescriptionError(
                f"its description has {len(findings)} fault(s): {findings[0].message}",
                place=source.path,
                advice="supply what is missing in a metadata file (--metadata)",
                findings=findings,
            )
    return article


def no_article(source: Source, blocks: Sequence[Block]) -> NoArticleError:
    """Return the error that tells that ``source`` was judged, and nothing of it is an article."""
    return NoArticleError(
        f"nothing of its {len(blocks)} blocks is the text of an article",
        place=source.path,
        advice="if it should be one, give its text as a file of its own",
    )


def language_of(document: Document, vouched: str | None) -> LanguageGuess:
    """Return the language that the archivist vouches for, or else what the long blocks of the text tell."""
    if vouched:
        tag = normalise_tag(vouched)
        if tag:
            return LanguageGuess(tag, "high", "given by the archivist", given=True)
    declared = next((hint.value for hint in document.hints if hint.field == "language"), None)
    telling = [block.text for block in document.blocks if len(block.text) >= _TELLING_CHARS]
    telling = telling or [block.text for block in document.blocks]
    return detect_language(" ".join(telling)[:_ENOUGH_CHARS], declared=declared)
