"""Bytes to text: which encoding, by what evidence, and what could not be read."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from archiver.errors import BinaryInputError, DecodeError, EmptyInputError
from archiver.model.document import Notice
from archiver.parse.charsets import likely_codecs

#: Characters that make no text, alone.
_BLANK = " \t\r\n\x0b\x0c\x00"
#: Labels that browsers know (WHATWG Encoding Standard, section 4.2) and Python does not.
_BROWSER_LABELS = {
    "dos-874": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "logical": "iso8859-8",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "unicode": "utf-16-le",
    "unicode-1-1-utf-8": "utf-8",
    "windows-949": "cp949",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-roman": "mac_roman",
    "x-sjis": "cp932",
    "x-x-big5": "big5",
    **{f"x-cp{number}": f"cp{number}" for number in range(1250, 1259)},
}
#: Encodings that browsers read as a larger one (the same section), by the names of Python's codecs.
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
}
#: Python's codecs that are escapes or tables, no encodings of a text.
_NO_ENCODINGS = frozenset({"charmap", "idna", "mbcs", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
#: What Python calls them, and what the world does (IANA names).
_IANA = {
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "cp874": "windows-874",
    "ascii": "us-ascii",
    "utf_8": "utf-8",
    "utf_16": "utf-16",
    "utf_16_le": "utf-16le",
    "utf_16_be": "utf-16be",
    "utf_32": "utf-32",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "utf-32-le": "utf-32le",
    "utf-32-be": "utf-32be",
    "mac_roman": "macintosh",
    "mac-roman": "macintosh",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Files that begin so are never text, whatever their name says.
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x00\x00\x00", "a binary file"),
)
_GIVE_TEXT = "give the article as text or HTML"
#: HTML Standard section 13.2.3.2 looks at the first 1024 bytes; real pages put it later now and then.
_PRESCAN_BYTES = 4096
#: A RIFF file names its kind behind its length.
_RIFF = re.compile(rb"RIFF....(?:WAVE|AVI |WEBP|RMID|ACON)", re.DOTALL)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,512}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:\-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:\-]{2,40})["']""")
_CONTROLS = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32)) + b"\x7f"
#: More bytes than this share (one in N) that mean nothing in text make the input binary.
_CONTROL_SHARE = 50
#: Up to one unreadable byte in N is replaced and reported; more, and it is not UTF-8 at all.
_REPLACED_SHARE = 100
#: And up to one in N of the bytes beyond ASCII, where a declaration is doubted for it.
_UNEXPLAINED_SHARE = 5
_ASCII = bytes(range(128))
_WIDE = ("utf-16-le", "utf-16-be")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read with (IANA name), and how that was known."""

    text: str
    charset: str
    origin: str
    notices: tuple[Notice, ...] = ()
    utf8: bytes | None = field(default=None, compare=False, repr=False)
    """The same as bytes of UTF-8, where the input was that and nothing else."""


def decode(data: bytes, *, declared: str | None = None, markup: bool = False, place: str = "") -> Decoded:
    """Decode ``data``; byte order mark, then valid UTF-8, then what is declared, then detection.

    Valid UTF-8 with characters beyond ASCII wins over a declaration: no other encoding produces
    such bytes by chance, and pages often declare what they once were. ``markup`` looks for
    ``<meta charset>`` and the XML declaration. Raises EmptyInputError, BinaryInputError, DecodeError.
    """
    # White space in one, two or four bytes a character; the mark itself is no text, but its bytes can be letters.
    opening = next((mark for mark, _ in _BOMS if data.startswith(mark)), b"")
    if not data[len(opening) :].strip(_BLANK.encode("ascii")):
        raise _empty(place)
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _with_mark(data[len(mark) :], codec, place)
    _refuse_binary(data, declared, place)
    label, origin = (declared, "protocol") if declared else (None, "")
    if markup and not label:
        label, origin = _label_in_document(data), "document"
    wide = _wide_without_mark(data)
    if wide:
        return Decoded(data.decode(wide, "replace"), _iana(wide), "detected")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, label, origin, place)
    if b"\x1b" in data and _codec(label) in ("iso2022_jp", "iso2022_kr", "hz"):
        return _not_utf8(data, label, origin, place)
    return replace(_utf8(text, label, origin, ascii_only=data.isascii()), utf8=data)


def decoded_already(text: str, *, place: str = "") -> Decoded:
    """Return text that somebody else has decoded, without a byte order mark that was taken for a character.

    Raises EmptyInputError for what it raises for in bytes.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip(_BLANK):
        raise _empty(place)
    return Decoded(text, "utf-8", "given")


def _empty(place: str) -> EmptyInputError:
    return EmptyInputError("there is no text in it", place=place, advice="check how this file was saved")


