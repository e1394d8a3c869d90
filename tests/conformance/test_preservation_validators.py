"""PREMIS, METS, corpus and BagIt profile of a real package, judged by other people's schemas and software.

The schemas of PREMIS and METS are not ours to ship: where they are not at hand, those tests are skipped.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections import Counter
from pathlib import Path

import bagit
import bagit_profile
import pytest
from lxml import etree
from lxml.isoschematron import Schematron

from archiver.package.bag_profile import IDENTIFIER
from archiver.package.convert import Container, convert

from ..support_export import export
from ..support_preservation import ORGANIZATION, export_samples
from ..support_real import real_inputs

REP = "representations/rep1"
NS = {
    "m": "http://www.loc.gov/METS/",
    "x": "http://www.w3.org/1999/xlink",
    "c": "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
}


@pytest.fixture(scope="module", params=["samples", "real"])
def package(tmp_path_factory: pytest.TempPathFactory, samples: Path, request: pytest.FixtureRequest) -> Path:
    root = tmp_path_factory.mktemp("validators")
    if request.param == "samples":
        return export_samples(samples, root)
    inputs = real_inputs(request.getfixturevalue("shared"), root / "in")
    options = ("--organization", ORGANIZATION, "--max-reject-share", "1")
    assert export(inputs, root / "package", *options).code == 3
    return root / "package"


@pytest.fixture(scope="module")
def eark(package: Path) -> Path:
    """A SIP: the organisation that submits it is known."""
    convert(package, package.parent / "articles", Container.EARK)
    return package.parent / "articles"


@pytest.fixture(scope="module")
def unnamed(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of nobody, so that it is no SIP but a CSIP."""
    root = tmp_path_factory.mktemp("unnamed")
    (root / "in").mkdir()
    (root / "in/a.html").write_bytes((samples / "html-bare-prompts/input.html").read_bytes())
    assert export(root / "in", root / "articles", "--format", "eark").code == 0
    return root / "articles"


def test_premis_is_valid_for_its_schema(package: Path, shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(shared / "schemas/premis3.xsd"))
    files = sorted((package / "metadata").glob("premis*.xml"))
    assert len(files) == 2
    for path in files:
        assert schema.validate(etree.parse(path)), schema.error_log


def test_the_bag_meets_its_profile(package: Path) -> None:
    """bagit-profile knows the specification to 1.3.0; what 1.4.0 adds we do not use."""
    text = (package / "metadata/bagit-profile.json").read_text("utf-8")
    profile = bagit_profile.Profile(IDENTIFIER, profile=text)
    assert profile.validate(bagit.Bag(str(package))), profile.report
    assert profile.validate_serialization(str(package))
    assert json.loads(text)["BagIt-Profile-Info"]["BagIt-Profile-Identifier"] == IDENTIFIER


def test_a_bag_that_breaks_the_profile_is_refused(package: Path) -> None:
    profile = json.loads((package / "metadata/bagit-profile.json").read_text("utf-8"))
    profile["Tag-Files-Allowed"] = ["README.txt"]
    checker = bagit_profile.Profile(IDENTIFIER, profile=profile)
    assert not checker.validate(bagit.Bag(str(package)))


@pytest.fixture(scope="module")
def corpus(package: Path) -> etree._ElementTree:
    tree = etree.parse(package / "data/tei/corpus.xml")
    tree.xinclude()
    return tree


def test_the_corpus_is_valid_for_the_schema_in_the_package(package: Path, corpus: etree._ElementTree) -> None:
    schema = etree.RelaxNG(etree.parse(package / "schemas/tei-corpus.rng"))
    for tree in (etree.parse(package / "data/tei/corpus.xml"), corpus):
        assert schema.validate(tree), schema.error_log


