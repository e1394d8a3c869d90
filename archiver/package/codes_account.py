"""Codes of findings about accountability: TEI, description, ledger and source of an article against each other."""

from __future__ import annotations

from archiver.model.finding_code import catalogue

ACCOUNT_CODES = catalogue(
    """
package.block-missing; error; docs/package.md, Accountability
A block of the source is neither kept nor removed: its number is left out, or its place in a plain text.
Get TEI file and ledger from another copy, or make the package anew from its source.

package.description-differs; error; docs/package.md, Accountability
The header of a TEI file does not tell what the description of the article tells.
Compare both with another copy: one of them was changed, and all checksums with it.

package.gap-differs; error; docs/package.md, Accountability
A gap in a TEI file is not as long as what is recorded as removed there.
Compare the TEI file with another copy.

package.kept-place; error; docs/package.md, Accountability
A kept block is not what stands in the source where the TEI file says.
Compare the TEI file with another copy, and with the source that `archiver restore` gives back.

package.ledger-differs; error; docs/package.md, Accountability
The ledger does not tell of a removed block what the TEI file tells.
Compare both with another copy: one of them was changed, and all checksums with it.

package.source-differs; error; docs/package.md, Accountability
A description does not tell of its source what the list of input files, or the record itself, tells.
Compare articles.jsonl and sources.jsonl with another copy.

package.text-differs; error; docs/package.md, Accountability
The text of a TEI file does not have the digest, words or characters that description and header tell.
Compare both with another copy: one of them was changed, and all checksums with it.
"""
)
