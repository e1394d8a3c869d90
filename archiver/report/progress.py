"""How far something is, in words for a terminal and as a line of JSON."""

from __future__ import annotations

from dataclasses import dataclass

from archiver import canon

_BAR = 24
_SCHEMA = "https://w3id.org/archiver/schemas/1/progress.schema.json"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of something is done, and how much of that since the work was last begun."""

    done: int
    total: int
    since: int

    @property
    def share(self) -> float:
        """The part that is done, 0 to 1; of nothing it is all."""
        return min(1.0, self.done / self.total) if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Advance:
    """How much of a work is done, and how long it took."""

    label: str
    """What is being done: ``exporting``."""
    unit: str
    """``files`` or ``bytes``: what ``units`` are."""
    units: Amount
    seconds: float
    """Since the beginning."""
    bytes: Amount | None = None
    """Of the files, where these are the units: one of them can be most of the work."""

    @property
    def work(self) -> Amount:
        """What tells best how far the work is; files without a byte take their time too."""
        return self.bytes if self.bytes and self.bytes.total else self.units

    @property
    def rate(self) -> float | None:
        """Units a second, None before one was done."""
        return self._rate(self.units)

    @property
    def seconds_left(self) -> int | None:
        """For what is not done, at the rate of what was."""
        rate = self._rate(self.work)
        return round(max(0, self.work.total - self.work.done) / rate) if rate else None

    def _rate(self, amount: Amount) -> float | None:
        return amount.since / self.seconds if amount.since > 0 and self.seconds > 0 else None


def progress_line(advance: Advance) -> str:
    """Return one line of JSON (progress.schema.json)."""
    said: dict[str, object] = {
        "schema": _SCHEMA,
        "doing": advance.label,
        "unit": advance.unit,
        "done": advance.units.done,
        "total": advance.units.total,
        "seconds": round(advance.seconds, 1),
    }
    if advance.bytes:
        said |= {"done_bytes": advance.bytes.done, "total_bytes": advance.bytes.total}
    if advance.rate:
        said["rate"] = round(advance.rate, 1)
    if advance.seconds_left is not None:
        said["seconds_left"] = advance.seconds_left
    return canon.canonical_json(said).decode()


def progress_words(advance: Advance, *, width: int) -> str:
    """Return one line: label, bar, share, amount, rate, time left; what does not fit into ``width`` is left out."""
    share = advance.work.share
    units = advance.units
    filled = int(share * _BAR)
    parts = [
        f"{advance.label} {int(share * 100)}%",
        f"[{'#' * filled}{'-' * (_BAR - filled)}]",
        f"{units.done}/{units.total} files" if advance.unit == "files" else f"{units.total / 1e6:.1f} MB",
    ]
    if advance.rate:
        each = f"{advance.rate:.1f}" if advance.unit == "files" else f"{advance.rate / 1e6:.1f} MB"
        parts.append(f"{each}/s")
    if advance.seconds_left is not None:
        parts.append(f"{time_words(advance.seconds_left)} left")
    while len(parts) > 1 and len("  ".join(parts)) > width:
        del parts[1]
    return "  ".join(parts)


def time_words(seconds: int) -> str:
    """Return a span of time in the two largest units that it has."""
    for name, size, smaller, part in (("d", 86400, "h", 3600), ("h", 3600, "min", 60), ("min", 60, "s", 1)):
        if seconds >= size:
            return f"{seconds // size} {name} {seconds % size // part} {smaller}"
    return f"{seconds} s"
