"""JSON-LD 1.1 blocks as publishers write them: graphs, references, arrays, and broken JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from archiver.digits import unescape
from archiver.model.document import Hint
from archiver.parse.text_run import collapse

#: Objects of these types describe the page or its article; types that end in Article or Posting come on top.
_PAGE_TYPES = frozenset(
    "WebPage ItemPage AboutPage QAPage CollectionPage MedicalWebPage Report Review Recipe CreativeWork Blog HowTo"
    " LiveBlogPosting BlogPosting NewsArticle Article AnalysisNewsArticle".split()
)
#: Where another article is spoken of.
_ELSEWHERE = frozenset(
    "itemListElement hasPart isPartOf citation mentions relatedLink liveBlogUpdate comment comments review workExample"
    " subjectOf author publisher image video associatedMedia breadcrumb significantLink isBasedOn about item".split()
)
#: schema.org property, field of the description.
_PLAIN = {
    "headline": "headline",
    "name": "title",
    "alternativeHeadline": "title",
    "description": "description",
    "datePublished": "published",
    "dateCreated": "published",
    "uploadDate": "published",
    "dateModified": "modified",
    "articleSection": "section",
    "inLanguage": "language",
    "copyrightNotice": "rights",
    "license": "rights",
    "articleBody": "article_body",
    "url": "canonical_url",
}
_NAMED = {
    "author": "author",
    "creator": "author",
    "publisher": "publisher",
    "sourceOrganization": "publisher",
    "copyrightHolder": "rights",
}
_MAKERS = frozenset({"author", "creator"})
_REFERENCES = {"image": "image", "mainEntityOfPage": "canonical_url"}
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOOSE_COMMA = re.compile(r",(\s*[}\]])")
_SALVAGE = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|description|articleSection)"\s*:\s*"((?:[^"\\]|\\.){1,2000})"'
)
#: Authors in broken JSON: a name, or an object or a list of objects with their names.
_SALVAGE_AUTHOR = re.compile(
    r'"author"\s*:\s*(?P<value>"(?:[^"\\]|\\.){2,100}"|\{[^{}\[\]]{1,1000}\}|\[[^\[\]]{1,2000}\])'
)
_SALVAGE_NAME = re.compile(r'"name"\s*:\s*"(?P<name>(?:[^"\\]|\\.){2,100})"')
_SALVAGE_HOUSE = re.compile(r'"@type"\s*:\s*"[A-Za-z]*Organization"')
_DEEPEST = 60
#: Origin of the hint with which the hints of each object begin.
OBJECT_BEGINS = "json-ld:@type"


def json_ld_hints(text: str) -> Iterator[Hint]:
    """Yield the hints of one ``application/ld+json`` block; origin is ``json-ld:TYPE.property``,
    with ``[Organization]`` behind it where the author is said to be one.

    A block that is no JSON after the usual repairs is searched for single properties; their
    origin is ``json-ld:broken.property``.
    """
    values = _load(text)
    if not values:
        yield from _salvaged(text)
        return
    known = _by_id(values)
    for node in _about_page(values):
        yield from _hints_of(node, known)


def _salvaged(text: str) -> Iterator[Hint]:
    for name, raw in _SALVAGE.findall(text):
        value = _unescaped(raw)
        if value:
            yield Hint(_PLAIN[name], value, f"json-ld:broken.{name}")
    # The first author is that of the outermost object as publishers write it; further ones are of pictures and teasers.
    first = text.find('"author"')
    found = _SALVAGE_AUTHOR.match(text, first) if first >= 0 else None
    if found is None:
        return
    origin = "json-ld:broken.author" + ("[Organization]" if _SALVAGE_HOUSE.search(found["value"]) else "")
    whole = found["value"]
    names = [whole[1:-1]] if whole.startswith('"') else [match["name"] for match in _SALVAGE_NAME.finditer(whole)]
    for raw in names:
        value = _unescaped(raw)
        if value:
            yield Hint("author", value, origin)


def _unescaped(raw: str) -> str:
    return _words(raw.replace('\\"', '"').replace("\\/", "/").replace("\\n", " "))


def article_bodies(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``headline`` and ``articleBody`` of each object of one ``application/ld+json`` block that has a body.

    Both as they are written there; the headline is empty where there is none.
    """
    for value in _walk(_load(text)):
        headline, body = value.get("headline"), value.get("articleBody")
        if isinstance(body, str):
            yield headline if isinstance(headline, str) else "", body


def _load(text: str) -> list[Any]:
    """Return the JSON values in ``text``; an empty list where it cannot be read."""
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        pass
    repaired = text.strip().lstrip("\ufeff")
    for _ in range(3):
        repaired = _WRAPPING.sub("", repaired).strip()
    repaired = _LOOSE_COMMA.sub(r"\1", _CONTROL.sub(" ", repaired))
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    while at < len(repaired):
        try:
            value, at = decoder.raw_decode(repaired, at)
        except (ValueError, RecursionError):
            return values
        values.append(value)
        while at < len(repaired) and repaired[at] in " \t\r\n,;":
            at += 1
    return values


