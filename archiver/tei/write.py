"""An article as TEI P5: header, record of removals, text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.errors import InvalidDescriptionError
from archiver.tei.body import removed_runs, write_body
from archiver.tei.header import Making, characters_note, write_header
from archiver.tei.ids import ids_of
from archiver.tei.markup import replace_illegal
from archiver.tei.source import language_tag
from archiver.tei.standoff import certainty_of, removed_entry, write_standoff

if TYPE_CHECKING:
    from archiver.model.article import Article
    from archiver.tei.header import TeiContext

#: An id is an NCName with which every other xml:id of the file begins; see ``canon.content_id``.
_ID = re.compile(r"a-[0-9a-f]+", re.ASCII)
#: The version of the guidelines whose tei_all the file is valid against.
TEI_VERSION = "4.5.0"


def write_tei(article: Article, context: TeiContext) -> bytes:
    """Return ``article`` as TEI P5 in UTF-8, valid against tei_all and against schemas/tei-article.rng.

    The same article and context give the same bytes. A code point that XML 1.0 cannot hold becomes
    U+FFFD, and the header counts them. Raises InvalidDescriptionError if the id of the article is
    not ``a-`` and hexadecimal digits.
    """
    identifier = article.metadata.id
    if not _ID.fullmatch(identifier):
        raise InvalidDescriptionError(
            f"the id {identifier!r} cannot stand in TEI",
            place=article.metadata.source.path,
            advice="an id is a- and hexadecimal digits",
        )
    ids = ids_of(article.metadata)
    making = Making(
        len(article.text), article.unseen_chars, article.rules_digest, article.profile.value, article.notices
    )
    before, after = write_header(article.metadata, making, context)
    before, in_header = replace_illegal(f"{beginning(identifier)}{before}")
    runs = [[(removed_entry(block, ids), certainty_of(block)) for block in run] for run in removed_runs(article)]
    after, in_rest = replace_illegal(
        f"{after}{write_standoff(runs, ids)}"
        f'  <text xml:lang="{language_tag(article.metadata)}">\n    <body>\n'
        f"{write_body(article, ids)}    </body>\n  </text>\n</TEI>\n"
    )
    return f"{before}{characters_note(in_header + in_rest)}{after}".encode()


def beginning(identifier: str) -> str:
    """Return what stands before the header of the article with this id."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{identifier}" version="{TEI_VERSION}">\n'
    )
