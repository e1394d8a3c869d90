"""METS as the E-ARK specifications want it (E-ARK CSIP and SIP 2.1, https://dilcis.eu): pieces of a document."""

from __future__ import annotations

import hashlib
import urllib.parse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archiver.package.xml_text import DECLARATION, leaf, tag

CSIP_PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
SIP_PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"
#: Of the vocabulary of content categories (CSIP2).
_CATEGORY = "Textual works – Digital"
#: No content information type specification of DILCIS is about articles (CSIP4, CSIP5).
_CONTENT = (
    ("csip:CONTENTINFORMATIONTYPE", "OTHER"),
    ("csip:OTHERCONTENTINFORMATIONTYPE", "articles as WARC and TEI in a bag of archiver"),
)
_SPACES = (
    ("xmlns", "http://www.loc.gov/METS/"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
    ("xmlns:csip", "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"),
)
_BAGIT = "BagIt"
TAIL = "</mets>\n"


@dataclass(frozen=True, slots=True)
class MetsFacts:
    """What the header tells."""

    identifier: str
    """@OBJID: the name of the folder."""
    created: str
    """RFC 3339 in UTC: the moment at which the package was made."""
    software: str
    version: str
    organization: str | None = None
    """Who submits the package; a SIP has to name it."""


@dataclass(frozen=True, slots=True)
class MetsFile:
    """A file as METS refers to it."""

    name: str
    """Relative to the folder of the package."""
    size: int
    sha256: str
    media_type: str
    beside: str = ""
    """The folder that holds the METS document, with its slash; empty at the top."""

    @property
    def id(self) -> str:
        """An id that follows from the name."""
        return "file-" + hashlib.sha256(self.name.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    @property
    def href(self) -> str:
        """The name from where the METS document is, as a relative URL (RFC 3986)."""
        return urllib.parse.quote(self.name.removeprefix(self.beside), safe="/")

    def attributes(self, created: str) -> tuple[tuple[str, str | None], ...]:
        """Type, size, date and digest (CSIP26 to 30, CSIP68 to 72)."""
        return (
            ("MIMETYPE", self.media_type),
            ("SIZE", str(self.size)),
            ("CREATED", created),
            ("CHECKSUM", self.sha256),
            ("CHECKSUMTYPE", "SHA-256"),
        )


def head(facts: MetsFacts) -> Iterator[str]:
    """Yield the document up to the end of ``metsHdr`` (CSIP1 to 16, SIP2, SIP15 to 18)."""
    profile = SIP_PROFILE if facts.organization else CSIP_PROFILE
    root = (*_SPACES, ("OBJID", facts.identifier), ("TYPE", _CATEGORY), ("PROFILE", profile), *_CONTENT)
    yield DECLARATION + tag("mets", root) + "\n"
    header = (("CREATEDATE", facts.created), ("LASTMODDATE", facts.created), ("csip:OAISPACKAGETYPE", "SIP"))
    yield tag("metsHdr", header) + "\n"
    yield tag("agent", (("ROLE", "CREATOR"), ("TYPE", "OTHER"), ("OTHERTYPE", "SOFTWARE")))
    yield leaf("name", facts.software) + leaf("note", facts.version, ' csip:NOTETYPE="SOFTWARE VERSION"') + "</agent>\n"
    if facts.organization:
        yield tag("agent", (("ROLE", "CREATOR"), ("TYPE", "ORGANIZATION")))
        yield leaf("name", facts.organization) + "</agent>\n"
    yield "</metsHdr>\n"


def metadata_reference(file: MetsFile, kind: str, created: str) -> str:
    """Return ``mdRef`` to a metadata file (CSIP22 to 30, CSIP36 to 44); METS has no word for the parts of a bag."""
    told = (("MDTYPE", kind),) if kind != _BAGIT else (("MDTYPE", "OTHER"), ("OTHERMDTYPE", kind))
    location = (("LOCTYPE", "URL"), ("xlink:type", "simple"), ("xlink:href", file.href), *told)
    return tag("mdRef", (*location, *file.attributes(created)), empty=True)


def descriptive(file: MetsFile, created: str) -> str:
    """Return ``dmdSec`` for the descriptions in Dublin Core (CSIP17 to 21)."""
    names = (("ID", f"dmd-{file.id}"), ("CREATED", created), ("STATUS", "CURRENT"))
    return f"{tag('dmdSec', names)}{metadata_reference(file, 'DC', created)}</dmdSec>\n"


def administrative(premis: Iterable[MetsFile], bag: Iterable[MetsFile], created: str) -> Iterator[str]:
    """Yield ``amdSec``: one ``sourceMD`` a file of the bag that this package was, one ``digiprovMD`` a PREMIS file
    (CSIP31 to 35).
    """
    yield tag("amdSec", ()) + "\n"
    for section, kind, files in (("sourceMD", _BAGIT, bag), ("digiprovMD", "PREMIS", premis)):
        for file in files:
            names = (("ID", f"amd-{file.id}"), ("STATUS", "CURRENT"), ("CREATED", created))
            yield f"{tag(section, names)}{metadata_reference(file, kind, created)}</{section}>\n"
    yield "</amdSec>\n"


def file_group(use: str, identifier: str, files: Iterable[MetsFile], created: str) -> Iterator[str]:
    """Yield ``fileGrp`` (CSIP60, CSIP62 to 79)."""
    yield tag("fileGrp", (("ID", identifier), ("USE", use), *_CONTENT)) + "\n"
    for file in files:
        location = (("LOCTYPE", "URL"), ("xlink:type", "simple"), ("xlink:href", file.href))
        attributes = (("ID", file.id), *file.attributes(created))
        yield f"{tag('file', attributes)}{tag('FLocat', location, empty=True)}</file>\n"
    yield "</fileGrp>\n"


def division(label: str, identifier: str, content: str, *, metadata: tuple[str, str] = ("", "")) -> str:
    """Return ``div`` of the structural map; ``metadata`` are the ids for @ADMID and @DMDID (CSIP85 to 107)."""
    administrative, described = metadata
    names = (("ID", identifier), ("LABEL", label), ("DMDID", described or None), ("ADMID", administrative or None))
    return f"{tag('div', names)}{content}</div>\n" if content else tag("div", names, empty=True) + "\n"


def pointer_to_group(identifier: str) -> str:
    """Return ``fptr`` to a file group (CSIP96, CSIP100, CSIP104)."""
    return tag("fptr", (("FILEID", identifier),), empty=True)


def pointer_to_mets(href: str, group: str) -> str:
    """Return ``mptr`` to the METS document of a representation (CSIP108 to 112)."""
    attributes = (("LOCTYPE", "URL"), ("xlink:type", "simple"), ("xlink:href", href), ("xlink:title", group))
    return tag("mptr", attributes, empty=True)
