"""Folding hides case, accents and kinds of signs, and nothing else."""

from __future__ import annotations

import pytest

from archiver.clean.fold import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Don’t miss a story", "DON'T MISS A STORY"),
        ("Share\u00a0this \t article ", "share this article"),
        ("Sub\u00adscribe\u200b now", "Subscribe now"),
        ("READ\u2014MORE", "read-more"),
        ("“Log in”", '"log in"'),
        ("Publicité", "PUBLICITE"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("Straße", "STRASSE"),
        ("Показать ещё", "ПОКАЗАТЬ ЕЩЕ"),
        ("GİRİŞ YAP", "giriş yap"),
        ("KALDI", "kaldı"),
        ("اقرأ أيضاً", "اقرا ايضا"),
        ("اقـــرأ", "اقرا"),
        ("إعلان", "اعلان"),
    ],
)
def test_differences_that_say_nothing_are_hidden(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("text", ["© 2017", "* 12", "©2017 Harbour", "name *"])
def test_rights_and_required_signs_stay(text: str) -> None:
    assert fold(text) == text.lower()


def test_what_differs_stays_different() -> None:
    assert fold("ガ") != fold("カ")
    assert fold("한국") == "한국"
    assert fold("5 comments") != fold("6 comments")


def test_white_space_alone_folds_to_nothing() -> None:
    assert fold(" \u00a0\u2003\u200b\t") == ""
