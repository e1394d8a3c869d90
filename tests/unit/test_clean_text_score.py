"""The line model and its guards, on invented texts."""

from __future__ import annotations

import re

import pytest

from archiver.clean.judge import judge
from archiver.clean.ruleset import load_rules
from archiver.clean.text_decide import decide, is_scorable, scored
from archiver.clean.text_features import NAMES, group_of, is_unspaced, rows
from archiver.clean.text_line import SETTLED, Line, words_of
from archiver.clean.text_score import RULE, TEXT_RULE, Reading, TextModel, load_model, read_lines, score_parts
from archiver.clean.trees import Stage, asked, compile_staged, compile_trees, contributions
from archiver.model.article import Block, BlockKind
from archiver.model.verdict import Category, Fate, Profile
from archiver.parse.decode import Decoded
from archiver.parse.text import parse_text

SOLID = (
    "The ferry company said on Monday that the northern pier will stay closed until the autumn storms are over for good"
    " and every pile has been looked at."
)
#: Removes whatever it is asked about, and takes all for text.
GREEDY = TextModel(score=lambda *_: -9000, strict=-10_000, balanced=0, generous=0)
GENTLE = TextModel(score=lambda *_: 9000, strict=0, balanced=0, generous=0)


def line(text: str, *, kind: BlockKind = BlockKind.PARAGRAPH, phrase: int = 0, rule: str = "text.paragraph@1") -> Line:
    return Line(text, text.count(" ") + 1, text.endswith((".", "。")), False, kind, phrase, rule)


def text(*middle: Line) -> list[Line]:
    return [line(SOLID), line(SOLID), line(SOLID), *middle]


def read(lines: list[Line], profile: Profile = Profile.BALANCED, model: TextModel = GREEDY) -> Reading:
    return read_lines(lines, profile=profile, model=model)


def judged(lines: list[str], profile: Profile = Profile.BALANCED, model: TextModel | None = None) -> tuple[Block, ...]:
    document = parse_text(Decoded("\n".join(lines), "utf-8", "given"))
    return judge(document, load_rules().matcher(("en",)), language="en", profile=profile, model=model).blocks


def test_the_sum_of_the_leaves_is_the_score() -> None:
    score = compile_trees([[0, 5, -3, [1, 2, 10, 20]], 7], 2)
    assert [score(5, 9), score(6, 2), score(6, 3)] == [4, 17, 27]
    assert compile_trees([], 1)(1) == 0


def test_sure_first_trees_settle_the_score_and_others_are_asked_in_doubt() -> None:
    trees = [[0, 5, -30, [0, 9, 2, 40]], [1, 2, 100, -100], [1, 9, 1000, 2000]]
    stages = [Stage(trees=1, far=20, tenths=20), Stage(trees=2, far=95, tenths=10)]
    score = compile_staged(trees, 2, middle=0, stages=stages)
    assert [score(1, 0), score(10, 0)] == [-60, 80]
    assert [score(7, 0), score(7, 3)] == [102, -98]
    assert compile_staged(trees, 2, middle=0, stages=[Stage(trees=2, far=10_000, tenths=20)])(7, 10) == 2 - 100 + 2000
    assert compile_staged(trees, 2, middle=0, stages=[])(7, 10) == 2 - 100 + 2000


def test_parts_of_a_line_add_up_to_what_the_trees_that_were_asked_say() -> None:
    trees = [[0, 5, -30, 40, -10], [1, 2, 100, -100, 5]]
    stages = [Stage(trees=1, far=35, tenths=20)]

    def parts(*row: int) -> tuple[tuple[str, int], ...]:
        used = asked(trees, row, middle=0, stages=stages)
        return contributions(used, value=row.__getitem__, group=lambda column: ("length", "prompts")[column])

    assert parts(6, 0) == (("length", 40 + 10),)
    assert parts(5, 3) == (("prompts", -100 - 5), ("length", -30 + 10))


def test_every_scored_line_of_a_text_is_explained_in_known_groups() -> None:
    lines = text(line("More about lamps"), line("Share", phrase=3))
    parts = score_parts(lines)
    assert sorted(parts) == scored(lines)
    groups = {group for line_parts in parts.values() for group, _ in line_parts}
    assert groups <= {group_of(name) for name in NAMES}
    assert {group_of(name) for name in NAMES if name.endswith(("+1", "-1", "+2"))} == {"neighbours"}
    assert score_parts(lines[:1]) == {}


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


