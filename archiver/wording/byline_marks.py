"""The words that open a byline or name a role within it, in the scripts of many languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from archiver.wording.name_words import HAN_FAMILY_NAMES

#: Words in front of the names, by role; lower case. Those of ``_WORDS_ALONE`` are also common words,
#: so that full names have to follow.
_MARKS: Mapping[str, tuple[str, ...]] = {
    "photographer": (
        "photographs by", "photography by", "photos by", "photo by", "pictures by", "picture by", "images by",
        "photographs", "photography", "photos", "photo", "pictures", "fotos", "foto", "fotos von", "foto von",
        "photos de", "photographies", "fotografías", "fotografie", "fotografias", "zdjęcia", "фото", "fotoğraf",
        "fotoğraflar", "bilder", "تصوير",
    ),
    "illustrator": ("illustrations by", "illustration by", "illustrations", "graphics by", "illustrationen"),
    "translator": (
        "translated by", "translation by", "translation", "übersetzung", "übersetzt von", "aus dem englischen von",
        "traduit par", "traduction", "traducción", "traducido por", "traduzione", "traduzione di", "tradução",
        "vertaling", "tłumaczenie", "перевод", "çeviri", "ترجمة", "翻译", "翻譯", "翻訳",
    ),
    "contributor": (
        "additional reporting by", "with additional reporting by", "reporting by", "with contributions from",
        "contributions by", "with contributions by", "contributors", "contributor", "mitarbeit", "unter mitarbeit von",
        "avec la collaboration de", "con información de", "con la collaborazione di",
    ),
    "editor": ("edited by", "editing by", "bearbeitet von", "opracowanie", "oprac", "opracował", "opracowała", "编辑",
               "責任編集", "责任编辑", "責任編輯", "责编", "責編", "redaktion", "a cura di"),
    "author": (
        "written by", "words by", "story by", "report by", "a report by", "article by", "text by", "author", "authors",
        "an analysis by", "analysis by", "opinion by", "review by", "interview by", "posted by", "published by",
        "ein kommentar von", "eine analyse von", "ein gastbeitrag von", "ein gastkommentar von", "interview von",
        "ein bericht von", "eine kolumne von", "eine reportage von", "ein interview von", "kommentar von",
        "aufgezeichnet von", "autor", "autorin", "autoren", "text", "texte", "words", "von unserem korrespondenten",
        "propos recueillis par", "recueilli par", "écrit par", "auteur", "auteurs", "publié par", "rédigé par",
        "autora", "autores", "autoras", "escrito por", "texto", "autore", "autrice", "autori", "testo", "scritto da",
        "auteur", "tekst", "geschreven door", "autorka", "autorzy", "rozmawiał", "rozmawiała", "автор", "авторы",
        "текст", "автор статьи", "yazan", "haber", "yazar", "هبة", "بقلم", "كتب", "كتبت", "الكاتب", "إعداد", "تقرير",
        "كتبه", "skribent", "tekst", "text och foto", "av", "af", "kirjoittaja", "szerző", "írta",
        "by", "von", "par", "por", "di", "door", "da", "de", "od", "από", "του", "της", "от", "від",
    ),
}  # fmt: skip

#: Marks that need no colon but have to be followed by full names, since they are everyday words.
_WORDS_ALONE = frozenset(
    "von par por di door da de od av af από του της от від كتب كتبت by إعداد تقرير تصوير ترجمة بقلم".split()
)
#: Marks that are nouns: only with a colon, slash or the like behind them.
_NEEDS_COLON = frozenset(
    mark
    for marks in _MARKS.values()
    for mark in marks
    if not mark.endswith((" by", " von", " par", " por", " di", " door", " de", " from", " da"))
    and mark not in _WORDS_ALONE
    and mark not in ("rozmawiał", "rozmawiała", "opracował", "opracowała", "oprac", "írta")
)

_ROLE_BY_MARK = {mark: role for role, marks in _MARKS.items() for mark in marks}
_BY_LENGTH = sorted(_ROLE_BY_MARK, key=lambda mark: (-len(mark), mark))


def _alternation(marks: list[str]) -> str:
    return "|".join(re.escape(mark).replace(r"\ ", r"\s+") for mark in marks)


_FREE = _alternation([mark for mark in _BY_LENGTH if mark not in _NEEDS_COLON])
_NOUNS = _alternation([mark for mark in _BY_LENGTH if mark in _NEEDS_COLON])
_COLON = r"\s*[:：/／・]\s*"

#: The mark at the head of a line.
LEADING_MARK = re.compile(
    rf"(?P<mark>(?:(?:{_FREE})(?:{_COLON}|\.?\s+))|(?:(?:{_NOUNS}){_COLON}))(?=\S)", re.IGNORECASE
)

#: The first words of all marks: most lines begin with another one.
FIRST_WORDS = frozenset(mark.split()[0] for mark in _ROLE_BY_MARK)

_INNER = [mark for mark in _BY_LENGTH if _ROLE_BY_MARK[mark] != "author" and mark not in _NEEDS_COLON and " " in mark]
_INNER_NOUNS = [mark for mark in _BY_LENGTH if mark in _NEEDS_COLON and _ROLE_BY_MARK[mark] != "author"]
#: A mark of another role further on: "Words by X; photographs by Y".
ROLE_MARK = re.compile(
    rf"(?:(?<=[\s;,.|/–—])|^)(?:and\s+|with\s+|und\s+)?"
    rf"(?:(?:{_alternation(_INNER)})(?:{_COLON}|\s+)|(?:{_alternation(_INNER_NOUNS)}){_COLON})",
    re.IGNORECASE,
)


#: Every inner mark has a colon or one of these words; without them the search is spared.
ROLE_HINT = re.compile(r"[:：/／・]|\b(?:by|von|par|por|di|door|de|from|da)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark that opens a byline."""

    match: re.Match[str]

    @property
    def word(self) -> str:
        """The mark in lower case without its colon."""
        return " ".join(self.match["mark"].lower().rstrip(" \t:：/／・.").split())

    @property
    def role(self) -> str:
        """The role of those named behind it."""
        return _ROLE_BY_MARK.get(self.word, "author")

    @property
    def needs_names(self) -> bool:
        """True for everyday words without a colon: only full names make a byline of them."""
        return self.word in _WORDS_ALONE and not self.match["mark"].rstrip().endswith((":", "：", "/"))


