"""Codes of findings about WACZ, its index, and packages in one file."""

from __future__ import annotations

from archiver.model.finding_code import catalogue

WACZ_CODES = catalogue(
    """
cdxj.blocks; error; pywb, ZipNum index
The list of blocks of a compressed index does not lead to its blocks.
Make the index anew from the WARC files, or get both files from another copy.

cdxj.blocks-missing; error; pywb, ZipNum index
A compressed index has no list of its blocks.
Make the index anew from the WARC files, or get the file from another copy.

cdxj.differs; warning; CDXJ 0.1.0
An entry of the index tells a key, media type or status that its record does not have, as far as that can be judged.
Nothing has to be done, if replay works: indexers differ there. Else make the index anew from the WARC files.

cdxj.duplicate; error; WACZ 1.1.1, indexes
The index lists a record twice.
Make the index anew from the WARC files.

cdxj.mismatch; error; WACZ 1.1.1, indexes
An entry of the index does not say what its record says.
Make the index anew from the WARC files.

cdxj.missing; error; WACZ 1.1.1, indexes
The package has no index.
Make the index anew from the WARC files, or get the file from another copy.

cdxj.no-digest; note; WACZ 1.1.1, indexes
An entry of the index has no digest.
Nothing has to be done: replay works without.

cdxj.no-record; error; WACZ 1.1.1, indexes
An entry of the index leads to no record.
Make the index anew from the WARC files.

cdxj.record-unlisted; error, warning; WACZ 1.1.1, indexes
A record is not in the index, so replay does not find it; a warning where another program left some out.
Make the index anew from the WARC files.

cdxj.syntax; error; WACZ 1.1.1, indexes
A line of the index is not key, timestamp and JSON object with file name and offset.
Make the index anew from the WARC files.

cdxj.unreadable; error; WACZ 1.1.1, indexes
The index cannot be unpacked to its end.
Make the index anew from the WARC files, or get the file from another copy.

cdxj.unsorted; error; WACZ 1.1.1, indexes
The lines of the index are not in bytewise order, so that readers miss some of them.
Sort it with LC_ALL=C sort, and make checksums anew.

container.bag-damaged; error; docs/package.md, Containers
The bag that a WACZ of archiver carries cannot be laid out.
Get the file from another copy.

container.damaged; error; APPNOTE.TXT 4.3, POSIX pax
A member of a ZIP or tar file is cut or changed.
Get the file from another copy.

container.end; error; APPNOTE.TXT 4.3.16
Bytes stand behind the end of a ZIP file, or its last bytes are missing.
Get the file from another copy.

container.member-refused; error; RFC 8493 section 5.1
A member of a ZIP or tar file is a link, a device, stands there twice, or leads out of the container.
Do not unpack the file with programs that trust names; ask whoever made it.

container.seal-mismatch; error; docs/package.md, Containers
A ZIP file of archiver has changed since it was written, be it in a header that nothing else guards.
Get the file from another copy.

container.seal-missing; error; docs/package.md, Containers
A ZIP file of archiver has lost the digest in its end record: another program wrote it anew, or it was changed.
Get the file from another copy, or make it anew with `archiver convert`.

container.top-folder; error; RFC 8493 section 4
A bag in one file does not have exactly one folder at its top.
Unpack it by hand and look; then verify the folder.

wacz.archive-missing; error; WACZ 1.1.1, archive
There is no WARC file in archive/.
Get the file from another copy.

wacz.custom-file; error; WACZ 1.1.1, Other files and directories
A file in archive/, indexes/ or pages/ is of a kind that does not belong there.
Put it into another folder of the WACZ, and list it in datapackage.json.

wacz.datapackage-invalid; error; WACZ 1.1.1, datapackage.json
datapackage.json is no JSON object with a list of resources.
Get the file from another copy.

wacz.datapackage-missing; error; WACZ 1.1.1, datapackage.json
There is no datapackage.json.
Get the file from another copy.

wacz.digest-invalid; error; WACZ 1.1.1, datapackage-digest.json
datapackage-digest.json is no JSON object that names datapackage.json.
Get the file from another copy.

wacz.digest-mismatch; error; WACZ 1.1.1, datapackage-digest.json
datapackage.json has changed since its digest was written.
Get both files from another copy.

wacz.digest-missing; warning; WACZ 1.1.1, datapackage-digest.json
There is no digest of datapackage.json.
Nothing has to be done; but a change of datapackage.json cannot be found.

wacz.index-missing; error; WACZ 1.1.1, indexes
There is no index in indexes/.
Make an index from the WARC files.

wacz.not-stored; warning; WACZ 1.1.1, Zip Compression
A compressed file is compressed once more, so that players cannot read single records.
Write the WACZ anew with STORE.

wacz.page-unlisted; warning; WACZ 1.1.1, pages.jsonl
Pages have an address that is in no index, so that they cannot be shown.
Make the index anew from the WARC files, or take the pages out.

wacz.pages-header; error; WACZ 1.1.1, pages.jsonl
The first line of pages.jsonl is not the header.
Get the file from another copy.

wacz.pages-line; error; WACZ 1.1.1, pages.jsonl
A line of pages.jsonl is no JSON object with url and timestamp.
Get the file from another copy.

wacz.pages-missing; error; WACZ 1.1.1, pages.jsonl
There is no pages/pages.jsonl.
Get the file from another copy.

wacz.profile; error; WACZ 1.1.1, datapackage.json
The profile in datapackage.json is neither data-package nor, since WACZ 1.2.0, wacz.
Ask whoever wrote the WACZ.

wacz.resource-digest; error; WACZ 1.1.1, datapackage.json
A file has changed since it was listed in datapackage.json.
Get the file from another copy.

wacz.resource-invalid; error; WACZ 1.1.1, datapackage.json
A resource has no path within the package, or no digest in SHA-256.
Ask whoever wrote the WACZ.

wacz.resource-missing; error; WACZ 1.1.1, datapackage.json
A file that datapackage.json lists is not there.
Get the file from another copy.

wacz.resource-name; error; Data Package, resource name
A resource has no name.
Ask whoever wrote the WACZ; its files can be read without.

wacz.resource-size; error; WACZ 1.1.1, datapackage.json
A file has another size than datapackage.json tells.
Get the file from another copy.

wacz.resource-twice; error; WACZ 1.1.1, datapackage.json
datapackage.json lists a file twice.
Ask whoever wrote the WACZ.

wacz.resource-unlisted; error; WACZ 1.1.1, Other files and directories
A file is not listed in datapackage.json.
Remove the file if it does not belong to the package.

wacz.signature-unchecked; note; WACZ Signing and Verification 0.1.0
datapackage-digest.json is signed; the signature was not checked.
Check it with software that knows the signer.

wacz.version; error; WACZ 1.1.1, datapackage.json
The version of WACZ is not known.
Check the file with software that knows the version.
"""
)
