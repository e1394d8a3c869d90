"""Date lines, machine dates and dates in prose."""

from __future__ import annotations

import pytest

from archiver.model.metadata import DateValue
from archiver.wording.dates import DayOrder, day_order_from, find_dates, parse_date_line, parse_machine_date

LINES = """
en | Friday 21 October 2016 10:25 BST | 2016-10-21T10:25:00+01:00 | minute | high
en | Published 11.06.2016 00:00 | 2016-06-11T00:00:00 | minute | medium
en | 12 September, 2017 | 2017-09-12 | day | high
en | May 3rd, 2019 | 2019-05-03 | day | high
en | 3rd of May 2019 | 2019-05-03 | day | high
en | Last modified on Fri 3 May 2019 10.25 BST | 2019-05-03T10:25:00+01:00 | minute | high
en | May 3, 2019 at 5:30 p.m. EDT | 2019-05-03T17:30:00-04:00 | minute | high
en | 5 p.m. May 3, 2019 | 2019-05-03T17:00:00 | minute | high
en | 12:05 a.m., May 3, 2019 | 2019-05-03T00:05:00 | minute | high
en | January 3, 2019 5:30 PM ET | 2019-01-03T17:30:00-05:00 | minute | high
en | July 3, 2019 5:30 PM PT | 2019-07-03T17:30:00-07:00 | minute | high
en | 3 May 2019 10:25 CST | 2019-05-03T10:25:00 | minute | medium
en | 3 January 2019 10:25 BST | 2019-01-03T10:25:00 | minute | medium
en | 3 July 2019 10:25 CET | 2019-07-03T10:25:00+01:00 | minute | medium
en | 3 May 2019 10:25 GMT+1 | 2019-05-03T10:25:00+01:00 | minute | high
en | Fri, 03 May 2019 10:25:00 +0100 | 2019-05-03T10:25:00+01:00 | second | high
en | 2019-05-03T10:25:30Z | 2019-05-03T10:25:30Z | second | high
en | Posted on: 21/10/2016 | 2016-10-21 | day | high
en | 10/21/2016 | 2016-10-21 | day | high
en | Friday 03/05/2019 | 2019-05-03 | day | high
en | 05/05/2019 | 2019-05-05 | day | high
en-GB | 03/05/2019 | 2019-05-03 | day | medium
en-US | 03/05/2019 | 2019-03-05 | day | medium
en | 21-Oct-16 | 2016-10-21 | day | medium
en | May 2019 | 2019-05 | month | high
en | Published 2019 | 2019 | year | high
en | Monday 21 October 2016 | 2016-10-21 | day | low
de | Veröffentlicht am 3. Mai 2019, 10:25 Uhr | 2019-05-03T10:25:00 | minute | high
de | Freitag, 3. Mai 2019 um 10.25 Uhr MESZ | 2019-05-03T10:25:00+02:00 | minute | high
de | 03.05.2019 | 2019-05-03 | day | high
de | 03.05.19, 10.25 Uhr | 2019-05-03T10:25:00 | minute | medium
de | 3. Jänner 2019 | 2019-01-03 | day | high
de | 3. März 2019 | 2019-03-03 | day | high
fr | vendredi 1er mai 2020 à 10h | 2020-05-01T10:00:00 | minute | high
fr | Publié le 03/05/2019 à 10h25 | 2019-05-03T10:25:00 | minute | high
fr | 3 févr. 2019 | 2019-02-03 | day | high
es | Publicado el 3 de mayo de 2019 | 2019-05-03 | day | high
es | mar 5 de mar de 2019 | 2019-03-05 | day | high
es | 3 may. 2019 - 10:25 CEST | 2019-05-03T10:25:00+02:00 | minute | high
es | 3 de mayo de 2019, 5:30 p. m. | 2019-05-03T17:30:00 | minute | high
it | Venerdì 3 maggio 2019 alle ore 10:25 | 2019-05-03T10:25:00 | minute | high
it | 03 mag 2019 | 2019-05-03 | day | high
pt | Publicado em 3 de maio de 2019 às 10h25 | 2019-05-03T10:25:00 | minute | high
pt | sexta-feira, 3 de maio de 2019 | 2019-05-03 | day | high
nl | vrijdag 3 mei 2019 om 10:25 uur | 2019-05-03T10:25:00 | minute | high
nl | Gepubliceerd op 3 mrt 2019 | 2019-03-03 | day | high
pl | Opublikowano: 3 maja 2019 r., godz. 10:25 | 2019-05-03T10:25:00 | minute | high
pl | piątek, 3 maja 2019 | 2019-05-03 | day | high
ru | 3 мая 2019 г. в 10:25 МСК | 2019-05-03T10:25:00+03:00 | minute | high
ru | Опубликовано: пятница, 3 мая 2019 года | 2019-05-03 | day | high
ar | نشر في: الجمعة ٣ مايو ٢٠١٩ - 10:25 ص | 2019-05-03T10:25:00 | minute | high
ar | 3 كانون الثاني 2019 الساعة 10:25 | 2019-01-03T10:25:00 | minute | high
ar | ٣ أيار ٢٠١٩ | 2019-05-03 | day | high
tr | 3 Mayıs 2019 Cuma, 10:25 | 2019-05-03T10:25:00 | minute | high
tr | Yayınlanma: 03.05.2019 10:25 | 2019-05-03T10:25:00 | minute | high
tr | 3 KASIM 2019 | 2019-11-03 | day | high
zh | 发布时间：2019年5月3日 星期五 10:25 | 2019-05-03T10:25:00 | minute | high
zh | 2019-05-03 10:25:30 | 2019-05-03T10:25:30 | second | high
zh | 2019年5月 | 2019-05 | month | high
ja | 2019年5月3日（金） 午後3時25分 | 2019-05-03T15:25:00 | minute | high
ja | 公開日：2019/05/03 10:25 JST | 2019-05-03T10:25:00+09:00 | minute | high
cs | Publikováno: 3. května 2019 v 10:25 | 2019-05-03T10:25:00 | minute | high
cs | 3. 5. 2019 10:25 | 2019-05-03T10:25:00 | minute | high
sv | Publicerad 3 maj 2019 kl 10.25 | 2019-05-03T10:25:00 | minute | high
nb | Publisert 3. mai 2019 kl. 10.25 | 2019-05-03T10:25:00 | minute | high
da | 3. marts 2019 kl. 10.25 | 2019-03-03T10:25:00 | minute | high
fi | Julkaistu 3.5.2019 klo 10.25 | 2019-05-03T10:25:00 | minute | high
ro | Publicat: 3 mai 2019, ora 10:25 | 2019-05-03T10:25:00 | minute | high
hu | 2019. május 3. 10:25 | 2019-05-03T10:25:00 | minute | high
uk | 3 травня 2019, 10:25 | 2019-05-03T10:25:00 | minute | high
ko | 2019년 5월 3일 오후 3:25 | 2019-05-03T15:25:00 | minute | high
hi | 03 मई 2019, 10:25 AM | 2019-05-03T10:25:00 | minute | high
el | 3 Μαΐου 2019, 10:25 π.μ. | 2019-05-03T10:25:00 | minute | high
"""
ROWS = [tuple(cell.strip() for cell in line.split(" | ")) for line in LINES.strip().splitlines()]


