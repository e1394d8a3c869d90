"""Bylines and bare names."""

from __future__ import annotations

import pytest

from archiver.wording.people import looks_like_name, parse_byline

CERTAIN = """
en | By Khalid al-Taie | Khalid al-Taie
en | By Jane Doe and John Roe | Jane Doe; John Roe
en | BY JANE DOE | JANE DOE
en | By Jane Doe, Political Editor | Jane Doe
en | By Jane Doe, John Roe and Mary Poe | Jane Doe; John Roe; Mary Poe
en | By Dr. Jane Doe | Jane Doe
en | By J. K. Roe | J. K. Roe
en | By Ronald McTest & Sean O'Sample | Ronald McTest; Sean O'Sample
en | By Jane Doe (@janedoe) | Jane Doe
en | By Jane Doe jane.doe@example.org | Jane Doe
en | Written by Jane Doe | Jane Doe
en | Author: Jane Doe | Jane Doe
en | Posted by Jane Doe | Jane Doe
de | Von Jana Beispiel und Max Muster | Jana Beispiel; Max Muster
de | Von Jana von der Probe | Jana von der Probe
de | Autor: Max Muster | Max Muster
de | Ein Kommentar von Jana Beispiel | Jana Beispiel
fr | Par Jeanne Exemple | Jeanne Exemple
fr | Propos recueillis par Jeanne Exemple | Jeanne Exemple
fr | Par Jeanne Exemple et Jean-Pierre d’Essai | Jeanne Exemple; Jean-Pierre d’Essai
es | Por Juana Pérez y Luis Gómez | Juana Pérez; Luis Gómez
es | Por José Prueba y Muestra | José Prueba y Muestra
es | Por María de la Prueba | María de la Prueba
it | di Maria Esempio | Maria Esempio
pt | Por João da Amostra | João da Amostra
nl | Door Jan van der Proef | Jan van der Proef
pl | Autor: Anna Przykład | Anna Przykład
ru | Автор: Иван Примеров | Иван Примеров
ru | Текст: Иван Примеров, Мария Образцова | Иван Примеров; Мария Образцова
ar | بقلم: أحمد محمود | أحمد محمود
ar | بقلم أحمد محمود | أحمد محمود
tr | Haber: Ayşe Örnek | Ayşe Örnek
zh | 本报记者 张三 | 张三
zh | 文/李小四 | 李小四
zh | 作者：王小五 | 王小五
ja | 記者 山田太郎 | 山田太郎
ja | 山田太郎記者 | 山田太郎
ja | 文・山田太郎 | 山田太郎
ko | 홍길동 기자 | 홍길동
"""
ROWS = [tuple(cell.strip() for cell in line.split(" | ")) for line in CERTAIN.strip().splitlines()]


@pytest.mark.parametrize(("language", "line", "names"), ROWS)
def test_a_marked_byline_names_its_authors(language: str, line: str, names: str) -> None:
    found = parse_byline(line, language=language)
    assert found is not None
    assert [(person.name, person.role) for person in found.people] == [(name, "author") for name in names.split("; ")]
    assert (found.strength, found.text) == ("certain", line)


@pytest.mark.parametrize(
    "line", ["Jane Doe", "JANE DOE", "Josie van der Test", "Anne-Marie O'Sample", "J. K. Roe", "李小四"]
)
def test_a_bare_name_is_a_bare_byline(line: str) -> None:
    found = parse_byline(line, language="en")
    assert found is not None
    assert [person.name for person in found.people] == [line]
    assert found.strength == "bare"
    assert looks_like_name(line)


@pytest.mark.parametrize(
    ("line", "place", "organisation"),
    [
        ("Josie Sample in Beirut", "Beirut", None),
        ("By Jane Doe in London and Jean Exemple in Paris", "London", None),
        ("Von Jana Beispiel, Berlin", "Berlin", None),
        ("By Jane Doe in New York", "New York", None),
        ("By Jane Doe, Correspondent, Lagos", "Lagos", None),
        ("By Jane Doe, The Example Times", None, "The Example Times"),
        ("By Jane Doe, Sample News", None, "Sample News"),
        ("Jane Doe for The Example Times", None, "The Example Times"),
        ("Par Jeanne Exemple (avec AFP)", None, "AFP"),
    ],
)
def test_place_and_newsroom_are_told_from_the_name(line: str, place: str | None, organisation: str | None) -> None:
    found = parse_byline(line, language="en")
    assert found is not None
    assert found.people
    assert (found.place, found.organisation) == (place, organisation)


