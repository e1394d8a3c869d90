"""Properties of folding, patterns and matching that hold for any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.clean.automaton import Automaton
from archiver.clean.fold import fold
from archiver.clean.pattern import PatternError, compile_pattern
from archiver.clean.ruleset import load_rules

RULES = load_rules()
MATCHER = RULES.matcher(["en"])
SURE = [
    line
    for rule in RULES.rules
    if rule.language == "en" and rule.strength == "sure" and rule.scope == "line" and rule.category
    for line in rule.match
]
WORDS = st.text(alphabet="bdfgjkqvwz", min_size=3, max_size=9)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_folding_leaves_single_inner_spaces_only(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())


@given(st.text(max_size=500))
@settings(max_examples=60)
def test_any_text_is_answered(text: str) -> None:
    found = MATCHER.match(text)
    MATCHER.protect(text)
    MATCHER.contains(text)
    assert found is None or len(found.rules) == len(found.matched) > 0


@given(st.lists(st.sampled_from(SURE), min_size=1, max_size=4))
@settings(max_examples=80)
def test_rows_of_prompts_match_and_are_sure(prompts: list[str]) -> None:
    line = " ".join(prompts)
    found = MATCHER.match(line)
    assert (found is not None and found.strength == "sure") or len(fold(line)) > 400


@given(st.lists(st.sampled_from(SURE), min_size=1, max_size=3), WORDS, st.integers(0, 3))
@settings(max_examples=80)
def test_one_strange_word_keeps_the_line(prompts: list[str], word: str, place: int) -> None:
    line = " ".join([*prompts[:place], word, *prompts[place:]])
    found = MATCHER.match(line)
    # Only a slot of a pattern may take the word in.
    assert found is None or any("{" in pattern for rule in found.rules for pattern in rule.pattern)


@given(st.text(alphabet="0123456789 .,:;|/()-%\t", max_size=60))
def test_figures_never_match(line: str) -> None:
    assert MATCHER.match(line) is None
    assert MATCHER.protect(line) is None


@given(st.text(alphabet="ab {}[]<>|\\n*©", max_size=30), st.text(alphabet="ab 12*", max_size=40))
@settings(max_examples=200)
def test_any_pattern_is_compiled_or_refused_and_ends_inside_the_text(source: str, text: str) -> None:
    try:
        pattern = compile_pattern(source)
    except PatternError:
        return
    folded = fold(text)
    ends = pattern.ends(folded, 0)
    assert ends == sorted(set(ends))
    assert all(0 < end <= len(folded) for end in ends)
    assert not any(folded[:end].replace(" ", "").isdigit() for end in ends)


#: Words of two alphabets, spaced and not, so that gaps are needed between some and not between others.
PLAIN = st.sampled_from(["ba", "bab", "abba", "b", "©a", "7", "订阅", "读"])
PARTS = st.one_of(
    PLAIN.map(lambda word: (word, [[word]])),
    PLAIN.map(lambda word: (f"[{word}]", [[], [word]])),
    st.lists(PLAIN, min_size=1, max_size=3, unique=True).map(lambda all_: (f"<{'|'.join(all_)}>", [[w] for w in all_])),
    st.tuples(PLAIN, PLAIN).map(lambda two: (f"[{two[0]} {two[1]}]", [[], list(two)])),
)


def spelled(parts: list[tuple[str, list[list[str]]]]) -> tuple[str, set[tuple[str, ...]]]:
    """Return the pattern that ``parts`` write, and every row of words that it stands for."""
    rows: set[tuple[str, ...]] = {()}
    for _, branches in parts:
        rows = {(*row, *branch) for row in rows for branch in branches}
    return " ".join(source for source, _ in parts), rows


@given(st.lists(PARTS, min_size=1, max_size=5), st.sampled_from([" ", " – ", " / "]), st.lists(PLAIN, max_size=5))
@settings(max_examples=300)
def test_a_pattern_matches_just_the_rows_of_words_that_it_spells(
    parts: list[tuple[str, list[list[str]]]], between: str, other: list[str]
) -> None:
    source, rows = spelled(parts)
    try:
        pattern = compile_pattern(source)
    except PatternError:
        return

    def whole(row: tuple[str, ...]) -> bool:
        line = fold(between.join(row))
        return len(line) in pattern.ends(line, 0)

    assert all(whole(row) for row in rows if row)
    assert whole(tuple(other)) == (tuple(other) in rows) or not other


@given(st.lists(st.lists(PARTS, min_size=1, max_size=4), min_size=1, max_size=4), st.lists(PLAIN, max_size=6))
def test_patterns_that_are_followed_together_match_as_each_does_alone(
    sources: list[list[tuple[str, list[list[str]]]]], words: list[str]
) -> None:
    patterns = []
    for parts in sources:
        try:
            patterns.append(compile_pattern(spelled(parts)[0]))
        except PatternError:
            continue
    text = fold(" ".join(words))
    together = Automaton([pattern.chart for pattern in patterns]).ends(text, 0)
    alone = [(number, end) for number, pattern in enumerate(patterns) for end in pattern.ends(text, 0)]
    assert together == sorted(alone)
    begins = Automaton([pattern.chart for pattern in patterns]).may_begin(text, 0, len(text))
    assert begins or not together
