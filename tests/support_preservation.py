"""One export with everything that preservation metadata tells of: captures, rejects, removals, an organisation."""

from __future__ import annotations

import shutil
from pathlib import Path

from .support_export import DATE, corpus, export

ORGANIZATION = "Archiv für Beispiele & Söhne"


def export_samples(samples: Path, root: Path, *options: str) -> Path:
    """Export invented inputs into ``root/package`` and return it."""
    inputs = corpus(root / "in", 3)
    for name in ("warc-capture/input.warc.gz", "html-bare-prompts/input.html", "json-lines/input.jsonl"):
        shutil.copy(samples / name, inputs / name.replace("/", "-"))
    (inputs / "empty.txt").write_bytes(b"")
    outcome = export(inputs, root / "package", "--organization", ORGANIZATION, "--date", DATE, *options)
    assert outcome.code == 3, outcome.words
    return root / "package"
