"""The line model and its guards, on invented texts."""

from __future__ import annotations

import pytest

from archiver.clean.judge import judge
from archiver.clean.ruleset import load_rules
from archiver.clean.text_features import FURNITURE, NAMES, Line, is_unspaced, rows
from archiver.clean.text_score import (
    RULE,
    TextModel,
    candidates,
    is_scorable,
    line_verdicts,
    load_model,
    under_limit,
    within_share,
)
from archiver.clean.trees import compile_trees
from archiver.model.article import Block, BlockKind
from archiver.model.verdict import Category, Fate, Profile
from archiver.parse.decode import Decoded
from archiver.parse.text import parse_text

SOLID = (
    "The ferry company said on Monday that the northern pier will stay closed until the autumn storms are over for good"
    " and every pile has been looked at."
)
#: Removes whatever it is asked about.
GREEDY = TextModel(score=lambda *_: -1000, balanced=0, generous=0)


def line(text: str, *, kind: BlockKind = BlockKind.PARAGRAPH, phrase: int = 0) -> Line:
    return Line(text, text.count(" ") + 1, text.endswith((".", "。")), False, kind, phrase)


def text(*middle: Line) -> list[Line]:
    return [line(SOLID), line(SOLID), line(SOLID), *middle]


def judged(lines: list[str], profile: Profile = Profile.BALANCED, model: TextModel | None = None) -> tuple[Block, ...]:
    document = parse_text(Decoded("\n".join(lines), "utf-8", "given"))
    return judge(document, load_rules().matcher(("en",)), language="en", profile=profile, model=model)


def test_the_sum_of_the_leaves_is_the_score() -> None:
    score = compile_trees([[0, 5, -3, [1, 2, 10, 20]], 7], 2)
    assert [score(5, 9), score(6, 2), score(6, 3)] == [4, 17, 27]
    assert compile_trees([], 1)(1) == 0


def test_titles_of_other_stories_below_the_text_go() -> None:
    titles = [
        "Harbour master wins rowing cup",
        "Seven things to do with an old sail",
        "Choir looks for tenors before the winter concert",
        "Snow expected on the northern hills this week",
        "Fish quay to be painted blue after long quarrel",
        "Sport",
        "Culture",
        "Weather",
    ]
    blocks = judged(["Northern pier stays closed", *[SOLID] * 6, *titles])
    learned = [block for block in blocks if block.rule == RULE]
    assert {block.text for block in learned} >= set(titles[:5])
    assert all(block.category in (Category.RELATED, Category.NAV, Category.STRUCTURE) for block in learned)
    assert all("words" in block.evidence and "scored -" in block.evidence for block in learned)


def test_strict_does_without_the_model() -> None:
    lines = text(line("Harbour master wins rowing cup"))
    assert line_verdicts(lines, profile=Profile.BALANCED, model=GREEDY)[3] is not None
    assert line_verdicts(lines, profile=Profile.STRICT, model=GREEDY) == (None,) * 4


def test_limits_of_the_profiles() -> None:
    lines = text(line("Harbour master wins rowing cup"))
    model = TextModel(score=lambda *_: 500, balanced=0, generous=1000)
    assert line_verdicts(lines, profile=Profile.BALANCED, model=model)[3] is None
    verdict = line_verdicts(lines, profile=Profile.GENEROUS, model=model)[3]
    assert verdict is not None
    assert verdict.weight == 60


@pytest.mark.parametrize("kind", sorted(FURNITURE))
def test_furniture_is_no_candidate(kind: BlockKind) -> None:
    assert candidates(text(line("Harbour master wins rowing cup", kind=kind))) == []


@pytest.mark.parametrize(
    "kept",
    [
        line(SOLID),
        line("They rowed home that evening because of the cows."),
        line("Comments", phrase=3),
        line("Cracks in eleven piles keep the ferries away", kind=BlockKind.STANDFIRST),
    ],
    ids=["long sentence", "sentence beside a paragraph", "sure prompt", "standfirst"],
)
def test_lines_that_the_model_may_not_remove(kept: Line) -> None:
    assert candidates(text(kept)) == []


