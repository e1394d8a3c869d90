"""A metadata file handed out, to be filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from archiver.clean.ruleset import load_rules
from archiver.crosswalk.template import template
from archiver.errors import InputNotFoundError, NotAPackageError
from archiver.model.look import Look
from archiver.model.metadata import Metadata
from archiver.model.outcome import TemplateReport
from archiver.model.verdict import Profile
from archiver.package.atomic import PARTIAL_SUFFIX, write_file
from archiver.package.enclosing import require_new_file
from archiver.package.open import open_package
from archiver.pipeline.inputs import Tell
from archiver.pipeline.look import look
from archiver.pipeline.tools import Tools


def metadata_template(
    inputs: Sequence[str], file: Path, *, stdin: bytes | None = None, tell: Tell | None = None
) -> TemplateReport:
    """Write a metadata file to be filled in to ``file``: a row for each article of ``inputs``, or of one package.

    ``tell`` hears of packages that are passed over. Raises OutputExistsError if ``file`` is there, UsageError if it
    would stand in a package or one of the inputs is one, InputNotFoundError, PackageError where it cannot be written.
    """
    require_new_file(file)
    if len(inputs) == 1:
        try:
            with open_package(Path(inputs[0])) as package:
                return _write(file, package.descriptions())
        except (NotAPackageError, InputNotFoundError):
            pass
    tools = Tools(rules=load_rules(None), profile=Profile.BALANCED, validator=None)
    return _write(file, look(inputs, tools, stdin=stdin, tell=tell))


def _write(file: Path, described: Iterable[Look | Metadata]) -> TemplateReport:
    """Write the rows; of a file that does not become whole nothing is left, since nobody goes on with it."""
    failures = []
    count = 0

    def found() -> Iterator[Metadata]:
        nonlocal count
        for one in described:
            metadata = one if isinstance(one, Metadata) else _metadata_of(one)
            if metadata is not None:
                count += 1
                yield metadata
            elif isinstance(one, Look) and one.error is not None:
                failures.append((one.path, one.error))

    try:
        write_file(file, template(found()))
    except BaseException:
        with suppress(OSError):
            file.with_name(file.name + PARTIAL_SUFFIX).unlink()
        raise
    return TemplateReport(str(file), count, tuple(failures))


def _metadata_of(one: Look) -> Metadata | None:
    return one.article.metadata if one.article is not None else None