@pytest.mark.parametrize(("language", "line", "value", "precision", "certainty"), ROWS)
def test_a_date_line_gives_its_value_precision_and_certainty(
    language: str, line: str, value: str, precision: str, certainty: str
) -> None:
    found = parse_date_line(line, language=language)
    assert found is not None
    ((_, date),) = found.dates
    assert (date.value, date.precision, date.certainty, date.text) == (value, precision, certainty, line)


@pytest.mark.parametrize(
    "line",
    """The bridge was completed in 2019
9/11
24/7
2019
3-2
Final score: 3-2
£20.16
$1,000.00
12.50
020 7946 0958
+44 20 7946 0958
01.02.03.04.05
Version 10.4.11
10.4.11
192.168.20.16
3 May
Friday 3 May
10:25 BST
3 May 2019 - 5 May 2019
3-5 May 2019
2016-2019
10:25 - 11:30, 3 May 2019
10:00-11:00 3 May 2019
31 February 2019
29 February 2019
3 May 2019 25:10
In 2019
Since May 2019
By 3 May 2019
May 3, 2019: the day it all changed
Page 3 of 2019
12 killed in May 2019
Updated hourly
Updated
3 May 2019 3 comments
10/21/16/22
2019 May be the year
Read more on 3 May 2019
© 2019
1 2 3
32/13/2019
5 May 3019""".splitlines(),
)
def test_anything_else_in_the_line_makes_it_no_date_line(line: str) -> None:
    assert parse_date_line(line, language="en") is None


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Am 3. Mai 2019 beschloss der Rat den Plan"),
        ("fr", "En mai 2019"),
        ("es", "Desde el 3 de mayo de 2019"),
        ("ru", "В мае 2019 года совет принял план"),
        ("ja", "2019年5月3日の会議"),
        ("zh", "2019年5月3日会议"),
        ("ar", "في مايو 2019 قرر المجلس"),
    ],
)
def test_a_sentence_is_no_date_line_in_other_languages(language: str, line: str) -> None:
    assert parse_date_line(line, language=language) is None


