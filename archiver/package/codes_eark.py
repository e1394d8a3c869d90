"""Codes of findings about E-ARK packages (CSIP 2, https://earkcsip.dilcis.eu)."""

from __future__ import annotations

from archiver.model.finding_code import catalogue

EARK_CODES = catalogue(
    """
eark.digest; error; CSIP 2, CSIP71
The bytes of a file are not those that METS.xml lists.
Get the file from another copy.

eark.file-missing; error; CSIP 2, CSIP58
METS.xml lists a file that is not there.
Get the file from another copy.

eark.file-unlisted; error; CSIP 2, CSIP58
A file is in no METS.xml: nothing guards it.
List it, or take it out.

eark.mets-form; error; docs/package.md, E-ARK
METS.xml is not written as archiver writes it. Nothing lists it, so its form guards it.
Convert the package anew from its bag.

eark.mets-invalid; error; METS 1.12.1
METS.xml cannot be read.
Get the file from another copy.

eark.name; warning; CSIP 2, CSIPSTR2
The folder does not have the name that METS.xml tells.
Rename the folder.

eark.no-digest; warning; CSIP 2, CSIP71
METS.xml tells no checksum of a file that could be compared.
Nothing has to be done; but a change of the file cannot be found.

eark.reference; error; CSIP 2, CSIP79
METS.xml names a file outside of the package.
Do not follow it; ask whoever made the package.

eark.size; error; CSIP 2, CSIP69
A file has another size than METS.xml tells.
Get the file from another copy.

eark.structure; warning; CSIP 2, CSIPSTR9
The package has no representations.
Ask whoever made the package.
"""
)
