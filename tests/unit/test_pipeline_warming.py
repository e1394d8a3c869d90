"""What workers are copied with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archiver.clean import html_model, text_score
from archiver.model.intake import Form
from archiver.pipeline import warming

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not copy processes")


def test_a_copied_process_finds_the_models_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warming.warm(Form)
    models = [
        found for module in (html_model, text_score) for found in vars(module).values() if hasattr(found, "cache_info")
    ]
    assert models
    assert all(model.cache_info().currsize for model in models)


def test_every_specimen_is_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    # An error would be passed over, and with it half of what should be ready.
    monkeypatch.setattr(warming, "ArticleError", ())
    warming.warm(Form)
