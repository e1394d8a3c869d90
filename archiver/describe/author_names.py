"""Names of authors in what a page marks as its author: without marks, dates, handles; never labels or accounts."""

from __future__ import annotations

import re

from archiver.model.metadata import Person
from archiver.wording.date_within import dates_within
from archiver.wording.dates import parse_date_line
from archiver.wording.name_words import AGENCIES
from archiver.wording.names import is_name
from archiver.wording.people import looks_like_name, parse_byline

#: A form, a button and a list of authors carry the class of an author as well; so do accounts of programs.
_NO_NAMES = frozenset(
    "name author authors autor autora autoren autores auteur auteurs autore autori author: by von par por di da door "
    "posted published publiziert veröffentlicht updated written email e-mail follow following unfollow share comment "
    "comments kommentar kommentare redaktion redaction redakcja redacción redacao redação redazione redactie editor "
    "editors editorial redakteur rédaction staff admin administrator webmaster superuser root user username "
    "publisher guest gast anonymous anonym anonim unknown unbekannt none null nobody contributor contributors fail "
    "reply antworten antwort nom nombre nome naam imię имя label website webseite datum date quelle source red "
    "advertisement anzeige cortesía video foto photo "
    "nachrichten news noticias notizie nouvelles notícias undefined".split()
)
_NO_PHRASES = frozenset(
    (
        "super user", "full bio", "verified account", "more posts", "view all posts", "all posts", "alle artikel",
        "alle beiträge", "staff writer", "staff reporter", "news desk", "web desk", "online editor", "site admin",
        "our foreign staff", "online news editor", "la redazione", "la redacción", "die redaktion", "la rédaction",
        "follow author", "all rights reserved", "about the author", "über den autor", "guest author", "gastautor",
        "posted on", "posted by", "published on", "veröffentlicht am", "publiziert am", "publicado el", "published by",
        "written by",
    )
)  # fmt: skip
#: What follows names a reader who comments.
_SAYS = re.compile(r"\b(?:says?|said|wrote|writes|sagte?|schrieb|schreibt|meint|dit|écrit|dice|dijo|disse|zegt)\s*:")
_MARK = re.compile(
    r"(?:(?:post|articl|recip|stor|entr)\w*\s+)?(?:by|von|vom|par|por|di|da|door|av|af|przez|от|автор)\b[:\s]+(?=\S)"
    r"|(?:autor(?:in|en|a|es)?|authors?|auteurs?|autore|autori|redakteur(?:in)?|verfasser(?:in)?|name)\s*[:/]\s*(?=\S)"
    r"|(?:autor(?:in)?|author|~)\s+(?=(?-i:[^\W\d_a-zß-ÿ]))"
    r"|(?:text|interview|words|text und interview|text & fotos?|text und fotos?|escribe|przez)\s*[:/]?\s+(?=\S)",
    re.IGNORECASE,
)
#: Marks that leave no doubt at the head of a line.
_SIGNED = re.compile(
    r"(?:authors?|autor(?:in|en|a|es)?|auteurs?|autore|redakteur(?:in)?|verfasser(?:in)?|posted by|verfasst von|"
    r"text von|von|by|par|por)\s*(?::|\b)\s*",
    re.IGNORECASE,
)
#: A mark within a line of labels: ``Date: 3 May 2031 Author: Jane Doe Source: Harbour News``; a mark glued to the name.
_WITHIN = re.compile(
    r"(?:\b(?:Autor(?:in)?|Author|Auteure?|Autore|Autrice|Автор)\s*:\s*|^By(?=[A-Z]))(?P<name>[^\W\d_][^:|•·\d]*?)"
    r"(?:\s+[^\W\d_]+\s*:|\s*[|•·\d]|\s*$)"
)
#: A desk by its initials before the section: ``By HN, in Business``.
_INITIALS = re.compile(r"(?P<name>[A-Z]{2,5}),\s+(?:in|en|dans|em)\s")
_PEN_NAME = re.compile(r"[\w.-]{3,20}")
_POSTED = re.compile(
    r"\b(?:posted|published|written|submitted|created|verfasst|veröffentlicht|geschrieben|publiziert|erstellt|"
    r"eingestellt|zeige alle beiträge|view all posts|publié|rédigé|écrit|publicado|escrito|scritto|pubblicato|"
    r"geplaatst|geschreven|opublikowane|dodane|skrivet|skrevet)\b.*?"
    r"(?=\b(?:by|von|vom|par|por|da|di|door|av|af|przez)\s+\S)",
    re.IGNORECASE,
)
_POST_DATE = re.compile(r".*\d.*?\s(?=(?:by|von|vom|par|por|door|przez)\s+[^\W\d])", re.IGNORECASE)
_TAIL = re.compile(
    r"\s*(?:→|»|›|\*|\((?:required|erforderlich|pflichtfeld|obligatoire)\)|\bfollow\b.*|\bfolgen\b.*"
    r"|\balle (?:artikel|beiträge).*|(?<=\s)(?:under|unter|filed)\b.*"
    r"|\b(?:veröffentlicht|published|posted|publiziert|updated|aktualisiert|publicado|publié|pubblicato)\b.*"
    r"|\b(?:all|more|view) (?:posts|articles|stories).*|\bfull bio\b.*|@\w+.*|\S+@\S+.*|\S+\[at\]\S+.*"
    r"|(?<=\s)(?:am|on|le|el|dnia|den|at|um|op|à|às|a las|ore)(?=\s*$)|[,:;|/–—-]+(?=\s*$))\s*$",
    re.IGNORECASE,
)
_SEGMENTS = re.compile(
    r"\s*[|·•▪●–—;]\s*|\s+-\s+|\s+/\s+"
    r"|\s+(?:im gespräch mit|in conversation with|en conversation avec|en conversación con|in gesprek met)\s+",
    re.IGNORECASE,
)
#: What a button says to the reader of a page in Chinese: follow, share, read.
_HAN_BUTTON = re.compile(r"关注|關注|分享|我要|阅读|閱讀|查看|订阅|訂閱|更多")
_DATE = re.compile(
    r"(?<!\w)(?:\d{1,2}[./:-]\s?\d|\d{1,2}(?:st|nd|rd|th|\.|er)?\s+[^\W\d_]|(?:19|20)\d\d|\d{1,2},)"
    r"|\d{1,2}\. [^\W\d_]{3,}|(?<=[a-zß-ÿ])\d{1,2} [^\W\d_]{3,9}\.? (?:19|20)\d\d"
)
_MONTH_BEFORE = re.compile(r"[\s,]+(?:[^\W\d_]{3,12}day|[^\W\d_]{3,12}tag)?,?\s*[^\W\d_]{3,10}\.?\s*$")
_ADDRESS = re.compile(r"^https?://|^//|^/|^www\.|^@|^\S+@\S+$|^[\w-]+\[at\]|^[\w.-]+\.[a-z]{2,6}/")
_LINK = re.compile(r"\s*[(–-]?\s*https?://\S+")
_NICKNAME = re.compile(r"\s+\([^()]+\)\s+")
_BRACKETS = re.compile(r"\s*\([^()]*\)?$")
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,6}", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_COMPANY = re.compile(
    r"(?:^|[\s,.&])(?:GmbH|AG|SE|KG|mbH|GbR|e\.\s?V\.?|e\.\s?G\.|Inc\.?|Ltd\.?|LLC|PLC|Corp\.?|S\.A\.?S?|S\.L\.|S\.r\.l\.|"
    r"S\.p\.A\.|B\.V\.|A\.Ş\.|Oy|Sp\. z o\.o\.|Verlag|Verband|Verein|Stiftung|Foundation|Bundesverband|Landesanstalt|"
    r"Ministerium|Ministry|Company|Group|Media|Redaktion|Redacción|Rédaction|Redakcja|Redazione|Team|Editorial|Online)"
    r"(?=$|[\s,.)])"
)
_WORDS = 5
_LONGEST = 60
#: Longer texts are no names but boxes.
_MOST_CHARS = 240