def test_strict_removes_nothing_by_the_model() -> None:
    lines = text(line("Harbour master wins rowing cup"))
    assert read(lines).verdicts[3] is not None
    assert read(lines, Profile.STRICT).verdicts == (None,) * 4


def test_limits_of_the_profiles() -> None:
    lines = text(line("Harbour master wins rowing cup"))
    model = TextModel(score=lambda *_: 500, strict=-2000, balanced=0, generous=1000)
    assert read(lines, model=model).verdicts[3] is None
    verdict = read(lines, Profile.GENEROUS, model).verdicts[3]
    assert verdict is not None
    assert verdict.weight == 60


def test_a_text_of_prose_has_a_higher_limit() -> None:
    model = TextModel(score=lambda *_: -10, strict=0, balanced=-50, generous=0, prose=100)
    title = line("Harbour master wins rowing cup")
    assert read(text(title), model=model).verdicts[3] is not None
    assert read([*text(title), *[line("One of many other boats")] * 12], model=model).verdicts[3] is None


@pytest.mark.parametrize("rule", sorted(SETTLED))
def test_what_is_known_by_its_own_words_is_not_asked_about(rule: str) -> None:
    kind = BlockKind.CAPTION if rule == "text.caption@1" else BlockKind.DATE
    known = line("Harbour master wins rowing cup", kind=kind, rule=rule)
    assert 3 not in scored(text(known))


@pytest.mark.parametrize("kind", [BlockKind.HEADLINE, BlockKind.CAPTION, BlockKind.SOURCE, BlockKind.BYLINE])
def test_parts_that_are_no_text_by_their_place_stay_or_become_text(kind: BlockKind) -> None:
    lines = text(line("Harbour master wins rowing cup", kind=kind, rule="text.caption-head@1"))
    assert read(lines).verdicts[3] is None
    assert read(lines).parts[3] is None
    better = read(lines, model=GENTLE).parts[3]
    assert better is not None
    assert (better.kind, better.rule) == (BlockKind.PARAGRAPH, TEXT_RULE)


def test_a_short_line_that_is_text_over_a_paragraph_is_a_heading() -> None:
    lines = [*text(line("Harbour master", kind=BlockKind.LABEL, rule="text.label@1")), line(SOLID)]
    better = read(lines, model=GENTLE).parts[3]
    assert better is not None
    assert better.kind is BlockKind.HEADING


def test_a_headline_needs_more_to_become_text() -> None:
    lines = text(line("Harbour master wins", kind=BlockKind.HEADLINE, rule="text.headline@1"))
    assert decide(lines, {3: 3000}, 0, share=20).text == ()
    assert decide(lines, {3: 5000}, 0, share=20).text == (3,)
    sentence = text(line("The harbour master wins.", kind=BlockKind.HEADLINE, rule="text.headline@1"))
    assert decide(sentence, {3: 3000}, 0, share=20).text == (3,)


def test_a_caption_alone_between_paragraphs_is_no_text() -> None:
    caption = line("The pier: the lamp at dusk", kind=BlockKind.CAPTION, rule="text.caption-topic@1")
    assert decide([*text(caption), line(SOLID)], {3: 9000}, 0, share=20).text == ()
    assert decide([*text(caption, caption), line(SOLID)], {3: 9000}, 0, share=20).text == (3,)
    many = decide([*text(caption), *text(caption), *text(caption), line(SOLID)], {3: 9000, 7: 9000}, 0, share=20)
    assert many.text == (3, 7)


@pytest.mark.parametrize(
    "sentence",
    ["The harbour master wins the rowing cup once more.", "Culture"],
    ids=["sentence beside a paragraph", "word over a paragraph"],
)
def test_sentences_beside_paragraphs_and_words_over_them_stay(sentence: str) -> None:
    assert decide([*text(line(sentence)), line(SOLID)], {3: -9000}, 0, share=999).gone == ()


