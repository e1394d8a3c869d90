"""Bytes to text: the order of evidence, the encodings of the world, and what is no text."""

from __future__ import annotations

import codecs
import random

import pytest

from archiver.errors import BinaryInputError, DecodeError, EmptyInputError
from archiver.parse.decode import Decoded, decode

FRENCH = (
    "Le conseil de la ville a décidé hier que le phare resterait ouvert, malgré son coût élevé. "
    "« Nous l’avons déjà réparé », a déclaré la présidente, où les élèves étaient réunis.\n"
) * 3
POLISH = (
    "Rada miasta zdecydowała wczoraj, że latarnia pozostanie otwarta, choć jej utrzymanie jest bardzo drogie. "
    "Mieszkańcy cieszą się, że będą mogli ją znów zwiedzać; źródło podało, że łączny koszt już jest znany.\n"
) * 3
RUSSIAN = (
    "Городской совет решил вчера, что маяк останется открытым, несмотря на большие расходы. "
    "Жители города рады этому решению и надеются, что его будут ремонтировать.\n"
) * 3
JAPANESE = "市議会は昨日、灯台を今後も公開し続けることを決めた。費用は高いが、住民は喜んでいる。\n" * 5
KOREAN = "시의회는 어제 등대를 계속 개방하기로 결정했다. 비용은 많이 들지만 주민들은 기뻐하고 있다.\n" * 5
CHINESE = "市议会昨天决定继续开放灯塔。虽然费用很高，但是居民们都很高兴，希望它能够得到修缮。\n" * 5


def codes(found: Decoded) -> list[str]:
    return [notice.code for notice in found.notices]


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16be"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32le"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, codec: str, name: str) -> None:
    found = decode(mark + RUSSIAN.encode(codec), declared="koi8-r")
    assert found == Decoded(RUSSIAN, name, "bom")


@pytest.mark.parametrize(("codec", "name"), [("utf-16-le", "utf-16le"), ("utf-16-be", "utf-16be")])
def test_utf_16_without_a_mark_shows_in_its_zeros(codec: str, name: str) -> None:
    assert decode(FRENCH.encode(codec)) == Decoded(FRENCH, name, "detected")


def test_valid_utf_8_wins_over_a_declaration_and_the_lie_is_noted() -> None:
    found = decode(FRENCH.encode(), declared="iso-8859-1")
    assert (found.text, found.charset, found.origin, codes(found)) == (
        FRENCH,
        "utf-8",
        "utf-8",
        ["charset.declared-wrong"],
    )


def test_a_right_declaration_is_named_as_the_evidence() -> None:
    assert decode(FRENCH.encode(), declared="UTF-8") == Decoded(FRENCH, "utf-8", "protocol")
    page = '<meta charset="utf-8"><p>' + FRENCH
    assert decode(page.encode(), markup=True) == Decoded(page, "utf-8", "document")


def test_ascii_is_utf_8_whatever_is_declared() -> None:
    for label in (None, "shift_jis", "iso-8859-1", "utf-16"):
        found = decode(b"Plain words.", declared=label)
        assert (found.text, found.charset, found.notices) == ("Plain words.", "utf-8", ())


