"""Which language a text is in: by its script, its small words and its letters, in whole numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from archiver.wording.fold import primary_language, region_of
from archiver.wording.function_words import CYRILLIC, LATIN, LETTERS, TELLING
from archiver.wording.language_tags import normalise_tag
from archiver.wording.scripts import language_by_script, script_of

__all__ = ["LanguageGuess", "detect_language", "normalise_tag"]

#: More text changes no answer.
_REACH = 1500

#: Points of a word that only one language lists; shared words give each their part.
_WORD_POINTS = 60
#: One word counts so often at most, and so many different words have to be known at least.
_MOST_TIMES, _LEAST_KNOWN = 8, 3
#: So many occurrences of one letter count at most.
_MOST_LETTERS = 12
#: Under this many points, or this many a hundred words, there is no evidence of a language.
_LEAST_POINTS, _LEAST_SHARE = 150, 260
#: The winner has to have this many points for each 100 of the second for high certainty.
_CLEAR, _CLOSE = 150, 112


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """The language of a text: ``tag`` is a primary language subtag of BCP 47, ``und`` when evidence is thin.

    ``region`` comes from the declared tag alone, and only where that agrees in language. ``evidence``
    says in words and whole numbers what decided.
    """

    tag: str
    certainty: str
    evidence: str
    region: str | None = None
    given: bool = False
    """Somebody vouches for it; the text was not asked."""


def detect_language(text: str, *, declared: str | None = None) -> LanguageGuess:
    """Return the language of ``text``, judged by its first 1500 characters.

    ``declared`` is what the source says of itself (``html/@lang``, a header); it decides only between
    languages that the text leaves close together, or where the text tells nothing, and adds its region.
    """
    sample = text[:_REACH].lower()
    claimed = normalise_tag(declared) if declared else None
    claim = primary_language(claimed) if claimed else None
    claim = {"nb": "no", "nn": "no", "fil": "tl", "iw": "he", "in": "id"}.get(claim or "", claim)
    script = script_of(sample)
    if script not in ("Latn", "Cyrl"):
        return _with_claim(language_by_script(script, sample), claim, claimed, shared=script)
    # Words next to punctuation are left out: small words seldom are, and splitting at spaces is cheap.
    words = Counter(sample.split())
    table = _TABLES[script]
    points: dict[str, int] = {}
    known = 0
    for word in words.keys() & table.keys():
        times = min(words[word], _MOST_TIMES)
        known += 1
        for language, value in table[word]:
            points[language] = points.get(language, 0) + value * times
    if not sample.isascii():
        _add_letters(points, sample, table_languages=_LANGUAGES[script])
    if known < _LEAST_KNOWN:
        points.clear()
    return _decide(points, sum(words.values()), claim, claimed)


def _decide(points: dict[str, int], words: int, claim: str | None, claimed: str | None) -> LanguageGuess:
    ranking = sorted(points.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    if not ranking or ranking[0][1] < _LEAST_POINTS or ranking[0][1] * 100 < _LEAST_SHARE * words:
        return _with_claim(LanguageGuess("und", "low", f"{words} words, too few known ones"), claim, claimed, shared="")
    best, most = ranking[0]
    second, fewer = ranking[1] if len(ranking) > 1 else ("none", 0)
    evidence = f"{most} points in {words} words, next {second} {fewer}"
    if claim is not None and claim != best and points.get(claim, 0) * _CLOSE >= most * 100:
        best, evidence = claim, f"{evidence}; declared {claim}"
    if most * 100 >= fewer * _CLEAR and most >= 3 * _LEAST_POINTS:
        certainty = "high"
    else:
        certainty = "medium" if most * 100 >= fewer * _CLOSE or claim == best else "low"
    return LanguageGuess(best, certainty, evidence, _region(claimed, claim, best))


def _with_claim(guess: LanguageGuess, claim: str | None, claimed: str | None, *, shared: str) -> LanguageGuess:
    """Let the declared language speak where the text says nothing of its own, or is of its script."""
    if guess.tag == "und" and claim is not None and not shared:
        return LanguageGuess(claim, "low", f"{guess.evidence}; declared {claim}", _region(claimed, claim, claim))
    if claim is not None and guess.certainty == "low" and claim in _SAME_SCRIPT.get(shared, ()):
        return LanguageGuess(claim, "medium", f"{guess.evidence}; declared {claim}", _region(claimed, claim, claim))
    return LanguageGuess(guess.tag, guess.certainty, guess.evidence, _region(claimed, claim, guess.tag))


def _region(claimed: str | None, claim: str | None, tag: str) -> str | None:
    return region_of(claimed) or None if claimed and claim == tag else None


#: Languages that share a script whose letters alone cannot always part them.
_SAME_SCRIPT: Mapping[str, tuple[str, ...]] = {
    "Arab": ("ar", "fa", "ur", "ps", "ckb", "ug", "sd"),
    "Deva": ("hi", "mr", "ne", "sa", "kok"),
    "Hani": ("zh", "ja", "yue"),
    "Hebr": ("he", "yi"),
    "Beng": ("bn", "as"),
    "Ethi": ("am", "ti"),
}


def _add_letters(points: dict[str, int], sample: str, *, table_languages: frozenset[str]) -> None:
    for letter in LETTERS.keys() & set(sample):
        times = min(sample.count(letter), _MOST_LETTERS)
        for language, value in LETTERS[letter]:
            if language in table_languages:
                points[language] = points.get(language, 0) + value * times


def _weights(lists: Mapping[str, str]) -> dict[str, tuple[tuple[str, int], ...]]:
    owners: dict[str, list[str]] = {}
    for language, words in lists.items():
        for word in dict.fromkeys(words.split()):
            owners.setdefault(word, []).append(language)
    table = {word: [(language, _share(len(names))) for language in names] for word, names in owners.items()}
    for language, words in TELLING.items():
        if language in lists:
            for word in dict.fromkeys(words.split()):
                table.setdefault(word, []).append((language, _WORD_POINTS // 2))
    return {word: tuple(rows) for word, rows in table.items()}


def _share(owners: int) -> int:
    return max(_WORD_POINTS // owners, 8)


_TABLES = {"Latn": _weights(LATIN), "Cyrl": _weights(CYRILLIC)}
_LANGUAGES = {"Latn": frozenset(LATIN), "Cyrl": frozenset(CYRILLIC)}