def people_in(text: str, *, language: str, sole: bool = False, bare: bool = True) -> tuple[Person, ...]:
    """Return the people whom ``text`` names, where the page marks it as its author; none for labels and accounts.

    ``sole`` says that the text is a value of its own (a meta element, a property), not a stretch of the
    visible page: then names that have no form of a name (pen names, organisations) count as they stand.
    ``bare`` lets a single word count without a mark such as "By".
    """
    text = " ".join(_LINK.sub("", text.replace("\t", " | ")).split())
    if not text or len(text) > _MOST_CHARS or _ADDRESS.search(text) or _SAYS.search(text) or not _LETTER.search(text):
        return ()
    cut = _cut_posted(text)
    parsed = parse_byline(cut, language=language)
    if parsed is not None and parsed.people:
        # ``Jane Doe, AFP`` lists it as one of those who wrote; ``Jane Doe with AFP`` names a source.
        last = cut.rpartition(",")[2].strip()
        agency = (Person(last),) if last == parsed.organisation and is_agency(last) else ()
        return (*(person for person in parsed.people if not is_label(person.name)), *agency)
    people: dict[str, Person] = {}
    segments = [part for part in map(str.strip, _SEGMENTS.split(cut)) if part and not _is_date(part, language)]
    for segment in segments:
        found = parse_byline(segment, language=language)
        if found is not None and found.people:
            for person in found.people:
                people.setdefault(person.name.casefold(), person)
        elif not people or sole:
            name = _loose_name(segment, only=sole or (bare and len(segments) == 1), sole=sole)
            if name and not is_label(name):
                people.setdefault(name.casefold(), Person(name))
    return tuple(people.values())


