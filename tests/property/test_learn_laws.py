"""Laws of learning: no order of the articles matters, and every proposal is a rule that meets its examples."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.clean.learn import learn
from archiver.clean.learn_file import rule_file
from archiver.clean.learn_sample import Sample, SampledArticle, SampledLine
from archiver.clean.ruleset import check_examples, load_rules, parse_file
from archiver.model.article import BlockKind
from archiver.model.verdict import Fate

WORDS = "the keeper of pier 12 said storm Harbour Lamp – 港 灯台 {n} [x] | © year: 3.5k «nord» müller".split()
LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
ARTICLES = st.lists(st.lists(LINES, min_size=1, max_size=6), min_size=3, max_size=9)


def article(number: int, lines: list[str]) -> SampledArticle:
    own = f"This alone is what article {number} says of the {number * 17} steps that lead up to the lighthouse door."
    told = [
        SampledLine(text, len(text), BlockKind.PARAGRAPH, Fate.KEPT, "", f"char={at},{at}")
        for at, text in enumerate([*lines, own])
    ]
    return SampledArticle(
        number * 7919 % 101, f"{number:064x}", f"{number}.txt", "", str(number), "en", "", tuple(told)
    )


def learned(articles: list[SampledArticle]) -> str:
    sample = Sample()
    for one in articles:
        sample.add("a", one)
    outcome = learn(sample, load_rules(), min_articles=3)
    for rule in outcome.rules:
        check_examples(rule, "learned")
    return rule_file(outcome)


@settings(max_examples=60, deadline=None)
@given(ARTICLES, st.randoms(use_true_random=False))
def test_the_order_of_the_articles_does_not_matter(texts: list[list[str]], chance: random.Random) -> None:
    articles = [article(number, lines) for number, lines in enumerate(texts)]
    shuffled = articles[:]
    chance.shuffle(shuffled)
    text = learned(articles)
    assert learned(shuffled) == text
    version, _, disabled = parse_file(text, "learned")
    assert (version, disabled) == ("1", ())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=80), st.integers(1, 60), st.integers(16, 40))
def test_a_sample_is_the_same_however_the_input_is_cut(numbers: list[int], cut: int, budget: int) -> None:
    def fill(some: list[int]) -> Sample:
        sample = Sample(per_source=32, budget=budget)
        for number in some:
            sample.add(f"source {number % 3}", article(number, []))
        return sample

    whole, joined = fill(numbers), fill(numbers[cut:])
    joined.join(fill(numbers[:cut]))
    assert {name: (own.seen, own.articles) for name, own in sorted(joined.sources.items())} == {
        name: (own.seen, own.articles) for name, own in sorted(whole.sources.items())
    }
