"""Verifying with everything that the rooms know: schemas, TEI, crosswalks, and as many processes as wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from archiver.crosswalk.check import check_crosswalk
from archiver.describe.validate import DescriptionValidator, article_validator
from archiver.engines.ordered import Ordered
from archiver.model.outcome import Finding
from archiver.package.fixity import Depth
from archiver.package.reach import require_there
from archiver.package.verify import Manner, Progress
from archiver.package.verify_account import TeiReading
from archiver.package.verify_container import verify_any
from archiver.package.verify_path import verify_path
from archiver.package.verify_range import Checkers
from archiver.pipeline.finding_codes import explained
from archiver.pipeline.remake import REMAKE
from archiver.tei.account import check_and_read, expect_account
from archiver.tei.anybody import check_any_tei
from archiver.tei.validate import validate_tei
from archiver.tei.written import read_written

#: Work of less than so many bytes is done before another process could begin.
_WORTH = 24 * 1024 * 1024


def verify(path: Path, *, quick: bool = False, jobs: int = 1, progress: Progress | None = None) -> Iterator[Finding]:
    """Yield everything that is wrong with what is at ``path``; the same, in the same order, for any ``jobs``.

    Raises InputNotFoundError, UnreadableError, PackageError, ValueError for less than one job.
    """
    if jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    require_there(path)
    depth = Depth.QUICK if quick else Depth.FULL
    account = TeiReading(check_and_read, expect_account, read_written)
    checkers = Checkers(description=_check_description, tei=_check_tei, any_tei=_check_any_tei, account=account)
    manner = Manner(depth, checkers, check_crosswalk, REMAKE, Ordered(jobs, worth=_WORTH), progress)
    return explained(verify_any(path, depth=depth, check_path=partial(verify_path, manner=manner)))


@cache
def _validator() -> DescriptionValidator:
    return article_validator()


def _check_description(description: Mapping[str, Any], file: str, line: int) -> tuple[Finding, ...]:
    return _validator().check(description, file=file, line=line)


def _check_tei(data: bytes, file: str) -> tuple[Finding, ...]:
    return validate_tei(data, file=file)


def _check_any_tei(data: bytes, file: str) -> tuple[Finding, ...]:
    return check_any_tei(data, file=file)
