"""Scripts of writing, and the languages that a script gives away by itself or by single letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.wording.language import LanguageGuess

#: ISO 15924 codes with the Unicode ranges of their letters; kana and Hangul before Han, since
#: Japanese and Korean mix scripts.
_RANGES = (
    ("Kana", "\u3040-\u30ff"),
    ("Hang", "\uac00-\ud7af\u1100-\u11ff"),
    ("Hani", "\u3400-\u9fff"),
    ("Cyrl", "\u0400-\u052f"),
    ("Arab", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"),
    ("Grek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("Hebr", "\u0590-\u05ff"),
    ("Deva", "\u0900-\u097f"),
    ("Thai", "\u0e00-\u0e7f"),
    ("Beng", "\u0980-\u09ff"),
    ("Guru", "\u0a00-\u0a7f"),
    ("Gujr", "\u0a80-\u0aff"),
    ("Taml", "\u0b80-\u0bff"),
    ("Telu", "\u0c00-\u0c7f"),
    ("Knda", "\u0c80-\u0cff"),
    ("Mlym", "\u0d00-\u0d7f"),
    ("Sinh", "\u0d80-\u0dff"),
    ("Laoo", "\u0e80-\u0eff"),
    ("Mymr", "\u1000-\u109f"),
    ("Geor", "\u10a0-\u10ff"),
    ("Armn", "\u0530-\u058f"),
    ("Ethi", "\u1200-\u137f"),
    ("Khmr", "\u1780-\u17ff"),
)
_FOREIGN = re.compile("[" + "".join(span for _, span in _RANGES) + "]+")
_LATIN = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]+")
_EACH = tuple((code, re.compile(f"[{span}]+")) for code, span in _RANGES)
#: A script written without spaces says more by a letter than Latin does.
_DENSE = 3
#: So many letters tell the script.
_ENOUGH = 80
#: So much text tells the language within a script.
_MARKED = 600
#: One point in so many letters is enough to be sure.
_MARKED_SHARE = 30

_SINGLE = {
    "Hang": "ko", "Grek": "el", "Hebr": "he", "Thai": "th", "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Taml": "ta",
    "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Laoo": "lo", "Mymr": "my", "Geor": "ka", "Armn": "hy",
    "Ethi": "am", "Khmr": "km", "Kana": "ja",
}  # fmt: skip

#: Letters and small words that part the languages of one script, with the points of each.
_MARKS: dict[str, tuple[tuple[str, int, re.Pattern[str]], ...]] = {
    "Arab": (
        ("ur", 5, re.compile(r"[ٹڈڑںےہھ]")),
        ("ps", 5, re.compile(r"[ټډړږښڼېۍ]")),
        ("ckb", 4, re.compile(r"[ێۆڵڕە]")),
        ("ug", 4, re.compile(r"[ۇۈۋېەڭ]")),
        ("fa", 1, re.compile(r"[پچژگیک]|\b(?:است|این|که|را|برای)\b")),
        ("ar", 1, re.compile(r"[ةىيكأإ]|\b(?:في|من|على|إلى|التي|الذي)\b")),
    ),
    "Deva": (
        ("mr", 3, re.compile(r"ळ|(?<!\S)(?:आहे|आणि|आहेत|होते|मध्ये|नाही|केले|यांनी|हे|त्या|होता)(?!\S)")),
        ("ne", 3, re.compile(r"(?<!\S)(?:छ|छन्|र|भएको|गरेको|पनि|हो|थियो|गर्न|तथा|नेपाल|भने)(?!\S)")),
        ("hi", 2, re.compile(r"(?<!\S)(?:है|हैं|के|की|का|में|और|से|को|ने|पर|यह|कि|था|थे|नहीं)(?!\S)")),
    ),
}


def _letters(pattern: re.Pattern[str], sample: str) -> int:
    return sum(map(len, pattern.findall(sample)))


def script_of(sample: str) -> str:
    """Return the ISO 15924 code of the script that most of ``sample`` (lower case) is in, ``Zyyy`` if none."""
    if sample.isascii():
        return "Latn" if _LATIN.search(sample) else "Zyyy"
    # Letters of other scripts are all outside ISO 8859-1; few such characters cannot outweigh the rest.
    outside = len(sample) - len(sample.encode("latin-1", "ignore"))
    if outside * _DENSE * 2 <= len(sample):
        return "Latn" if _LATIN.search(sample) else "Zyyy"
    foreign = _letters(_FOREIGN, sample)
    if not foreign:
        return "Latn" if _LATIN.search(sample) else "Zyyy"
    if foreign * _DENSE <= _letters(_LATIN, sample):
        return "Latn"
    some = "".join(_FOREIGN.findall(sample))[:_ENOUGH]
    counts = {code: _letters(pattern, some) for code, pattern in _EACH}
    if counts["Kana"] * 12 > counts["Hani"] + counts["Kana"] and counts["Kana"] >= counts["Hang"]:
        return "Kana"
    if counts["Hang"] * 4 > counts["Hani"]:
        counts["Hang"] += counts["Hani"]
        counts["Hani"] = 0
    return max(counts, key=lambda code: counts[code])


def language_by_script(script: str, sample: str) -> LanguageGuess:
    """Return the language of a text whose script, with its letters, gives it away."""
    from archiver.wording.language import LanguageGuess

    sample = sample[:_MARKED]
    letters = _letters(_FOREIGN, sample)
    if letters < 4 or script == "Zyyy":
        return LanguageGuess("und", "low", "no letters to judge by")
    certainty = "high" if letters >= 20 else "medium"
    if script in _SINGLE:
        return LanguageGuess(_SINGLE[script], certainty, f"script {script}")
    if script == "Hani":
        return LanguageGuess("zh", "high" if letters >= 40 else "low", "script Hani without kana")
    ranking = sorted(
        ((points * len(pattern.findall(sample)), tag) for tag, points, pattern in _MARKS[script]), reverse=True
    )
    (most, best), (fewer, second) = ranking[:2]
    if most == 0:
        return LanguageGuess("und", "low", f"script {script} without marks of a language")
    clear = most * 2 >= fewer * 3 and most * _MARKED_SHARE >= letters
    return LanguageGuess(best, certainty if clear else "low", f"script {script}, {most} points, next {second} {fewer}")
