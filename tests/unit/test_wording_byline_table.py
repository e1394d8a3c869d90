"""Forty bylines in the words of newsrooms, each with names, roles, place and newsroom, or unknown."""

from __future__ import annotations

import pytest

from archiver.wording.people import parse_byline

#: Language, line, names with roles other than author, place, newsroom; ``-`` for none.
TABLE = """
en | By Orla Wynne | Orla Wynne | - | -
en | BY ORLA WYNNE AND TAM BRACK | ORLA WYNNE; TAM BRACK | - | -
en | By Orla Wynne, Tam Brack and Ines Pell | Orla Wynne; Tam Brack; Ines Pell | - | -
en | By Orla Wynne in Port Merrow | Orla Wynne | Port Merrow | -
en | By Orla Wynne for Reuters | Orla Wynne | - | Reuters
en | By Orla Wynne, Harbour Correspondent | Orla Wynne | - | -
en | By Dr Orla Wynne | Orla Wynne | - | -
en | By Orla Wynne @orlawynne | Orla Wynne | - | -
en | By Orla Wynne orla.wynne@harbour.example | Orla Wynne | - | -
en | Words by Orla Wynne; photographs by Tam Brack | Orla Wynne; Tam Brack (photographer) | - | -
en | By Orla Wynne. Additional reporting by Tam Brack | Orla Wynne; Tam Brack (contributor) | - | -
en | By Orla Wynne, translated by Tam Brack | Orla Wynne; Tam Brack (translator) | - | -
en | Edited by Orla Wynne | Orla Wynne (editor) | - | -
en | By Associated Press | - | - | Associated Press
en | Orla O'Wynne-Brack | Orla O'Wynne-Brack | - | -
en | By design | unknown
en | By the harbour | unknown
en | Harbour Street | unknown
en | Photo: Tam Brack | unknown
en | Orla Wynne said the pier was closed | unknown
de | Von Orla Wynne | Orla Wynne | - | -
de | Von Orla Wynne und Tam von der Brücke | Orla Wynne; Tam von der Brücke | - | -
de | Von Orla Wynne, Bremen | Orla Wynne | Bremen | -
de | Von unserem Hafen | unknown
fr | Par Orla Wynne et Jean Pelletan | Orla Wynne; Jean Pelletan | - | -
fr | Par Orla Wynne (avec AFP) | Orla Wynne | - | AFP
fr | Par la mer | unknown
es | Por Orla Wynne y Luis Prado | Orla Wynne; Luis Prado | - | -
it | di Orla Wynne e Marco Pelle | Orla Wynne; Marco Pelle | - | -
pt | Por Orla Wynne | Orla Wynne | - | -
nl | Door Orla Wynne en Jan de Proef | Orla Wynne; Jan de Proef | - | -
pl | Autor: Anna Przykład | Anna Przykład | - | -
ru | Автор: Анна Примерова | Анна Примерова | - | -
ar | بقلم: ليلى الصفواني | ليلى الصفواني | - | -
tr | Haber: Ayşe Örnek | Ayşe Örnek | - | -
zh | 本报记者 李小四 | 李小四 | - | -
zh | （记者王小五） | 王小五 | - | -
zh | 新华社记者 | unknown
ja | 山田太郎記者 | 山田太郎 | - | -
ja | 記者コラム | unknown
"""
ROWS = [[cell.strip() for cell in line.split(" | ")] for line in TABLE.strip().splitlines()]


def test_the_table_has_forty_rows() -> None:
    assert len(ROWS) == 40


@pytest.mark.parametrize(("language", "line", "told"), [(row[0], row[1], row[2:]) for row in ROWS])
def test_a_byline_gives_whom_it_names_and_no_more(language: str, line: str, told: list[str]) -> None:
    found = parse_byline(line, language=language)
    if told == ["unknown"]:
        assert found is None
        return
    assert found is not None
    named = [f"{who.name} ({who.role})" if who.role != "author" else who.name for who in found.people]
    assert ["; ".join(named) or "-", found.place or "-", found.organisation or "-"] == told


def test_a_long_menu_in_chinese_is_read_at_once() -> None:
    """Each word matches in one way only: with two, forty words would be read in a million million ways."""
    assert parse_byline(" ".join(["时政"] * 60), language="zh") is None
