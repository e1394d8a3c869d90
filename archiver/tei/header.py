"""The TEI header: what the file is, what it was made from, and what was done to the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.errors import RecipeError
from archiver.model.verdict import CATEGORY_TEXT
from archiver.tei.dates import date_element, is_instant
from archiver.tei.ids import AGENT, TAXONOMY
from archiver.tei.markup import element, escape, start, text_element
from archiver.tei.source import language_tag, responsibilities, source_description, title_element, unknown
from archiver.version import __version__

if TYPE_CHECKING:
    from archiver.model.document import Notice
    from archiver.model.metadata import Metadata

_NORMALIZATION = (
    "White space between blocks was dropped, characters that XML 1.0 cannot hold became U+FFFD (a note counts them "
    "where there were any); nothing else was changed, and no Unicode normalization form was imposed. Dates stand in "
    "the wording of the source, with their value in attributes."
)
_SEGMENTATION = (
    "One block of the source is one element; the number in its xml:id is the number of the block in reading order, "
    "counted from 0 and over what was removed as well; its source attribute points to where it stands there."
)
_INTERPRETATION = (
    "Each removal is marked by gap with the reason editorial, and recorded verbatim in standOff. What was kept "
    "although some evidence spoke against it has the cert value low."
)


@dataclass(frozen=True, slots=True)
class TeiContext:
    """What the header tells and the article does not know.

    ``date`` is the instant of the run, xsd:dateTime with time zone (``2026-11-21T08:00:00Z``).
    Raises RecipeError if it is not.
    """

    date: str
    publisher: str | None = None
    """The archive that publishes the file; None if the recipe names none."""
    rules_version: str = ""
    """Version of the rule set; its digest is in the article."""

    def __post_init__(self) -> None:
        if not is_instant(self.date):
            raise RecipeError(
                f"the date of the run is no instant: {self.date!r}",
                advice="give an ISO 8601 date with time and zone, such as 2026-11-21T08:00:00Z",
            )


@dataclass(frozen=True, slots=True)
class Making:
    """How the text of an article was made, as far as the header tells and the description does not."""

    characters: int
    """Of the text, code points."""
    unseen_chars: int
    rules_digest: str
    profile: str
    notices: tuple[Notice, ...] = ()


def write_header(metadata: Metadata, making: Making, context: TeiContext) -> tuple[str, str]:
    """Return the ``teiHeader`` in two parts; between them further ``note`` elements of ``notesStmt`` may stand."""
    before = "\n".join(
        [
            '  <teiHeader xml:lang="en">',
            "    <fileDesc>",
            *_title_statement(metadata),
            *_extent(metadata, making),
            *_publication_statement(metadata, context),
            "      <notesStmt>",
            *_notes(metadata, making),
        ]
    )
    after = "\n".join(
        [
            "      </notesStmt>",
            *source_description(metadata),
            "    </fileDesc>",
            "    <encodingDesc>",
            *_editorial_declaration(making, context),
            _CLASSIFICATION.replace(_ARTICLE, metadata.id),
            _application(context),
            "    </encodingDesc>",
            *_profile(metadata),
            *_revision(metadata, context),
            "  </teiHeader>",
        ]
    )
    return before + "\n", after + "\n"


def _title_statement(metadata: Metadata) -> list[str]:
    return [
        "      <titleStmt>",
        f"        {title_element(metadata, unknown_title=True)}",
        *(f"        {line}" for line in responsibilities(metadata)),
        "        <respStmt>",
        "          <resp>text extraction, removal of boilerplate, TEI encoding</resp>",
        f'          <name type="software" xml:id="{metadata.id}.{AGENT}">archiver {__version__}</name>',
        "        </respStmt>",
        "      </titleStmt>",
    ]


def _extent(metadata: Metadata, making: Making) -> list[str]:
    return [
        "      <extent>",
        f"        {_measure(metadata.word_count, 'words')}",
        f"        {_measure(making.characters, 'characters')}",
        "      </extent>",
    ]


def _measure(quantity: int, unit: str) -> str:
    return f'<measure unit="{unit}" quantity="{quantity}">{quantity} {unit}</measure>'


def _publication_statement(metadata: Metadata, context: TeiContext) -> list[str]:
    publisher = escape(context.publisher) if context.publisher else unknown("archive not named")
    if metadata.rights:
        availability = f"<availability><p>Rights statement of the source: {escape(metadata.rights)}</p></availability>"
    else:
        availability = (
            '<availability status="unknown"><p>The source states no rights; none were evaluated.</p></availability>'
        )
    return [
        "      <publicationStmt>",
        f"        {element('publisher', publisher)}",
        f'        <date when="{context.date}">{context.date}</date>',
        f'        <idno type="archiver">{metadata.id}</idno>',
        f"        {text_element('idno', metadata.text_sha256, (('type', 'sha256'), ('subtype', 'text')))}",
        f"        {availability}",
        "      </publicationStmt>",
    ]


def _notes(metadata: Metadata, making: Making) -> list[str]:
    lines: list[str] = []
    if metadata.provenance:
        lines += ['        <note type="provenance">', '          <list type="gloss">']
        for field, origin in sorted(metadata.provenance.items()):
            lines.append(f"            {text_element('label', field)} {text_element('item', origin)}")
        lines += ["          </list>", "        </note>"]
    if metadata.unknown:
        lines += ['        <note type="unknown">', "          <list>"]
        lines += [f"            {text_element('item', field)}" for field in sorted(metadata.unknown)]
        lines += ["          </list>", "        </note>"]
    for other in metadata.alternatives:
        attributes = (("type", "alternative"), ("subtype", other.field), ("n", other.origin))
        lines.append(f"        {text_element('note', other.value, attributes)}")
    for notice in making.notices:
        lines.append(f"        {text_element('note', notice.message, (('type', 'notice'), ('n', notice.code)))}")
    measure = _measure(making.unseen_chars, "characters")
    lines.append(f'        <note type="unseen">Text of the source that no reader sees: {measure}</note>')
    if metadata.duplicate_of:
        idno = text_element("idno", metadata.duplicate_of, (("type", "archiver"),))
        lines.append(f'        <relatedItem type="duplicate"><bibl>{idno}</bibl></relatedItem>')
    return lines


def characters_note(count: int) -> str:
    """Return the note that tells how many characters of this file XML could not hold; empty for none."""
    if not count:
        return ""
    measure = _measure(count, "characters")
    return f'        <note type="replaced">U+FFFD stands in this file for what XML 1.0 cannot hold: {measure}</note>\n'


def _editorial_declaration(making: Making, context: TeiContext) -> list[str]:
    rules = text_element("idno", context.rules_version, (("type", "rules-version"),))
    digest = text_element("idno", making.rules_digest, (("type", "rules-sha256"),))
    profile = f'<name type="profile">{making.profile}</name>'
    interpretation = (
        f"Boilerplate was removed by rule set {rules} with the digest {digest}, profile {profile}. {_INTERPRETATION}"
    )
    return [
        "      <editorialDecl>",
        "        <correction><p>The text of the source was not corrected.</p></correction>",
        f'        <normalization method="markup"><p>{_NORMALIZATION}</p></normalization>',
        f"        <segmentation><p>{_SEGMENTATION}</p></segmentation>",
        f"        <interpretation><p>{interpretation}</p></interpretation>",
        "      </editorialDecl>",
    ]


#: Stands for the id of the article in what is else the same in every file.
_ARTICLE = "{article}"


def _taxonomy() -> str:
    root = f"{_ARTICLE}.{TAXONOMY}"
    categories = [
        f'          <category xml:id="{root}.{category.value}"><catDesc>{escape(text)}</catDesc></category>'
        for category, text in CATEGORY_TEXT.items()
    ]
    return "\n".join(
        [
            "      <classDecl>",
            f'        <taxonomy xml:id="{root}">',
            "          <desc>Kinds of boilerplate</desc>",
            *categories,
            "        </taxonomy>",
            "      </classDecl>",
        ]
    )


_CLASSIFICATION = _taxonomy()


def _application(context: TeiContext) -> str:
    attributes = (("ident", "archiver"), ("version", __version__), ("when", context.date))
    return f"      <appInfo>{start('application', attributes)}<label>archiver</label></application></appInfo>"


def _profile(metadata: Metadata) -> list[str]:
    language = language_tag(metadata)
    lines = ["    <profileDesc>"]
    if metadata.published is not None:
        lines.append(f"      <creation>{date_element(metadata.published, metadata.published.value)}</creation>")
    lines.append(f'      <langUsage><language ident="{language}">{language}</language></langUsage>')
    if metadata.description:
        lines.append(f'      <abstract xml:lang="{language}">{text_element("p", metadata.description)}</abstract>')
    terms = [text_element("term", keyword) for keyword in metadata.keywords]
    if metadata.section:
        terms.insert(0, text_element("term", metadata.section, (("type", "section"),)))
    if terms:
        lines += [f'      <textClass><keywords xml:lang="{language}">', *(f"        {term}" for term in terms)]
        lines.append("      </keywords></textClass>")
    return [*lines, "    </profileDesc>"]


def _revision(metadata: Metadata, context: TeiContext) -> list[str]:
    return [
        "    <revisionDesc>",
        f'      <change when="{context.date}" who="#{metadata.id}.{AGENT}">Encoded from the source.</change>',
        "    </revisionDesc>",
    ]
