"""Credits at the end of captions."""

from __future__ import annotations

import pytest

from archiver.wording.credits import trailing_credit


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("The old lighthouse in spring [Jane Doe/Sample Press]", "Jane Doe/Sample Press"),
        ("The old lighthouse (Jane Doe/AP Photo)", "Jane Doe/AP Photo"),
        ("The keeper in 1950. (AP Photo/Jane Doe)", "AP Photo/Jane Doe"),
        ("The keeper on his stair (Getty Images)", "Getty Images"),
        ("The harbour at night. Photograph: Jane Doe/Sample Press", "Photograph: Jane Doe/Sample Press"),
        ("Photograph: Jane Doe", "Photograph: Jane Doe"),
        ("The harbour at night | Photo by Jane Doe", "Photo by Jane Doe"),
        ("Der Hafen bei Nacht. Foto: Jana Beispiel", "Foto: Jana Beispiel"),
        ("Der Hafen bei Nacht. Bild: Jana Beispiel", "Bild: Jana Beispiel"),
        ("Le port la nuit. Crédit : Jeanne Exemple", "Crédit : Jeanne Exemple"),
        ("El puerto de noche. Fotografía: Juana Prueba", "Fotografía: Juana Prueba"),
        ("Port nocą. Fot. Anna Przykład", None),
        ("Маяк ночью. Фото: Иван Примеров", "Фото: Иван Примеров"),
        ("Gece liman. Fotoğraf: Ayşe Örnek", "Fotoğraf: Ayşe Örnek"),
        ("灯台の夜景。写真：山田太郎", "写真：山田太郎"),
        ("© 2026 Jane Doe", "© 2026 Jane Doe"),
    ],
)
def test_the_credit_is_cut_from_the_caption(text: str, credit: str | None) -> None:
    assert trailing_credit(text) == credit


@pytest.mark.parametrize(
    "text",
    [
        "The council voted on Tuesday to keep the lighthouse open.",
        "They met on Friday, said the agency (Reuters)",
        "Bring a coat and/or an umbrella (and/or both)",
        "Whoever climbs the tower takes a friend with him (he/she)",
        "The photo shows the old keeper.",
        "Her picture: a lighthouse in the storm, painted at night. It hangs in the town hall.",
        "The story goes on [in the evening]",
        "",
    ],
)
def test_a_sentence_has_no_credit(text: str) -> None:
    assert trailing_credit(text) is None


def test_a_credit_stands_at_the_end_of_a_long_caption_too() -> None:
    caption = "The lighthouse keeper waves to a passing ship. " * 20
    assert trailing_credit(caption + "Photograph: Jane Doe") == "Photograph: Jane Doe"
