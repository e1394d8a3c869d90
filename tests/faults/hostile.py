"""Hostile inputs by name: what a stranger may put into a folder, and what becomes of each."""

# ruff: noqa: E501, UP031 - an input that is broken into lines, or full of doubled braces, is no longer seen as one
from __future__ import annotations

import gzip
import io
import itertools
import json
import tarfile
import zipfile
import zlib
from dataclasses import dataclass

from ..support_export import PNG, page, story

LAMP = "The keepers carried the new lamp up two hundred steps on Monday, and by the evening it could be seen from afar."
_ID = "urn:uuid:0b41bd4d-5e1c-4d1c-8c6c-%012x"
_NUMBERS = itertools.count(1)
_HEAD = "<!doctype html><html><head><title>A lamp</title></head><body><h1>A lamp</h1>"


@dataclass(frozen=True)
class Hostile:
    """One file, and what is promised for it."""

    name: str
    data: bytes
    code: str = ""
    """Of each of its rejects; empty where it has none."""
    articles: int = 0
    carried: int = 0


def good(name: str, data: bytes | str) -> Hostile:
    """Return an input that is an article for all its malice."""
    return Hostile(name, data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"), articles=1)


def bad(name: str, data: bytes | str, code: str, *, articles: int = 0, carried: int = 0) -> Hostile:
    """Return an input that is a reject with ``code``."""
    return Hostile(name, data if isinstance(data, bytes) else data.encode(), code, articles, carried)


def html(body: str, head: str = "") -> str:
    """Return a page with a text that is an article, and ``body`` behind it."""
    text = "".join(f"<p>{line}</p>" for line in story(3).split("\n\n")[3:6])
    return f"<!doctype html><html lang=en><head><title>A lamp</title>{head}</head><body><h1>A lamp</h1>{text}{body}</body></html>"


def record(
    block: bytes,
    *,
    identity: str = "",
    kind: str = "response",
    url: str = "https://news.example/lamp",
    length: object = None,
    fields: str = "",
    media_type: str = "application/http;msgtype=response",
    end: bytes = b"\r\n\r\n",
) -> bytes:
    """Return a WARC record; ``length`` is what Content-Length says, if it lies."""
    said = len(block) if length is None else length
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{identity or _ID % next(_NUMBERS)}>\r\nWARC-Date: 2018-03-12T08:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: {media_type}\r\n{fields}Content-Length: {said}\r\n\r\n"
    )
    return head.encode("utf-8", "surrogatepass") + block + end


def http(body: bytes, headers: str = "", status: str = "200 OK") -> bytes:
    """Return an HTTP response with ``body``."""
    return f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode() + body


def line(**values: object) -> str:
    """Return a line of JSON with an article."""
    return json.dumps({"text": story(5), **values})


def zipped(name: str, data: bytes) -> bytes:
    """Return a ZIP file with one member of any name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2018, 3, 12, 8, 0, 0)), data)
    return made.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    """Return a TAR file with one member of any name."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _laughs() -> str:
    names = [f"l{number}" for number in range(10)]
    entities = "".join(
        f'<!ENTITY {name} "{"&" + before + ";" if before else "ha"}{("&" + before + ";") * 9 if before else ""}">'
        for before, name in zip(["", *names], names, strict=False)
    )
    return f"<!DOCTYPE html [{entities}]>"


_PAGE = page(4).encode()
_STORY = story(6)
_RECORD = record(http(_PAGE))
_XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A lamp</title></head><body><h1>A lamp</h1>'
_PARAGRAPHS = "".join(f"<p>{text}</p>" for text in story(8).split("\n\n")[3:6])
_END = "</body></html>"

