"""The library: extract, export, verify, open_package."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import partial
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from archiver import canon
from archiver.clean.learn import MIN_ARTICLES, MIN_SHARE
from archiver.clean.ruleset import load_rules
from archiver.clean.trial import SAMPLES, RuleTrial
from archiver.model import article as model
from archiver.model.event import Watch, unwatched, with_progress
from archiver.model.look import Look
from archiver.model.outcome import Finding, RunReport
from archiver.model.source import Source
from archiver.model.verdict import Profile
from archiver.package.convert import convert
from archiver.package.open import Package, is_package
from archiver.package.open import open_package as open_path
from archiver.package.restore import RestoreReport
from archiver.package.restore import restore as restore_from
from archiver.pipeline.article import make_article
from archiver.pipeline.handout import crosswalk, metadata_template
from archiver.pipeline.intake import Order
from archiver.pipeline.learn import Grouping, LearnChoices, LearnOutcome, learn_from
from archiver.pipeline.look import look as look_at
from archiver.pipeline.look import look_again, weighed
from archiver.pipeline.recipe import make_recipe
from archiver.pipeline.run import run_export
from archiver.pipeline.run_folder import unfinished_date
from archiver.pipeline.run_status import is_run, run_status
from archiver.pipeline.tools import looking_tools
from archiver.pipeline.trial import try_file
from archiver.pipeline.validation import validate
from archiver.pipeline.verification import verify as verify_everything
from archiver.readers.files import file_uri
from archiver.readers.forms import article_media_type
from archiver.report.machine import article_document
from archiver.report.markdown import to_markdown
from archiver.tei.header import TeiContext
from archiver.tei.write import write_tei

__all__ = [
    "Article",
    "convert",
    "crosswalk",
    "explain",
    "export",
    "extract",
    "is_package",
    "is_run",
    "learn_rules",
    "look",
    "look_into_package",
    "metadata_template",
    "open_package",
    "restore",
    "run_status",
    "tei_of",
    "try_rules",
    "validate",
    "verify",
]


@dataclass(frozen=True, slots=True)
class Article(model.Article):
    """What :func:`extract` returns: blocks with their fates, the description, and ways to write them."""

    def to_tei(self, *, date: str | None = None) -> bytes:
        """Return the article as TEI P5, valid against tei_all.

        ``date`` is the moment that the header names as that of the conversion (ISO 8601, UTC); now,
        if it is not given.
        """
        return tei_of(self, date=date)

    def to_markdown(self) -> str:
        """Return title, byline and body as CommonMark."""
        return to_markdown(self)

    def to_dict(self) -> dict[str, Any]:
        """Return description, text and every block with its fate, ready for JSON."""
        return article_document(self)


def extract(
    data: bytes | str,
    url: str | None = None,
    media_type: str | None = None,
    profile: str = "balanced",
    *,
    language: str | None = None,
    rules: str | PathLike[str] | None = None,
    name: str = "article",
) -> Article:
    """Return the article in ``data`` (a page or a plain text), stripped, typed and described.

    ``media_type`` is ``text/html``, ``application/xhtml+xml`` or ``text/plain``; without it the first
    bytes tell. ``profile`` is ``strict``, ``balanced`` or ``generous``. ``language`` is a BCP 47 tag
    that the caller vouches for, ``rules`` a file of further rules, ``name`` what errors call the
    article. Raises the ArticleError that fits, UsageError (rules, language), and ValueError for an unknown profile.
    """
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    chosen = article_media_type(raw, media_type, name=name)
    sha256 = canon.sha256_hex(raw)
    uri = url or file_uri(name)
    source = Source(
        path=name,
        data=raw,
        media_type=chosen,
        sha256=sha256,
        size=len(raw),
        record_id=canon.content_urn("resource", uri, sha256),
        target_uri=uri,
        url=url,
    )
    tools = looking_tools(Profile(profile), language, Path(rules) if rules else None)
    made = make_article(source, tools, text=data if isinstance(data, str) else None)
    return Article(**{item.name: getattr(made, item.name) for item in fields(made)})


def export(
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    output: str | PathLike[str],
    *,
    base: str | PathLike[str] | None = None,
    retry_rejects: str | PathLike[str] | None = None,
    resume: bool = False,
    add: bool = False,
    log: str | PathLike[str] | None = None,
    watch: Watch = unwatched,
    progress: Callable[[int, int], None] | None = None,
    stdin: bytes | None = None,
    recipe: str | PathLike[str] | None = None,
    fallback: Mapping[str, Any] | None = None,
    **choices: Any,
) -> RunReport:
    """Export files, folders or glob patterns into a sealed package at ``output``.

    ``base`` is a package: what it holds unchanged is only referred to. ``retry_rejects`` is a package
    whose rejects are tried again; there are no ``inputs`` then. ``resume`` goes on with an unfinished run,
    ``add`` takes in what was added to its inputs. The log of the run is kept at ``log``; ``watch`` is
    called with each event, ``progress`` with the input files done and all.
    ``recipe`` is a TOML file, ``choices`` are its entries: date, profile, rules, schema, metadata,
    language, max_reject_share, organization, jobs; ``fallback`` has entries for what neither says.
    With more than one job, call this from a script whose main part stands under
    ``if __name__ == "__main__"``, as the multiprocessing module asks.
    Raises UsageError (nothing was touched), BaseNotIntactError and PackageError (nothing was sealed).
    """
    # A run that goes on has the moment at which it began, if nobody says another.
    begun = unfinished_date(Path(output)) if resume else None
    weakest = {**(fallback or {}), **({"date": begun} if begun else {})}
    made = make_recipe(choices, file=Path(recipe) if recipe else None, fallback=weakest, now=datetime.now(UTC))
    order = Order(
        target=Path(output),
        inputs=_named(inputs),
        stdin=stdin,
        base=Path(base) if base else None,
        retry=Path(retry_rejects) if retry_rejects else None,
        resume=resume,
        add=add,
        log=Path(log) if log else None,
    )
    told = watch if progress is None else with_progress(watch, progress)
    return run_export(order, made, clock=partial(datetime.now, UTC), watch=told)


def verify(
    path: str | PathLike[str],
    *,
    quick: bool = False,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> list[Finding]:
    """Return everything that is wrong with a package or bag (also in one file), a WACZ, WARC or TEI files.

    ``quick`` looks at structure and sizes only; else every byte is read. ``jobs`` processes share the
    work; the findings and their order are the same for any number. With more than one, call this from
    a script whose main part stands under ``if __name__ == "__main__"``.
    """
    return list(verify_everything(Path(path), quick=quick, jobs=jobs, progress=progress))


def open_package(path: str | PathLike[str]) -> Package:
    """Open a package for reading; a context manager. Raises NotAPackageError."""
    return open_path(Path(path))


def tei_of(article: model.Article, *, date: str | None = None) -> bytes:
    """Return ``article`` as TEI P5; ``date`` as in :meth:`Article.to_tei`."""
    moment = date or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return write_tei(article, TeiContext(date=moment, rules_version=load_rules().version))


def look(
    inputs: Sequence[str],
    *,
    profile: Profile = Profile.BALANCED,
    rules: Path | None = None,
    language: str | None = None,
    stdin: bytes | None = None,
) -> Iterator[Look]:
    """Yield every candidate article in files, folders or patterns, made or failed, without packaging anything."""
    return look_at(inputs, looking_tools(profile, language, rules), stdin=stdin)


def explain(
    inputs: Sequence[str],
    *,
    profile: Profile = Profile.BALANCED,
    rules: Path | None = None,
    language: str | None = None,
    stdin: bytes | None = None,
) -> Iterator[Look]:
    """Yield what :func:`look` does, with what the trained models weighed in each block."""
    tools = looking_tools(profile, language, rules)
    return (weighed(one, tools) for one in look_at(inputs, tools, stdin=stdin))


def look_into_package(
    path: str | PathLike[str],
    article_id: str,
    *,
    profile: Profile = Profile.BALANCED,
    rules: Path | None = None,
    language: str | None = None,
) -> Look:
    """Make an article of a package again from its original bytes. Raises UsageError for an unknown id."""
    tools = looking_tools(profile, language, rules)
    return weighed(look_again(Path(path), article_id, tools), tools)


def restore(package: str | PathLike[str], ids: Sequence[str], folder: str | PathLike[str]) -> RestoreReport:
    """Write the original inputs (of these articles or rejects; of all, without ids) into ``folder``.

    Raises what :func:`archiver.package.restore.restore` raises.
    """
    with open_package(package) as opened:
        return restore_from(opened, ids, Path(folder))


def try_rules(
    file: str | PathLike[str],
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]] = (),
    *,
    profile: str = "balanced",
    language: str | None = None,
    samples: int = SAMPLES,
    stdin: bytes | None = None,
) -> RuleTrial:
    """Check each rule of a rule file against its examples, then tell what it does to the articles in ``inputs``.

    Articles are looked at only if every rule meets its examples. Raises UsageError.
    """
    return try_file(
        Path(file), _named(inputs), profile=Profile(profile), language=language, samples=samples, stdin=stdin
    )


def learn_rules(
    inputs: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    by: str = "auto",
    min_articles: int = MIN_ARTICLES,
    min_share: float = float(MIN_SHARE),
    profile: str = "balanced",
    rules: str | PathLike[str] | None = None,
    language: str | None = None,
    jobs: int = 1,
    stdin: bytes | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> LearnOutcome:
    """Propose rules for lines that stand in most articles of one source and in no other source.

    ``by`` tells what makes a source: ``auto`` (host, else folder), ``host``, ``folder``, ``publisher`` or
    ``one``. ``rules`` is a file of yours that is in force already; ``jobs`` as for :func:`export`. Raises
    UsageError, and ValueError for an unknown ``by`` or ``profile``.
    """
    choices = LearnChoices(
        by=Grouping(by),
        profile=Profile(profile),
        language=language,
        rules=Path(rules) if rules else None,
        min_articles=min_articles,
        min_share=str(min_share),
    )
    return learn_from(_named(inputs), choices, jobs=jobs, stdin=stdin, progress=progress)


def _named(inputs: str | PathLike[str] | Sequence[str | PathLike[str]]) -> list[str]:
    return [fspath(one) for one in ([inputs] if isinstance(inputs, str | PathLike) else inputs)]
