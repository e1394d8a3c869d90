"""Publisher lines: ``The Evening Courier``, ``Source: Harbour News``."""

from __future__ import annotations

import re

#: Words that name a newspaper, magazine, agency or broadcaster in the languages of the rules.
_MEDIA_WORDS = frozenset(
    """
    times post news herald tribune journal gazette courier chronicle observer guardian telegraph mail mirror star sun
    independent express standard echo argus record register review magazine weekly daily press reporter examiner
    dispatch sentinel bulletin broadcasting radio tv television agency online media
    zeitung tageblatt anzeiger nachrichten rundschau allgemeine kurier presse blatt morgenpost abendblatt bote spiegel
    tagesschau woche wochenblatt
    monde journal figaro libération dépêche gazette courrier nouvelles echos hebdo agence
    diario periódico noticias mundo país heraldo correo gaceta prensa agencia vanguardia
    corriere repubblica stampa giornale gazzetta messaggero notizie agenzia quotidiano
    jornal folha notícias correio público gazeta agência
    krant dagblad courant nieuws nieuwsblad volkskrant persbureau
    gazeta dziennik kurier wiadomości tygodnik wyborcza głos agencja
    листок газета новости вестник известия правда ведомости агентство журнал телеканал
    جريدة صحيفة وكالة أخبار الأخبار قناة مجلة
    gazetesi gazete haber haberler ajansı ajans dergisi
    """.split()
)
#: In front of a media word they make the name of a section or a label: “Breaking news”, “Film review”.
_LABEL_WORDS = frozenset(
    """
    breaking latest local world top more related social business sport sports international politics entertainment
    film movie book theatre theater music album game restaurant tv product peer press travel food
    letzte lokale aktuelle weitere últimas últimos más dernières toutes ultime altre laatste najnowsze последние
    главные son
    """.split()
)
_LABEL_ENDS = frozenset(
    "news media online post review record nachrichten presse noticias nouvelles notizie notícias nieuws wiadomości"
    " новости haberler".split()
)
_CJK_MEDIA = re.compile(
    r"(?:新聞|新闻|日報|日报|晚報|晚报|時報|时报|通信社|通讯社|放送|电视台|テレビ|タイムズ|網|网)(?:社|デジタル|オンライン)?$"
)
_LABEL = re.compile(
    r"(?:Source|Quelle|Fuente|Fonte|Bron|Źródło|Источник|المصدر|Kaynak|来源|出典) ?[:：]\s*(?P<name>\S.{1,60})$"
)
_MOST_WORDS = 6
_SMALL_WORDS = frozenset(
    "the of and for in on a de la le les du des del dei della delle do da dos das el los der die und für van het i y e "
    "di il".split()
)


def looks_like_publisher(text: str) -> bool:
    """Tell whether a short line is the name of a publisher by its form; the caller knows where it stands."""
    return publisher_name(text) is not None


def publisher_name(text: str) -> str | None:
    """Return the publisher's name in the line, without a label such as ``Source:``, or None."""
    labelled = _LABEL.match(text)
    if labelled:
        return labelled["name"].strip()
    if len(text) <= 16 and _CJK_MEDIA.search(text):
        return text
    if len(text) > 60 or text[-1:] in ".!?,;:" or not text[:1].isupper():
        return None
    words = text.split()
    if not 2 <= len(words) <= _MOST_WORDS:
        return None
    folded = [word.strip("-–—’'\"“”()").casefold() for word in words]
    if len(words) == 2 and folded[0] in _LABEL_WORDS and folded[1] in _LABEL_ENDS:
        return None
    # Outside English only the first word of a name is a capital; there the last word must be the telling one.
    if folded[-1] in _MEDIA_WORDS and len(words) <= 3:
        return text
    if not all(_capital(word) for word in words):
        return None
    # “The Hillside Lantern”: an article and capitals, at most four words, is how papers call themselves.
    if words[0] == "The" and len(words) <= 4:
        return text
    return text if any(word in _MEDIA_WORDS for word in folded) else None


def _capital(word: str) -> bool:
    return not word[0].islower() or word.casefold() in _SMALL_WORDS
