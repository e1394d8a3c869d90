"""Captions and credits by their form: ``… [Name/Agency]``, ``(AP Photo/Name)``, ``Photograph: …``."""

from __future__ import annotations

import re

#: Agencies that deal in pictures; news agencies sign stories too, so their name alone proves nothing.
_PICTURE_AGENCIES = (
    "Getty|GETTY|Alamy|Shutterstock|Imago|IMAGO|iStock|LaPresse|picture alliance|Anadolu Images|AP Photo"
)
_PICTURE_WORDS = (
    "Photo|Photograph|Picture|Image|Illustration|Graphic|Foto|Fotos|Fotografie|Fotografía|Fotografia|Bild|Bilder|Grafik|"
    r"Fot\.|Beeld|Photos?|Crédit|Crédits?|Credit|Créditos?|Fotoğraf|Фото|Изображение|写真|写真提供|撮影|摄影|攝影|图片|图片来源|圖片來源|图源|تصوير|الصورة|صورة"
)
#: At the end of a line, in brackets.
_IN_BRACKETS = re.compile(
    rf"[\[(（](?P<credit>(?:[^\[\]()（）]{{0,60}}?\b(?:{_PICTURE_AGENCIES})\b|(?:{_PICTURE_WORDS})\b"
    r"|[^\[\]()（）/]{2,50}?[^\W\d_] ?/ ?(?P<after>[^\W\d_])[^\W\d_])[^\[\]()（）]{0,60})[\])）]\s*[.。]?$"
)
#: After the sentence of a caption, or alone on the line.
_AFTER_SENTENCE = re.compile(
    rf"(?:^|[.!?。…]\s*|\s[|–—/-]\s*|[＝=])"
    rf"(?P<credit>(?:(?:{_PICTURE_WORDS})(?:\s+(?:by|von|de|di|door|par|photo|foto|fotografico|fotográfico))?\s*[:：]|(?:Photograph|Picture|Photo)s?\s+by\s|Fotografías?\s+de\s|Fotos?\s+(?:de|di|von|door)\s|Photos?\s+de\s|©\s*(?:\d{{4}}\s+)?(?=[^\W\da-z_]))"
    r"\s*[^.:：]{2,80})\.?$"
)
#: Without one of these no credit stands after a sentence: a colon, the sign, or Photo, Foto, Picture … by.
_HINTS = (":", "：", "©", "oto", "ictur")
#: How far from the end a credit can begin.
_REACH = 180


def trailing_credit(text: str) -> str | None:
    """Return the credit at the end of a caption, or None; ``text`` may be nothing but credit.

    The name of a news agency alone is no credit of a picture: sentences and stories end so as well.
    """
    tail = text[-_REACH:]
    if tail.rstrip(".。 ").endswith(("]", ")", "）")):
        found = _IN_BRACKETS.search(tail)
        # ``(and/or)`` has a slash too; a credit has a name behind it.
        if found and (found["after"] is None or not found["after"].islower()):
            return found["credit"].strip()
    if not any(map(tail.__contains__, _HINTS)):
        return None
    found = _AFTER_SENTENCE.search(tail)
    return found["credit"].strip() if found else None
