"""What every article of a run needs, made once a process from the recipe."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from archiver.clean.ruleset import RuleSet, load_rules
from archiver.describe.sidecar import Sidecar, load_sidecar
from archiver.describe.validate import DescriptionValidator, article_validator
from archiver.model.verdict import Profile
from archiver.pipeline.recipe import Recipe
from archiver.tei.header import TeiContext


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


@cache
def tools_for(recipe: Recipe) -> Tools:
    """Return the tools that ``recipe`` asks for; raises RuleFileError, SchemaFileError or SidecarError."""
    rules = load_rules(recipe.rules)
    return Tools(
        rules=rules,
        profile=recipe.profile,
        validator=article_validator(recipe.schema),
        sidecar=load_sidecar(recipe.metadata) if recipe.metadata else None,
        language=recipe.language,
        tei=TeiContext(date=recipe.date, publisher=recipe.organization, rules_version=rules.version),
    )