def test_an_id_stands_once_in_the_corpus(corpus: etree._ElementTree) -> None:
    """xml:id 1.0, section 4; and each pointer within it has one target."""
    ids = corpus.xpath("//@xml:id")
    assert len(ids) == len(set(ids)) > 100
    pointers = " ".join(corpus.xpath("//@corresp | //@target | //@ana | //@resp | //@who")).split()
    assert {one[1:] for one in pointers if one.startswith("#")} <= set(ids)


def documents(root: Path) -> dict[str, etree._ElementTree]:
    return {name: etree.parse(root / name) for name in ("METS.xml", f"{REP}/METS.xml")}


def test_mets_is_valid_for_its_schema(eark: Path, unnamed: Path, shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(shared / "schemas/mets.xsd"))
    for root in (eark, unnamed):
        for tree in documents(root).values():
            assert schema.validate(tree), schema.error_log


#: Requirements of E-ARK CSIP 2.1 that hold for both METS documents: an XPath that must be true.
BOTH = {
    "CSIP1": "@OBJID != ''",
    "CSIP2": "@TYPE = 'Textual works – Digital'",
    "CSIP4": "@c:CONTENTINFORMATIONTYPE = 'OTHER'",
    "CSIP5": "@c:OTHERCONTENTINFORMATIONTYPE != ''",
    "CSIP6": "starts-with(@PROFILE, 'https://eark')",
    "CSIP117": "count(m:metsHdr) = 1",
    "CSIP7": "m:metsHdr/@CREATEDATE",
    "CSIP8": "m:metsHdr/@LASTMODDATE",
    "CSIP9": "m:metsHdr/@c:OAISPACKAGETYPE = 'SIP'",
    "CSIP10-14": "count(m:metsHdr/m:agent[@ROLE='CREATOR'][@TYPE='OTHER'][@OTHERTYPE='SOFTWARE']/m:name) = 1",
    "CSIP15-16": "count(m:metsHdr/m:agent[@OTHERTYPE='SOFTWARE']/m:note[@c:NOTETYPE='SOFTWARE VERSION']) = 1",
    "CSIP31": "count(m:amdSec) = 1",
    "CSIP32": "m:amdSec/m:digiprovMD/m:mdRef[@MDTYPE='PREMIS']",
    "CSIP33": "not(m:amdSec/m:digiprovMD[not(@ID)])",
    "CSIP34": "not(m:amdSec/m:digiprovMD[not(@STATUS='CURRENT')])",
    "CSIP35-44": "not(m:amdSec/*[not(m:mdRef[@LOCTYPE='URL'][@x:type='simple'][@x:href][@MDTYPE][@MIMETYPE]"
    "[@SIZE][@CREATED][@CHECKSUM][@CHECKSUMTYPE='SHA-256'])])",
    "CSIP58": "count(m:fileSec) = 1",
    "CSIP59": "m:fileSec/@ID",
    "CSIP114": "m:fileSec/m:fileGrp[starts-with(@USE, 'Representations/')]",
    "CSIP62-63": "not(m:fileSec/m:fileGrp[not(@c:OTHERCONTENTINFORMATIONTYPE)])",
    "CSIP64-66": "not(m:fileSec/m:fileGrp[not(@USE) or not(@ID) or not(m:file)])",
    "CSIP67-72": "not(.//m:file[not(@ID) or not(@MIMETYPE) or not(@SIZE) or not(@CREATED) or not(@CHECKSUM)"
    " or not(@CHECKSUMTYPE='SHA-256')])",
    "CSIP76-79": "not(.//m:file[not(m:FLocat[@LOCTYPE='URL'][@x:type='simple'][@x:href])])",
    "CSIP80": "count(m:structMap) = 1",
    "CSIP81-83": "m:structMap[@TYPE='PHYSICAL'][@LABEL='CSIP'][@ID]",
    "CSIP84-85": "count(m:structMap/m:div[@ID]) = 1",
    "CSIP86": "m:structMap/m:div/@LABEL = @OBJID",
    "CSIP88-90": "m:structMap/m:div/m:div[@LABEL='Metadata'][@ID]",
    "CSIP101-104": "m:structMap/m:div/m:div[@LABEL='Representations'][@ID]/m:fptr/@FILEID",
    "CSIP119": "m:structMap/m:div/m:div[@LABEL='Representations']/m:fptr/@FILEID"
    " = m:fileSec/m:fileGrp[starts-with(@USE, 'Representations')]/@ID",
}
#: Those of the document at the top alone.
TOP = {
    "CSIP17-20": "m:dmdSec[@ID][@CREATED][@STATUS='CURRENT']",
    "CSIP21-30": "m:dmdSec/m:mdRef[@LOCTYPE='URL'][@x:type='simple'][@x:href][@MDTYPE='DC'][@MIMETYPE][@SIZE]"
    "[@CREATED][@CHECKSUM][@CHECKSUMTYPE='SHA-256']",
    "CSIP60": "m:fileSec/m:fileGrp[@USE='Documentation']",
    "CSIP113": "m:fileSec/m:fileGrp[@USE='Schemas']",
    "CSIP92": "m:structMap/m:div/m:div[@LABEL='Metadata']/@DMDID = m:dmdSec/@ID",
    "CSIP93-96": "m:structMap/m:div/m:div[@LABEL='Documentation'][@ID]/m:fptr",
    "CSIP116": "m:structMap/m:div/m:div[@LABEL='Documentation']/m:fptr/@FILEID"
    " = m:fileSec/m:fileGrp[@USE='Documentation']/@ID",
    "CSIP97-100": "m:structMap/m:div/m:div[@LABEL='Schemas'][@ID]/m:fptr",
    "CSIP118": "m:structMap/m:div/m:div[@LABEL='Schemas']/m:fptr/@FILEID = m:fileSec/m:fileGrp[@USE='Schemas']/@ID",
    "CSIP105-107": "m:structMap/m:div/m:div[@LABEL='Representations/rep1'][@ID]",
    "CSIP108": "m:structMap/m:div/m:div/m:mptr/@x:title = m:fileSec/m:fileGrp[@USE='Representations/rep1']/@ID",
    "CSIP109-112": "count(m:structMap/m:div/m:div/m:mptr[@LOCTYPE='URL'][@x:type='simple'][@x:href]) = 1",
}
#: E-ARK SIP 2.1, for a package whose organisation is known.
SIP = {
    "SIP2": "@PROFILE = 'https://earksip.dilcis.eu/profile/E-ARK-SIP.xml'",
    "SIP4": "m:metsHdr/@c:OAISPACKAGETYPE = 'SIP'",
    "SIP15-18": "m:metsHdr/m:agent[@ROLE='CREATOR'][@TYPE='ORGANIZATION']/m:name = $organization",
}


