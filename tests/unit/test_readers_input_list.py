"""Lists of input files on the disk."""

from __future__ import annotations

from archiver.model.intake import Form, InputFile
from archiver.readers.input_list import InputList


def file(name: str, **more: object) -> InputFile:
    return InputFile(f"/in/{name}", name, "utf-8", 3, Form.TEXT, **more)  # type: ignore[arg-type]


def test_files_come_back_as_they_were_in_the_order_of_the_bytes_of_their_names() -> None:
    given = [
        file("z"),
        file("a.txt", modified=7),
        file("a", only=(1, 2)),
        InputFile("/in/\udcff\n", "%FF%0A", "percent", 0, Form.UNREADABLE),
        file("ä"),
        file("\U0001f300"),
        file("\uffee"),
        InputFile("-", "stdin", "utf-8", 2, Form.HTML, b"\x00\xff"),
    ]
    listed = InputList(given)
    assert list(listed) == sorted(given, key=lambda one: one.name.encode())
    assert (listed.count, listed.bytes) == (8, 20)


def test_a_name_stands_there_once() -> None:
    assert list(InputList([file("a"), file("b"), file("a")])) == [file("a"), file("b")]


def test_no_files() -> None:
    listed = InputList(())
    assert (listed.count, listed.bytes, list(listed)) == (0, 0, [])


def test_many_files_are_gone_through_side_by_side() -> None:
    listed = InputList(file(f"{at:06d}") for at in reversed(range(25_000)))
    assert all(one == other for one, other in zip(listed, listed, strict=True))
    assert next(iter(listed)).name == "000000"
