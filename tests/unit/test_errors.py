"""Errors: codes, exit codes, and that they survive the way from a worker to its parent."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
from collections.abc import Iterator

import pytest

import archiver
from archiver import errors
from archiver.errors import ArchiverError, ExitCode, InvalidDescriptionError
from archiver.model.outcome import Finding

for module in pkgutil.walk_packages(archiver.__path__, "archiver."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)


def _subclasses(kind: type[ArchiverError]) -> Iterator[type[ArchiverError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _subclasses(child)


CLASSES = sorted(set(_subclasses(ArchiverError)), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_survives_pickling_whole(kind: type[ArchiverError], protocol: int) -> None:
    error = kind("cannot be read", place="folder/a.txt", advice="check its permissions")
    copy = pickle.loads(pickle.dumps(error, protocol))
    assert type(copy) is kind
    assert (copy.code, copy.message, copy.place, copy.advice) == (
        kind.code,
        "cannot be read",
        "folder/a.txt",
        "check its permissions",
    )
    assert copy.exit_code is kind.exit_code
    assert str(copy) == str(error)


def test_findings_survive_pickling() -> None:
    findings = (Finding("description.required", "title is missing", file="a.txt", pointer="/title"),)
    error = InvalidDescriptionError("1 fault", place="a.txt", advice="supply it", findings=findings)
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.findings, copy.place, copy.advice) == (findings, "a.txt", "supply it")


def test_no_two_classes_share_a_code() -> None:
    codes = [kind.code for kind in CLASSES]
    assert len(set(codes)) == len(codes)
    assert all("code" in vars(kind) for kind in CLASSES)


def test_the_words_name_the_place_and_what_to_do() -> None:
    assert str(ArchiverError("is damaged", place="a.warc", advice="get another copy")) == (
        "a.warc: is damaged (get another copy)"
    )
    assert str(ArchiverError("is damaged")) == "is damaged"


@pytest.mark.parametrize(
    ("kind", "exit_code"),
    [
        (errors.InputNotFoundError, 2),
        (errors.OutputExistsError, 2),
        (errors.RecipeError, 2),
        (errors.RuleFileError, 2),
        (errors.SchemaFileError, 2),
        (errors.SidecarError, 2),
        (errors.PackageError, 1),
        (errors.FixityError, 1),
        (errors.NotAPackageError, 5),
        (errors.EmptyInputError, 3),
        (errors.BinaryInputError, 3),
        (errors.InternalFaultError, 6),
    ],
)
def test_each_error_has_the_exit_code_that_the_shell_is_promised(kind: type[ArchiverError], exit_code: int) -> None:
    assert kind.exit_code == exit_code


def test_the_exit_codes_are_those_of_the_contract() -> None:
    assert {code.name: int(code) for code in ExitCode} == {
        "DONE": 0,
        "FAILED": 1,
        "USAGE": 2,
        "SOME_REJECTED": 3,
        "NOT_TRUSTWORTHY": 4,
        "FINDINGS": 5,
        "INTERNAL_FAULT": 6,
        "INTERRUPTED": 130,
    }
