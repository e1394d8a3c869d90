"""The library, room by room; each is read when one of its names is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.api.articles import (
        Article,
        explain,
        extract,
        kept_of_tei,
        look,
        look_into_package,
        tei_of,
        text_of_tei,
    )
    from archiver.api.checks import validate, verify
    from archiver.api.packages import convert, crosswalk, is_package, is_run, open_package, restore, run_status
    from archiver.api.rules import learn_rules, try_rules
    from archiver.api.runs import export, metadata_template

__all__ = [
    "Article",
    "convert",
    "crosswalk",
    "explain",
    "export",
    "extract",
    "is_package",
    "is_run",
    "kept_of_tei",
    "learn_rules",
    "look",
    "look_into_package",
    "metadata_template",
    "open_package",
    "restore",
    "run_status",
    "tei_of",
    "text_of_tei",
    "try_rules",
    "validate",
    "verify",
]

_ROOMS = {
    "articles": ("Article", "explain", "extract", "kept_of_tei", "look", "look_into_package", "tei_of", "text_of_tei"),
    "checks": ("validate", "verify"),
    "packages": ("convert", "crosswalk", "is_package", "is_run", "open_package", "restore", "run_status"),
    "rules": ("learn_rules", "try_rules"),
    "runs": ("export", "metadata_template"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


if not TYPE_CHECKING:
    # Type checkers would take every name for one of these.
    def __getattr__(name: str) -> Any:
        """Return a function of the library (PEP 562): whoever verifies need not wait until stripping has been read."""
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