def signature_in(line: str, *, language: str) -> tuple[Person, ...]:
    """Return the people whom a line that nothing marks signs itself, with words such as "By" or "Posted by"."""
    text = " ".join(line.replace("\t", " | ").split())
    if not text or _ADDRESS.search(text) or _SAYS.search(text):
        return ()
    inner = _WITHIN.search(text)
    if inner is not None and looks_like_name(inner["name"]):
        return (Person(inner["name"]),)
    cut = _cut_posted(text)
    for segment in map(str.strip, _SEGMENTS.split(cut)):
        mark = _SIGNED.match(segment)
        found = parse_byline(segment, language=language) if segment else None
        if found is not None and found.people and found.strength == "certain":
            return found.people
        if mark is None:
            continue
        named = parse_byline(segment[mark.end() :], language=language)
        if named is not None and named.people:
            return named.people
        initials = _INITIALS.match(segment, mark.end())
        if initials and dates_within(text, language=language):
            return (Person(initials["name"]),)
        name = _loose_name(segment[mark.end() :], only=True, sole=False)
        pen_name = _PEN_NAME.fullmatch(name) and (cut != text or ":" in mark.group())
        if name and not is_label(name) and (pen_name or looks_like_name(name)):
            return (Person(name),)
    return ()


def _is_date(part: str, language: str) -> bool:
    return parse_date_line(part, language=language) is not None


def is_label(name: str) -> bool:
    """Tell whether ``name`` is the label of a field, a button, an unnamed desk or the account of a program."""
    folded = name.casefold().strip(" .:*()")
    words = [word.strip(".,:*()") for word in folded.split()]
    return (
        not words or folded in _NO_PHRASES or bool(_HAN_BUTTON.match(name)) or all(word in _NO_NAMES for word in words)
    )


def is_account(name: str) -> bool:
    """Tell whether ``name`` looks like the name of an account: one word in lower case, or with digits or signs."""
    return " " not in name and name.isascii() and (name.islower() or bool(re.search(r"[\d_.]", name)))


def is_company(name: str) -> bool:
    """Tell whether ``name`` has a word of companies, bodies and desks, or is the address of a site."""
    return bool(_COMPANY.search(name) or _DOMAIN.fullmatch(name))


def is_agency(name: str) -> bool:
    """Tell whether ``name`` is a news agency."""
    return name.casefold() in AGENCIES


def _cut_posted(text: str) -> str:
    posted = _POSTED.match(text) or _POST_DATE.match(text)
    return (text[posted.end() :] if posted else text).lstrip(" ,.:|·•–—-")


def _loose_name(segment: str, *, only: bool, sole: bool) -> str:
    """Return what is left of ``segment`` without mark, date and tail, if it can be the name of somebody."""
    mark = _MARK.match(segment)
    name = segment[mark.end() :] if mark else segment
    date = _DATE.search(name)
    if date:
        name = name[: date.start()].rstrip(" ,.(")
        if sole and not looks_like_name(name):
            return ""
        month = _MONTH_BEFORE.search(name)
        if month and looks_like_name(name[: month.start()]):
            name = name[: month.start()]
    while tail := _TAIL.search(name):
        name = name[: tail.start()]
    if " " in (head := _BRACKETS.sub("", name)):
        name = head
    name = name.strip(" ,.:;|/*→»")
    words = name.split()
    if not 0 < len(words) <= _WORDS or not 2 <= len(name) <= _LONGEST or not _LETTER.search(name) or name.endswith("?"):
        return ""
    if is_name(_NICKNAME.sub(" ", name), single=False, marked=True):
        return name
    if sole:
        return "" if len(words) > 1 and any(char.isdigit() for char in name) else name
    # In the page an author by one name, or a pen name of few words; a sentence or a heading is neither.
    plain = (len(words) == 1 and (only or mark)) or (mark is not None and len(words) <= 3)
    return name if plain and not any(char in name for char in "!?:;„“»«|") else ""