@pytest.mark.parametrize(
    ("language", "line", "published", "modified"),
    [
        ("en", "Published 3 May 2019 10:25 GMT, updated 11:30 GMT", "2019-05-03T10:25:00Z", "2019-05-03T11:30:00Z"),
        ("en", "3 May 2019 | Updated: 4 May 2019", "2019-05-03", "2019-05-04"),
        ("fr", "Publié le 3 mai 2019 à 10h25, mis à jour le 4 mai 2019", "2019-05-03T10:25:00", "2019-05-04"),
        ("tr", "Yayınlanma: 03.05.2019 | Güncelleme: 04.05.2019", "2019-05-03", "2019-05-04"),
        ("ko", "입력 2019.05.03. 오후 3:25 수정 2019.05.04. 오전 9:00", "2019-05-03T15:25:00", "2019-05-04T09:00:00"),
        ("de", "Aktualisiert am 3. Mai 2019", None, "2019-05-03"),
        ("ja", "2019年5月3日 10時25分 更新", None, "2019-05-03T10:25:00"),
        ("it", "Ultimo aggiornamento: 3 maggio 2019", None, "2019-05-03"),
    ],
)  # fmt: skip
def test_labels_give_the_dates_their_roles(
    language: str, line: str, published: str | None, modified: str | None
) -> None:
    found = parse_date_line(line, language=language)
    assert found is not None
    values = {role: value.value for role, value in found.dates}
    assert (values.get("published"), values.get("modified")) == (published, modified)


def test_each_of_two_dates_keeps_its_own_wording() -> None:
    found = parse_date_line("Published 3 May 2019 | Updated 4 May 2019", language="en")
    assert found is not None
    assert [value.text for _, value in found.dates] == ["Published 3 May 2019", "Updated 4 May 2019"]
    assert found.labelled


def test_an_ambiguous_date_tells_its_year_and_both_readings() -> None:
    found = parse_date_line("06/11/2016 5:30pm ET", language="en")
    assert found is not None
    date = found.dates[0][1]
    assert (date.value, date.precision, date.certainty) == ("2016", "year", "low")
    assert (date.not_before, date.not_after) == ("2016-06-11T17:30:00-04:00", "2016-11-06T17:30:00-05:00")


