"""Which texts are the same or nearly the same, whatever order the work was done in, with a flat memory."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from archiver.canon import sha256_hex
from archiver.model.metadata import Related
from archiver.relate import buckets
from archiver.relate.buckets import Buckets
from archiver.relate.join import RELATED_AT_MOST, Relation, relate
from archiver.relate.likeness import (
    MIN_SEQUENCES,
    NEARLY_THE_SAME,
    Likeness,
    may_be_alike,
    meeting_points,
    resemblance,
    sequences,
    signature,
)

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "bdglmnrst"]


def text_of(seed: int, words: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def edited(text: str, *, every: int) -> str:
    words = text.split()
    words[::every] = ["changed"] * len(words[::every])
    return " ".join(words)


def likeness(place: int, text: str) -> Likeness:
    sha256 = sha256_hex(text.encode()) if text else ""
    return Likeness(f"a-{place:016x}", sha256, signature(text).hex())


def related(tmp_path: Path, *texts: str) -> list[Relation]:
    found = list(relate(tmp_path / "work", (likeness(*one) for one in enumerate(texts)), texts.__getitem__))
    assert not (tmp_path / "work").exists()
    return found


def test_resemblance_is_that_of_the_sets_of_sequences() -> None:
    one, other = sequences("one two three four five six"), sequences("two three four five six seven")
    assert (len(one), len(other), len(one & other)) == (3, 3, 2)
    assert resemblance(one, other) == 50
    assert resemblance(one, one) == 100
    assert resemblance(frozenset(), frozenset()) == 0


def test_case_and_punctuation_do_not_count() -> None:
    assert sequences("“One, two — THREE four!” Five") == sequences("one two three four five")


@pytest.mark.parametrize("text", ["汐見浜の潮時計が五十年ぶりに動き出した", "เรือหนังสือกลับมาที่หมู่บ้าน"])
def test_scripts_without_spaces_have_sequences(text: str) -> None:
    assert len(sequences(text)) > 10


def test_a_text_is_a_duplicate_of_the_first_with_the_same_text(tmp_path: Path) -> None:
    one, other = text_of(1), "Short."
    found = related(tmp_path, one, other, one, text_of(2), other, one)
    assert found == [
        Relation(2, "a-0000000000000000", ()),
        Relation(4, "a-0000000000000001", ()),
        Relation(5, "a-0000000000000000", ()),
    ]


def test_articles_without_text_are_no_duplicates(tmp_path: Path) -> None:
    assert related(tmp_path, "", "", "") == []
    assert related(tmp_path) == []


@pytest.mark.parametrize("every", [50, 25, 15])
def test_nearly_the_same_text_is_found_with_its_resemblance(tmp_path: Path, every: int) -> None:
    one = text_of(1)
    other = edited(one, every=every)
    percent = resemblance(sequences(one), sequences(other))
    assert NEARLY_THE_SAME <= percent < 100
    found = related(tmp_path, text_of(2), one, text_of(3), other)
    assert found == [Relation(3, None, (Related("a-0000000000000001", percent),))]


def test_a_text_cut_by_a_third_is_found(tmp_path: Path) -> None:
    one = text_of(1, 300)
    found = related(tmp_path, one, " ".join(one.split()[:200]))
    assert [relation.related[0].similarity for relation in found] == [66]


def test_texts_with_less_in_common_are_not_related(tmp_path: Path) -> None:
    one = text_of(1)
    assert related(tmp_path, one, edited(one, every=5)) == []
    assert related(tmp_path, *(text_of(seed) for seed in range(40))) == []


def test_short_texts_are_related_only_when_they_are_the_same(tmp_path: Path) -> None:
    one = " ".join(text_of(1).split()[: MIN_SEQUENCES + 2])
    assert signature(one) == b""
    assert related(tmp_path, one, one + " more") == []


def test_the_most_similar_come_first_and_no_more_than_five(tmp_path: Path) -> None:
    one = text_of(1, 400)
    versions = [edited(one, every=every) for every in (16, 20, 30, 40, 60, 80, 100, 200)]
    last = related(tmp_path, *versions, one)[-1]
    percents = [other.similarity for other in last.related]
    assert percents == sorted(percents, reverse=True)
    assert len(percents) <= RELATED_AT_MOST


def test_a_duplicate_is_not_related_as_well(tmp_path: Path) -> None:
    one = text_of(1)
    found = related(tmp_path, one, edited(one, every=40), edited(one, every=40))
    assert [(relation.place, relation.duplicate_of) for relation in found] == [(1, None), (2, "a-0000000000000001")]


def test_nearly_all_texts_with_half_in_common_meet() -> None:
    """Broder 1997 and Li, Owen, Zhang 2012: a band of two values meets with the square of the resemblance."""
    met = 0
    for seed in range(200):
        one = text_of(seed, 300)
        # 300 words of which the last fifth is another's: a resemblance of about 65 per cent.
        other = " ".join([*one.split()[:240], *text_of(seed + 1000, 60).split()])
        first, second = signature(one), signature(other)
        met += bool(set(meeting_points(first)) & set(meeting_points(second))) and may_be_alike(first, second)
    assert met >= 196


def test_different_texts_hardly_ever_meet() -> None:
    signed = [signature(text_of(seed)) for seed in range(100)]
    points = [set(meeting_points(one)) for one in signed]
    pairs = [(one, other) for one in range(100) for other in range(one)]
    assert sum(bool(points[one] & points[other]) for one, other in pairs) < 10
    assert not any(may_be_alike(signed[one], signed[other]) for one, other in pairs)


def test_buckets_give_pairs_back_sorted_and_once(tmp_path: Path) -> None:
    chance = random.Random(7)
    pairs = [(chance.randrange(1 << 64), chance.randrange(1 << 64)) for _ in range(30_000)]
    pairs += [(0, 5), (0, 3), (0, 5), ((1 << 64) - 1, 0)]
    chance.shuffle(pairs)
    with Buckets(tmp_path / "buckets", limit=1 << 64) as buckets:
        for key, value in pairs:
            buckets.add(key, value)
        groups = list(buckets.groups())
    assert [(key, value) for key, values in groups for value in values] == sorted(set(pairs))
    assert groups[0] == (0, [3, 5])
    assert not (tmp_path / "buckets").exists()


@pytest.mark.parametrize("limit", [1, 3, 1 << 20, 1 << 64])
def test_buckets_that_hold_too_much_are_shared_out_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(buckets, "_SORTED_PAIRS", 8)
    monkeypatch.setattr(buckets, "_FLUSH_PAIRS", 2)
    numbers = random.Random(1)
    pairs = [(numbers.randrange(limit) % (limit // 7 + 1), numbers.randrange(9)) for _ in range(2000)]
    with Buckets(tmp_path / "buckets", limit=limit) as found:
        for pair in pairs:
            found.add(*pair)
        groups = [(key, value) for key, values in found.groups() for value in values]
    assert groups == sorted(set(pairs))
    assert not (tmp_path / "buckets").exists()
