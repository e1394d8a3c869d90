"""Codes of findings about any bag: BagIt 1.0 (RFC 8493) and its drafts from 0.93 on."""

from __future__ import annotations

from archiver.model.finding_code import catalogue

BAG_CODES = catalogue(
    """
bag.algorithm-unknown; error; RFC 8493 section 2.4
A manifest uses a checksum algorithm that is not known, so its checksums were not compared.
Check the file with software that knows the algorithm, and add a manifest in SHA-256 or SHA-512.

bag.algorithm-weak; note; RFC 8493 section 2.4
All payload manifests use MD5 or SHA-1: they protect against accidents, not against intent.
Add a manifest in SHA-256 or SHA-512.

bag.bom; warning; RFC 8493 section 2.3
A tag file begins with a byte order mark.
Remove the mark, and make the tag manifests anew.

bag.checksum-mismatch; error; RFC 8493 section 3
The bytes of a file are not those that a manifest lists.
Get the file from another copy of the bag; its bytes here cannot be trusted.

bag.declaration-bom; error; RFC 8493 section 2.1.1
bagit.txt begins with a byte order mark.
Remove the mark, and make the tag manifests anew.

bag.declaration-invalid; error; RFC 8493 section 2.1.1
bagit.txt does not consist of the two lines that make a folder a bag.
Get bagit.txt from another copy of the bag.

bag.declaration-missing; error; RFC 8493 section 2.1.1
There is no bagit.txt, or it is a link; the rest was checked as leniently as any version allows.
Get bagit.txt from another copy of the bag.

bag.declaration-whitespace; error, warning; RFC 8493 section 2.1.1
White space in bagit.txt is not as prescribed; a warning before version 1.0.
Write bagit.txt with one space behind each colon, and make the tag manifests anew.

bag.encoding-invalid; error; RFC 8493 section 2.3
A tag file is not in the encoding that bagit.txt declares; it was read up to there.
Get the file from another copy, or correct the declaration with whoever made the bag.

bag.encoding-unknown; error; RFC 8493 section 2.1.1
bagit.txt declares a character encoding that is not known.
Declare UTF-8 if the tag files are in UTF-8, and make the tag manifests anew.

bag.fetch; warning; RFC 8493 section 2.2.3
The bag has a fetch.txt: some of the payload is to be got from elsewhere. Nothing was fetched.
Complete the bag before you rely on it.

bag.fetch-incomplete; error; RFC 8493 section 3
A file of fetch.txt has not been fetched.
Fetch it from a host that you trust, and verify again.

bag.fetch-size; warning; RFC 8493 section 5.3
A file of fetch.txt is there and has another size than fetch.txt tells.
Compare the file with its source; the manifests decide whether it is right.

bag.fetch-syntax; error; RFC 8493 section 2.2.3
A line of fetch.txt is not address, length and path.
Ask whoever made the bag.

bag.fetch-unlisted; error; RFC 8493 section 2.2.3
A file of fetch.txt is in no payload manifest, so nothing tells whether it is right.
Ask whoever made the bag.

bag.file-extra; error; RFC 8493 section 3
A payload file is not in every manifest (from 1.0 on), or in none (before).
Remove the file if it does not belong to the bag, or make the bag anew.

bag.file-missing; error; RFC 8493 section 3
A manifest lists a file that is not in the bag.
Get the file from another copy of the bag.

bag.file-unreadable; error; RFC 8493 section 3
A file cannot be read, so its checksums were not compared.
Check permissions and the storage device, then get the file from another copy.

bag.info-date; warning; RFC 8493 section 2.2.2
Bagging-Date is not a day of the calendar, written as year, month and day.
Ask whoever made the bag when it was made.

bag.info-syntax; error; RFC 8493 section 2.2.2
A line of bag-info.txt is neither label and value nor the continuation of one.
Correct the line, and make the tag manifests anew.

bag.listed-twice; error, warning; RFC 8493 section 2.1.3
A manifest lists a file twice with the same checksum; a warning before version 1.0.
Remove one of the lines, and make the tag manifests anew.

bag.listed-twice-differently; error; RFC 8493 section 2.1.3
A manifest lists a file twice with different checksums.
Get the manifest from another copy of the bag.

bag.manifest-asterisk; warning; RFC 8493 section 6.1.3
A manifest has the asterisks that md5sum and its kin write; strict readers refuse it.
Remove the asterisks, and make the tag manifests anew.

bag.manifest-missing; error; RFC 8493 section 2.1.3
There is no payload manifest that can be used.
Get the manifests from another copy of the bag.

bag.manifest-scope; error; RFC 8493 section 2.1.3
A payload manifest lists a file that is not below data/.
Get the manifest from another copy of the bag.

bag.manifest-syntax; error; RFC 8493 section 2.1.3
A line of a manifest is not checksum and path, or the checksum has the wrong length.
Get the manifest from another copy of the bag.

bag.name-case; warning; RFC 8493 section 6.1.1.1
A name in a manifest differs from that on the disk in upper and lower case.
Rename the file as the manifest has it.

bag.name-collision; warning; RFC 8493 section 6.1.1
Two names differ only in case or in Unicode normalization: some file systems take them for one.
Keep the bag on a file system that tells them apart, or in one file.

bag.name-normalization; warning; RFC 8493 section 6.1.1.2
A name in a manifest differs from that on the disk in Unicode normalization.
Rename the file as the manifest has it.

bag.oxum-mismatch; error, warning; RFC 8493 section 2.2.2
Payload-Oxum tells another size or number of files than there are; a warning where only system files are gone.
Look for files that are missing, cut, or too many; the other findings name them.

bag.oxum-repeated; error, warning; RFC 8493 section 2.2.2
Payload-Oxum stands there more than once; a warning before version 1.0.
Leave the right one, and make the tag manifests anew.

bag.oxum-syntax; error; RFC 8493 section 2.2.2
Payload-Oxum is not bytes, full stop, number of files.
Correct the line, and make the tag manifests anew.

bag.path-relative; warning; RFC 8493 section 2.1.3
Paths in a manifest begin with a full stop and a slash.
Remove them, and make the tag manifests anew.

bag.path-unsafe; error; RFC 8493 section 5.1
A path leads out of the bag on some operating system: absolute, with .., a home folder, a drive, a control character.
Do not unpack, complete or copy this bag with other software; ask whoever made it.

bag.payload-empty; warning; RFC 8493 section 2.1.2
The bag has no payload file.
Check that this is the right bag.

bag.payload-missing; error; RFC 8493 section 2.1.2
There is no folder data/.
Get the bag from another copy.

bag.percent; warning; RFC 8493 section 2.1.3
A name with a percent sign stands unencoded in a manifest of version 1.0.
Write the sign as %25, and make the tag manifests anew.

bag.special-file; error; RFC 8493 section 2
The bag holds a device, pipe or socket.
Remove it.

bag.symlink; error; RFC 8493 section 5.1
The bag holds a symbolic link; it was not followed.
Replace the link by the file itself.

bag.system-file; warning; RFC 8493 section 6.1
The bag has or lists a file that operating systems make and lose by themselves.
Remove the file if it is not listed; if it is, know that it may vanish.

bag.tag-manifest-incomplete; error, warning; RFC 8493 section 2.2.1
A tag manifest does not list a payload manifest: who changed both, a file and that manifest, is not found out by it; \
a warning before version 1.0.
Compare the payload manifest with that of another copy, and make the tag manifests anew.

bag.tag-manifest-scope; error; RFC 8493 section 2.2.1
A tag manifest lists a payload file or a tag manifest.
Get the tag manifest from another copy of the bag.

bag.version-unknown; error; RFC 8493 section 2.1.1
bagit.txt declares a version that is not known; 0.93 to 0.97 and 1.0 are.
Check the bag with software that knows the version.
"""
)
