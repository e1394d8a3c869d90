"""The check of article descriptions, one at a time or in files: everything that is wrong, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from archiver.describe.formats import CHECKS
from archiver.describe.own_schemas import own_schema
from archiver.describe.schema_predicate import Patterns, Predicate, compile_schema, ecma_search
from archiver.describe.strict_json import JsonFault, parse_json, pointer_lines, pointer_of
from archiver.describe.work_budget import Budget, TooMuchWorkError
from archiver.errors import InputNotFoundError
from archiver.model.outcome import Finding, Severity

# jsonschema takes longer to load than hundreds of descriptions to check, and is asked about bad ones only.
if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

#: A longer line is no description; reading it whole would need as much memory as the line is long.
MAX_LINE_BYTES = 64 * 1024 * 1024

_BOM = b"\xef\xbb\xbf"
#: How ZIP and WACZ, gzip and WARC files begin.
_NO_TEXT = (b"PK\x03\x04", b"\x1f\x8b", b"WARC/")
_NO_JSON = "`archiver verify` checks packages and WARC files, also compressed ones."
_LINE_SUFFIXES = (".jsonl", ".ndjson", ".jsonlines")
#: Called with the number of bytes that were read since the last call.
Advance = Callable[[int], None]
UNREADABLE_ADVICE = "Check its permissions and the storage device."
_UTF8_ADVICE = "Save the file as UTF-8."


@dataclass(frozen=True, slots=True)
class _Contract:
    """One schema: the validator that knows all reasons, and the quick test before it."""

    validator: Callable[[], Validator]
    is_surely_valid: Predicate | None
    budget: Budget


class DescriptionValidator:
    """Checks descriptions against our schema and, where there is one, the stricter schema of the user.

    Built once; a check of a valid description costs some dozen microseconds.
    """

    def __init__(self, *contracts: _Contract, warnings: tuple[Finding, ...] = ()) -> None:
        self._contracts = contracts
        self.warnings = warnings
        """What the user should know of the stricter schema: words in it that no validator heeds."""

    def check(self, description: Mapping[str, Any], *, file: str = "", line: int | None = None) -> tuple[Finding, ...]:
        """Return everything that is wrong with ``description``, sorted by place; nothing if it is valid.

        ``file`` and ``line`` are those that the findings shall name. The pointer of a finding on a missing
        field is that of the field.
        """
        errors: list[ValidationError] = []
        try:
            for contract in self._contracts:
                if contract.is_surely_valid is None or not contract.is_surely_valid(description):
                    contract.budget.renew(description)
                    errors += contract.validator().iter_errors(description)
            return _findings_of(errors, file=file, line=line) if errors else ()
        except TooMuchWorkError:
            message = "The schema asks for more checks of this one description than anybody can wait for."
            advice = (
                "Make the schema simpler: fewer references that lead to references, fewer conditions in conditions."
            )
            return (Finding("schema.too-much-work", message, file=file, line=line, advice=advice),)
        except RecursionError:
            message = "A value is nested too deeply to be checked."
            return (Finding("json.too-deep", message, file=file, line=line, advice="Bring it to a flatter form."),)
        except OverflowError:
            # ``multipleOf`` with a fraction, which jsonschema divides by as a float.
            message = "A number is too large to be compared with the schema."
            return (Finding("json.number", message, file=file, line=line, advice="Write it as text."),)


def article_validator(extra_schema: Path | None = None) -> DescriptionValidator:
    """Return the check by ``schemas/article.schema.json`` and by the schema in the file ``extra_schema``.

    Raises SchemaFileError if that schema cannot be used.
    """
    contracts = [_contract(_own_validator, own_schema("article"), Budget(), ecma_search)]
    warnings: tuple[Finding, ...] = ()
    if extra_schema is not None:
        from archiver.describe.schema_files import user_search, user_validator

        budget = Budget()
        validator, warnings = user_validator(extra_schema, budget=budget)
        contracts.append(_contract(lambda: validator, validator.schema, budget, user_search))
    return DescriptionValidator(*contracts, warnings=warnings)


@cache
def _own_validator() -> Validator:
    from archiver.describe.schema_files import own_validator

    return own_validator("article")


def _findings_of(errors: list[ValidationError], *, file: str, line: int | None) -> tuple[Finding, ...]:
    from archiver.describe.schema_faults import findings_of

    return findings_of(errors, file=file, line=line)


def check_file(
    path: Path, validator: DescriptionValidator, *, name: str = "", advance: Advance | None = None
) -> Iterator[Finding]:
    """Yield everything that is wrong with the descriptions in one file (``.json``, or ``.jsonl`` line by line).

    ``name`` is what the findings call the file. Raises InputNotFoundError if there is no such file.
    """
    for findings in check_each(path, validator, name=name, advance=advance):
        yield from findings


def check_each(
    path: Path, validator: DescriptionValidator, *, name: str = "", advance: Advance | None = None
) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings on each description of a file in turn, an empty tuple for each valid one.

    What concerns no description but the file comes in a tuple of its own only where it is an error that
    ends the reading; so the number of tuples is the number of descriptions that were looked at.
    """
    shown = name or str(path)
    try:
        with path.open("rb") as stream:
            if path.suffix.lower() in _LINE_SUFFIXES:
                yield from check_lines(stream, validator, file=shown, advance=advance)
            else:
                yield from check_document(stream.read(), validator, file=shown)
    except FileNotFoundError as error:
        raise InputNotFoundError("there is no such file", place=shown, advice="check the name") from error
    except OSError as error:
        reason = error.strerror or "input/output error"
        yield (Finding("file.unreadable", f"The file cannot be read: {reason}.", file=shown, advice=UNREADABLE_ADVICE),)


