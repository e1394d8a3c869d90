"""Telling encodings apart that differ in a few letters only."""

from __future__ import annotations

import pytest

from archiver.parse.charsets import likely_codecs

GERMAN = "Der Stadtrat hat gestern beschlossen, dass der Leuchtturm für Besucher geöffnet bleibt, weil ihn alle mögen. "
CZECH = (
    "Zastupitelé včera rozhodli, že maják zůstane otevřený, protože ho mají všichni lidé ve městě rádi. "
    "Žádný z nich však neřekl, kdy bude příští zasedání; šťastní jsou už teď. "
)
TURKISH = (
    "Belediye meclisi dün deniz fenerinin açık kalmasına karar verdi; şehirde yaşayan çok kişi için iyi bir haber. "
)
SPANISH = "El ayuntamiento decidió ayer que el faro seguirá abierto el próximo año, según explicó la alcaldesa. "
GREEK = "Το δημοτικό συμβούλιο αποφάσισε χθες ότι ο φάρος θα παραμείνει ανοιχτός για τους επισκέπτες. "
HEBREW = "מועצת העיר החליטה אתמול כי המגדלור יישאר פתוח למבקרים גם בשנים הבאות. "
ARABIC = "قرر مجلس المدينة أمس أن تبقى المنارة مفتوحة أمام الزوار خلال السنوات القادمة. "
THAI = "สภาเมืองตัดสินใจเมื่อวานนี้ว่าประภาคารจะยังคงเปิดให้เข้าชมต่อไป "


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (GERMAN, "cp1252"),
        (SPANISH, "cp1252"),
        (SPANISH, "mac_roman"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859_2"),
        (TURKISH, "cp1254"),
        (GREEK, "cp1253"),
        (HEBREW, "cp1255"),
        (ARABIC, "cp1256"),
        (THAI, "cp874"),
    ],
)
def test_the_likeliest_codec_gives_the_text_back(text: str, codec: str) -> None:
    data = (text * 3).encode(codec)
    assert data.decode(likely_codecs(data)[0]) == text * 3


def test_the_same_bytes_always_give_the_same_answer() -> None:
    data = (GERMAN * 2).encode("cp1252")
    assert likely_codecs(data) == likely_codecs(data)


def test_only_the_first_stretch_of_a_long_text_is_looked_at() -> None:
    data = (GERMAN.encode("cp1252") * 700)[:65_536]
    assert likely_codecs(data + CZECH.encode("cp1250") * 1000)[0] == likely_codecs(data)[0] == "cp1252"


def test_french_with_a_byte_that_windows_1252_lacks_is_not_taken_for_arabic() -> None:
    french = "La mairie a décidé hier que le phare restera ouvert, malgré son coût élevé, à la joie des élèves. " * 3
    assert likely_codecs(french.encode("cp1252") + b"\x81")[0] == "cp1252"
