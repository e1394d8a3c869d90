"""Codes of findings about WARC records that refer to others, and about fields that only the bytes can prove."""

from __future__ import annotations

from archiver.model.finding_code import catalogue

LINK_CODES = catalogue(
    """
warc.date-precision; warning; WARC 1.0 clause 5.4
A date of a record of WARC 1.0 or before has fractions of a second, or no time: its version knows whole seconds only.
The record can be read. Write such dates as WARC 1.1.

warc.http-message; warning; ISO 28500:2017 clause 6.3.2
A response record of an address of the web holds no HTTP response, or says that it holds something else.
The record can be read; ask who wrote the file, or check the software that did.

warc.payload-digest-chunked; warning; ISO 28500:2017 clause 6.3.2
A payload digest was made over the chunks of the transfer, and not over the payload.
The bytes are sound. Software that goes by the standard finds another digest, and no duplicates.

warc.record-id-elsewhere; warning; ISO 28500:2017 clause 5.2
Records of two files have the same id.
References to this id are ambiguous: find out whether one file is a copy of the other.

warc.reference-unresolved; note; ISO 28500:2017 clause 5.11
Conversion or metadata records refer to records that are not in the file, or in the folder.
Nothing has to be done, if the others are kept elsewhere: verify them together.

warc.revisit-mismatch; warning; ISO 28500:2017 clause 6.7.2
A revisit names a record of another address, date or payload than it says.
Replay shows other content than was captured: ask who wrote the file.

warc.revisit-unresolved; note; ISO 28500:2017 clause 6.7.2
Revisits tell of captures that are not in the file, or in the folder, or do not tell of any.
Keep the files with the captures as well: without them there is no content. Verify them together.

warc.segment-mismatch; error; ISO 28500:2017 clause 7
Segments of a record do not fit together: their numbers, lengths or addresses contradict each other.
The record cannot be put together: compare with another copy.

warc.segment-missing; warning; ISO 28500:2017 clause 7
Of a record in segments not all segments are in the file, or in the folder.
Nothing has to be done, if the others are kept elsewhere: verify them together.

warc.unknown-profile; note; ISO 28500:2017 clause 6.7.4
The profile of a revisit is none that the standard defines; readers shall not interpret the record.
Nothing has to be done, if you know who wrote it.

warc.warcinfo-unresolved; note, warning; ISO 28500:2017 clause 5.14
Records name a warcinfo record that is not in the file, or in the folder; a warning where it is of another type.
Nothing has to be done, if it is kept elsewhere: the clause provides for that.
"""
)
