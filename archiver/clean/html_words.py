"""Class and id words of pages, and the groups they fall into: a feature among many, never a reason alone."""

from __future__ import annotations

import re
from functools import lru_cache

#: Group, words of it; the order gives the bit of the group.
_GROUPS = {
    "comment": "comment comments disqus reply replies discussion respond coment kommentar kommentare",
    "related": "related more recommend recommended recommendation recommendations teaser teasers card cards list"
    " popular trending latest outbrain taboola readmore promo carousel slider similar also next prev previous top",
    "share": "share shares sharing social facebook twitter whatsapp follow addthis sharethis tools toolbar",
    "ad": "ad ads advert advertisement advertorial sponsor sponsored banner dfp gpt commercial anzeige werbung pub",
    "offer": "newsletter subscribe subscription paywall login signup register premium offer piano membership cta"
    " donate donation",
    "nav": "nav navigation navbar menu breadcrumb breadcrumbs crumb pagination pager links skip tabs",
    "footer": "footer foot copyright legal imprint colophon bottom",
    "side": "sidebar side aside widget widgets rail secondary column block module",
    "caption": "caption captions credit credits figure image img photo picture media gallery slideshow"
    " legend bild foto",
    "author": "author authors byline bylines bio writer contributor contributors profile autor auteur",
    "date": "date dates time timestamp published pubdate updated datetime meta info dateline datum",
    "tag": "tag tags topic topics keyword keywords category categories label section kicker eyebrow rubric overline",
    "body": "content body article entry post story text copy richtext prose main articlebody maincontent single",
    "lead": "lead intro standfirst summary abstract dek deck subtitle subhead subheadline lede chapo sapo excerpt"
    " introduction description preamble ingress vorspann perex",
    "consent": "cookie cookies consent gdpr privacy modal popup overlay dialog notice alert onetrust cmp banner",
    "quote": "quote quotes pullquote blockquote quotation tweet instagram embed embedded twitter",
    "title": "title headline heading header hed head titre titel",
    "box": "box infobox factbox inset inline fact facts info sidebar explainer highlight callout note notice",
    "live": "live liveblog ticker timeline update updates",
    "hidden": "hidden hide sr visually screen print noprint invisible offscreen",
    "video": "video player audio podcast videos playlist",
}
GROUPS = tuple(_GROUPS)
_BITS: dict[str, int] = {}
for _bit, _words in enumerate(_GROUPS.values()):
    for _word in _words.split():
        _BITS[_word] = _BITS.get(_word, 0) | 1 << _bit
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@lru_cache(maxsize=8192)
def mask_of(label: str) -> int:
    """Return the groups that the words of a class or id string belong to, one bit a group; camelCase is parted."""
    mask = 0
    for token in _TOKEN.findall(label):
        mask |= _BITS.get(token.lower(), 0)
    return mask


class Masks:
    """Masks of the names of blocks on one page, whose best element lies ``depth`` levels of names deep."""

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._known: dict[str, tuple[int, int]] = {}

    def of(self, names: str) -> tuple[int, int]:
        """Return the mask of the nearest element with names, and that of all elements inside the best one."""
        known = self._known.get(names)
        if known is None:
            levels = names.split("/")
            around = 0
            for label in levels[: max(len(levels) - self._depth, 0)]:
                around |= mask_of(label)
            known = self._known[names] = (mask_of(levels[0]), around)
        return known


def groups_in(mask: int) -> tuple[str, ...]:
    """Return the names of the groups of ``mask``."""
    return tuple(name for bit, name in enumerate(GROUPS) if mask >> bit & 1)