@pytest.mark.parametrize(
    ("label", "codec", "name", "text"),
    [
        # WHATWG Encoding Standard, section 4.2: these labels name the larger encoding of the two.
        ("latin1", "cp1252", "windows-1252", "Des élèves – « où » … €"),
        ("ISO-8859-1", "cp1252", "windows-1252", "Des élèves – « où » … €"),
        ("us-ascii", "cp1252", "windows-1252", "Des élèves – « où » … €"),
        ("csISOLatin1", "cp1252", "windows-1252", "Des élèves – « où » … €"),
        ("iso-ir-100", "cp1252", "windows-1252", "Des élèves – « où » … €"),
        ("x-cp1252", "cp1252", "windows-1252", "Des élèves – « où » … €"),
        ("ISO-8859-9", "cp1254", "windows-1254", "Şehir “ığ” … €"),
        ("tis-620", "cp874", "windows-874", "ภาษาไทย “ก” …"),
        ("gb2312", "gb18030", "gb18030", "朱镕基 瞭望 镕€"),
        ("x-gbk", "gb18030", "gb18030", "朱镕基 瞭望 镕"),
        ("Shift_JIS", "cp932", "shift_jis", "①髙橋さん ㈱灯台"),
        ("x-sjis", "cp932", "shift_jis", "①髙橋さん ㈱灯台"),
        ("euc-kr", "cp949", "euc-kr", "똠방각하 펲시콜라"),
        ("ks_c_5601-1987", "cp949", "euc-kr", "똠방각하 펲시콜라"),
        # And these name what they say.
        ("koi8-r", "koi8_r", "koi8-r", "Маяк открыт"),
        ("windows-1251", "cp1251", "windows-1251", "Маяк «открыт» — €"),
        ("iso-8859-2", "iso8859_2", "iso-8859-2", "Łódź, źródło, śnieg"),
        ("windows-1250", "cp1250", "windows-1250", "Łódź, źródło, „śnieg”"),
        ("macintosh", "mac_roman", "macintosh", "Les élèves “où” …"),
        ("x-mac-roman", "mac_roman", "macintosh", "Les élèves “où” …"),
        ("iso-8859-8-i", "iso8859_8", "iso-8859-8", "המגדלור נשאר פתוח"),
        ("big5", "big5", "big5", "燈塔開放"),
        ("euc-jp", "euc_jp", "euc-jp", "灯台は開いている"),
    ],
)
def test_a_label_is_read_as_browsers_read_it(label: str, codec: str, name: str, text: str) -> None:
    found = decode(text.encode(codec), declared=label)
    assert (found.text, found.charset, found.origin) == (text, name, "protocol")
    assert found.notices == ()


def test_the_label_may_stand_in_the_document() -> None:
    for head in ('<meta charset="koi8-r">', "<META http-equiv=content-type content='text/html; charset=KOI8-R'>"):
        page = f"<html><head>{head}</head><body>{RUSSIAN}"
        assert decode(page.encode("koi8_r"), markup=True) == Decoded(page, "koi8-r", "document")
    page = f'<?xml version="1.0" encoding="windows-1251"?><html>{RUSSIAN}</html>'
    assert decode(page.encode("cp1251"), markup=True).origin == "document"


def test_plain_text_has_no_meta_element() -> None:
    text = '<meta charset="koi8-r">' + RUSSIAN
    assert decode(text.encode("cp1251")).text == text


def test_a_protocol_wins_over_the_document() -> None:
    page = f'<meta charset="koi8-r">{RUSSIAN}'
    assert decode(page.encode("cp1251"), declared="windows-1251", markup=True).text == page


def test_a_declaration_that_was_read_byte_by_byte_is_not_in_utf_16() -> None:
    # HTML Standard section 13.2.3.2: such a declaration means UTF-8; these bytes are neither.
    page = f'<meta charset="utf-16"><p>{FRENCH}'
    found = decode(page.encode("cp1252"), markup=True)
    assert (found.text, found.charset) == (page, "windows-1252")
    assert decode(page.encode(), markup=True) == Decoded(page, "utf-8", "document")


def test_eight_bit_text_is_not_read_as_utf_16_though_any_bytes_could_be() -> None:
    assert decode(FRENCH.encode("cp1252"), declared="utf-16").text == FRENCH
    assert decode(JAPANESE.encode("utf-16-le"), declared="utf-16") == Decoded(JAPANESE, "utf-16le", "protocol")


@pytest.mark.parametrize(
    "label",
    [
        "rot13",
        "hex",
        "idna",
        "punycode",
        "undefined",
        "unicode_escape",
        "raw_unicode_escape",
        "charmap",
        "no-such",
        "é",
    ],
)
def test_a_label_that_names_no_encoding_counts_as_none(label: str) -> None:
    assert decode(FRENCH.encode("cp1252"), declared=label).text == FRENCH
    assert decode(b"Caf\\u00e9 and \\x41.", declared=label).text == "Caf\\u00e9 and \\x41."


@pytest.mark.parametrize(
    ("codec", "name", "text"),
    [
        ("cp1252", "windows-1252", FRENCH),
        ("cp1250", "windows-1250", POLISH),
        ("iso8859_2", "iso-8859-2", POLISH),
        ("cp1251", "windows-1251", RUSSIAN),
        ("koi8_r", "koi8-r", RUSSIAN),
        ("cp866", "cp866", RUSSIAN),
        ("mac_roman", "macintosh", FRENCH),
        ("cp932", "shift_jis", JAPANESE),
        ("euc_jp", "euc-jp", JAPANESE),
        ("cp949", "euc-kr", KOREAN),
        ("gb18030", "gb18030", CHINESE),
    ],
)
def test_an_encoding_that_nobody_names_is_told_by_its_letters(codec: str, name: str, text: str) -> None:
    found = decode(text.encode(codec))
    assert found.text == text
    assert (found.charset, found.origin, codes(found)) == (name, "detected", ["charset.detected"])


