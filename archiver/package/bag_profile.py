"""The BagIt profile that every package keeps (BagIt Profiles 1.4.0).

https://bagit-profiles.github.io/bagit-profiles-specification/
"""

from __future__ import annotations

from typing import Any

from archiver.canon import pretty_json
from archiver.package import layout
from archiver.package.lineage import BASE_DIGEST, BASE_IDENTIFIER

#: Names the profile in bag-info.txt; the number is its major version.
IDENTIFIER = "https://w3id.org/archiver/schemas/1/bagit-profile.json"
LABEL = "BagIt-Profile-Identifier"

#: Tag files that every package has.
TAG_FILES = (
    layout.README,
    layout.DC,
    layout.PREMIS,
    layout.BAGIT_PROFILE,
    "schemas/article.schema.json",
    "schemas/tei-article.rng",
)
_ALGORITHMS = ["sha256", "sha512"]
_REQUIRED = {"required": True, "repeatable": False}
_OPTIONAL = {"required": False, "repeatable": False}


def bagit_profile() -> dict[str, Any]:
    """Return the profile as JSON-ready dict; the same for every package of this version."""
    return {
        "BagIt-Profile-Info": {
            LABEL: IDENTIFIER,
            "BagIt-Profile-Version": "1.4.0",
            "Source-Organization": "archiver",
            "External-Description": "Articles as WARC and TEI with their descriptions, in a bag around a WACZ",
            "Version": "1.0",
        },
        "Bag-Info": {
            "Source-Organization": _OPTIONAL,
            "External-Identifier": _REQUIRED,
            "External-Description": _REQUIRED,
            "Bagging-Date": _REQUIRED,
            "Bag-Software-Agent": _REQUIRED,
            "Payload-Oxum": _REQUIRED,
            "Doubtful-Blocks": {**_REQUIRED, "description": "blocks of text kept although some evidence spoke against"},
            BASE_IDENTIFIER: {**_OPTIONAL, "description": "the package that this one was made on the base of"},
            BASE_DIGEST: {**_OPTIONAL, "description": "SHA-256 of the tagmanifest-sha256.txt of that package"},
        },
        "Manifests-Required": _ALGORITHMS,
        "Manifests-Allowed": _ALGORITHMS,
        "Tag-Manifests-Required": _ALGORITHMS,
        "Tag-Manifests-Allowed": _ALGORITHMS,
        "Allow-Fetch.txt": False,
        "Data-Empty": False,
        "Serialization": "optional",
        "Accept-Serialization": ["application/zip", "application/tar", "application/x-tar"],
        "Accept-BagIt-Version": ["1.0"],
        "Tag-Files-Required": list(TAG_FILES),
        "Tag-Files-Allowed": [layout.README, "metadata/*", "schemas/*"],
    }


def bagit_profile_file() -> bytes:
    """Return the bytes of ``metadata/bagit-profile.json``."""
    return pretty_json(bagit_profile()).encode("utf-8")
