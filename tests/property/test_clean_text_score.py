"""Laws of the line model: its guards hold whatever the trees say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.clean.parts import RULES
from archiver.clean.text_features import NAMES, rows
from archiver.clean.text_line import Line
from archiver.clean.text_score import TextModel, read_lines
from archiver.model.article import BlockKind
from archiver.model.verdict import Profile

WORDS = st.lists(
    st.sampled_from("the pier keeper said storm of and 12 Harbour Lamp – 港 灯台".split()), min_size=1, max_size=50
)


@st.composite
def lines_of(draw: st.DrawFn) -> Line:
    words = draw(WORDS)
    end = draw(st.sampled_from((".", "", "?", ":")))
    kind = draw(st.sampled_from(list(BlockKind)))
    rule = draw(st.sampled_from(RULES))
    return Line(" ".join(words) + end, len(words), end in (".", "?"), False, kind, draw(st.integers(0, 3)), rule)


TEXTS = st.lists(lines_of(), max_size=20)
GREEDY = TextModel(score=lambda *row: -1 - sum(row) % 7, strict=-9, balanced=-3, generous=0)


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_guards_hold_for_a_model_that_removes_everything(lines: list[Line]) -> None:
    reading = read_lines(lines, profile=Profile.GENEROUS, model=GREEDY)
    assert len(reading.verdicts) == len(reading.parts) == len(lines)
    gone = [line for line, verdict in zip(lines, reading.verdicts, strict=True) if verdict]
    assert not any(line.settled or (line.ends_sentence and line.words >= 25) for line in gone)
    assert not any(better and verdict for better, verdict in zip(reading.parts, reading.verdicts, strict=True))


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_a_bolder_profile_removes_what_a_more_careful_one_does(lines: list[Line]) -> None:
    balanced = read_lines(lines, profile=Profile.BALANCED, model=GREEDY).verdicts
    generous = read_lines(lines, profile=Profile.GENEROUS, model=GREEDY).verdicts
    assert all(more is not None for less, more in zip(balanced, generous, strict=True) if less is not None)


@settings(max_examples=80, deadline=None)
@given(TEXTS.filter(bool))
def test_a_row_does_not_hang_on_which_others_are_wanted(lines: list[Line]) -> None:
    together = rows(lines, range(len(lines)))
    assert all(len(row) == len(NAMES) for row in together)
    assert [rows(lines, [index])[0] for index in range(len(lines))] == together
