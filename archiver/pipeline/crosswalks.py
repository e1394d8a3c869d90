"""The descriptions of a package once more, in the words of others."""

from __future__ import annotations

from pathlib import Path

from archiver.canon import canonical_json
from archiver.crosswalk import dublin_core, schema_org
from archiver.package import layout
from archiver.package.atomic import laid_file, lay_folder
from archiver.package.open import Package


def write_crosswalks(bag: Path) -> None:
    """Write Dublin Core and schema.org from the lists of the package that grows in ``bag``, in one pass.

    The same bytes as :func:`archiver.crosswalk.targets.write_as` gives. Raises PackageError.
    """
    dc, jsonld = bag / layout.DC, bag / layout.DATA / layout.JSONLD
    lay_folder(dc.parent)
    separator = b""
    with laid_file(dc) as one, laid_file(jsonld) as other:
        one.write(dublin_core.HEAD)
        other.write(schema_org.HEAD)
        for metadata, text in Package(bag).with_texts():
            one.write(dublin_core.record(metadata))
            other.write(separator + canonical_json(schema_org.news_article(metadata, text)))
            separator = b",\n"
        one.write(dublin_core.TAIL)
        other.write(schema_org.TAIL)
