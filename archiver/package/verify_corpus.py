"""Checking the TEI corpus of a package: it includes the file of every article, in order, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from archiver.model.outcome import Finding
from archiver.package import layout
from archiver.package.verify_range import CheckTei
from archiver.package.xml_scan import Element, scan_xml

_CORPUS = f"{layout.DATA}/{layout.CORPUS}"
_INCLUDE = "http://www.w3.org/2001/XInclude include"
_ADVICE = "the TEI files themselves are checked apart: take the order of data/metadata/articles.jsonl instead"


def check_corpus(data: Path, ids: Iterable[str], check_tei: CheckTei) -> Iterator[Finding]:
    """Yield what is wrong with the corpus that the package has; ``ids`` are those of its articles, in order.

    Raises PackageError, OSError.
    """
    path = data / layout.CORPUS
    if not path.is_file() or path.is_symlink():
        return
    yield from check_tei(path.read_bytes(), _CORPUS)
    try:
        included = [
            (one.attributes.get("href", ""), one.line)
            for one in scan_xml(path)
            if isinstance(one, Element) and one.name == _INCLUDE
        ]
    except ValueError as error:
        yield Finding("package.corpus-invalid", str(error), file=_CORPUS, advice=_ADVICE)
        return
    yield from _compared(data, included, tuple(ids))


def _compared(data: Path, included: Sequence[tuple[str, int]], ids: Sequence[str]) -> Iterator[Finding]:
    wanted = {f"{article_id}.xml" for article_id in ids}
    seen: set[str] = set()
    wrong = False
    for name, line in included:
        problem = ""
        if name not in wanted:
            problem = "the file of no article of the package is included"
        elif name in seen:
            problem = "the file is included twice"
        elif not (data / layout.TEI / name).is_file():
            problem = "the file that is included is not there"
        if problem:
            wrong = True
            yield Finding("package.corpus-extra", f"{problem}: {name!r}", file=_CORPUS, line=line, advice=_ADVICE)
        seen.add(name)
    for article_id in ids:
        if f"{article_id}.xml" not in seen:
            wrong = True
            message = f"article {article_id} is not included"
            yield Finding("package.corpus-missing", message, file=_CORPUS, advice=_ADVICE)
    if wrong:
        return
    for article_id, (name, line) in zip(ids, included, strict=True):
        if name != f"{article_id}.xml":
            message = f"{name!r} is included where article {article_id} should be"
            yield Finding("package.corpus-order", message, file=_CORPUS, line=line, advice=_ADVICE)
            return