@pytest.mark.parametrize("speech", ['"No."', "“Why?”", "„Nein.“", "«Non!»", "「はい。」", "‹So war es.›"])
def test_what_somebody_says_stays(speech: str) -> None:
    said = Line(speech, 1, True, False, BlockKind.PARAGRAPH, 0)
    assert read([*text(said, said, said, line(SOLID))]).verdicts == (None,) * 7
    assert read([*text(said, said, said)]).verdicts == (None,) * 6


def test_a_short_sentence_stays_between_two_paragraphs_alone() -> None:
    laughed = line("He laughed.")
    assert read([*text(laughed, line(SOLID))]).verdicts[3] is None
    assert read([*text(line("Other stories of the week"), laughed)]).verdicts[4] is not None


def test_a_label_stays_one_where_the_model_is_in_doubt() -> None:
    lines = text(line("Harbour master wins", kind=BlockKind.LABEL, rule="text.label@1"))
    assert decide(lines, {3: -500}, 0, share=20).gone == ()
    assert decide(lines, {3: -5000}, 0, share=20).gone == (3,)


@pytest.mark.parametrize(
    "kept",
    [line(SOLID), line("Comments", phrase=3)],
    ids=["long sentence", "sure prompt"],
)
def test_lines_that_the_model_is_not_asked_about(kept: Line) -> None:
    assert 3 not in scored(text(kept))


def test_a_text_with_one_solid_paragraph_is_left_to_the_rules_and_said_so() -> None:
    lines = [line("Pier"), line(SOLID), line("Harbour master wins rowing cup")]
    assert not is_scorable(lines)
    reading = read(lines, Profile.GENEROUS)
    assert reading.verdicts == (None,) * 3
    assert [notice.code for notice in reading.notices] == ["text.few-paragraphs"]


def test_below_a_sentence_of_such_a_text_nothing_is_a_mere_label() -> None:
    lines = [line("Pier", kind=BlockKind.LABEL), line(SOLID), line("Twelve boats", kind=BlockKind.LABEL)]
    parts = read(lines).parts
    assert parts[0] is None
    assert parts[2] is not None
    assert parts[2].kind is BlockKind.PARAGRAPH


def test_a_text_whose_full_stops_are_unknown_is_left_alone() -> None:
    unended = line(" ".join(["word"] * 50))
    assert not is_scorable([unended, unended, unended])
    assert is_scorable([unended, line(SOLID), line(SOLID)])


@pytest.mark.parametrize(
    ("sentence", "menu", "unended"),
    [
        (
            "港の灯台は来年も続けて開くと町の議会が火曜日に決めた。",
            "スポーツ",
            "灯台をめぐる長い争いがようやく終わった",
        ),
        ("港口的旧灯塔明年继续开放，市议会在星期二作出了这个决定。", "体育", "围绕旧灯塔的长期争论终于告一段落"),
        ("สภาเมืองท่าลงมติเมื่อวันอังคารให้เปิดประภาคารเก่าต่อไปอีกสิบปี.", "กีฬา", "ข้อพิพาทเรื่องประภาคารเก่าสิ้นสุดลงแล้ว"),
    ],
    ids=["ja", "zh", "th"],
)
def test_scripts_without_spaces_lose_short_lines_only(sentence: str, menu: str, unended: str) -> None:
    paragraph = Line(sentence * 3, 40, True, False, BlockKind.PARAGRAPH, 0)
    short = Line(menu, 2, False, False, BlockKind.PARAGRAPH, 0)
    long = Line(unended * 3, 28, False, False, BlockKind.PARAGRAPH, 0)
    speech = Line(sentence, 12, True, False, BlockKind.PARAGRAPH, 0)
    lines = [paragraph] * 8 + [short, long, speech]
    assert is_unspaced(lines)
    verdicts = read(lines).verdicts
    assert [index for index, verdict in enumerate(verdicts) if verdict] == [8]


def test_doubted_lines_stay_where_too_many_words_would_go() -> None:
    lines = [line(SOLID)] * 3 + [line("Harbour master wins the rowing cup of the bay")] * 40
    doubtful = decide(lines, dict.fromkeys(range(3, 43), -100), 0, share=20)
    assert doubtful.doubted
    assert len(doubtful.gone) < 10
    certain = decide(lines, dict.fromkeys(range(3, 43), -6000), 0, share=20)
    assert (certain.gone, certain.doubted) == (tuple(range(3, 43)), False)


