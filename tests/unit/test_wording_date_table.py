"""Sixty wordings of dates in thirteen languages, each with value, precision and certainty, or unknown."""

from __future__ import annotations

import pytest

from archiver.wording.dates import parse_date_line

#: Language, line, value, precision, certainty; ``unknown`` where the line is no date or tells none.
TABLE = """
en | Thursday 6 February 2031, 07.15 GMT | 2031-02-06T07:15:00Z | minute | high
en | Feb. 6, 2031 | 2031-02-06 | day | high
en | First published on Thu 6 Feb 2031 07.15 GMT | 2031-02-06T07:15:00Z | minute | high
en | 02/06/2031 | 2031 | year | low
en | completed in 2031 | unknown
en | 6 February | unknown
de | Donnerstag, 06.02.2031, 07:15 Uhr | 2031-02-06T07:15:00 | minute | high
de | Erstellt am 6. Februar 2031 | 2031-02-06 | day | high
de | 6. Feb. 2031 um 7:15 Uhr MEZ | 2031-02-06T07:15:00+01:00 | minute | high
de | Februar 2031 | 2031-02 | month | high
de | Am 6. Februar 2031 tagte der Rat | unknown
fr | jeudi 6 février 2031 à 7h15 | 2031-02-06T07:15:00 | minute | high
fr | Publié le 6 févr. 2031 | 2031-02-06 | day | high
fr | Mis en ligne le 06/02/2031 à 07:15 | 2031-02-06T07:15:00 | minute | high
fr | 1er août 2031 | 2031-08-01 | day | high
fr | Depuis février 2031 | unknown
es | jueves, 6 de febrero de 2031 | 2031-02-06 | day | high
es | 6 feb 2031 07:15 | 2031-02-06T07:15:00 | minute | high
es | Publicado: 06/02/2031 | 2031-02-06 | day | high
es | 6 de setiembre de 2031 | 2031-09-06 | day | high
es | En febrero de 2031 el consejo votó | unknown
it | giovedì 6 febbraio 2031, ore 7.15 | 2031-02-06T07:15:00 | minute | high
it | Pubblicato il 6 febbraio 2031 | 2031-02-06 | day | high
it | 6/2/2031 | 2031-02-06 | day | high
it | dal 6 febbraio 2031 | unknown
pt | quinta-feira, 6 de fevereiro de 2031 às 7h15 | 2031-02-06T07:15:00 | minute | high
pt | Publicado em 06/02/2031 | 2031-02-06 | day | high
pt | 6 fev. 2031 | 2031-02-06 | day | high
pt | desde fevereiro de 2031 | unknown
nl | donderdag 6 februari 2031, 07:15 | 2031-02-06T07:15:00 | minute | high
nl | Geplaatst op 6 februari 2031 | 2031-02-06 | day | high
nl | 06-02-2031 | 2031-02-06 | day | high
nl | sinds februari 2031 | unknown
pl | czwartek, 6 lutego 2031, 07:15 | 2031-02-06T07:15:00 | minute | high
pl | Data publikacji: 06.02.2031 | 2031-02-06 | day | high
pl | 6 lut 2031 | 2031-02-06 | day | high
pl | w lutym 2031 roku rada | unknown
ru | четверг, 6 февраля 2031, 07:15 | 2031-02-06T07:15:00 | minute | high
ru | Дата публикации: 06.02.2031 | 2031-02-06 | day | high
ru | 6 фев 2031 | 2031-02-06 | day | high
ru | С 6 февраля 2031 года | unknown
ar | الخميس 6 فبراير 2031 | 2031-02-06 | day | high
ar | ٦ شباط ٢٠٣١ | 2031-02-06 | day | high
ar | تاريخ النشر: 6 فبراير 2031 - 07:15 | 2031-02-06T07:15:00 | minute | high
ar | منذ فبراير 2031 | unknown
tr | 6 Şubat 2031 Perşembe 07:15 | 2031-02-06T07:15:00 | minute | high
tr | Giriş Tarihi: 06.02.2031 07:15 | 2031-02-06T07:15:00 | minute | high
tr | 6 Şub 2031 | 2031-02-06 | day | high
tr | Şubat 2031'den beri | unknown
zh | 2031年02月06日 07:15 | 2031-02-06T07:15:00 | minute | high
zh | 2031年2月6日 星期四 | 2031-02-06 | day | high
zh | 发布时间:2031-02-06 07:15 | 2031-02-06T07:15:00 | minute | high
zh | 2月6日 | unknown
zh | 自2031年以来 | unknown
ja | 2031年2月6日(木) 7時15分 | 2031-02-06T07:15:00 | minute | high
ja | 公開日: 2031年2月6日 | 2031-02-06 | day | high
ja | 2031/02/06 07:15 | 2031-02-06T07:15:00 | minute | high
ja | 2031年2月6日午前7時15分 | 2031-02-06T07:15:00 | minute | high
ja | 2月6日（木） | unknown
ja | 2031年の計画 | unknown
"""
ROWS = [[cell.strip() for cell in line.split(" | ")] for line in TABLE.strip().splitlines()]


def test_the_table_has_sixty_rows_in_thirteen_languages() -> None:
    assert (len(ROWS), len({row[0] for row in ROWS})) == (60, 13)


@pytest.mark.parametrize(("language", "line", "told"), [(row[0], row[1], row[2:]) for row in ROWS])
def test_a_wording_gives_what_it_tells_and_no_more(language: str, line: str, told: list[str]) -> None:
    found = parse_date_line(line, language=language)
    if told == ["unknown"]:
        assert found is None
        return
    assert found is not None
    ((role, date),) = found.dates
    assert (role, date.value, date.precision, date.certainty) == ("published", *told)
    assert date.text == line
