"""The structure of pages judged, on invented pages."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from archiver.clean.html_features import COLUMNS, NAMES, candidates, group_of, rows
from archiver.clean.html_model import FIRST, SURE, compile_trees, load_model
from archiver.clean.html_page import read_page
from archiver.clean.html_words import Masks, groups_in, mask_of
from archiver.clean.structure import StructureVerdict, judge_structure, score_parts
from archiver.clean.trees import bias, contributions
from archiver.model.article import BODY_KINDS, BlockKind
from archiver.model.document import Document
from archiver.model.verdict import Action, Category, Profile
from archiver.parse.html import parse_html

SENTENCES = (
    "The ferry company said on Monday that the northern pier will stay closed until the autumn storms are over.",
    "Divers found cracks in eleven of the forty piles, and engineers from the county have begun to brace the rest.",
    "“Nobody should be surprised,” said the harbour master, who had asked for repairs in each of the last six years.",
    "Passengers will board at the old fish quay, where the council has put up a tent, two ramps and a coffee stall.",
    "Fares do not change, but the crossing takes nine minutes more, since the boats have to round the breakwater.",
    "A decision on the cost, put at four million crowns, is expected when the county assembly meets in September.",
)
PAGE = f"""<html lang=en><head><title>Northern pier stays closed - The Elmham Post</title>
<meta property="og:title" content="Northern pier stays closed">
<meta name=description content="Cracks in eleven piles keep the ferries away from the northern pier until the autumn.">
<meta name=author content="Ana Reed"></head><body>
<header><a href=/>The Elmham Post</a></header>
<nav><ul><li><a href=/w>World</a><li><a href=/s>Sport</a><li><a href=/c>Culture</a></ul></nav>
<main><article class=story>
<h1>Northern pier stays closed</h1>
<p class=lead>Cracks in eleven piles keep the ferries away from the northern pier until the autumn.</p>
<div class=byline>By Ana Reed</div><time class=date datetime="2031-02-03">3 February 2031</time>
<figure><img src=/pier.jpg><figcaption>The northern pier in January.</figcaption></figure>
<div class=body>{"".join(f"<p class=text>{sentence}</p>" for sentence in SENTENCES)}</div>
</article>
<aside class=related><h3>More from Elmham</h3><ul>
<li><a href=/1>Fish quay to be painted blue after long quarrel</a><li><a href=/2>Choir looks for tenors</a>
<li><a href=/3>Snow expected on the hills</a></ul></aside></main>
<footer><p>© 2031 The Elmham Post. All rights reserved.</p></footer></body></html>"""


@dataclass(frozen=True)
class Judged:
    document: Document
    verdicts: tuple[StructureVerdict, ...]

    def removed(self, index: int) -> bool:
        return any(each.action is Action.REMOVE for each in self.verdicts[index].verdicts)

    def of(self, start: str) -> StructureVerdict:
        return next(v for b, v in zip(self.document.blocks, self.verdicts, strict=True) if b.text.startswith(start))

    def kind(self, kind: BlockKind) -> list[str]:
        return [
            block.text
            for index, block in enumerate(self.document.blocks)
            if self.verdicts[index].kind is kind and not self.removed(index)
        ]

    @property
    def body(self) -> list[str]:
        return [
            block.text
            for index, block in enumerate(self.document.blocks)
            if self.verdicts[index].kind in BODY_KINDS and not self.removed(index)
        ]


def judged(page: str, profile: Profile = Profile.BALANCED) -> Judged:
    document = parse_html(page, charset="utf-8", charset_origin="utf-8", url=None, media_type="text/html")
    return Judged(document, judge_structure(document, profile=profile))


def test_the_body_is_standfirst_and_paragraphs_and_nothing_else() -> None:
    result = judged(PAGE)
    standfirst = "Cracks in eleven piles keep the ferries away from the northern pier until the autumn."
    assert result.body == [standfirst, *SENTENCES]
    assert result.kind(BlockKind.STANDFIRST) == [standfirst]


def test_furniture_is_kept_and_named() -> None:
    result = judged(PAGE)
    assert result.kind(BlockKind.HEADLINE) == ["Northern pier stays closed"]
    assert result.kind(BlockKind.CAPTION) == ["The northern pier in January."]
    assert [text[:11] for text in result.kind(BlockKind.BYLINE)] == ["By Ana Reed"]


def test_every_block_has_one_verdict_with_rule_category_and_evidence() -> None:
    result = judged(PAGE)
    assert len(result.verdicts) == len(result.document.blocks)
    for found in result.verdicts:
        (verdict,) = found.verdicts
        assert verdict.rule.startswith("html.")
        assert verdict.rule.endswith("@1")
        assert verdict.evidence
        assert (verdict.category is None) == (verdict.action is Action.KEEP)
        assert verdict.action is Action.KEEP or verdict.weight >= 100


def test_removals_say_why() -> None:
    result = judged(PAGE)
    assert [(v.rule, v.category) for v in result.of("World").verdicts] == [("html.nav@1", Category.NAV)]
    assert [(v.rule, v.category) for v in result.of("©").verdicts] == [("html.footer@1", Category.COPYRIGHT)]
    (related,) = result.of("Fish quay").verdicts
    assert related.category is Category.RELATED
    assert "links are 100 %" in related.evidence


def test_profiles_are_nested() -> None:
    kept = {profile: set(judged(PAGE, profile).body) for profile in Profile}
    assert kept[Profile.GENEROUS] <= kept[Profile.BALANCED] <= kept[Profile.STRICT]


def test_exact_repeats_of_long_blocks_go() -> None:
    page = PAGE.replace("</article>", f"<div class=body><p class=text>{SENTENCES[0]}</p></div></article>")
    result = judged(page)
    assert result.body.count(SENTENCES[0]) == 1
    last = [index for index, block in enumerate(result.document.blocks) if block.text == SENTENCES[0]][-1]
    assert result.verdicts[last].verdicts[0].category in (Category.REPEAT, Category.STRUCTURE)


def test_a_paragraph_that_comes_back_among_its_like_stays() -> None:
    last = f"<p class=text>{SENTENCES[-1]}</p>"
    assert judged(PAGE.replace(last, last + f"<p class=text>{SENTENCES[0]}</p>")).body.count(SENTENCES[0]) == 2


@pytest.mark.parametrize(
    "page",
    [
        "<p>Closed.",
        "<div>Hello <b>there</b></div>",
        "<table><tr><td>The pier is closed until further notice, the company says.</table>",
        "<ul><li><a href=1>One</a><li><a href=2>Two</a></ul>",
    ],
)
def test_a_page_with_text_never_gives_an_empty_body(page: str) -> None:
    result = judged(page)
    assert result.body
    assert all(found.doubtful for found in result.verdicts if found.verdicts[0].rule == "html.fallback@1")


def test_a_page_without_blocks_gives_no_verdict() -> None:
    assert judged("<html><body></body></html>").verdicts == ()


def test_rows_have_one_whole_number_for_each_column() -> None:
    page = read_page(judged(PAGE).document)
    table = rows(page, Masks(page.best_depth))
    assert table
    for _, row in table:
        assert len(row) == len(COLUMNS)
        assert all(type(value) is int for value in row)


def test_trees_compare_with_not_above_and_add_up() -> None:
    chars, words, own = NAMES.index("chars"), NAMES.index("words"), NAMES.index("own:related")
    score = compile_trees([[chars, 5, [words, -1, 10, 20, 0], 30, 0], [own, 0, 1, 2, 0]])

    def scored(chars: int, words: int, own: int) -> int:
        values = dict.fromkeys(COLUMNS, 0) | {"chars": chars, "words": words, "own": own}
        return score(*values.values())

    related = mask_of("related")
    assert [scored(5, -1, 0), scored(5, 0, 0), scored(6, 1, related)] == [10 + 1, 20 + 1, 30 + 2]


def test_a_change_of_worth_on_the_way_down_is_the_part_of_the_feature_that_was_asked() -> None:
    chars, words, own = NAMES.index("chars"), NAMES.index("words"), NAMES.index("own:related")
    trees = [[chars, 5, [words, -1, 10, 20, 16], 30, 25], [own, 0, 1, 2, 3]]
    values = {chars: 5, words: 7, own: 1}
    assert bias(trees) == 25 + 3
    parts = contributions(trees, value=values.__getitem__, group=lambda feature: group_of(NAMES[feature]))
    assert parts == (("text", 20 - 25), ("class words", 2 - 3))


@pytest.mark.parametrize("cut", [-1500, 0, 800])
def test_parts_add_up_to_the_score_less_the_bias(cut: int) -> None:
    model, page = load_model(), read_page(judged(PAGE).document)
    for _, row in rows(page, Masks(page.best_depth)):
        sure = abs(model.first(*row) - cut) > SURE
        trees = model.trees[:FIRST] if sure else model.trees
        assert sum(part for _, part in model.contributions(row, cut)) == model.score(row, cut) - bias(trees)


def test_trees_after_the_first_are_not_asked_of_what_is_beyond_doubt() -> None:
    model, page = load_model(), read_page(judged(PAGE).document)
    scores = [(model.first(*row), model.score(row, 0), row) for _, row in rows(page, Masks(page.best_depth))]
    assert any(abs(first) > SURE for first, _, _ in scores)
    for first, score, row in scores:
        assert score == (first if abs(first) > SURE else first + model.rest(*row))


def test_parts_are_told_for_the_blocks_that_are_scored() -> None:
    document = judged(PAGE).document
    parts = score_parts(document, profile=Profile.BALANCED)
    assert list(parts) == candidates(read_page(document))
    assert {group for each in parts.values() for group, _ in each} <= {group_of(name) for name in NAMES}
    assert score_parts(judged("<html></html>").document, profile=Profile.BALANCED) == {}


def test_short_lines_far_from_the_text_are_not_scored() -> None:
    tiles = "".join(f"<div class=tile><span>Weather {number}</span></div>" for number in range(14))
    more = [f"{sentence} So it was told in the evening of the day before." for sentence in SENTENCES]
    text = f"<p class=text>{SENTENCES[-1]}</p>"
    page = PAGE.replace(text, text + "".join(f"<p class=text>{sentence}</p>" for sentence in more))
    result = judged(page.replace("</main>", f"<div class=tiles>{tiles}</div></main>"))
    assert [verdict.rule for verdict in result.of("Weather 13").verdicts] == ["html.far@1"]
    assert result.body[1:] == [*SENTENCES, *more]


def test_the_words_of_the_description_between_headline_and_text_are_the_standfirst() -> None:
    standfirst = "Cracks in eleven piles keep the ferries away from the northern pier until the autumn."
    page = PAGE.replace(f"<p class=lead>{standfirst}</p>", f"<aside class=teaser-card>{standfirst}</aside>")
    assert judged(page, Profile.GENEROUS).kind(BlockKind.STANDFIRST) == [standfirst]


def test_a_standfirst_that_the_page_gives_as_a_title_too_is_no_headline() -> None:
    standfirst = "Cracks in eleven piles keep the ferries away from the northern pier until the autumn."
    page = PAGE.replace("</head>", f'<meta name="twitter:title" content="{standfirst}"></head>')
    result = judged(page.replace(f"<p class=lead>{standfirst}</p>", f"<h2 class=lead>{standfirst}</h2>"))
    assert result.kind(BlockKind.HEADLINE) == ["Northern pier stays closed"]
    assert result.kind(BlockKind.STANDFIRST) == [standfirst]


def test_a_second_headline_with_a_byline_of_its_own_begins_a_second_story() -> None:
    other = [sentence.replace("pier", "bridge").replace("ferry", "tram") for sentence in SENTENCES]
    story = (
        "<article class=story><h1>Trams stop at the old bridge</h1><div class=byline>By Tom Hale</div>"
        f"<div class=body>{''.join(f'<p class=text>{sentence} Again.</p>' for sentence in other)}</div></article>"
    )
    result = judged(PAGE.replace("</article>", f"</article>{story}"))
    assert result.body[1:] == list(SENTENCES)
    assert [verdict.rule for verdict in result.of("Trams stop").verdicts] == ["html.second-story@1"]


def test_headings_of_the_first_order_inside_the_text_begin_no_second_story() -> None:
    page = PAGE.replace(f"<p class=text>{SENTENCES[-1]}", f"<h1>What comes next</h1><p class=text>{SENTENCES[-1]}")
    assert judged(page).body[1:] == [*SENTENCES[:-1], "What comes next", SENTENCES[-1]]


def test_marks_between_paragraphs_that_stand_alone_do_not_hide_the_text() -> None:
    boxes = "".join(
        f"<section><div class=sr>Article part</div><section class=part><p>{sentence}</p></section></section>"
        for sentence in SENTENCES
    )
    offer = "".join(
        f"<li>Read it on screen number {number}, as often as you like, for a crown.</li>" for number in "123"
    )
    document = judged(f"<body><main><ul class=offer>{offer}</ul><div id=story>{boxes}</div></main>").document
    assert read_page(document).best == "/html/body/main[1]/div[1]"


def test_rows_of_a_data_table_in_a_figure_are_no_captions() -> None:
    rows_ = "".join(f"<tr><td>Pile {number}<td>{number} cracks</tr>" for number in range(1, 6))
    table = f"<figure class=table><table><tr><th>Pile<th>Cracks</tr>{rows_}</table></figure>"
    result = judged(PAGE.replace(f"<p class=text>{SENTENCES[3]}", f"{table}<p class=text>{SENTENCES[3]}"))
    assert not [text for text in result.kind(BlockKind.CAPTION) if text.startswith("Pile")]


def test_elements_nested_thousands_deep_are_read() -> None:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    assert judged("<div>" * 1500 + paragraphs).body == list(SENTENCES)


def test_text_that_stands_in_a_box_a_paragraph_is_held_by_the_element_around_the_boxes() -> None:
    boxes = "".join(f"<div><section><div><p class=t>{sentence}</p></div></section></div>" for sentence in SENTENCES)
    offer = "<div><ul><li>Read the whole paper on every screen, as often as you like, for a crown a week.</ul></div>"
    document = judged(f"<body><main>{offer}<div id=story>{boxes}</div></main>").document
    assert read_page(document).best == "/html/body/main[1]/div[2]"


def test_an_article_inside_a_menu_without_end_tag_is_found() -> None:
    page = "<nav><a href=/>Home</a><div>" + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES) + "</div>"
    assert judged(page).body == list(SENTENCES)


def test_trees_take_nothing_but_whole_numbers() -> None:
    with pytest.raises((ValueError, TypeError)):
        compile_trees([[0, "__import__('os')", 1, 2, 0]])


def test_the_model_says_what_it_is() -> None:
    model = load_model()
    assert len(model.digest) == 64
    assert model.scale == 1000


def test_class_words_are_parted_at_hyphens_and_capitals() -> None:
    assert "related" in groups_in(mask_of("js-relatedStories"))
    assert "share" in groups_in(mask_of("SHARE_bar"))
    assert groups_in(mask_of("unrelatedly")) == ()
