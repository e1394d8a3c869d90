"""Digests of many files in one table."""

from __future__ import annotations

import pytest

from archiver.package.digests import Below, Digests
from archiver.package.fixity import digest_bytes

NAMES = ("a", "a.b", "ä", "\uffee", "\U0001f300")


def test_what_was_added_comes_back() -> None:
    digests = Digests((name, digest_bytes(name.encode())) for name in NAMES)
    digests.add("Z", digest_bytes(b"late"))
    assert list(digests) == [*NAMES, "Z"]
    assert len(digests) == len(NAMES) + 1
    assert dict(digests) == {**{name: digest_bytes(name.encode()) for name in NAMES}, "Z": digest_bytes(b"late")}
    for missing in ("", "b", "\U0001f301"):
        assert missing not in digests


def test_below_a_folder() -> None:
    digests = Below("data", Digests([("a", digest_bytes(b"x"))]))
    assert dict(digests) == {"data/a": digest_bytes(b"x")}
    with pytest.raises(KeyError):
        digests["a"]