def test_a_word_alone_over_a_paragraph_is_a_heading_and_in_a_row_it_is_not() -> None:
    assert candidates([*text(line("Culture")), line(SOLID)]) == []
    assert candidates([*text(line("Sport"), line("Culture")), line(SOLID)]) == [3, 4]


def test_a_text_with_one_solid_paragraph_is_left_alone() -> None:
    lines = [line("Pier"), line(SOLID), line("Harbour master wins rowing cup")]
    assert not is_scorable(lines)
    assert line_verdicts(lines, profile=Profile.GENEROUS, model=GREEDY) == (None,) * 3


def test_a_text_whose_full_stops_are_unknown_is_left_alone() -> None:
    unended = line(" ".join(["word"] * 50))
    assert not is_scorable([unended, unended, unended])
    assert is_scorable([unended, line(SOLID), line(SOLID)])


def test_scripts_without_spaces_lose_short_lines_only() -> None:
    paragraph = Line(
        "港の灯台は来年も続けて開くと町の議会が火曜日に決めた。" * 3, 40, True, False, BlockKind.PARAGRAPH, 0
    )
    menu = Line("スポーツ", 2, False, False, BlockKind.LABEL, 0)
    long = Line("灯台をめぐる長い争いがようやく終わった" * 3, 28, False, False, BlockKind.LABEL, 0)
    lines = [paragraph, paragraph, menu, long]
    assert is_unspaced(lines)
    assert candidates(lines) == [2]


def test_no_more_than_a_fifth_of_the_long_lines_goes() -> None:
    lines = [line(" ".join(["word"] * 20)) for _ in range(10)]
    assert within_share(range(10), lines) == [0, 1]
    assert within_share([10, *range(10)], [*lines, line("Sport")]) == [10, 0, 1]


def test_a_list_goes_by_two_thirds_of_its_lines() -> None:
    items = [line(f"Item {number}", kind=BlockKind.LIST_ITEM) for number in range(6)]
    scores = dict.fromkeys(range(6), -1)
    assert under_limit(scores, items, 0) == [0, 1, 2, 3, 4, 5]
    assert under_limit({**scores, 0: 1, 1: 1}, items, 0) == [2, 3, 4, 5]
    assert under_limit({**scores, 0: 1, 1: 1, 2: 1}, items, 0) == []


def test_a_list_under_a_colon_stays() -> None:
    items = [line(f"Item {number}", kind=BlockKind.LIST_ITEM) for number in range(3)]
    assert under_limit({1: -1, 2: -1, 3: -1}, [line("This is what the divers took:"), *items], 0) == []


def test_a_prompt_gives_its_category() -> None:
    named = Line("Take part", 2, False, False, BlockKind.LABEL, 1, 0, Category.COMMENT_FORM)
    verdict = line_verdicts(text(named), profile=Profile.BALANCED, model=GREEDY)[3]
    assert verdict is not None
    assert verdict.category is Category.COMMENT_FORM


def test_a_row_has_every_column_and_whole_numbers_only() -> None:
    lines = text(line("Harbour master wins rowing cup"), line("…"))
    for row in rows(lines, range(len(lines))):
        assert len(row) == len(NAMES) == len(set(NAMES))
        assert all(type(value) is int for value in row)


def test_rows_do_not_tell_the_place_in_the_file() -> None:
    """Far from both ends, a text that goes on longer gives the same row, but for what is told of the whole."""
    whole = {"solid_share_above", "segment", "segment_best", "echo_all", "same_start", "repeated"}
    lines = [line(SOLID)] * 40
    columns = [index for index, name in enumerate(NAMES) if name not in whole]
    first, second = rows(lines, [20])[0], rows([line(SOLID), *lines], [21])[0]
    assert [first[at] for at in columns] == [second[at] for at in columns]


def test_the_model_that_ships_fits_the_features_and_orders_its_limits() -> None:
    model = load_model()
    assert model.balanced <= model.generous
    assert len(model.digest) == 64


def test_the_judge_takes_another_model() -> None:
    lines = ["Northern pier stays closed", *[SOLID] * 6, "Harbour master wins rowing cup"]
    mute = TextModel(score=lambda *_: 0, balanced=0, generous=0)
    assert judged(lines, model=mute)[-1].fate is Fate.KEPT
    assert judged(lines, model=GREEDY)[-1].rule == RULE