def _utf8(text: str, label: str | None, origin: str, *, ascii_only: bool) -> Decoded:
    codec = _codec(label)
    if codec == "utf-8" or (ascii_only and codec):
        return Decoded(text, _iana(codec) if not ascii_only else "utf-8", origin)
    if codec and not ascii_only:
        notice = Notice(
            "charset.declared-wrong", f"declared as {label}, but the bytes are valid UTF-8 and were read so"
        )
        return Decoded(text, "utf-8", "utf-8", (notice,))
    return Decoded(text, "utf-8", "utf-8")


def _with_mark(data: bytes, codec: str, place: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), _iana(codec), "bom")
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    lost = text.count("\ufffd")
    if lost * _REPLACED_SHARE > len(text) and lost > 1:
        raise DecodeError(f"begins like {_iana(codec)}, but is not", place=place, advice="save it again as UTF-8")
    return Decoded(text, _iana(codec), "bom", (_replaced(lost),))


def _not_utf8(data: bytes, label: str | None, origin: str, place: str) -> Decoded:
    codec = _codec(label)
    if codec in _WIDE and not _is_wide(codec, data):
        codec = None
    if codec and codec != "utf-8":
        try:
            return Decoded(data.decode(codec), _iana(codec), origin)
        except (UnicodeDecodeError, LookupError):
            pass
    damaged = data.decode("utf-8", "replace")
    lost = damaged.count("\ufffd")
    multibyte = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]", data))
    if lost * _REPLACED_SHARE <= len(damaged) and multibyte >= lost:
        return Decoded(damaged, "utf-8", "replaced", (_replaced(lost),))
    if codec and codec != "utf-8":
        text = data.decode(codec, "replace")
        lost = text.count("\ufffd")
        # The declaration holds if it explains nearly all that it could explain.
        if lost * _REPLACED_SHARE <= len(text) and lost * _UNEXPLAINED_SHARE <= _beyond_ascii(data):
            return Decoded(text, _iana(codec), "replaced", (_replaced(lost),))
    for guess in likely_codecs(data):
        text = data.decode(guess, "replace")
        lost = text.count("\ufffd")
        if lost * _REPLACED_SHARE <= len(text):
            read = Notice("charset.detected", f"read as {_iana(guess)} by its letters")
            return Decoded(text, _iana(guess), "detected", (read, _replaced(lost)) if lost else (read,))
    raise DecodeError("its bytes are text in no encoding that fits", place=place, advice="save it again as UTF-8")


def _is_wide(codec: str | None, data: bytes) -> bool:
    """Nearly any bytes can be read as UTF-16; without a zero there is not one space, line end or digit in it."""
    return codec in _WIDE and b"\x00" in data and _decodes(data, codec)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _beyond_ascii(data: bytes) -> int:
    return len(data.translate(None, _ASCII))


def _replaced(lost: int) -> Notice:
    return Notice("charset.replaced", f"{lost} byte sequence(s) could not be decoded and read as U+FFFD")


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    name = label.strip().lower()
    try:
        found = codecs.lookup(_BROWSER_LABELS.get(name, name))
    except (LookupError, ValueError):
        return None
    # Codecs such as rot13 or hex turn text into text, or bytes into bytes.
    if not getattr(found, "_is_text_encoding", True) or found.name.replace("_", "-") in _NO_ENCODINGS:
        return None
    return _READ_AS.get(found.name, found.name)


def _iana(codec: str) -> str:
    name = codec.lower().replace("cp125", "windows-125")
    name = _IANA.get(name, name)
    if name.startswith("iso8859"):
        return "iso-8859" + name.removeprefix("iso8859").replace("_", "-")
    return name.replace("_", "-") if name != "shift_jis" else name


def _label_in_document(data: bytes) -> str | None:
    head = data[:_PRESCAN_BYTES]
    found = _XML_ENCODING.match(head) or _META_CHARSET.search(head)
    if found is None:
        return None
    label = found.group(1).decode("ascii")
    # A declaration that can be read byte by byte does not stand in UTF-16 (HTML Standard section 13.2.3.2).
    return "utf-8" if (_codec(label) or "").startswith(("utf-16", "utf-32")) else label


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark shows in its NUL bytes: every other one, for Latin text."""
    sample = data[:4096]
    nuls = sample.count(b"\x00")
    if nuls * 5 < len(sample):
        return None
    if sample[1::2].count(b"\x00") * 10 > nuls * 9:
        return "utf-16-le"
    if sample[0::2].count(b"\x00") * 10 > nuls * 9:
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes, declared: str | None, place: str) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise BinaryInputError(f"this is {what}, not text", place=place, advice=_GIVE_TEXT)
    if _RIFF.match(data):
        raise BinaryInputError("this is a sound, film or WebP file, not text", place=place, advice=_GIVE_TEXT)
    sample = data[:65_536]
    if _wide_without_mark(sample) or _is_wide(_codec(declared), data):
        return
    junk = len(sample) - len(sample.translate(None, _CONTROLS))
    if junk * _CONTROL_SHARE > len(sample) and junk > 1:
        raise BinaryInputError(
            f"this is not text: {junk} of its first {len(sample)} bytes are control codes",
            place=place,
            advice=_GIVE_TEXT,
        )
