"""Codes of findings about how much of a package there was to look at."""

from __future__ import annotations

from archiver.model.finding_code import catalogue

SCOPE_CODES = catalogue(
    """
bag.not-checked; note; RFC 8493 section 2.2.1
Tag files of somebody's bag are in no manifest; only their number is told.
Nothing has to be done; but a change of these files cannot be found.

folder.not-checked; note; -
Files of a folder are of no kind that can be checked by itself; only their number is told.
Nothing has to be done, if they do not belong to what you wanted to check.

package.bag-missing; warning; docs/package.md, Layout
The payload of a package stands by itself: manifests, PREMIS and Dublin Core, which guard it, are not there.
Verify the whole package where there is one; else note that nothing guards the list of files.
"""
)