@pytest.mark.parametrize(
    "line", ["Reuters", "Agence France-Presse", "Staff and agencies", "By Reuters", "By Associated Press", "Von dpa"]
)
def test_an_agency_alone_is_an_organisation_without_people(line: str) -> None:
    found = parse_byline(line, language="en")
    assert found is not None
    assert found.people == ()
    assert found.organisation is not None
    assert line.endswith(found.organisation)


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("Words by Jane Doe; photographs by John Roe", ["author", "photographer"]),
        ("By Jane Doe. Additional reporting by John Roe", ["author", "contributor"]),
        ("Text: Jana Beispiel Fotos: Max Muster", ["author", "photographer"]),
        ("By Jane Doe, translated by John Roe", ["author", "translator"]),
        ("Translated by Jane Doe", ["translator"]),
        ("A cura di Maria Esempio", ["editor"]),
    ],
)
def test_words_of_roles_give_the_people_their_roles(line: str, roles: list[str]) -> None:
    found = parse_byline(line, language="en")
    assert found is not None
    assert [person.role for person in found.people] == roles


@pytest.mark.parametrize(
    ("line", "text", "rest"),
    [
        ("By Jane Doe | 3 May 2019", "By Jane Doe", "3 May 2019"),
        ("By Jane Doe Published 3 May 2019", "By Jane Doe", "Published 3 May 2019"),
        ("By Jane Doe, Friday 3 May 2019 10:25 BST", "By Jane Doe", "Friday 3 May 2019 10:25 BST"),
        ("Jane Doe • 3 May 2019", "Jane Doe", "3 May 2019"),
        ("3 May 2019 | By Jane Doe", "By Jane Doe", "3 May 2019"),
    ],
)
def test_a_date_glued_to_a_byline_is_cut_off_and_read(line: str, text: str, rest: str) -> None:
    found = parse_byline(line, language="en")
    assert found is not None
    assert (found.text, found.rest) == (text, rest)
    assert found.date is not None
    assert found.date.dates[0][1].value.startswith("2019-05-03")


@pytest.mark.parametrize(
    "line",
    """Infighting and internal disarray
Camouflaging imminent demise
By the time he arrived
By Design
By Monday, everything had changed
By 2019 the bridge was open
By train from the coast
Por qué no
Por la mañana
Par exemple
Von der Küste in die Stadt
Von Berlin nach Paris
Di notte
Door de week
The Example Guardian's view
Prime Minister
New York
United Nations
Read More
Related Topics
Breaking News
Mosul battle: Civilians flee ahead of fighting
Photograph: Jane Doe/Example Images
Photo by Jane Doe
Photo: AFP
新华社记者
記者コラム
【関連記事】
Latest Articles
Jane Doe said the bridge was closed.
Who is Jane Doe?
Jane Doe: the bridge is closed
Analysis
Paris
the council
Text
Text messages were sent
https://www.example.org/jane-doe
Jane Doe, the mayor of the town, said so
Cost: 12 dollars
قرر المجلس إغلاق الجسر
会议纪要
Neue Regeln für alle""".splitlines(),
)
def test_headings_sentences_captions_and_places_are_no_bylines(line: str) -> None:
    assert parse_byline(line, language="en") is None


@pytest.mark.parametrize(
    "line",
    [
        "Analysis",
        "New York",
        "Read More",
        "The Guardian",
        "Prime Minister",
        "jane doe",
        "Jane Doe.",
        "Jane",
        "قرر المجلس",
    ],
)
def test_what_does_not_look_like_a_name(line: str) -> None:
    assert not looks_like_name(line)
