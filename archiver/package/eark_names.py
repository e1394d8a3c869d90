"""Which file of a bag is which file of an E-ARK package (CSIP 2.1, section 4: the folder structure), and back."""

from __future__ import annotations

from archiver.package import layout

METS = "METS.xml"
#: The one representation: all of ``data/``.
REPRESENTATION = "representations/rep1"
_PAYLOAD = f"{layout.DATA}/"
_DATA = f"{REPRESENTATION}/data/"
_PARTS = ("metadata/premis-", f"{REPRESENTATION}/metadata/preservation/premis-")
_DOCUMENTATION = "documentation/"
#: The tag files that make the bag, and what has no place of its own.
_BAG = "metadata/other/bag/"
#: Folders of an E-ARK package that other files go to.
_NAMED = {
    layout.DC: "metadata/descriptive/dc.xml",
    layout.PREMIS: "metadata/preservation/premis.xml",
    layout.README: f"{_DOCUMENTATION}{layout.README}",
}
_BACK = {there: here for here, there in _NAMED.items()}


def eark_name(path: str) -> str:
    """Return where the file of a bag stands in an E-ARK package."""
    if path.startswith(_PAYLOAD):
        return _DATA + path.removeprefix(_PAYLOAD)
    if path.startswith(_PARTS[0]):
        return _PARTS[1] + path.removeprefix(_PARTS[0])
    if path.startswith("schemas/"):
        return path
    return _NAMED.get(path, _BAG + path)


def bag_name(name: str) -> str | None:
    """Return which file of the bag stands at ``name``; None for what is no file of a bag, METS for one."""
    for path in (_PAYLOAD + name.removeprefix(_DATA), _PARTS[0] + name.removeprefix(_PARTS[1]), name):
        if eark_name(path) == name:
            return path
    path = _BACK.get(name, name.removeprefix(_BAG))
    return path if eark_name(path) == name else None
