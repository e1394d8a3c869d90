"""Codes of findings about what follows from the rest of a package, or from the run that made it."""

from __future__ import annotations

from archiver.model.finding_code import catalogue

MADE_CODES = catalogue(
    """
package.derived-field; error; docs/package.md, Layout
A derived record has another media type or address than archiver writes.
Get the file from another copy.

package.file-unknown; error; docs/package.md, Layout
The package has a file that its software does not write.
Look at what it is; it is no part of the package.

package.list-form; error; docs/package.md, Layout
A line of sources.jsonl or rejects.jsonl has a member that does not belong in it, or is no canonical JSON.
Get the list from another copy.

package.made-otherwise; error; docs/package.md, Verifying
A file is not, byte for byte, what its software makes of the rest of the package.
Get the package from another copy and compare.

package.not-remade; error; docs/package.md, Verifying
A list is so damaged that what follows from it cannot be made anew and compared.
Look at the findings about the lists; get them from another copy.

package.page-text; error; docs/package.md, data/pages/pages.jsonl
The text of a page does not have the digest that the description of its article tells.
Get the list from another copy.

package.reject-code; error; docs/package.md, data/rejected/rejects.jsonl
A reject has a reason that is none.
Get the list from another copy.

package.relation-false; error; docs/package.md, Articles that repeat or resemble each other
An article names another as the same or like it, and their texts are not; or it does not name one that is.
Get the list from another copy.

package.run-date; error; docs/package.md, Layout
A record that archiver wrote has another date than the run.
Get the file from another copy.

package.schema-invalid; error; docs/package.md, Layout
A file among the schemas is none.
Get the file from another copy.

package.software-differs; error; docs/package.md, Layout
Two places of the package tell of two kinds or versions of software that made it.
Get the package from another copy.

package.warcinfo-differs; error; docs/package.md, Layout
A warcinfo record does not say what archiver writes of the run.
Get the file from another copy.

package.warcinfo-unknown; error; WARC 1.1 clause 5.13
A record that archiver wrote names a warcinfo record that is not there.
Get the file from another copy.
"""
)