@pytest.mark.parametrize("clause", [*BOTH, *TOP, *SIP])
def test_the_requirement_is_met(eark: Path, clause: str) -> None:
    rule = {**BOTH, **TOP, **SIP}[clause]
    for name, tree in documents(eark).items():
        if clause in BOTH or name == "METS.xml":
            met = tree.getroot().xpath(f"boolean({rule})", namespaces=NS, organization=ORGANIZATION)
            assert met, f"{name}: {clause}"


def test_every_administrative_section_is_in_the_metadata_division(eark: Path) -> None:
    """CSIP91"""
    for tree in documents(eark).values():
        named = tree.find(".//m:div[@LABEL='Metadata']", NS).get("ADMID").split()
        assert named == [section.get("ID") for section in tree.find("m:amdSec", NS)]


def test_an_id_stands_once_in_the_package(eark: Path) -> None:
    """CSIP18, CSIP33, CSIP59, CSIP65, CSIP67, CSIP83, CSIP85, CSIP89 …: unique within the package."""
    ids = Counter(one for tree in documents(eark).values() for one in tree.xpath("//@ID"))
    assert max(ids.values()) == 1


def test_the_folders_are_those_of_the_specification(eark: Path) -> None:
    """CSIPSTR2, 4 to 7, 9 to 13, 15 and 16"""
    assert documents(eark)["METS.xml"].getroot().get("OBJID") == eark.name
    assert documents(eark)[f"{REP}/METS.xml"].getroot().get("OBJID") == "rep1"
    for name in (
        *("metadata/preservation", "metadata/descriptive", "representations", "schemas", "documentation"),
        *(f"{REP}/data", f"{REP}/metadata"),
    ):
        assert (eark / name).is_dir()


