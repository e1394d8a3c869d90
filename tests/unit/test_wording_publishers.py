"""Publisher lines by their form."""

from __future__ import annotations

import pytest

from archiver.wording.publishers import looks_like_publisher, publisher_name


@pytest.mark.parametrize(
    "line",
    [
        "The Evening Courier",
        "The Hillside Lantern",
        "Harbour Town News",
        "Radio Sample",
        "Sample Broadcasting",
        "Beispieler Zeitung",
        "Le Journal du Phare",
        "El Heraldo de Prueba",
        "Corriere del Faro",
        "Gazeta Przykładowa",
        "Примерные новости",
        "Örnek Gazetesi",
        "見本新聞",
        "示例日报",
    ],
)
def test_the_name_of_a_paper_is_a_publisher(line: str) -> None:
    assert publisher_name(line) == line
    assert looks_like_publisher(line)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Source: Harbour News", "Harbour News"),
        ("Quelle: dpa", "dpa"),
        ("Fuente: Agencia Prueba", "Agencia Prueba"),
        ("来源：示例日报", "示例日报"),
        ("Источник: Примерная газета", "Примерная газета"),
    ],
)
def test_a_label_goes_and_the_name_stays(line: str, name: str) -> None:
    assert publisher_name(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "",
        "News",
        "Jane Doe",
        "Lighthouse stays open for ten more years",
        "The council met on Tuesday.",
        "Breaking News",
        "Breaking news",
        "Latest news",
        "World News",
        "Film review",
        "Book Review",
        "Social Media",
        "Letzte Nachrichten",
        "Últimas noticias",
        "the evening courier",
        "What happened to the Evening Courier?",
        "The Evening Courier and its many, many readers who live in the harbour town",
    ],
)
def test_a_section_headline_or_person_is_none(line: str) -> None:
    assert publisher_name(line) is None
    assert not looks_like_publisher(line)
