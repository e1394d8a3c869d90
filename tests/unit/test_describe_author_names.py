"""Names in what a page marks as its author."""

from __future__ import annotations

import pytest

from archiver.describe.author_names import is_label, people_in, signature_in


def names(text: str, *, language: str = "en", sole: bool = False) -> list[str]:
    return [person.name for person in people_in(text, language=language, sole=sole)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("by\u00a0Jane Doe\u00a0with\u00a0AFP", ["Jane Doe"]),
        ("By Jane Doe 8 January 2031, 3:51 pm 11 Edit", ["Jane Doe"]),
        ("Jane Doe22 Dec 2031", ["Jane Doe"]),
        ("Posted on May 3, 2031 by Jane Doe", ["Jane Doe"]),
        ("Posted by jdoe at 18:52", ["jdoe"]),
        ("veröffentlicht von gizmo", ["gizmo"]),
        ("3. Mai 2031 · von gizmo42 · in Allgemein · 2 Kommentare", ["gizmo42"]),
        ("von Ulrike 18.10.2031 16:06 Uhr", ["Ulrike"]),
        ("Autor: Bo2man am 29.12.2030, 13:36 Uhr", ["Bo2man"]),
        (", par Jeanne Exemple", ["Jeanne Exemple"]),
        ("Jane Doe Follow", ["Jane Doe"]),
        ("Jane Doe Alle Artikel", ["Jane Doe"]),
        ("View all posts by Jane Doe →", ["Jane Doe"]),
        ("Richard (R.J.) Sample", ["Richard (R.J.) Sample"]),
        ("Jane Doe | Harbour desk", ["Jane Doe"]),
        ("Jane Doe and Bo Lund, dpa", ["Jane Doe", "Bo Lund", "dpa"]),
        ("Jane Doe im Gespräch mit Bo Lund", ["Jane Doe", "Bo Lund"]),
        ("Author Jane Doe", ["Jane Doe"]),
        ("~ Jane Doe", ["Jane Doe"]),
        ("关注新闻", []),
        ("gizmo", ["gizmo"]),
        ("ليلى الصفواني", ["ليلى الصفواني"]),
        ("Name *", []),
        ("Name (required)", []),
        ("By", []),
        ("Posted on", []),
        ("Redaktion", []),
        ("Jane says:", []),
        ("3 May 2031", []),
        ("@jane", []),
        ("The heartbeat of the transformation", []),
        ("Back to the overview", []),
        ("Leave a comment", []),
    ],
)
def test_an_element_marked_as_author_names_people_and_no_labels(text: str, found: list[str]) -> None:
    assert names(text, language="de" if "Uhr" in text or "von " in text else "en") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("srx/bo;kem", ["srx/bo", "kem"]),
        ("Jane Doe (https://harbour.example/jane)", ["Jane Doe"]),
        ("Mac & Pi", ["Mac & Pi"]),
        ("Harbour Town Library", ["Harbour Town Library"]),
        ("markup version 1.111", []),
        ("jane@harbour.example", []),
        ("//harbour.example/jane", []),
        ("x" * 300, []),
    ],
)
def test_a_value_of_its_own_counts_as_it_stands(text: str, found: list[str]) -> None:
    assert names(text, sole=True) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Posted by Sten Vale under Harbour", ["Sten Vale"]),
        ("Von: Bill SAMPLE, Marisha PROBE", ["Bill SAMPLE", "Marisha PROBE"]),
        ("Autoren Jelko Probe und Jutta Muster", ["Jelko Probe", "Jutta Muster"]),
        ("Date: 19.11.2031 Author: Fritz Sample Source: Harbour News", ["Fritz Sample"]),
        ("ByJane Doe", ["Jane Doe"]),
        ("By the harbour", []),
        ("Theme of the day", []),
        ("Jane Doe", []),
        ("Harbour Town | 3 May 2031", []),
    ],
)
def test_a_line_signs_itself_with_words_only(line: str, found: list[str]) -> None:
    assert [person.name for person in signature_in(line, language="de")] == found


def test_labels_in_any_case_and_with_signs() -> None:
    assert is_label("NAME *")
    assert is_label("Super User")
    assert not is_label("Jane")
