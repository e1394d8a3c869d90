"""What a package tells of its run: the same words for who writes the files and for who compares them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from archiver.model.outcome import BaseReference
from archiver.model.verdict import Profile
from archiver.package import bag_profile, lineage
from archiver.package.bagit import BagInfo
from archiver.package.summary import DOUBTFUL_LABEL
from archiver.version import __version__

TITLE = "Archived articles"
NAME = "archiver"
#: As it stands in bag-info.txt and datapackage.json.
SOFTWARE = f"{NAME} {__version__}"
#: As it stands in the ``warcinfo`` records.
PRODUCT = f"{NAME}/{__version__}"
OF_ARCHIVE = "inputs, unaltered"
OF_DERIVED = "texts, descriptions and removal ledgers made from archive/"
#: Files of the user that can decide a run, in the order in which they are told.
OF_THE_USER = ("rules", "schema", "metadata")

_RULES = re.compile(rf"rule set (.+) \(sha256 ([0-9a-f]{{64}})\), profile ({'|'.join(Profile)})")
_NOTE = re.compile(rf"({'|'.join(OF_THE_USER)}) of the user: sha256 [0-9a-f]{{64}}")


@dataclass(frozen=True, slots=True)
class Rules:
    """A rule set by its version and digest."""

    version: str
    digest: str


def package_name(date: str) -> str:
    """Return how the names of the WARC files of the run of that moment begin."""
    return "articles-" + "".join(char for char in date if char.isdigit())


def rules_in_words(rules: Rules, profile: str) -> str:
    """Return how PREMIS tells of a rule set."""
    return f"rule set {rules.version} (sha256 {rules.digest}), profile {profile}"


def rules_of_words(words: str) -> Rules | None:
    """Return the rule set that :func:`rules_in_words` told of, None where it did not."""
    match = _RULES.fullmatch(words)
    return Rules(match[1], match[2]) if match else None


def user_notes(digests: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return how PREMIS tells of the files of the user; ``digests`` has their SHA-256 by their kind."""
    return tuple(f"{name} of the user: sha256 {digests[name]}" for name in OF_THE_USER if digests[name] is not None)


def files_of_the_user(notes: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the kinds of files that :func:`user_notes` told of, None where it did not write that."""
    matches = [_NOTE.fullmatch(note) for note in notes]
    kinds = tuple(match[1] for match in matches if match)
    return kinds if len(kinds) == len(notes) and list(kinds) == [one for one in OF_THE_USER if one in kinds] else None


def warcinfo_fields(description: str, *, organization: str | None, rules: Rules) -> dict[str, str]:
    """Return what a ``warcinfo`` record says; ``description`` is :data:`OF_ARCHIVE` or :data:`OF_DERIVED`."""
    return {
        "software": PRODUCT,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        **({"operator": organization} if organization else {}),
        "description": description,
        "rules": f"{rules.version} sha256:{rules.digest}",
    }


@dataclass(frozen=True, slots=True)
class BagFacts:
    """What bag-info.txt says of a package."""

    date: str
    """RFC 3339 in UTC: the moment of the run."""
    organization: str | None
    identifier: str
    articles: int
    doubtful_blocks: int
    base: BaseReference | None


def bag_info(facts: BagFacts) -> BagInfo:
    """Return it with its labels."""
    return BagInfo(
        bagging_date=facts.date[:10],
        software_agent=SOFTWARE,
        source_organization=facts.organization,
        external_identifier=facts.identifier,
        external_description=f"{facts.articles} article{'' if facts.articles == 1 else 's'} as WARC and TEI",
        extra=(
            (DOUBTFUL_LABEL, str(facts.doubtful_blocks)),
            (bag_profile.LABEL, bag_profile.IDENTIFIER),
            *(lineage.labels(facts.base) if facts.base is not None else ()),
        ),
    )
