"""Cells of a table for people: which a spreadsheet would run as a formula, and which are told and not read."""

from __future__ import annotations

import re

#: Begins the names of the columns that tell what was found; a metadata file that has them is read without them.
FOUND = "found "

#: How formulas begin (OWASP, “CSV Injection”), also in the wide forms that Asian input methods write.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


def guarded(cell: str) -> str:
    """Return ``cell`` with an apostrophe before it if a spreadsheet could take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what :func:`guarded` was given; any other cell as it stands."""
    return cell[1:] if _GUARDED.match(cell) else cell
