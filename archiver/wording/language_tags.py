"""Language tags as RFC 5646 (BCP 47) defines them."""

from __future__ import annotations

import re

#: RFC 5646 section 2.1, without the grandfathered tags; matched in lower case. Languages of four letters are
#: reserved there, and of five to eight none was ever registered: such words are names of languages, or typing errors.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*)"
    r"(?:-(?P<private>x(?:-[a-z0-9]{1,8})+))?"
)
_PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+")

#: Grandfathered tags (section 2.2.8) that sites still print, and retired codes, with what the
#: IANA registry prefers in their place.
_PREFERRED = {
    "i-klingon": "tlh", "i-lux": "lb", "i-navajo": "nv", "no-bok": "nb", "no-nyn": "nn", "zh-guoyu": "cmn",
    "zh-hakka": "hak", "zh-min-nan": "nan", "zh-xiang": "hsn", "art-lojban": "jbo", "iw": "he", "in": "id", "ji": "yi",
    "jw": "jv", "mo": "ro",
}  # fmt: skip


def normalise_tag(tag: str) -> str | None:
    """Return a language tag in the case that RFC 5646 section 2.1.1 recommends, None if it is not well-formed.

    ``en_gb`` and ``EN-gb`` become ``en-GB``, ``ZH-HANS-cn`` becomes ``zh-Hans-CN``; underscores and a
    trailing encoding, as in POSIX locale names, are forgiven. Repeated variants and extension singletons
    make a tag ill-formed (section 2.2.9).
    """
    bare = tag.strip().partition(".")[0].replace("_", "-").lower()
    if bare in _PREFERRED:
        return _PREFERRED[bare]
    if _PRIVATE.fullmatch(bare):
        return bare
    match = _TAG.fullmatch(bare)
    if match is None:
        return None
    variants = match["variants"].split("-")[1:]
    singletons = re.findall(r"(?<=-)([0-9a-wy-z])(?=-)", match["extensions"])
    if len(set(variants)) != len(variants) or len(set(singletons)) != len(singletons):
        return None
    language, _, extended = match["language"].partition("-")
    parts = [_PREFERRED.get(language, language)]
    parts += [extended] if extended else []
    parts += [match["script"].title()] if match["script"] else []
    parts += [match["region"].upper()] if match["region"] else []
    parts += variants
    parts += match["extensions"].split("-")[1:]
    parts += [match["private"]] if match["private"] else []
    return "-".join(parts)
