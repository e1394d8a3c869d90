"""Making anew what follows from the lists of a package, and comparing: every byte that the software decides alone.

Whoever changes a file and all checksums still has to change everything that is made of it. It works for packages
of the version that verifies; of others it is not known what they wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from archiver.canon import sha256_hex
from archiver.errors import PackageError
from archiver.model.metadata import Metadata
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.bag_profile import bagit_profile_file
from archiver.package.bagit import DECLARATION, bag_info_text
from archiver.package.datapackage import UNLISTED, DatapackageInfo, datapackage_pieces, digest_statement
from archiver.package.digests import Digests
from archiver.package.fixity import digest_file
from archiver.package.holdings import Holdings
from archiver.package.ledger_count import LedgerCount
from archiver.package.lineage import identifier_of, read_base
from archiver.package.listing import read_objects
from archiver.package.made_lists import check_lists
from archiver.package.made_relations import RelationCheck
from archiver.package.made_same import Comparison, compare
from archiver.package.open import Package
from archiver.package.pages import page_line, pages_header
from archiver.package.premis_facts import PremisFacts
from archiver.package.premis_parts import ArticlesInOrder
from archiver.package.premis_write import premis_of_all, premis_parts
from archiver.package.readme import ReadmeFacts, readme_text
from archiver.package.run_facts import SOFTWARE, TITLE, BagFacts, bag_info, package_name
from archiver.package.run_told import RunTold, run_told
from archiver.schemas import read_schema, schema_names

_PAGES = f"{layout.DATA}/{layout.PAGES}"
_ADVICE = "get the package from another copy and compare"
_LOW = b' cert="low"'
_NUMBERED = b' n="'


@dataclass(frozen=True, slots=True)
class Follower:
    """A file that follows from descriptions and texts, one entry an article."""

    file: str
    """Relative to the folder of the package."""
    head: bytes
    between: bytes
    tail: bytes
    entry: Callable[[Metadata, str], bytes]


@dataclass(frozen=True, slots=True)
class CorpusTold:
    """What the header of the TEI corpus tells."""

    date: str
    organization: str | None
    words: int
    languages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Remake:
    """What other rooms know how to write."""

    followers: tuple[Follower, ...]
    language: Callable[[Metadata], str]
    """How the corpus calls the language of an article."""
    corpus: Callable[[Iterable[str], CorpusTold], Iterator[bytes]]
    """Called with the ids of the articles in order."""
    similarity: Callable[[str, str], int]
    """Of two texts, in whole per cent."""


@dataclass(slots=True)
class _Counted:
    articles: int = 0
    words: int = 0
    removed: int = 0
    doubtful: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    example: str | None = None


@dataclass(frozen=True, slots=True)
class CheckedMade:
    """What came of it."""

    findings: tuple[Finding, ...] = ()
    same: frozenset[str] = frozenset()
    """The files that are what they should be in every byte; of PREMIS ``premis.xml`` stands for all."""
    told: RunTold | None = None
    """None for a package of another version."""


def try_made(root: Path, remake: Remake | None) -> CheckedMade:
    """Compare all that this version makes of the lists with what the package at ``root`` has, if this version made it.

    Where a list cannot be read, or has what nothing can be made of, there is one finding; what is wrong with
    that list is told elsewhere as well.
    """
    told = None
    findings: list[Finding] = []
    try:
        told = run_told(root) if remake is not None else None
        if told is None or remake is None:
            return CheckedMade()
        check = _Check(root, told, remake)
        for part in (check.fixed, check.listed, check.outside):
            findings.extend(part())
        return CheckedMade(tuple(findings), frozenset(check.same), told)
    except (PackageError, OSError, ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
        reason = error.message if isinstance(error, PackageError) else f"{type(error).__name__}: {error}"
        message = f"what follows from the lists cannot be made anew, so not all of it was compared: {reason}"
        file = f"{layout.DATA}/{layout.ARTICLES}"
        return CheckedMade((*findings, Finding("package.not-remade", message, file=file)), told=told)


def tell_made(checked: CheckedMade, holdings: Holdings) -> Iterator[Finding]:
    """Yield what was found, and what in ``holdings`` does not fit the run."""
    yield from checked.findings
    yield from holdings.own.check(checked.told)


class _Check:
    """The comparison of one package."""

    def __init__(self, root: Path, told: RunTold, remake: Remake) -> None:
        self._root, self._told, self._remake = root, told, remake
        self._data = root / layout.DATA
        self._digests = told.digests()
        self._count = _Counted()
        self._relations = RelationCheck(self._data / layout.PAGES, remake.similarity)
        self.same: set[str] = set()

    def fixed(self) -> Iterator[Finding]:
        """What is the same in every package of this version."""
        yield from compare(self._root, "bagit.txt", (DECLARATION,))
        yield from compare(self._root, layout.BAGIT_PROFILE, (bagit_profile_file(),))
        for name in schema_names():
            yield from compare(self._root, f"schemas/{name}", (read_schema(name),))
        yield from self._told.unknown_files(self._digests)

    def listed(self) -> Iterator[Finding]:
        """What follows from the lists article by article, in one pass over all of them."""
        package = Package(self._root)
        facts = self._premis_facts()
        parts: list[str] = []
        with ExitStack() as stack:
            followers = [(one, stack.enter_context(Comparison(self._root, one.file))) for one in self._remake.followers]
            pages = stack.enter_context(Comparison(self._root, _PAGES))
            pages.expect(pages_header())
            for one, file in followers:
                file.expect(one.head)
            findings: list[Finding] = []
            articles = self._articles(package, [*followers], pages, findings)
            for name, pieces in premis_parts(package, articles, facts, self._digests):
                parts.append(name)
                yield from self._compared(name, pieces)
            for _ in articles:
                """Those that no input file in the list leads to."""
            for one, file in followers:
                file.expect(one.tail)
                yield from file.end()
                self.same |= {one.file} if file.same else set()
            yield from pages.end()
            yield from findings
        yield from self._relations.run()
        count = self._count
        facts = replace(
            facts,
            articles=count.articles,
            removed_blocks=count.removed,
            sources=self._told.sources,
            rejects=self._told.rejects,
        )
        digests = {name: digest_file(self._root / name) for name in parts if (self._root / name).is_file()}
        yield from self._compared(layout.PREMIS, premis_of_all(facts, self._digests, digests))
        yield from self._other_parts(parts)
        if count.articles:
            corpus = CorpusTold(self._told.date, self._told.organization, count.words, count.languages)
            name = f"{layout.DATA}/{layout.CORPUS}"
            yield from self._compared(name, self._remake.corpus(self._relations.ids(), corpus))
        yield from check_lists(self._data)

    def _compared(self, name: str, pieces: Iterable[bytes]) -> Iterator[Finding]:
        with Comparison(self._root, name) as file:
            file.expect_all(pieces)
            yield from file.end()
            self.same |= {name} if file.same else set()

    def _other_parts(self, parts: Sequence[str]) -> Iterator[Finding]:
        """Parts of PREMIS that are missing, or too many; that they are the same is no news then."""
        there = {layout.relative(path, self._root) for path in (self._root / layout.PREMIS).parent.glob("premis-*.xml")}
        for name in sorted(there - set(parts)):
            message = "the lists of the package give no such part of PREMIS"
            yield Finding("package.made-otherwise", message, file=name, advice=_ADVICE)
        for name in sorted(set(parts) - there):
            yield Finding("package.file-missing", "PREMIS of this package has such a part", file=name, advice=_ADVICE)
        if not there == set(parts) <= self.same:
            self.same.discard(layout.PREMIS)

    def _articles(
        self,
        package: Package,
        followers: Sequence[tuple[Follower, Comparison]],
        pages: Comparison,
        findings: list[Finding],
    ) -> ArticlesInOrder:
        """Yield description and number of removed blocks of each article, when what else follows was compared."""
        count, data = self._count, self._data
        ledger = LedgerCount(data / layout.LEDGER)
        lines = (value for number, value in read_objects(data / layout.PAGES) if number > 1)
        for metadata in package.descriptions():
            text = _text_of(next(lines, {}), metadata.id)
            page = page_line(
                metadata.source.uri,
                metadata.source.captured or self._told.date,
                page_id=metadata.id,
                title=metadata.title,
                text=text,
            )
            pages.expect(page)
            self._relations.add(metadata, len(page), text)
            removed = ledger.lines_of(metadata.id)
            count.articles += 1
            count.words += metadata.word_count
            count.languages[self._remake.language(metadata)] += 1
            count.removed += removed
            count.doubtful += _doubtful((data / layout.tei_path(metadata.id)).read_bytes())
            count.example = count.example or metadata.id
            if sha256_hex(text.encode("utf-8", "replace")) != metadata.text_sha256:
                message = f"the text is not that of article {metadata.id}, whose SHA-256 is {metadata.text_sha256}"
                line = count.articles + 1
                findings.append(Finding("package.page-text", message, file=_PAGES, line=line, pointer="/text"))
            for one, file in followers:
                file.expect((one.between if count.articles > 1 else b"") + one.entry(metadata, text))
            yield metadata, removed

    def _premis_facts(self) -> PremisFacts:
        told = self._told
        return PremisFacts(
            date=told.date,
            software=told.name,
            version=told.version,
            rules=told.rules,
            notes=told.notes,
            organization=told.organization,
        )

    def outside(self) -> Iterator[Finding]:
        """What tells of the package as a whole."""
        told, count = self._told, self._count
        listed = Digests((path, self._digests[path]) for path in self._digests if path not in UNLISTED)
        info = DatapackageInfo(TITLE, told.date, SOFTWARE)
        yield from compare(self._root, f"{layout.DATA}/{layout.DATAPACKAGE}", datapackage_pieces(info, listed))
        described = self._digests[layout.DATAPACKAGE].sha256
        name = f"{layout.DATA}/{layout.DATAPACKAGE_DIGEST}"
        yield from compare(self._root, name, (digest_statement(described),))
        facts = BagFacts(
            told.date,
            told.organization,
            identifier=identifier_of(described),
            articles=count.articles,
            doubtful_blocks=count.doubtful,
            base=read_base(self._data),
        )
        total = sum(self._digests[path].bytes for path in self._digests)
        oxum = f"{total}.{len(self._digests)}"
        yield from compare(self._root, "bag-info.txt", (bag_info_text(bag_info(facts), oxum),))
        readme = ReadmeFacts(
            title=TITLE,
            created=told.date,
            software=SOFTWARE,
            name=package_name(told.date),
            articles=count.articles,
            rejects=told.rejects,
            sources=told.sources,
            removed_blocks=count.removed,
            article_example=count.example,
        )
        yield from compare(self._root, layout.README, (readme_text(readme).encode("ascii"),))


def _text_of(page: Mapping[str, object], article_id: str) -> str:
    """Raises ValueError where the page is of another article."""
    text = page.get("text")
    if page.get("id") != article_id:
        raise ValueError(f"{layout.PAGES} does not list {article_id!r} in order")
    return text if isinstance(text, str) else ""


def _doubtful(tei: bytes) -> int:
    """Return how many kept blocks are of low certainty: those that have a place in the reading order."""
    count, at = 0, tei.find(_LOW)
    while at >= 0:
        tag = tei.rfind(b"<", 0, at)
        count += tei.find(b">", tag, at) < 0 <= tei.find(_NUMBERED, tag, at)
        at = tei.find(_LOW, at + 1)
    return count
