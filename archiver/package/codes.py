"""Codes of findings about packages of archiver, beyond what any bag and any WACZ must be (docs/package.md)."""

from __future__ import annotations

from archiver.model.finding_code import catalogue, merged
from archiver.package.codes_account import ACCOUNT_CODES
from archiver.package.codes_bag import BAG_CODES
from archiver.package.codes_eark import EARK_CODES
from archiver.package.codes_links import LINK_CODES
from archiver.package.codes_made import MADE_CODES
from archiver.package.codes_scope import SCOPE_CODES
from archiver.package.codes_wacz import WACZ_CODES

_OWN_CODES = catalogue(
    """
file.unreadable; error; -
A file cannot be read.
Check permissions and the storage device, then get the file from another copy.

package; error; -
A file of the package could not be read to its end for a reason that the message tells.
Check permissions and the storage device, then get the file from another copy.

package.article-id; error; docs/package.md, data/metadata/articles.jsonl
The id of an article is malformed, or two articles have the same.
Get the file from another copy.

package.article-invalid; error; docs/package.md, data/metadata/articles.jsonl
A line is no description of an article.
Get the file from another copy.

package.base-invalid; error; docs/package.md, data/metadata/base.json
What tells of the package before this one cannot be read.
Get the file from another copy.

package.base-mismatch; error; docs/package.md, data/metadata/base.json
bag-info.txt does not say of the package before this one what base.json says.
Get both files from another copy.

package.base-missing; error; docs/package.md, data/metadata/base.json
There is a list of unchanged files, and nothing tells in which package they are.
Get the file from another copy.

package.container-damaged; error; APPNOTE.TXT 4.3, POSIX pax
A ZIP or tar file is cut or changed, so that it cannot be read at all.
Get the file from another copy.

package.corpus-extra; error; docs/package.md, data/tei/corpus.xml
The TEI corpus includes what is no TEI file of an article.
Get the file from another copy.

package.corpus-invalid; error; docs/package.md, data/tei/corpus.xml
The TEI corpus cannot be read, or is not valid.
Get the file from another copy.

package.corpus-missing; error; docs/package.md, data/tei/corpus.xml
The TEI corpus leaves an article out.
Get the file from another copy.

package.corpus-order; error; docs/package.md, data/tei/corpus.xml
The TEI corpus does not have the articles in the order of the list.
Get the file from another copy.

package.count-mismatch; error; docs/package.md, data/metadata/sources.jsonl
A list tells another number of articles, rejects or files than there are.
Look for lines that are missing or too many; get the lists from another copy.

package.crosswalk-invalid; error; docs/package.md, Crosswalks
Dublin Core or JSON-LD of the package is not well-formed.
Write it anew with `archiver inspect PACKAGE --to`, or get it from another copy.

package.crosswalk-order; error; docs/package.md, Crosswalks
Dublin Core or JSON-LD of the package does not have the articles of the list, in its order.
Write it anew with `archiver inspect PACKAGE --to`, or get it from another copy.

package.derived-extra; error; docs/package.md, data/derived/
Records in derived/ belong to no article.
Get the lists, or the WARC file, from another copy.

package.derived-missing; error; docs/package.md, data/derived/
TEI, description or ledger of an article is not, byte for byte, in a record of derived/.
Compare both with another copy: one of them was changed, and all checksums with it.

package.derived-type; error; docs/package.md, data/derived/
A record in derived/ is of a type that does not belong there.
Get the WARC file from another copy.

package.digest-missing; error; docs/package.md, data/archive/
A record that archiver wrote has no SHA-256 of its block that could be compared.
The record was changed: get the WARC file from another copy.

package.duplicate-record-id; error, warning; ISO 28500:2017 clause 5.2
Two records of archive/ have the same id; a warning where an input file brought it so.
References to this id are ambiguous. Where inputs brought it, nothing has to be done: both are kept as they came.

package.field-unknown; error; docs/package.md, data/archive/
A record that archiver wrote has a field that archiver does not write: somebody slipped it in.
The record was changed: get the WARC file from another copy.

package.file-missing; error; docs/package.md, Layout
A file that every package has is not there.
Get the file from another copy.

package.ledger-invalid; error; docs/package.md, data/removed/ledger.jsonl
A line tells of no removed block.
Get the file from another copy.

package.ledger-order; error; docs/package.md, data/removed/ledger.jsonl
The removed blocks of an article are not in reading order.
Get the file from another copy.

package.ledger-orphan; error; docs/package.md, data/removed/ledger.jsonl
A removed block belongs to no article, or stands in the wrong place.
Get the file from another copy.

package.ledger-place; error; docs/package.md, data/removed/ledger.jsonl
The text of a removed block does not stand in the source where the ledger says.
Compare the ledger with another copy.

package.not-a-package; error; -
What was named is no package, bag, WACZ, WARC, ARC or TEI file, and no folder with such files.
Name the folder that holds bagit.txt, a WACZ, a bag as ZIP or tar, or WARC or TEI files.

package.original-missing; error; docs/package.md, data/archive/
The original of an article cannot be read.
Get the WARC file from another copy.

package.page-missing; error; docs/package.md, data/pages/pages.jsonl
Articles have no page.
Get the file from another copy.

package.page-order; error; docs/package.md, data/pages/pages.jsonl
The pages are not those of the articles, in their order.
Get the file from another copy.

package.premis-digest; error; PREMIS 3.0, objectCharacteristics
PREMIS tells another checksum than the package has.
Get the file from another copy.

package.premis-invalid; error; PREMIS 3.0
A PREMIS document cannot be read.
Get the file from another copy.

package.premis-missing; error; PREMIS 3.0
PREMIS does not tell of a file, article or input of the package.
Get the file from another copy.

package.premis-reference; error; PREMIS 3.0, linking identifiers
PREMIS names an object, event or agent that is not there.
Get the file from another copy.

package.premis-size; error; PREMIS 3.0, objectCharacteristics
PREMIS tells another size than a file has.
Get the file from another copy.

package.premis-unknown; error; PREMIS 3.0
PREMIS tells of a file or input that the package does not have.
Get the file from another copy.

package.record-missing; error; docs/package.md, data/archive/
The record that an article or a reject was made from is not in archive/.
Get the lists, or the WARC file, from another copy.

package.refers-to-unknown; error; ISO 28500:2017 clause 5.11
A derived record refers to no record of archive/.
Get the WARC files from another copy.

package.reject-invalid; error; docs/package.md, data/rejected/rejects.jsonl
A line tells of no reject.
Get the file from another copy.

package.reject-is-article; error; docs/package.md, data/rejected/rejects.jsonl
The same id is listed as article and as reject.
Get both lists from another copy.

package.relation-unknown; error; docs/package.md, data/metadata/articles.jsonl
An article names a related one that does not stand before it in the package.
Get the file from another copy.

package.restore-failed; error; docs/package.md, data/metadata/sources.jsonl
An input file cannot be put together from the records that are said to hold it.
Get the list, or the WARC file, from another copy.

package.restore-mismatch; error; docs/package.md, data/metadata/sources.jsonl
An input file would not come out as it was put in.
Get the package from another copy.

package.segment-range; error; docs/package.md, data/metadata/sources.jsonl
An input file is said to stand beyond the end of a WARC file.
Get the list, or the WARC file, from another copy.

package.source-invalid; error; docs/package.md, data/metadata/sources.jsonl
A line tells of no input file.
Get the file from another copy.

package.source-path; error; docs/package.md, data/metadata/sources.jsonl
The path of an input file leads out of the folder that it would be restored to.
Do not restore this package with other software; get the list from another copy.

package.source-twice; error; docs/package.md, data/metadata/sources.jsonl
Two input files have the same path.
Get the file from another copy.

package.source-unknown; error; docs/package.md, data/metadata/sources.jsonl
Articles or rejects come from an input file that is not listed.
Get the lists from another copy.

package.tag-file-unlisted; error; docs/package.md, Layout
A tag file is in no tag manifest: nothing guards it.
Remove the file if it does not belong to the package.

package.tag-manifest-form; error; docs/package.md, Layout
A tag manifest is not written as archiver writes it. Nothing lists tag manifests, so their form guards them.
Somebody changed it: compare it with another copy.

package.tei-extra; error; docs/package.md, data/tei/
A TEI file belongs to no article.
Get the list from another copy, or remove the file.

package.tei-missing; error; docs/package.md, data/tei/
An article has no TEI file.
Get the file from another copy.

package.unchanged-invalid; error; docs/package.md, data/metadata/unchanged.jsonl
A line tells of no unchanged input file.
Get the file from another copy.

package.unchanged-is-source; error; docs/package.md, data/metadata/unchanged.jsonl
A file is listed as unchanged, and is in this package as well.
Get both lists from another copy.

package.unchanged-order; error; docs/package.md, data/metadata/unchanged.jsonl
The unchanged files are not in order.
Get the file from another copy.

verify.process-lost; error; -
A process that checked a file was ended by the system, twice: nothing is known of that file.
Most likely memory was short: verify with --jobs 1, or on a larger machine.
"""
)

PACKAGE_CODES = merged(
    (BAG_CODES, WACZ_CODES, EARK_CODES, ACCOUNT_CODES, LINK_CODES, MADE_CODES, SCOPE_CODES, _OWN_CODES)
)