def test_lines_set_aside_count_among_what_is_lost_and_become_text() -> None:
    caption = line("Harbour master wins the rowing cup of the bay", kind=BlockKind.CAPTION, rule="text.caption-topic@1")
    decision = decide([line(SOLID), line(SOLID), *[caption] * 20], dict.fromkeys(range(2, 22), -100), 0, share=20)
    assert decision.doubted
    assert len(decision.text) > 10


def test_a_list_goes_by_two_thirds_of_its_lines() -> None:
    items = [line(f"Item {number}", kind=BlockKind.LIST_ITEM) for number in range(6)]
    lines = [*text(), line(SOLID), *items]
    scores = dict.fromkeys(range(4, 10), -9000)
    assert list(decide(lines, scores, 0, share=20).gone) == [4, 5, 6, 7, 8, 9]
    assert list(decide(lines, {**scores, 4: 1, 5: 1}, 0, share=20).gone) == [6, 7, 8, 9]
    assert list(decide(lines, {**scores, 4: 1, 5: 1, 6: 1}, 0, share=20).gone) == []


def test_a_list_under_a_colon_stays_unless_the_scores_are_far_below() -> None:
    items = [line(f"Item {number}", kind=BlockKind.LIST_ITEM) for number in range(3)]
    lines = [*text(), line("This is what the divers took:"), *items]
    assert decide(lines, dict.fromkeys((4, 5, 6), -900), 0, share=999).gone == ()
    assert decide(lines, dict.fromkeys((4, 5, 6), -9000), 0, share=999).gone == (4, 5, 6)


def test_a_standfirst_far_below_the_limit_is_a_label_and_never_goes() -> None:
    lines = text(line("Cracks in eleven piles keep the ferries away", kind=BlockKind.STANDFIRST))
    assert decide(lines, {3: -900}, 0, share=20).labels == ()
    decision = decide(lines, {3: -9000}, 0, share=20)
    assert (decision.gone, decision.labels) == ((), (3,))


def test_a_prompt_gives_its_category() -> None:
    named = Line("Take part", 2, False, False, BlockKind.PARAGRAPH, 1, prompt=Category.COMMENT_FORM)
    verdict = read(text(named)).verdicts[3]
    assert verdict is not None
    assert verdict.category is Category.COMMENT_FORM


def test_a_row_has_every_column_and_whole_numbers_only() -> None:
    lines = text(line("Harbour master wins rowing cup"), line("…"))
    for row in rows(lines, range(len(lines))):
        assert len(row) == len(NAMES) == len(set(NAMES))
        assert all(isinstance(value, int) for value in row)


@pytest.mark.parametrize("written", ["The pier's 12 lamps (and_so on), re-lit!", "Die Brücke: fünf Lampen – »neu«."])
def test_words_are_runs_of_letters_digits_and_low_lines(written: str) -> None:
    assert words_of(written) == re.findall(r"\w+", written.lower())


def test_rows_do_not_tell_the_place_in_the_file() -> None:
    """Far from both ends, a text that goes on longer gives the same row, but for what is told of the whole."""
    whole = {"solid_share", "stretch", "stretch_best", "large_stretch", "echo_all", "same_start", "repeated"}
    whole |= {"repeated_form", "run_total", "run_echo"}
    lines = [line(SOLID)] * 90
    columns = [index for index, name in enumerate(NAMES) if name not in whole and not name.startswith("page_")]
    first, second = rows(lines, [45])[0], rows([line(SOLID), *lines], [46])[0]
    assert [first[at] for at in columns] == [second[at] for at in columns]


def test_the_model_that_ships_fits_the_features_and_orders_its_limits() -> None:
    model = load_model()
    assert model.strict <= model.balanced <= model.generous
    assert len(model.digest) == 64


def test_the_judge_takes_another_model() -> None:
    lines = ["Northern pier stays closed", *[SOLID] * 6, "Harbour master wins rowing cup"]
    assert judged(lines, model=GENTLE)[-1].fate is Fate.KEPT
    assert judged(lines, model=GREEDY)[-1].rule == RULE
