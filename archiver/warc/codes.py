"""Codes of findings about WARC files (ISO 28500:2017, WARC 1.1) and ARC files."""

from __future__ import annotations

from archiver.model.finding_code import catalogue, merged
from archiver.warc.codes_links import LINK_CODES

_OWN_CODES = catalogue(
    """
warc.bad-digest; error; ISO 28500:2017 clauses 5.8, 5.9
A digest is not algorithm, colon and a value that the algorithm can have.
The record can be read; its digest cannot be compared. Ask who wrote the file.

warc.bad-field; error; ISO 28500:2017 clause 5
A named field has a value without a meaning: no URI, date, address, media type or number where there should be one.
The record can be read; ask who wrote the file, or check the software that did.

warc.bad-header; error; ISO 28500:2017 clause 4
A record header is not a version line and named fields, each ended by CR LF.
What can be understood was read; ask who wrote the file.

warc.bad-length; error; ISO 28500:2017 clause 5.3
Content-Length is no number, or the record ends elsewhere.
The record was read up to the next one; ask who wrote the file.

warc.block-digest-mismatch; error; ISO 28500:2017 clause 5.8
The block of a record does not have the digest that its header tells.
The record was changed after it was written, or its writer was wrong: compare with another copy.

warc.content-type; note; ISO 28500:2017 clause 6.2
A warcinfo record is not application/warc-fields, as recommended.
Nothing has to be done.

warc.digest-encoding; warning; ISO 28500:2017 clause 5.8
A digest is in an encoding that readers do not expect for its algorithm.
It was compared here; other software may not be able to.

warc.duplicate-record-id; error; ISO 28500:2017 clause 5.2
Two records of a file have the same id.
References to this id are ambiguous; ask who wrote the file.

warc.empty; error; ISO 28500:2017 clause 4
The file is empty, or holds no record.
Get the file again from its source.

warc.extra-newlines; error; ISO 28500:2017 clause 4
More than two line ends stand behind a record.
Harmless to most readers; rewrite the file to make it conform.

warc.forbidden-field; error; ISO 28500:2017 clause 5
A named field stands on a type of record that shall not have it.
The record can be read; ask who wrote the file, or check the software that did.

warc.gzip-crc; error; RFC 1952 section 2.3.1
The checksum or length of a gzip member is wrong: its content has changed.
Get the file again; the storage or the transfer damaged it.

warc.gzip-damaged; error; RFC 1952 section 2.3
A gzip member cannot be unpacked.
Get the file again; the storage or the transfer damaged it. What stands behind the place was read.

warc.header-encoding; warning; ISO 28500:2017 clause 4
A record header is not UTF-8; it was read as Latin-1.
The record can be read; ask who wrote the file.

warc.missing-content-type; warning; ISO 28500:2017 clause 5.6
A record with a block has no Content-Type.
The record can be read; ask who wrote the file.

warc.missing-field; error; ISO 28500:2017 clause 5
A mandatory named field is missing.
The record can be read; ask who wrote the file, or check the software that did.

warc.missing-trailer; error; ISO 28500:2017 clause 4
A record is not followed by two line ends.
The record was read; rewrite the file to make it conform.

warc.no-digest; note; ISO 28500:2017 clause 5.8
A record has no digest, so that a change of it cannot be found by its own means.
Nothing has to be done; checksums of the file guard it.

warc.not-record-compressed; error; ISO 28500:2017 annex D.2
One gzip member holds several records, or one record several members, so that none can be read by itself.
Recompress the file with one gzip member a record.

warc.not-warc; error; ISO 28500:2017 clause 4
This is no WARC or ARC file.
Check that this is the right file.

warc.payload-digest-mismatch; error; ISO 28500:2017 clause 5.9
The payload of a record does not have the digest that its header tells.
The payload was changed after it was written, or its writer was wrong: compare with another copy.

warc.repeated-field; error; ISO 28500:2017 clause 5.1
A named field stands in a record more than once: somebody may have slipped in the second.
Readers disagree about which one counts; ask who wrote the file.

warc.trailing-garbage; error; ISO 28500:2017 clause 4
Bytes belong to no record.
Look at the bytes there; the records round them were read.

warc.truncated; error; ISO 28500:2017 clause 4
The file or a gzip member ends within a record.
Get the file again; what stands before this place was read.

warc.unknown-digest; warning; ISO 28500:2017 clause 5.8
A digest is by an algorithm that is not known, or of a payload in too many chunks, and was not compared.
Check the record with software that knows the algorithm, and takes its time.

warc.unknown-type; warning; ISO 28500:2017 clause 5.5
A record is of a type that the standard does not define; readers shall skip it.
Nothing has to be done, if you know who wrote it.

warc.unknown-version; error; ISO 28500:2017 clause 4
A record is of a version of WARC that is not known; 0.17, 0.18, 1.0 and 1.1 are.
Check the file with software that knows the version.

warc.unreadable; error; -
A WARC or ARC file cannot be read.
Check permissions and the storage device, then get the file from another copy.

warc.unsupported-compression; error; ISO 28500:2017 annex D
The file is compressed by another method than gzip.
Decompress it, or recompress it as gzip, one member a record.
"""
)

WARC_CODES = merged((LINK_CODES, _OWN_CODES))
