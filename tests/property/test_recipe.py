"""Laws of the recipe: any choices give a recipe or a RecipeError; the moment is the same wherever it is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import RecipeError
from archiver.pipeline.recipe import Recipe, make_recipe

KEYS = st.sampled_from(["date", "profile", "language", "max_reject_share", "organization", "jobs", "other"])
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**20),
    st.text(max_size=12),
    st.floats(allow_infinity=False),
    st.lists(st.none(), max_size=1),
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_choices_give_a_recipe_or_say_what_is_wrong(choices: dict[str, object]) -> None:
    try:
        recipe = make_recipe(choices, now=datetime(2026, 1, 1, tzinfo=UTC))
    except RecipeError as refused:
        error = refused
    else:
        check(recipe)
        return
    assert error.message
    assert error.advice


def check(recipe: object) -> None:
    assert isinstance(recipe, Recipe)
    assert recipe.jobs >= 1
    assert 0 <= recipe.max_reject_share <= 1
    again = {name: getattr(recipe, name) for name in ("date", "profile", "language", "organization", "jobs")}
    assert make_recipe({**again, "max_reject_share": recipe.max_reject_share}) == recipe


ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


MOMENTS = st.integers(-62_135_424_000, 253_402_041_600).map(
    lambda seconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(MOMENTS, ZONES)
def test_a_moment_is_the_same_in_any_zone(moment: datetime, zone: timezone) -> None:
    said = moment.astimezone(zone)
    found = make_recipe({"date": said.isoformat()}).date
    assert found == make_recipe({}, now=said).date == make_recipe({"date": said}).date
    assert datetime.fromisoformat(found) == moment
    assert len(found) == 20