def role_of(mark: str) -> str:
    """Return the role that a mark found by :data:`ROLE_MARK` names."""
    word = " ".join(mark.lower().rstrip(" \t:：/／・.").split())
    for prefix in ("and ", "with ", "und "):
        if word not in _ROLE_BY_MARK:
            word = word.removeprefix(prefix)
    return _ROLE_BY_MARK.get(word, "contributor")


_HAN_OR_HANGUL = re.compile("[\u4e00-\u9fff々ァ-ヴー가-힣]")
# One class, so that each word matches in one way only: with two, a menu of forty words took for ever.
_HAN_NAME = r"[\u4e00-\u9fff々ヶァ-ヴー·]{2,12}"
_HAN_NAMES = rf"(?P<names>(?:{_HAN_NAME})(?:[\s、，,　]+(?:{_HAN_NAME}))*)"
_HAN_BEFORE = re.compile(
    r"[（(【]?\s*(?:(?:本报|本報|本社|本刊|新华社|中新社|中央社|特约|实习|首席|驻[\u4e00-\u9fff]{1,4})*(?:记者|記者)|"
    r"(?:文|撰文|撰稿|作者|编译|編譯|采访|文・写真|取材・文|執筆|筆者|文＝|取材|ライター)\s*[:：/／・＝|｜]\s*)"
    rf"\s*[:：/／]?\s*{_HAN_NAMES}\s*(?:报道|報道|報導|摄)?[）)】]?"
)
_HAN_AFTER = re.compile(rf"[（(【]?{_HAN_NAMES}\s*(?:記者|记者|特派員|編集委員|論説委員|通讯员)[）)】]?")
_HAN_TAGGED = re.compile(
    r"[【（(]\s*(?:记者|記者)?"
    r"(?P<names>[\u4e00-\u9fff]{2,3}[\s　]?[\u4e00-\u9fff]{1,3}(?:、[\u4e00-\u9fff]{2,6})*)\s*[】）)]"
)
_HANGUL = re.compile(
    r"(?:\[?[^\]=]{0,12}[\]=]\s*)?(?P<names>[가-힣]{2,4}(?:[\s·,]+[가-힣]{2,4}){0,2})\s?(?:기자|특파원|논설위원|통신원)"
)
_HAN_EDITORS = re.compile(
    r"[（(【\[]?\s*(?:责任?编辑?|責任?編輯?|编辑|編輯|責任編集)\s*[:：]\s*"
    r"(?P<names>[\u4e00-\u9fff]{2,4}(?:[\s、，,　]+[\u4e00-\u9fff]{2,4}){0,3})\s*[）)】\]]?"
)
_HAN_GAP = re.compile(r"[\s、，,·　]+")
#: What else stands in such brackets: datelines, sections, links.
_NOT_TAGGED = (
    "電",
    "电",
    "讯",
    "共同",
    "時事",
    "写真",
    "社説",
    "記事",
    "情報",
    "一覧",
    "動画",
    "速報",
    "解説",
    "特集",
    "新闻",
)
_KANA_ONLY = re.compile(r"[\u3040-\u30ff]+")
_HAN_TAIL = ("报道", "報道", "報導")