def test_without_an_organisation_it_is_no_sip(unnamed: Path) -> None:
    """SIP15: a SIP names who submits it; nobody is invented."""
    root = documents(unnamed)["METS.xml"].getroot()
    assert root.get("PROFILE") == "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
    assert len(root.findall("m:metsHdr/m:agent", NS)) == 1


def rules() -> Path:
    """The Schematron rules of the E-ARK validator (PyPI eark-validator), which asks for an older lxml than we do."""
    found = importlib.util.find_spec("eark_validator")
    if found is None or not found.submodule_search_locations:
        pytest.skip("eark-validator is not installed (pip install --no-deps eark-validator)")
    return Path(found.submodule_search_locations[0]) / "ipxml/resources"


#: What the rules leave to be filled in, and the vocabulary that it is filled from.
VOCABULARIES = {
    "@TYPE_vocabulary_test": ("@TYPE", "CSIPVocabularyContentCategory.xml"),
    "@csip:CONTENTINFORMATIONTYPE_vocabulary_test": (
        "@csip:CONTENTINFORMATIONTYPE",
        "CSIPVocabularyContentInformationType.xml",
    ),
    "@csip:OAISPACKAGETYPE_vocabulary_test": ("@csip:OAISPACKAGETYPE", "CSIPVocabularyOAISPackageType.xml"),
    "@STATUS_vocabulary_test": ("@STATUS", "CSIPVocabularyStatus.xml"),
}


def failed(folder: Path, part: str, tree: etree._ElementTree) -> set[str]:
    """Return the clauses of error level that fail."""
    clauses: set[str] = set()
    types = {line.strip() for line in (folder / "vocabs/IANA.txt").read_text("ascii").splitlines()}
    for path in sorted((folder / "schematron/V2.1.0" / part).glob("*.xml")):
        text = path.read_text("utf-8")
        for place, (attribute, vocabulary) in VOCABULARIES.items():
            terms = [term.text for term in etree.parse(folder / "vocabs" / vocabulary).iter("{*}Term")]
            text = text.replace(place, " or ".join(f"{attribute} = '{term}'" for term in terms))
        text = text.replace("@MIMETYPE_IANA_test", " or ".join(f"@MIMETYPE = '{one}'" for one in sorted(types)))
        schematron = Schematron(etree.fromstring(text.encode()), store_report=True)
        schematron.validate(tree)
        clauses |= {
            one.get("id", "")
            for one in schematron.validation_report.iter("{*}failed-assert")
            if one.get("role") == "ERROR"
        }
    return {re.sub("_.*", "", clause) for clause in clauses}


def test_the_schematron_rules_of_csip_are_met(unnamed: Path, eark: Path) -> None:
    folder = rules()
    assert failed(folder, "CSIP", documents(unnamed)["METS.xml"]) == set()
    # The rules want every CREATOR to be the software, which a SIP contradicts (SIP15 to 17).
    assert failed(folder, "CSIP", documents(eark)["METS.xml"]) == {"CSIP12", "CSIP13", "CSIP15", "CSIP16"}


def test_the_schematron_rules_of_sip_are_met(eark: Path) -> None:
    # SIP14 is asked of the software's note as well, which CSIP16 contradicts, and of an attribute in no name space.
    assert failed(rules(), "SIP", documents(eark)["METS.xml"]) == {"SIP14"}
