"""Checking the PREMIS of a package against the package: every file and input file, its size and digests, every link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archiver.errors import PackageError
from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.bag_read import Line, decode_manifest_path, read_manifest
from archiver.package.listing import parse_object, read_lines, source_file
from archiver.package.premis import IdentifierType
from archiver.package.premis_facts import source_identifier
from archiver.package.premis_read import Entity, read_premis
from archiver.package.spread import lost
from archiver.package.verify_made import CheckedMade, Remake, try_made

_PATH, _URN = IdentifierType.BAG_PATH.value, IdentifierType.URN.value
_ADVICE = "the manifests and the lists of the package are what counts: do not rely on this entry"
#: Reading a byte of them takes about as long as digesting so many.
_COST = 24
_ALGORITHMS = {"SHA-256": "sha256", "SHA-512": "sha512"}


@dataclass(slots=True)
class _Told:
    """What the files have told so far."""

    paths: set[str] = field(default_factory=set)
    """Files of the bag."""
    sources: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    """URN of an input file to the size and SHA-256 that are told of it."""
    articles: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    """Of premis.xml, and of the file that is being read."""
    agents: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class CheckedPremis:
    """What came of the PREMIS files, but for the articles of the package."""

    findings: tuple[Finding, ...]
    articles: frozenset[str] | None = None
    """Ids that they tell of; None where they are not there or could not be read to the end."""
    sources: tuple[Finding, ...] = ()
    """What is wrong with what they tell of input files."""
    error: PackageError | OSError | None = None
    """Why the check ended too early."""
    made: CheckedMade = field(default_factory=CheckedMade)
    """What came of making anew what follows from the lists, PREMIS with it."""


@dataclass(frozen=True, slots=True)
class CheckPremis:
    """The PREMIS files of a package to be checked."""

    size: int
    """About so much work, in bytes that could be read meanwhile."""
    remake: Remake | None = None

    def run(self, root: Path) -> CheckedPremis:
        """Check them; ``root`` is the folder of the package.

        Sizes and digests are compared with the manifests, which the check of the bag compares with the files.
        """
        made = try_made(root, self.remake)
        if layout.PREMIS in made.same:
            return CheckedPremis((), made=made)
        findings: list[Finding] = []
        sources: list[Finding] = []
        told = _Told()
        articles = None
        try:
            if (root / layout.PREMIS).is_file():
                findings.extend(_check_files(root, told))
                articles = frozenset(told.articles)
                sources.extend(_check_sources(root / layout.DATA, told))
        except (PackageError, OSError) as error:
            return CheckedPremis(tuple(findings), articles, tuple(sources), error, made)
        return CheckedPremis(tuple(findings), articles, tuple(sources), made=made)

    def lost(self) -> CheckedPremis:
        """Return what is told if the process that read them was ended."""
        return CheckedPremis((lost(layout.PREMIS),))


def premis_task(root: Path, remake: Remake | None = None) -> CheckPremis:
    """Return the check of the PREMIS files of the package at ``root``, and of all that follows from its lists."""
    try:
        names = [layout.PREMIS, *_parts(root)]
        size = sum((root / name).stat().st_size for name in names if (root / name).is_file())
    except OSError:
        # The check itself will tell, when it is its turn.
        size = 0
    return CheckPremis(size * _COST, remake)


def tell_premis(checked: CheckedPremis, ids: Iterable[str]) -> Iterator[Finding]:
    """Yield what was found; ``ids`` are those of the articles of the package. Raises PackageError, OSError."""
    yield from checked.findings
    if checked.articles is not None:
        for article_id in ids:
            if article_id not in checked.articles:
                message = f"no object tells of article {article_id}"
                yield Finding("package.premis-missing", message, file=layout.PREMIS, advice=_ADVICE)
    yield from checked.sources
    if checked.error is not None:
        raise checked.error


def _check_files(root: Path, told: _Told) -> Iterator[Finding]:
    listed = {name: _listed(root, name) for name in _ALGORITHMS.values()}
    parts = _parts(root)
    yield from _check_file(root, layout.PREMIS, listed, told)
    for name in parts:
        if name not in told.paths:
            message = f"{layout.PREMIS} does not tell of this part"
            yield Finding("package.premis-missing", message, file=name, advice=_ADVICE)
        of_all = set(told.events)
        yield from _check_file(root, name, listed, told)
        told.events = of_all
    yield from _check_complete(listed["sha256"], told)


def _parts(root: Path) -> list[str]:
    return sorted(layout.relative(path, root) for path in (root / layout.PREMIS).parent.glob("premis-*.xml"))


def _listed(root: Path, algorithm: str) -> dict[str, str]:
    listed: dict[str, str] = {}
    for name in (f"manifest-{algorithm}.txt", f"tagmanifest-{algorithm}.txt"):
        if (root / name).is_file():
            lines = [item for item in read_manifest(root, name, "utf-8") if isinstance(item, Line)]
            listed |= {decode_manifest_path(line.path): line.digest.lower() for line in lines}
    return listed


def _check_file(root: Path, name: str, listed: Mapping[str, Mapping[str, str]], told: _Told) -> Iterator[Finding]:
    linked: list[tuple[str, Entity]] = []
    try:
        for entity in read_premis(root / name):
            if entity.kind == "object":
                yield from _check_object(root, name, entity, listed, told)
            values = {value for _, value in entity.identifiers}
            if entity.kind == "event":
                told.events |= values
            elif entity.kind == "agent":
                told.agents |= values
            linked += [("event", entity)] if entity.events else []
            linked += [("agent", entity)] if entity.agents else []
    except ValueError as error:
        yield Finding("package.premis-invalid", str(error), file=name, advice=_ADVICE)
        return
    for kind, entity in linked:
        named, known = (entity.events, told.events) if kind == "event" else (entity.agents, told.agents)
        for _, value in named:
            if value not in known:
                message = f"it names the {kind} {value}, which is not there"
                yield Finding("package.premis-reference", message, file=name, line=entity.line, advice=_ADVICE)


def _check_object(
    root: Path, name: str, entity: Entity, listed: Mapping[str, Mapping[str, str]], told: _Told
) -> Iterator[Finding]:
    for kind, value in entity.objects:
        if kind == _PATH and value not in listed["sha256"]:
            message = f"it names {value!r}, which is no file of the package"
            yield Finding("package.premis-unknown", message, file=name, line=entity.line, advice=_ADVICE)
    for kind, value in entity.identifiers:
        if kind == _PATH:
            told.paths.add(value)
            yield from _check_path(root, name, entity, value, listed)
        elif kind == _URN and entity.category == "file":
            told.sources[value] = (entity.size, entity.digests.get("SHA-256"))
        elif kind == IdentifierType.ARTICLE.value:
            told.articles.add(value)


def _check_path(
    root: Path, name: str, entity: Entity, path: str, listed: Mapping[str, Mapping[str, str]]
) -> Iterator[Finding]:
    if path not in listed["sha256"]:
        message = f"it tells of {path!r}, which is no file of the package"
        yield Finding("package.premis-unknown", message, file=name, line=entity.line, advice=_ADVICE)
        return
    for algorithm, digest in entity.digests.items():
        wanted = listed[_ALGORITHMS[algorithm]].get(path) if algorithm in _ALGORITHMS else None
        if wanted is not None and digest != wanted:
            message = f"{algorithm} of {path} is told as {digest}, the manifest says {wanted}"
            yield Finding("package.premis-digest", message, file=name, line=entity.line, advice=_ADVICE)
    file = root / path
    if file.is_file() and entity.size != str(file.stat().st_size):
        message = f"{path} is told to have {entity.size} bytes, it has {file.stat().st_size}"
        yield Finding("package.premis-size", message, file=name, line=entity.line, advice=_ADVICE)


def _check_complete(listed: Mapping[str, str], told: _Told) -> Iterator[Finding]:
    payload = f"{layout.DATA}/"
    for path in sorted(path for path in listed if path.startswith(payload) and path not in told.paths):
        yield Finding("package.premis-missing", f"no object tells of {path}", file=layout.PREMIS, advice=_ADVICE)


def _check_sources(data: Path, told: _Told) -> Iterator[Finding]:
    """The input files as sources.jsonl has them; damaged lines of it are told elsewhere."""
    for _, line in read_lines(data / layout.SOURCES):
        try:
            source = source_file(parse_object(line))
        except ValueError:
            continue
        wanted = (str(source.size), source.sha256) if source.sha256 is not None else (None, None)
        found = told.sources.pop(source_identifier(source).value, None)
        if found is None:
            message = f"no object tells of the input file {source.path!r}"
            yield Finding("package.premis-missing", message, file=layout.PREMIS, advice=_ADVICE)
        elif found != wanted:
            message = f"the input file {source.path!r} is told to have {found[0]} bytes and SHA-256 {found[1]}"
            yield Finding("package.premis-digest", message, file=layout.PREMIS, advice=_ADVICE)
    for urn in told.sources:
        message = f"it tells of the input file {urn}, which {layout.DATA}/{layout.SOURCES} does not list"
        yield Finding("package.premis-unknown", message, file=layout.PREMIS, advice=_ADVICE)