# fmt: off
XML = [
    good("xml/external-entity.xhtml", f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>{_XHTML}{_PARAGRAPHS}<p>&x; was asked for.</p>{_END}'),
    good("xml/external-entity-http.xhtml", f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>{_XHTML}{_PARAGRAPHS}<p>&x;</p>{_END}'),
    good("xml/parameter-entity.xhtml", f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>{_XHTML}{_PARAGRAPHS}{_END}'),
    good("xml/external-dtd.xhtml", f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://127.0.0.1:9/evil.dtd">{_XHTML}{_PARAGRAPHS}{_END}'),
    good("xml/local-dtd.html", f'<!DOCTYPE html SYSTEM "file:///dev/zero"><html><body><h1>A lamp</h1>{_PARAGRAPHS}{_END}'),
    good("xml/billion-laughs.xhtml", f'<?xml version="1.0"?>{_laughs()}{_XHTML}{_PARAGRAPHS}<p>&l9;</p>{_END}'),
    good("xml/quadratic-entity.xhtml", f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "{"ha" * 50_000}">]>{_XHTML}{_PARAGRAPHS}<p>{"&a;" * 2000}</p>{_END}'),
    good("xml/recursive-entity.xhtml", f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "&b;"><!ENTITY b "&a;">]>{_XHTML}{_PARAGRAPHS}<p>&a;</p>{_END}'),
    good("xml/xinclude.xhtml", f'<?xml version="1.0"?>{_XHTML}{_PARAGRAPHS}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>{_END}'),
    good("xml/stylesheet.xhtml", f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="file:///etc/passwd"?>{_XHTML}{_PARAGRAPHS}{_END}'),
    good("xml/tei-of-ours.html", html('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>Not ours.</p></body></text></TEI>')),
    good("xml/cdata-end.html", html("<p>A line with ]]&gt; and ]]> and <![CDATA[ markers ]]> in it.</p>")),
    good("xml/processing-instruction.html", html("<?php system('true'); ?><p>The harbour was quiet.</p>")),
    Hostile("xml/other.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', carried=1),
    Hostile("xml/picture.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', carried=1),
]
BOMBS = [
    Hostile("bombs/zeros.gz", _gzip(bytes(12_000_000)), carried=1),
    Hostile("bombs/nested.gz", _gzip(_gzip(_gzip(bytes(12_000_000)))), carried=1),
    Hostile("bombs/zeros.zip", zipped("zeros", bytes(12_000_000)), carried=1),
    Hostile("bombs/nested.zip", zipped("a.zip", zipped("b.zip", zipped("zeros", bytes(12_000_000)))), carried=1),
    Hostile("bombs/gzip-as-text.txt", _gzip(bytes(12_000_000)), carried=1),
    bad("bombs/zip-as-text.txt", zipped("a", bytes(12_000_000)), "article.binary"),
    Hostile("bombs/gzip-as-page.html", _gzip(bytes(12_000_000)), carried=1),
    bad("bombs/zeros.warc.gz", _gzip(bytes(12_000_000)), "container.damaged"),
    bad("bombs/line-ends.warc.gz", _gzip(b"\r\n" * 6_000_000), "container.damaged"),
    bad("bombs/coding-gzip.warc", record(http(_gzip(bytes(12_000_000)), "Content-Encoding: gzip\r\n")), "article.too-large"),
    bad("bombs/coding-deflate.warc", record(http(zlib.compress(bytes(12_000_000)), "Content-Encoding: deflate\r\n")), "article.too-large"),
    bad("bombs/coding-twice.warc", record(http(_gzip(_gzip(bytes(12_000_000))), "Content-Encoding: gzip, gzip\r\n")), "article.too-large"),
    good("bombs/coding-a-hundred-times.warc", record(http(_PAGE, "Content-Encoding: " + "gzip, " * 100 + "identity\r\n"))),
    bad("bombs/coding-cut.warc", record(http(_gzip(bytes(9000))[:12], "Content-Encoding: gzip\r\n")), "article.empty"),
    bad("bombs/coding-damaged.warc", record(http(b"\x1f\x8b\x08\x00" + b"\xff" * 400, "Content-Encoding: gzip\r\n")), "article.unparsable"),
    bad("bombs/coding-unknown.warc", record(http(_PAGE, "Content-Encoding: rot13\r\n")), "article.undecodable"),
    good("bombs/coding-lie.warc", record(http(_PAGE, "Content-Encoding: gzip\r\n"))),
    good("bombs/chunk-huge.warc", record(http(b"ffffffffffffff\r\n" + _PAGE, "Transfer-Encoding: chunked\r\n"))),
    good("bombs/chunk-negative.warc", record(http(b"-5\r\n" + _PAGE, "Transfer-Encoding: chunked\r\n"))),
    good("bombs/chunks-of-one.warc", record(http(b"".join(b"1\r\n%c\r\n" % byte for byte in _PAGE) + b"0\r\n\r\n", "Transfer-Encoding: chunked\r\n"))),
]
ARCHIVES = [
    bad("archives/slip.wacz", zipped("../../../../tmp/archiver-slip", b"out"), "container.damaged"),
    bad("archives/absolute.wacz", zipped("/etc/archiver-slip", b"out"), "container.damaged"),
    Hostile("archives/backslash.zip", zipped("..\\..\\archiver-slip", b"out"), carried=1),
    Hostile("archives/slip.tar", tarred("../../archiver-slip", b"out"), carried=1),
    bad("archives/slip.tar.txt", tarred("../../archiver-slip", b"out"), "article.binary"),
    Hostile("archives/slip.tgz", _gzip(tarred("/archiver-slip", b"out")), carried=1),
]
WARC = [
    bad("warc/length-too-long.warc", record(http(_PAGE), length=10**9), "container.damaged", carried=1),
    bad("warc/length-huge.warc", record(http(_PAGE), length="9" * 18), "container.damaged", carried=1),
    bad("warc/length-of-many-digits.warc", record(http(_PAGE), length="9" * 5000), "container.damaged", carried=1),
    bad("warc/length-negative.warc", record(http(_PAGE), length=-5), "container.damaged", carried=1),
    bad("warc/length-in-words.warc", record(http(_PAGE), length="ten"), "container.damaged", carried=1),
    bad("warc/length-in-arabic-digits.warc", record(http(_PAGE), length="٣٠٠"), "container.damaged", carried=1),
    bad("warc/length-with-sign.warc", record(http(_PAGE), length=f"+{len(http(_PAGE))}"), "container.damaged", carried=1),
    bad("warc/length-too-short.warc", record(http(_PAGE), length=20), "container.damaged", carried=1),
    bad("warc/length-zero.warc", record(http(_PAGE), length=0), "container.damaged", carried=1),
    bad("warc/length-twice.warc", record(http(_PAGE), fields="Content-Length: 3\r\n"), "container.damaged", carried=1),
    bad("warc/length-missing.warc", record(http(_PAGE)).replace(b"Content-Length", b"X-Length"), "container.damaged", carried=1),
    bad("warc/header-of-a-megabyte.warc", record(http(_PAGE), fields=f"X-Long: {'a' * 1_000_000}\r\n"), "container.damaged"),
    bad("warc/header-of-many-megabytes.warc.gz", _gzip(b"WARC/1.1\r\nX-Long: " + b"a" * 12_000_000 + b"\r\n\r\n"), "container.damaged"),
    bad("warc/header-without-end.warc", b"WARC/1.1\r\n" + b"X: y\r\n" * 100_000, "container.damaged"),
    good("warc/header-of-ten-thousand-fields.warc", record(http(_PAGE), fields="X: y\r\n" * 9_000)),
    good("warc/http-header-of-many-lines.warc", record(http(_PAGE, "a:b\r\n" * 500_000))),
    good("warc/http-header-folded-for-ever.warc", record(http(_PAGE, "X-Folded: a\r\n" + f" {'b' * 200}\r\n" * 30_000))),
    bad("warc/chunks-by-the-million.warc", record(http(b"1\r\nx\r\n" * 1_050_000 + b"0\r\n\r\n", "Transfer-Encoding: chunked\r\n")), "article.too-large"),
    good("warc/http-header-of-a-megabyte.warc", record(http(_PAGE, f"X-Long: {'a' * 1_000_000}\r\n"))),
    bad("warc/header-with-nul.warc", record(http(_PAGE), fields="X-Nul: a\0b\r\n"), "container.damaged", articles=1),
    bad("warc/header-with-bare-cr.warc", record(http(_PAGE), fields="X-CR: a\rWARC-Type: warcinfo\r\n"), "container.damaged", articles=1),
    bad("warc/header-with-escape.warc", record(http(_PAGE), fields="X-Escape: \x1b[2J\x1b]0;owned\x07\r\n"), "container.damaged", articles=1),
    good("warc/header-folded.warc", record(http(_PAGE), fields="X-Folded: a\r\n WARC-Type: warcinfo\r\n")),
    Hostile("warc/type-unknown-beside.warc", record(http(_PAGE)) + record(b"x", kind="evil"), articles=1, carried=1),
    bad("warc/ids-the-same.warc", record(http(_PAGE), identity=_ID % 0xABCDEF) + record(http(page(9).encode()), identity=_ID % 0xABCDEF), "container.damaged", articles=2),
    bad("warc/id-missing.warc", record(http(_PAGE)).replace(b"WARC-Record-ID", b"X-Record-ID"), "container.damaged", articles=1),
    bad("warc/id-as-path.warc", record(http(_PAGE), identity="../../../etc/passwd"), "container.damaged", articles=1),
    bad("warc/id-with-escape.warc", record(http(_PAGE), identity="urn:x-lamp:\x1b[31m"), "container.damaged", articles=1),
    good("warc/url-bidi.warc", record(http(_PAGE), url="https://news.example/\u202egpj.pmal\u202c")),
    good("warc/url-script.warc", record(http(_PAGE), url="javascript:alert('x')")),
    good("warc/url-quotes.warc", record(http(_PAGE), url="https://news.example/\"'><script>alert(1)</script>")),
    good("warc/url-of-a-path.warc", record(http(_PAGE), url="file:///../../../../etc/passwd")),
    good("warc/url-endless.warc", record(http(_PAGE), url="https://news.example/" + "a/" * 20_000)),
    good("warc/url-broken-brackets.warc", record(http(_PAGE), url="http://[::1/lamp")),
    good("warc/url-port.warc", record(http(_PAGE), url="http://news.example:99999999999999999999/lamp")),
    bad("warc/cut-member.warc.gz", _gzip(record(http(_PAGE)))[:-40], "container.damaged"),
    bad("warc/cut-header.warc", record(http(_PAGE))[:60], "container.damaged"),
    bad("warc/garbage-behind.warc.gz", _gzip(record(http(_PAGE))) + b"\0garbage" * 100, "container.damaged", articles=1),
    bad("warc/garbage-before.warc", b"garbage\r\n" * 10 + record(http(_PAGE)), "container.damaged", articles=1),
    bad("warc/garbage-between.warc", record(http(_PAGE)) + b"\0\1\2" * 99 + b"\r\n" + record(http(page(9).encode())), "container.damaged", articles=2),
    bad("warc/one-member-for-all.warc.gz", _gzip(record(http(_PAGE)) + record(http(page(9).encode()))), "container.damaged", articles=2),
    bad("warc/one-record-in-members.warc.gz", _gzip(_RECORD[:300]) + _gzip(_RECORD[300:]), "container.damaged", articles=1),
    bad("warc/empty-members.warc.gz", _gzip(b"") * 10_000, "container.damaged"),
    bad("warc/wrong-crc.warc.gz", _gzip(record(http(_PAGE)))[:-8] + b"\0" * 8, "container.damaged"),
    bad("warc/digest-wrong.warc", record(http(_PAGE), fields="WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"), "container.damaged", articles=1),
    bad("warc/digest-nonsense.warc", record(http(_PAGE), fields="WARC-Block-Digest: ;;;\r\n"), "container.damaged", articles=1),
    bad("warc/segment.warc", record(http(_PAGE), fields="WARC-Segment-Number: 2\r\n"), "container.damaged"),
    bad("warc/segment-of-many-digits.warc", record(http(_PAGE), fields=f"WARC-Segment-Number: {'1' * 5000}\r\n"), "container.damaged"),
    good("warc/date-nonsense.warc", record(http(_PAGE)).replace(b"2018-03-12T08", b"9999-99-99T99")),
    Hostile("warc/status-nonsense-beside.warc", record(http(_PAGE)) + record(http(_PAGE, status="99999 No")), articles=1, carried=1),
    bad("warc/version-99.warc", record(http(_PAGE)).replace(b"WARC/1.1", b"WARC/99.9"), "container.damaged", articles=1),
    bad("warc/arc-length.arc", b"filedesc://x.arc 0.0.0.0 20180312080000 text/plain 99999999\n1 0 x\n", "container.damaged", carried=1),
    bad("warc/zstd.warc", b"\x28\xb5\x2f\xfd" + bytes(100), "container.damaged"),
]
JSON = [
    good("json/nan.jsonl", '{"text": %s, "score": NaN, "other": -Infinity}' % json.dumps(story(5))),
    good("json/number-huge.jsonl", '{"text": %s, "score": 1e999999}' % json.dumps(story(5))),
    bad("json/number-of-digits.jsonl", '{"text": %s, "score": %s}' % (json.dumps(story(5)), "9" * 10_000), "article.unparsable"),
    bad("json/deep.jsonl", "[" * 100_000, "article.unparsable"),
    bad("json/deep-within.jsonl", '{"text": "a", "x": ' + '{"x":' * 50_000, "article.unparsable"),
    good("json/objects-many.jsonl", '{"text": %s, "x": [%s]}' % (json.dumps(story(5)), ",".join(['{"a":0}'] * 100_000))),
    good("json/keys-twice.jsonl", '{"text": "first", "text": %s}' % json.dumps(story(5))),
    good("json/lone-surrogate.jsonl", '{"text": %s, "title": "A \\ud800 lamp"}' % json.dumps(story(5))),
    good("json/lone-surrogate-url.jsonl", line(url="https://news.example/\ud800")),
    good("json/title-with-crlf.jsonl", line(title="A lamp\r\nWARC-Type: warcinfo\r\n\r\n")),
    good("json/title-with-escape.jsonl", line(title="A \x1b[2J\x1b]0;owned\x07 lamp")),
    good("json/title-with-bidi.jsonl", line(title="A \u202egnol\u202c lamp\u2066\u2069")),
    good("json/title-with-nul.jsonl", line(title="A \0 lamp \ufffe\uffff")),
    good("json/title-formula.jsonl", line(title="=HYPERLINK(\"http://127.0.0.1\")")),
    good("json/title-markup.jsonl", line(title="<script>alert(1)</script>&lamp;]]>")),
    good("json/title-endless.jsonl", line(title="lamp " * 100_000)),
    good("json/url-with-crlf.jsonl", line(url="https://news.example/\r\nWARC-Type: warcinfo")),
    good("json/url-no-url.jsonl", line(url="../../../etc/passwd")),
    good("json/url-is-object.jsonl", line(url={"$ref": "file:///etc/passwd"})),
    good("json/authors-nonsense.jsonl", line(authors=[None, 1, {"name": {"name": "x"}}, ["Pat Sample"], "\x00"])),
    good("json/dates-nonsense.jsonl", line(published="0000-99-99T99:99:99+99:99", modified=10**30)),
    good("json/language-nonsense.jsonl", line(language="../" * 50)),
    good("json/keywords-many.jsonl", line(keywords=[f"word {number}" for number in range(20_000)])),
    good("json/prototype.jsonl", line(__proto__={"polluted": True}, constructor="x")),
    good("json/mark-in-front.jsonl", "\ufeff" + line()),
    bad("json/no-object.jsonl", "3\n", "article.unparsable"),
    bad("json/null.jsonl", "null", "article.unparsable"),
    bad("json/text-is-object.jsonl", '{"text": {"text": "a"}}', "article.empty"),
    bad("json/utf-16.jsonl", line().encode("utf-16"), "article.unparsable"),
    bad("json/nul-bytes.jsonl", bytes(1000), "article.unparsable"),
    Hostile("json/blank-lines.jsonl", b"\n" * 100_000, "article.empty"),
    Hostile("json/good-between-bad.jsonl", b"{\n" + line().encode() + b"\n}\n", "article.unparsable", articles=1),
]
PAGES = [
    good("pages/deep.html", html("<div>" * 20_000 + LAMP)),
    good("pages/deep-inline.html", html("<b><i>" * 10_000 + LAMP)),
    good("pages/deep-table.html", html("<table><tr><td>" * 3_000 + LAMP)),
    good("pages/deep-list.html", html("<ul><li>" * 5_000 + LAMP)),
    good("pages/wide.html", html("<i></i>" * 30_000)),
    good("pages/attributes.html", html(f"<p {' '.join(f'a{number}=1' for number in range(5_000))}>{LAMP}</p>")),
    good("pages/attribute-long.html", html(f"<p title='{'x' * 2_000_000}'>{LAMP}</p>")),
    good("pages/unclosed-attribute.html", html(f"<p>{LAMP}</p><p title='")),
    good("pages/unclosed-comment.html", html(f"<p>{LAMP}</p><!-- no end")),
    good("pages/unclosed-script.html", html(f"<p>{LAMP}</p><script>var a = '")),
    good("pages/unclosed-textarea.html", html(f"<p>{LAMP}</p><textarea>")),
    good("pages/angle-brackets.html", html("<" * 50_000)),
    good("pages/ampersands.html", html("<p>" + "&" * 50_000 + "</p>")),
    good("pages/character-references.html", html("<p>A &#0; lamp &#xD800; and &#x110000; and &#1; and &#xFFFE; &#99999999999;</p>")),
    good("pages/reference-of-many-digits.html", html(f"<p title='&#{'1' * 5000};'>A lamp &#{'1' * 5000}; and &#{'0' * 5000}65;</p>")),
    good("pages/reference-of-many-digits-deep.html", html("<div>" * 2_000 + f"<p title='&#{'1' * 5000};'>{LAMP} &#{'1' * 5000};</p>")),
    good("pages/reference-of-many-digits-in-title.html", html("").replace("<title>A lamp", f"<title>A lamp &#{'1' * 5000};")),
    good("pages/json-ld-reference-of-many-digits.html", html("", f"<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"A lamp &#{'1' * 5000};\"}}</script>")),
    good("pages/json-ld-body-with-reference-of-many-digits.html", f"{_HEAD}<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'articleBody': _STORY + '&#' + '1' * 5000 + ';'})}</script></body></html>"),
    good("pages/illegal-characters.html", html("<p>A \x01\x02\x0b\x1f\x7f\x85\ufffe\uffff lamp.</p>")),
    good("pages/nul.html", html("<p>A \0 lamp\0.</p>")),
    good("pages/escape-sequences.html", html("<p>A \x1b[31mred\x1b[0m \x1b]8;;http://127.0.0.1\x07lamp\x1b]8;;\x07.</p>")),
    good("pages/bidi.html", html("<p>A \u202e\u2066lamp\u2069\u202c of \u200f\u200e\u061c two hands.</p>")),
    good("pages/combining.html", html("<p>A la" + "\u0301" * 20_000 + "mp.</p>")),
    good("pages/base-of-another.html", html("", "<base href='file:///etc/'><link rel=canonical href='passwd'>")),
    good("pages/canonical-script.html", html("", "<link rel=canonical href='javascript:alert(1)'>")),
    good("pages/canonical-crlf.html", html("", "<link rel=canonical href='https://news.example/&#13;&#10;WARC-Type: warcinfo'>")),
    good("pages/title-with-crlf.html", html("").replace("<title>A lamp", "<title>A lamp&#13;&#10;Evil: yes&#27;[2J")),
    good("pages/json-ld-deep.html", html("", f"<script type='application/ld+json'>{'[' * 100_000}</script>")),
    good("pages/json-ld-nan.html", html("", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"wordCount\":NaN}</script>")),
    good("pages/json-ld-many.html", html("", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\"}</script>" * 2_000)),
    good("pages/meta-many.html", html("", "<meta name=author content='Pat Sample'>" * 5_000)),
    good("pages/refresh.html", html("", "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>")),
    good("pages/charset-utf-7.html", html("", "<meta charset=utf-7>")),
    good("pages/charset-of-python.html", html("", "<meta charset=unicode_escape>")),
    good("pages/charset-zip.html", html("", "<meta charset=zlib_codec>")),
    good("pages/charset-endless.html", html("", f"<meta charset={'x' * 100_000}>")),
    good("pages/frameset-behind.html", html("<frameset><frame src=file:///etc/passwd></frameset>")),
    good("pages/picture-of-device.html", html("<img src=file:///dev/zero><iframe src=file:///etc/passwd></iframe>")),
    good("pages/ids-as-paths.html", html("<p id='../../evil' xml:id='<>&\"'>A line with an id.</p>")),
]
TEXTS = [
    Hostile("texts/zero-bytes.txt", b"", "article.empty"),
    Hostile("texts/mark-utf-8.txt", b"\xef\xbb\xbf", "article.empty"),
    Hostile("texts/mark-utf-16.txt", b"\xff\xfe", "article.empty"),
    Hostile("texts/mark-utf-32.txt", b"\xff\xfe\0\0", "article.empty"),
    Hostile("texts/half-a-mark.txt", b"\xef\xbb", "article.no-text"),
    good("texts/marks-many.txt", "\ufeff" * 1000 + _STORY),
    good("texts/utf-16-odd.txt", _STORY.encode("utf-16") + b"\n"),
    good("texts/utf-32.txt", _STORY.encode("utf-32")),
    good("texts/overlong-utf-8.txt", _STORY.encode() + b"\xc0\xaf\xe0\x80\xaf"),
    good("texts/surrogates-utf-8.txt", _STORY.encode() + b"\xed\xa0\x80\xed\xb0\x80"),
    good("texts/escape-sequences.txt", _STORY.replace("lamp", "l\x1b[31mamp\x1b[0m")),
    good("texts/separators.txt", _STORY.replace("lamp", "la\u2028mp\u2029\x85\x0c")),
    good("texts/carriage-returns.txt", _STORY.replace("\n", "\r")),
    good("texts/one-line.txt", LAMP + " " + "and so on " * 100_000),
    good("texts/line-ends.txt", _STORY + "\n" * 200_000),
    good("texts/spaces.txt", _STORY.replace(" Monday", " " * 100_000 + "Monday")),
    good("texts/formula.txt", "=cmd|' /C calc'!A0\n\n" + _STORY),
    good("texts/bag-info.txt", "Bagging-Date: 1970-01-01\nPayload-Oxum: 0.0\n\n" + _STORY),
    good("texts/warc-within.txt", _STORY + "\nWARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n"),
    Hostile("texts/picture.txt", PNG + bytes(range(256)), "article.binary"),
    Hostile("texts/elf.txt", b"\x7fELF\x02\x01\x01" + bytes(200), "article.binary"),
    Hostile("texts/all-bytes.txt", bytes(range(256)) * 20, "article.binary"),
]
# fmt: on
#: Names of files in bytes, all of which are articles.
NAMES = [
    b"line\nend.txt",
    b"carriage\rreturn.txt",
    b"tab\t.txt",
    b"escape\x1b[2J\x1b]0;owned\x07.txt",
    b"bell\x07.txt",
    b"delete\x7f.txt",
    b"c1\xc2\x9b31m.txt",
    b"bidi\xe2\x80\xaexcod.txt",
    b"latin\xe9.txt",
    b"utf\xff\xfe.txt",
    b"surrogate\xed\xa0\x80.txt",
    b"percent%0Aend.txt",
    b"percent%2F..%2Fup.txt",
    b"%2e%2e%2fup.txt",
    b"-rf.txt",
    b"--help.txt",
    b"~root.txt",
    b"$HOME.txt",
    b"`true`.txt",
    b"$(true).txt",
    b"a;b.txt",
    b"a|b.txt",
    b"a&b.txt",
    b"quote'.txt",
    b'quote".txt',
    b"<script>.txt",
    b"]]>.txt",
    b"&amp;.txt",
    b"back\\slash.txt",
    b"con.txt",
    b"NUL.txt",
    b"aux",
    b"=formula.txt",
    b"@formula.txt",
    b"+formula.txt",
    b" leading.txt",
    b"trailing.txt ",
    b"dot.txt.",
    b"Case.txt",
    b"CASE.txt",
    b"case.txt",
    "nfc-é.txt".encode(),
    "nfd-e\u0301.txt".encode(),
    b"long-" + b"x" * 235 + b".txt",
    "\u2028separator.txt".encode(),
    b"#fragment?query.txt",
    b"http:__x.txt",
    b"*.txt",
    b"[a-z].txt",
    b"{a,b}.txt",
    b"bagit.txt",
    b"manifest-sha256.txt",
    b"data",
]  # fmt: skip

#: The same for names that begin with a full stop: such files are hidden, and carried.
HIDDEN = [b"...txt", b"....txt", b"..\\..\\up.txt", b".htaccess"]

ALL = (*XML, *BOMBS, *ARCHIVES, *WARC, *JSON, *PAGES, *TEXTS)
