"""What every article of a run needs, made once a process from the recipe."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archiver import canon
from archiver.clean.ruleset import RuleSet, load_rules
from archiver.describe.sidecar import Sidecar, SidecarRow, load_sidecar
from archiver.describe.validate import DescriptionValidator, article_validator
from archiver.errors import UsageError
from archiver.model.source import Source
from archiver.model.verdict import Profile
from archiver.pipeline.recipe import Recipe
from archiver.pipeline.validation import read_input
from archiver.tei.header import TeiContext
from archiver.wording.language_tags import normalise_tag


@dataclass(frozen=True, slots=True)
class Tools:
    """The rule set, the validator, the sidecar and the settings that come with them."""

    rules: RuleSet
    profile: Profile
    validator: DescriptionValidator | None
    """None where nobody asked for validation (the library's ``extract``)."""
    sidecar: Sidecar | None = None
    language: str | None = None
    tei: TeiContext | None = None

    def row_for(self, source: Source) -> SidecarRow | None:
        """Return what the sidecar says of the article in ``source``; its id is known before it is described."""
        if self.sidecar is None:
            return None
        article_id = canon.content_id(source.path, str(source.ordinal), source.sha256)
        return self.sidecar.lookup(path=source.path, url=source.url, id=article_id)


def require_language(language: str | None) -> None:
    """Raise UsageError where ``language`` is given and no tag of BCP 47."""
    if language is not None and normalise_tag(language) is None:
        raise UsageError("is no language tag (BCP 47)", place=language, advice="write one such as en or pt-BR")


def tools_for(recipe: Recipe) -> Tools:
    """Return the tools that ``recipe`` asks for; raises RuleFileError, SchemaFileError or SidecarError."""
    return _tools(recipe, tuple(recipe.deciding().values()))


@cache
def _tools(recipe: Recipe, _deciding: tuple[str | None, ...]) -> Tools:
    # The digests of files are among what decides: a file that was edited since is read again.
    rules = load_rules(recipe.rules)
    return Tools(
        rules=rules,
        profile=recipe.profile,
        validator=article_validator(recipe.schema),
        sidecar=load_sidecar(recipe.metadata) if recipe.metadata else None,
        language=recipe.language,
        tei=TeiContext(date=recipe.date, publisher=recipe.organization, rules_version=rules.version),
    )


def looking_tools(profile: Profile, language: str | None, rules: Path | None) -> Tools:
    """Return the tools for looking at articles without packaging them. Raises RuleFileError, UsageError."""
    require_language(language)
    # By content, so that a file of rules that was edited is read again.
    content = canon.sha256_hex(read_input(rules)) if rules else None
    return _looking_tools(profile, language, rules, content)


@cache
def _looking_tools(profile: Profile, language: str | None, rules: Path | None, _content: str | None) -> Tools:
    return Tools(rules=load_rules(rules), profile=profile, validator=None, language=language)