def check_lines(
    stream: BinaryIO, validator: DescriptionValidator, *, file: str, advance: Advance | None = None
) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings on each line of JSON Lines in turn; blank lines are passed over, memory stays flat."""
    number = 0
    while raw := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if advance is not None:
            advance(len(raw))
        if len(raw) > MAX_LINE_BYTES:
            _skip_line(stream, raw)
            message = f"The line is longer than {MAX_LINE_BYTES} bytes."
            yield (Finding("json.too-long", message, file=file, line=number, advice="Write one description a line."),)
            continue
        notes: tuple[Finding, ...] = ()
        if number == 1 and raw.startswith(_BOM):
            raw, notes = raw[len(_BOM) :], (_bom(file),)
        if raw.strip():
            yield notes + tuple(_check_line(raw, validator, file=file, line=number))


def check_document(data: bytes, validator: DescriptionValidator, *, file: str) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings on the one description, or on each of the array of descriptions, in a JSON text."""
    notes = (_bom(file),) if data.startswith(_BOM) else ()
    text, broken = _decode(data.removeprefix(_BOM), file=file)
    read = parse_json(text)
    faults = (broken,) if broken is not None else tuple(_finding(fault, file=file) for fault in read.faults)
    if faults:
        yield notes + (tuple(replace(one, advice=_NO_JSON) for one in faults) if data.startswith(_NO_TEXT) else faults)
        return
    alone = not isinstance(read.value, list)
    lines: dict[str, int] = {}
    for index, description in enumerate([read.value] if alone else read.value):
        findings = _checked(description, validator, file=file)
        lines = lines or (pointer_lines(text) if findings else {})
        yield notes + tuple(_placed(finding, lines, "" if alone else pointer_of(index)) for finding in findings)
        notes = ()


def _contract(validator: Callable[[], Validator], schema: object, budget: Budget, patterns: Patterns) -> _Contract:
    test = compile_schema(schema, CHECKS, patterns=patterns) if isinstance(schema, Mapping) else None
    return _Contract(validator, test, budget)


def _check_line(raw: bytes, validator: DescriptionValidator, *, file: str, line: int) -> Iterator[Finding]:
    text, broken = _decode(raw, file=file, line=line)
    if broken is not None:
        yield broken
        return
    read = parse_json(text.rstrip("\r\n"))
    for fault in read.faults:
        finding = _finding(fault, file=file)
        yield replace(finding, line=line, message=finding.message.replace("(line 1, column", "(column"))
    if not read.faults:
        yield from _checked(read.value, validator, file=file, line=line)


def _checked(value: Any, validator: DescriptionValidator, *, file: str, line: int | None = None) -> tuple[Finding, ...]:
    if isinstance(value, Mapping):
        return validator.check(value, file=file, line=line)
    message = "Here is no description: a description is a JSON object."
    advice = "Write one object for each article."
    return (Finding("schema.type", message, file=file, line=line, pointer="", advice=advice),)


def _placed(finding: Finding, lines: Mapping[str, int], prefix: str) -> Finding:
    """Give a finding the pointer from the top of its text, and the line of the value or of what lacks it."""
    pointer = nearest = prefix + (finding.pointer or "")
    while nearest and nearest not in lines:
        nearest = nearest.rpartition("/")[0]
    return replace(finding, pointer=pointer, line=lines.get(nearest))


def _decode(raw: bytes, *, file: str, line: int | None = None) -> tuple[str, Finding | None]:
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError as error:
        at = line if line is not None else raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        message = f"Byte {column} of the line (0x{raw[error.start]:02X}) is no UTF-8."
        return "", Finding("json.encoding", message, file=file, line=at, advice=_UTF8_ADVICE)


def _finding(fault: JsonFault, *, file: str) -> Finding:
    line = fault.line or None
    return Finding(fault.code, fault.message, file=file, line=line, pointer=fault.pointer or None, advice=fault.advice)


def _bom(file: str) -> Finding:
    message = "The file begins with a byte order mark, which JSON must not have (RFC 8259 section 8.1)."
    advice = "Save the file as UTF-8 without byte order mark; the descriptions were read all the same."
    return Finding("json.byte-order-mark", message, file=file, line=1, advice=advice, severity=Severity.WARNING)


def _skip_line(stream: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(1024 * 1024)
