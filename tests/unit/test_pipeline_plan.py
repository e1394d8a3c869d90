"""Shards are cut from the input alone."""

from __future__ import annotations

from archiver.model.intake import Form, InputFile
from archiver.pipeline.plan import BYTES_PER_SHARD, FILES_PER_SHARD, MOST_FILES, cut, input_digest


def files(*sizes: int) -> list[InputFile]:
    return [InputFile(f"/in/{at}.txt", f"{at:05d}.txt", "utf-8", size, Form.TEXT) for at, size in enumerate(sizes)]


def test_every_file_is_in_one_shard_in_order() -> None:
    given = files(*[10] * (FILES_PER_SHARD * 2 + 5))
    shards = cut(given)
    assert [file for shard in shards for file in shard.files] == given
    assert [shard.number for shard in shards] == list(range(len(shards)))
    assert max(len(shard.files) for shard in shards) <= MOST_FILES


def test_the_shards_of_many_files_are_neither_few_nor_many() -> None:
    """By chance alone as many files as are named so lie between two ends."""
    shards = cut(files(*[10] * 20_000))
    assert FILES_PER_SHARD / 2 < 20_000 / len(shards) < FILES_PER_SHARD


def test_files_that_are_added_change_the_shards_they_fall_into_and_no_other() -> None:
    given = files(*[10] * 2000)
    added = [InputFile(f"/in/{at}", f"{at:05d}-b.txt", "utf-8", 10, Form.TEXT) for at in (0, 700, 1999)]
    before = {shard.digest for shard in cut(given)}
    after = [shard.digest for shard in cut(sorted([*given, *added], key=lambda file: file.name))]
    assert len(before) > 25
    assert len([digest for digest in after if digest not in before]) <= 2 * len(added)


def test_a_shard_is_known_by_what_tells_its_files() -> None:
    (one,), (other,) = cut(files(1, 2)), cut(files(1, 3))
    assert one.digest == input_digest(files(1, 2)) != other.digest


def test_a_shard_holds_no_more_bytes_than_it_may_unless_one_file_does() -> None:
    shards = cut(files(BYTES_PER_SHARD, 1, BYTES_PER_SHARD - 1, 1, 3 * BYTES_PER_SHARD, 1))
    assert [[file.size for file in shard.files] for shard in shards] == [
        [BYTES_PER_SHARD],
        [1, BYTES_PER_SHARD - 1],
        [1],
        [3 * BYTES_PER_SHARD],
        [1],
    ]


def test_nothing_gives_no_shard() -> None:
    assert cut([]) == ()


def test_the_digest_knows_names_sizes_and_standard_input() -> None:
    given = files(1, 2)
    other_name = [*given[:1], InputFile("/in/x", "x.txt", "utf-8", 2, Form.TEXT)]
    stdin = [InputFile("-", "stdin", "utf-8", 1, Form.TEXT, data) for data in (b"a", b"b")]
    digests = [input_digest(one) for one in (given, files(1, 3), files(1), other_name, stdin[:1], stdin[1:])]
    assert len(set(digests)) == len(digests)
    moved = [InputFile("/elsewhere" + file.path, file.name, "utf-8", file.size, Form.TEXT) for file in given]
    assert input_digest(moved) == input_digest(given)