def test_iso_2022_jp_is_seven_bit_and_needs_its_label() -> None:
    found = decode(JAPANESE.encode("iso2022_jp"), declared="iso-2022-jp")
    assert (found.text, found.charset) == (JAPANESE, "iso2022-jp")


def test_a_few_broken_bytes_in_utf_8_are_replaced_and_counted() -> None:
    data = FRENCH.encode()
    found = decode(data[:40] + b"\xff" + data[40:] + b"\xfe")
    assert found.text == (data[:40].decode() + "\ufffd" + data[40:].decode() + "\ufffd")
    assert (found.charset, found.origin, codes(found)) == ("utf-8", "replaced", ["charset.replaced"])
    assert found.notices[0].message.startswith("2 ")


@pytest.mark.parametrize("declared", ["windows-1252", "latin1", None])
def test_one_stray_byte_does_not_change_the_encoding(declared: str | None) -> None:
    found = decode(FRENCH.encode("cp1252") + b"\x81 fin", declared=declared)
    assert (found.text, found.charset) == (FRENCH + "\ufffd fin", "windows-1252")
    assert "charset.replaced" in codes(found)


def test_a_declaration_that_explains_too_little_is_not_believed() -> None:
    assert decode(JAPANESE.encode("euc_jp"), declared="shift_jis").text == JAPANESE
    assert decode(FRENCH.encode("cp1252"), declared="utf-8").text == FRENCH


def test_a_broken_text_after_a_mark_is_replaced_or_refused() -> None:
    data = codecs.BOM_UTF8 + FRENCH.encode()
    found = decode(data + b"\xff")
    assert (found.text, found.origin, codes(found)) == (FRENCH + "\ufffd", "bom", ["charset.replaced"])
    with pytest.raises(DecodeError, match="begins like utf-8, but is not"):
        decode(codecs.BOM_UTF8 + FRENCH.encode("cp1252"), place="a.txt")


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t\x0b\x0c", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + b" \x00", b"\x00" * 100]
)
def test_nothing_but_blanks_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyInputError) as caught:
        decode(data, place="folder/a.txt")
    assert caught.value.place == "folder/a.txt"
    assert caught.value.advice


@pytest.mark.parametrize(
    ("begin", "what"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x7fELF", "program"),
        (b"\xd0\xcf\x11\xe0", "office"),
        (b"{\\rtf1 words", "rich-text"),
        (b"RIFF\x24\x08\x00\x00WAVEfmt ", "sound"),
        (b"RIFF\x24\x08\x00\x00WEBPVP8 ", "WebP"),
    ],
)
def test_files_of_other_kinds_are_refused_by_name(begin: bytes, what: str) -> None:
    with pytest.raises(BinaryInputError, match=what):
        decode(begin + b"words and words " * 20)


@pytest.mark.parametrize("text", ["RIFF RAFF is back on the stage.", "PK was his nickname.", "GIF or JIF? The debate."])
def test_words_that_only_look_like_a_signature_are_words(text: str) -> None:
    assert decode(text.encode()).text == text


def test_control_codes_make_it_binary() -> None:
    noise = random.Random(7).randbytes(3000)
    with pytest.raises(BinaryInputError, match="control codes"):
        decode(b"x" + noise)
    assert decode(b"One \x07 bell in a text that is long enough to be read.").text.count("\x07") == 1


@pytest.mark.parametrize(("text", "codec", "mark"), [("»", "utf-16-le", b"\xff\xfe"), ("ï", "utf-16-be", b"\xfe\xff")])
def test_letters_made_of_the_bytes_of_a_mark_are_text(text: str, codec: str, mark: bytes) -> None:
    assert decode(mark + text.encode(codec)).text == text


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe \x00\n\x00", b"\xef\xbb\xbf \r\n"])
def test_a_mark_and_white_space_are_no_text(data: bytes) -> None:
    with pytest.raises(EmptyInputError):
        decode(data)
