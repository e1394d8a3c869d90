"""Properties of folding, patterns and matching that hold for any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

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
