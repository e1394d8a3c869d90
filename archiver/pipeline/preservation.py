"""What a package tells archives of itself: the TEI corpus, PREMIS and the BagIt profile, made of its own lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from archiver.model.outcome import RunReport
from archiver.package import layout
from archiver.package.atomic import lay_file, lay_folder
from archiver.package.bag_profile import bagit_profile_file
from archiver.package.fixity import FileDigest
from archiver.package.listing import read_objects, source_files
from archiver.package.open import Package
from archiver.package.premis_facts import PremisFacts
from archiver.package.premis_write import write_premis
from archiver.package.run_facts import NAME, Rules, rules_in_words, user_notes
from archiver.pipeline.recipe import Recipe
from archiver.pipeline.tools import tools_for
from archiver.tei.corpus import CorpusFacts, write_corpus
from archiver.tei.source import language_tag
from archiver.version import __version__


def write_tei_corpus(bag: Path, recipe: Recipe, title: str) -> None:
    """Write the corpus of the articles of the package that grows in ``bag``; none where there is no article.

    Raises PackageError.
    """
    words = 0
    languages: Counter[str] = Counter()
    for metadata in Package(bag).descriptions():
        words += metadata.word_count
        languages[language_tag(metadata)] += 1
    if not languages:
        return
    context = tools_for(recipe).tei
    assert context is not None
    data = bag / layout.DATA
    ids = (value["id"] for _, value in read_objects(data / layout.ARTICLES))
    facts = CorpusFacts(title, languages.total(), words, languages)
    lay_file(data / layout.CORPUS, write_corpus(ids, facts, context))


def write_preservation(bag: Path, recipe: Recipe, report: RunReport, digests: Mapping[str, FileDigest]) -> None:
    """Write PREMIS and the BagIt profile of the package that grows in ``bag``, when its ``data/`` is complete.

    ``digests`` are those of every file of ``data/``. Raises PackageError.
    """
    lay_folder(bag / "metadata")
    rules = tools_for(recipe).rules
    facts = PremisFacts(
        date=recipe.date,
        software=NAME,
        version=__version__,
        rules=rules_in_words(Rules(rules.version, rules.digest), recipe.profile.value),
        notes=user_notes(recipe.deciding()),
        organization=recipe.organization,
        sources=sum(1 for _ in source_files(bag / layout.DATA)),
        articles=report.articles,
        rejects=report.rejected,
        removed_blocks=report.removed_blocks,
    )
    write_premis(bag, facts, digests)
    lay_file(bag / layout.BAGIT_PROFILE, bagit_profile_file())