def han_byline(line: str) -> tuple[str, ...] | None:
    """Return the names of a Chinese, Japanese or Korean byline, or None.

    These scripts part no words, so the marks stand directly before or behind the names:
    ``本报记者 …``, ``文/…``, ``… 記者``, ``… 기자``.
    """
    if line.isascii() or not _HAN_OR_HANGUL.search(line):
        return None
    names = _han_names(line)
    return names if names and all(_is_person(name) for name in names) else None


def _is_person(name: str) -> bool:
    # 新华社 (an agency) and コラム (a column) stand beside 记者 as names do.
    return not name.endswith(("社", "报", "報", "网", "本台")) and not _KANA_ONLY.fullmatch(name)


def _han_names(line: str) -> tuple[str, ...] | None:
    match = _HAN_BEFORE.fullmatch(line)
    if match is not None:
        names = match["names"]
        for tail in _HAN_TAIL:
            names = names.removesuffix(tail)
        return tuple(name for name in _HAN_GAP.split(names) if name)
    match = _HAN_AFTER.fullmatch(line)
    if match is not None:
        return tuple(name for name in re.split(r"[、，,]", match["names"]) if name)
    match = _HANGUL.fullmatch(line)
    if match is not None:
        return tuple(name for name in _HAN_GAP.split(match["names"]) if name)
    match = _HAN_TAGGED.fullmatch(line)
    if match is not None and not match["names"].endswith(_NOT_TAGGED):
        return tuple(match["names"].split("、"))
    return None


def han_editors(line: str) -> tuple[str, ...]:
    """Return the editors in charge whom a line such as ``（责编：…、…）`` names, none for any other line."""
    match = _HAN_EDITORS.fullmatch(line.strip())
    return tuple(name for name in _HAN_GAP.split(match["names"]) if name) if match else ()


def is_han_name(text: str) -> bool:
    """Tell whether ``text`` is two to four Han characters that begin with a common family name."""
    return 2 <= len(text) <= 4 and text[0] in HAN_FAMILY_NAMES and all("\u4e00" <= char <= "\u9fff" for char in text)
