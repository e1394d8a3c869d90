"""Telling the encoding of text that does not say: by bytes first, then by the letters of its language."""

from __future__ import annotations

import re
from collections import Counter

from charset_normalizer import from_bytes

from archiver.wording.function_words import LETTERS
from archiver.wording.language import detect_language

#: Encodings that articles are really found in; the detector is not offered the rest, which look alike.
_LEGACY = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp866", "cp874",
    "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_15", "koi8_r", "koi8_u",
    "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949", "mac_roman", "mac_cyrillic",
]  # fmt: skip
#: One byte a character, Latin letters: they differ in a few letters only, which bytes alone do not tell apart.
_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "iso8859_15", "mac_roman")
#: What the detectors look at; more does not make them better, only slower.
_SAMPLE_BYTES = 65_536
#: A sign that is no letter, yet touches one: ``pe³ny`` for ``pełny``, ``®ádný`` for ``Žádný``. And C1 controls.
_SIGN_IN_WORD = re.compile(
    r"(?<=[^\W\d_])[¡-©¬®-¶¸-º¼-¿×÷†‡‰‹›ˇ˘˙˛˝](?=[^\W\d_])|(?<![^\W\d_])[¢-¨¬®-¶¸¹¼-¾×÷](?=[^\W\d_])|[\x80-\x9f]"
)
#: A capital inside a word of small letters: ``Mo¿liwoœæ`` read as ``MoĽliwośĆ``.
_LETTER_IN_WORD = re.compile(r"(?<=[a-zà-ÿ])[^\W\d_a-zß-ÿ](?=[a-zà-ÿ])")


def likely_codecs(data: bytes) -> tuple[str, ...]:
    """Return names of codecs in which ``data`` can be read, the likeliest first."""
    sample = data[:_SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=_LEGACY).best()
    first = best.encoding if best else "cp1252"
    if first not in _LATIN and not _reads_as_latin(sample, first):
        return (first, "cp1252")
    ranked = sorted(_LATIN, key=lambda codec: (-_score(sample, codec), codec != first and codec != "cp1252"))
    return tuple(ranked)


def _reads_as_latin(sample: bytes, codec: str) -> bool:
    """Arabic and Vietnamese encodings hold the letters of French too, and are taken for it."""
    if codec not in ("cp1256", "cp1258"):
        return False
    beyond = [char for char in sample.decode(codec, "replace") if char > "\x7f" and char.isalpha()]
    return codec == "cp1258" or sum(char < "\u0250" for char in beyond) * 2 > len(beyond)


def _score(sample: bytes, codec: str) -> int:
    """How well the letters fit the language of the text: one point each, minus what no language writes."""
    text = sample.decode(codec, "replace")
    letters = Counter(char for char in text.lower() if char in LETTERS)
    spoken = detect_language(text).tag
    languages = [spoken] if spoken != "und" else sorted({tag for char in letters for tag, _ in LETTERS[char]})
    score = max((_fit(letters, language) for language in languages), default=0)
    score -= 2 * text.count("\ufffd")
    letters_within: list[str] = _LETTER_IN_WORD.findall(text)
    capitals = sum(letter.isupper() for letter in letters_within)
    return score - 2 * len(_SIGN_IN_WORD.findall(text)) - 2 * capitals


def _fit(letters: Counter[str], language: str) -> int:
    own = sum(times for char, times in letters.items() if any(tag == language for tag, _ in LETTERS[char]))
    return own - 2 * (letters.total() - own)