@pytest.mark.parametrize(("order", "value"), [(DayOrder.DAY_FIRST, "2016-11-06"), (DayOrder.MONTH_FIRST, "2016-06-11")])
def test_other_dates_of_the_source_decide_an_ambiguous_one(order: DayOrder, value: str) -> None:
    found = parse_date_line("06/11/2016", language="en", day_order=order)
    assert found is not None
    assert (found.dates[0][1].value, found.dates[0][1].certainty) == (value, "medium")


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2016", "2016", "year"),
        ("2016-10", "2016-10", "month"),
        ("2016-10-21", "2016-10-21", "day"),
        ("2016-10-21T10:25", "2016-10-21T10:25:00", "minute"),
        ("2016-10-21T10:25:00+01:00", "2016-10-21T10:25:00+01:00", "second"),
        ("2016-10-21T10:25:00.123Z", "2016-10-21T10:25:00Z", "second"),
        ("2016-10-21 10:25:00 +0100", "2016-10-21T10:25:00+01:00", "second"),
        ("20161021T102500Z", "2016-10-21T10:25:00Z", "second"),
        ("2016/10/21", "2016-10-21", "day"),
        ("Fri, 21 Oct 2016 10:25:00 +0100", "2016-10-21T10:25:00+01:00", "second"),
        ("Fri, 21 Oct 2016 10:25:00 GMT", "2016-10-21T10:25:00Z", "second"),
        ("Friday, 21-Oct-16 10:25:00 GMT", "2016-10-21T10:25:00Z", "second"),
        ("Fri Oct 21 2016 10:25:00 GMT+0100 (British Summer Time)", "2016-10-21T10:25:00+01:00", "second"),
        ("Fri Oct 21 10:25:00 EDT 2016", "2016-10-21T10:25:00-04:00", "second"),
        ("Fri Oct 21 10:25:00 2016", "2016-10-21T10:25:00", "second"),
        # ISO 8601: the end of a day, leap seconds (of which the minute is told), week dates
        ("2016-10-21T24:00:00Z", "2016-10-22T00:00:00Z", "second"),
        ("2016-12-31T24:00+01:00", "2017-01-01T00:00:00+01:00", "minute"),
        ("20161021T240000Z", "2016-10-22T00:00:00Z", "second"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:00Z", "minute"),
        ("2017-01-01T00:59:60+01:00", "2017-01-01T00:59:00+01:00", "minute"),
        ("Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:00Z", "minute"),
        ("2016-W42-5", "2016-10-21", "day"),
        ("2016W425", "2016-10-21", "day"),
        ("2015-W53-7", "2016-01-03", "day"),
        ("2016-W42-5T10:25:00+01:00", "2016-10-21T10:25:00+01:00", "second"),
        ("2016W425T1025Z", "2016-10-21T10:25:00Z", "minute"),
    ],
)
def test_machine_dates_keep_their_precision(text: str, value: str, precision: str) -> None:
    found = parse_machine_date(text)
    assert found == DateValue(value, precision, text)


@pytest.mark.parametrize(
    "text",
    ["", "now", "2016-13-01", "2016-02-30", "0001-01-01T00:00:00", "2016-10-21T25:00:00", "1477041900", "May 3, 2019",
     "2016-10-21T10:25:00+25:00", "Fri, 32 Oct 2016 10:25:00 GMT", "Fri Oct 21 10:25:00", "2016-10-21T24:00:01Z",
     "2016-10-21T24:30Z", "2016-02-30T24:00:00Z", "9999-12-31T24:00:00Z", "2016-12-31T23:59:61Z",
     "2016-12-31T12:30:60Z", "2016-12-31T23:59:60+01:00", "2016-W53-1", "2016-W42-8", "2016-W425", "0000-W01-1"],
)  # fmt: skip
def test_what_is_no_machine_date_or_impossible_gives_none(text: str) -> None:
    assert parse_machine_date(text) is None


def test_the_zero_of_unix_time_is_hardly_believed() -> None:
    found = parse_machine_date("1970-01-01T00:00:00Z")
    assert found is not None
    assert found.certainty == "low"


def test_dates_in_prose_count_only_when_they_read_one_way() -> None:
    text = "He came on 21/10/2016, again on May 3, 2019, on 06/11/2018 and on 2019-05-04, by 3/2 in 2019."
    values = [value.value for value in find_dates(text, language="en")]
    assert values == ["2016-10-21", "2019-05-03", "2019-05-04"]


def test_a_number_above_twelve_proves_the_day_order() -> None:
    assert day_order_from("on 21/10/2016 and 06/11/2016") is DayOrder.DAY_FIRST
    assert day_order_from("on 10/21/2016") is DayOrder.MONTH_FIRST
    assert day_order_from("on 21/10/2016 and 10/21/2016") is DayOrder.UNKNOWN
    assert day_order_from("on 06/11/2016") is DayOrder.UNKNOWN


def test_a_known_date_proves_the_day_order() -> None:
    known = [DateValue("2016-11-06T08:00:00Z", "second", "2016-11-06T08:00:00Z")]
    assert day_order_from("06/11/2016", known) is DayOrder.DAY_FIRST
    assert day_order_from("11/06/2016", known) is DayOrder.MONTH_FIRST
