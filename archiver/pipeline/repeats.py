"""Which members of the shards hold what an earlier one holds: told when all shards are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from archiver.pipeline.segment import MemberLine
from archiver.relate.buckets import Buckets

_KEY_BYTES = 32


def repeats(folder: Path, members: Iterable[MemberLine]) -> Iterator[tuple[int, int]]:
    """Yield the number of each member that holds what an earlier one holds, and that of the first such; ascending.

    It depends on the order of ``members`` alone, so on the input and not on who made which shard when.
    ``folder`` is made for files that are gone at the end; memory does not grow with their number, but
    for one 64th of the pairs at a time. Raises OSError.
    """
    folder.mkdir(parents=True)
    keys = folder / "keys"
    count = 0
    with keys.open("w+b") as file, Buckets(folder / "equal", limit=1 << 64) as equal:
        for member in members:
            key = bytes.fromhex(member.key)
            file.write(key or bytes(_KEY_BYTES))
            if key:
                equal.add(int.from_bytes(key[:8], "big"), count)
            count += 1

        def key_of(number: int) -> bytes:
            file.seek(number * _KEY_BYTES)
            return file.read(_KEY_BYTES)

        with Buckets(folder / "pairs", limit=count) as pairs:
            for _, numbers in equal.groups():
                firsts: dict[bytes, int] = {}
                for number in numbers if len(numbers) > 1 else ():
                    first = firsts.setdefault(key_of(number), number)
                    if first != number:
                        pairs.add(number, first)
            for number, found in pairs.groups():
                yield number, found[0]
    keys.unlink()
    folder.rmdir()
