"""How far something is, in words for a terminal and as a line of JSON."""

from __future__ import annotations

from dataclasses import dataclass

from archiver import canon

_BAR = 24
_SCHEMA = "https://w3id.org/archiver/schemas/1/progress.schema.json"


@dataclass(frozen=True, slots=True)
class Advance:
    """How much of a work is done, and how much of that since it was last begun."""

    label: str
    """What is being done: ``exporting``."""
    unit: str
    """``files`` or ``bytes``."""
    done: int
    total: int
    since: int
    """Done since the beginning."""
    seconds: float
    """Since the beginning."""

    @property
    def rate(self) -> float | None:
        """Units a second, None before anything was done."""
        return self.since / self.seconds if self.since > 0 and self.seconds > 0 else None

    @property
    def seconds_left(self) -> int | None:
        """For what is not done, at that rate."""
        return round((self.total - self.done) / self.rate) if self.rate else None


def progress_line(advance: Advance) -> str:
    """Return one line of JSON (progress.schema.json)."""
    said: dict[str, object] = {
        "schema": _SCHEMA,
        "doing": advance.label,
        "unit": advance.unit,
        "done": advance.done,
        "total": advance.total,
        "seconds": round(advance.seconds, 1),
    }
    if advance.rate:
        said |= {"rate": round(advance.rate, 1), "seconds_left": advance.seconds_left}
    return canon.canonical_json(said).decode()


def progress_words(advance: Advance, *, width: int) -> str:
    """Return one line: label, bar, share, amount, rate, time left; what does not fit into ``width`` is left out."""
    share = advance.done / advance.total if advance.total else 1.0
    filled = int(share * _BAR)
    parts = [
        f"{advance.label} {int(share * 100)}%",
        f"[{'#' * filled}{'-' * (_BAR - filled)}]",
        f"{advance.done}/{advance.total} files" if advance.unit == "files" else f"{advance.total / 1e6:.1f} MB",
    ]
    if advance.rate:
        each = f"{advance.rate:.1f}" if advance.unit == "files" else f"{advance.rate / 1e6:.1f} MB"
        parts.append(f"{each}/s")
        parts.append(f"{time_words(advance.seconds_left or 0)} left")
    while len(parts) > 1 and len("  ".join(parts)) > width:
        del parts[1]
    return "  ".join(parts)


def time_words(seconds: int) -> str:
    """Return a span of time in the two largest units that it has."""
    for name, size, smaller, part in (("d", 86400, "h", 3600), ("h", 3600, "min", 60), ("min", 60, "s", 1)):
        if seconds >= size:
            return f"{seconds // size} {name} {seconds % size // part} {smaller}"
    return f"{seconds} s"