def _walk(values: list[Any], *, skip: frozenset[str] = frozenset()) -> Iterator[dict[str, Any]]:
    todo: list[tuple[Any, int]] = [(value, 0) for value in reversed(values)]
    while todo:
        value, depth = todo.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(value, dict):
            yield value
            inner = [child for key, child in value.items() if key not in skip]
        elif isinstance(value, list):
            inner = value
        else:
            continue
        todo.extend((child, depth + 1) for child in reversed(inner) if isinstance(child, (dict, list)))


def _by_id(values: list[Any]) -> dict[str, dict[str, Any]]:
    """Objects by ``@id``; the one that says most wins over mere references to it."""
    known: dict[str, dict[str, Any]] = {}
    for node in _walk(values):
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(known.get(name, ())):
            known[name] = node
    return known


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type", node.get("type"))
    kinds = kinds if isinstance(kinds, list) else [kinds]
    names = (re.split(r"[/:#]", kind.strip())[-1] for kind in kinds if isinstance(kind, str))
    return [name for name in names if name]


def _about_page(values: list[Any]) -> Iterator[dict[str, Any]]:
    for node in _walk(values, skip=_ELSEWHERE):
        kinds = _types(node)
        if any(kind in _PAGE_TYPES or kind.endswith(("Article", "Posting")) for kind in kinds) or (
            "headline" in node and ("datePublished" in node or "author" in node)
        ):
            yield node
        elif "WebSite" in kinds and "name" in node:
            yield {"@type": "WebSite", "site": node["name"]}


def _hints_of(node: dict[str, Any], known: dict[str, dict[str, Any]]) -> Iterator[Hint]:
    kind = next(iter(_types(node)), "Thing")
    if kind == "WebSite":
        yield from _texts("site_name", node["site"], f"json-ld:{kind}.name")
        return
    yield Hint("article_type", kind, OBJECT_BEGINS)
    for key, value in node.items():
        origin = f"json-ld:{kind}.{key}"
        if key in _PLAIN:
            yield from _texts(_PLAIN[key], value, origin)
        elif key in _NAMED:
            for name, house in _named(value, known):
                yield Hint(_NAMED[key], name, f"{origin}[Organization]" if house and key in _MAKERS else origin)
        elif key in _REFERENCES:
            yield from (Hint(_REFERENCES[key], each, origin) for each in _urls(value, known))
        elif key == "keywords":
            for hint in _texts("keyword", value, origin):
                yield from (Hint("keyword", part.strip(), origin) for part in hint.value.split(",") if part.strip())
        elif key == "isPartOf":
            yield from (Hint("site_name", name, origin) for name, _ in _named(_no_pages(value, known), known))
        elif key == "isAccessibleForFree" and str(value).strip().rpartition("/")[2].lower() in ("true", "false"):
            yield Hint("paywalled", "false" if str(value).lower().endswith("true") else "true", origin)


def _texts(field: str, value: Any, origin: str) -> Iterator[Hint]:
    for each in value if isinstance(value, list) else [value]:
        plain = each.get("@value", each.get("name", each.get("alternateName"))) if isinstance(each, dict) else each
        if isinstance(plain, (str, int)) and not isinstance(plain, bool) and (text := _words(str(plain))):
            yield Hint(field, text, origin)


def _named(value: Any, known: dict[str, dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """Yield names, each with whether it is said to be that of an organisation."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            full = known.get(str(each.get("@id")), each)
            name = each.get("name") or full.get("name") or full.get("alternateName") or _joined(full)
            kinds = {*_types(each), *_types(full)}
            house = "Person" not in kinds and any(kind.endswith("Organization") for kind in kinds)
            yield from ((text, house) for one in (name if isinstance(name, list) else [name]) if (text := _words(one)))
        elif text := _words(each):
            yield _words(known[text].get("name")) or text if text in known else text, False


def _no_pages(value: Any, known: dict[str, dict[str, Any]]) -> list[Any]:
    """What an article is part of, without the page that holds it, whose name is its title once more."""
    parts = value if isinstance(value, list) else [value]
    wholes = [known.get(str(each.get("@id")), each) if isinstance(each, dict) else each for each in parts]
    return [
        part
        for part, whole in zip(parts, wholes, strict=True)
        if not isinstance(whole, dict) or not any(kind.endswith("Page") for kind in _types(whole))
    ]


def _joined(person: dict[str, Any]) -> str:
    return " ".join(str(person[key]) for key in ("givenName", "familyName") if isinstance(person.get(key), str))


def _urls(value: Any, known: dict[str, dict[str, Any]]) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        address = each
        if isinstance(each, dict):
            full = known.get(str(each.get("@id")), each)
            address = full.get("contentUrl") or full.get("url") or each.get("@id")
        if isinstance(address, list) and address:
            address = address[0]
        if isinstance(address, str) and address.strip():
            yield address.strip()


def _words(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    return collapse(_CONTROL.sub(" ", unescape(value) if "&" in value else value))
