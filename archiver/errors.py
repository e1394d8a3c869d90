"""The errors of archiver: each class owns its code and its exit code.

Every error derives from :class:`ArchiverError`, can be pickled (workers hand errors to their
parent), and tells where it happened and what the person at the keyboard can do.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, ClassVar


class ExitCode(IntEnum):
    """What a command says to the shell (docs/command-line.md)."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    SOME_REJECTED = 3
    NOT_TRUSTWORTHY = 4
    FINDINGS = 5
    INTERNAL_FAULT = 6
    INTERRUPTED = 130


class ArchiverError(Exception):
    """Base of all errors that archiver raises on purpose.

    ``code`` is stable and machine-readable, ``place`` names the file, article or record,
    ``advice`` says what to do.
    """

    code: ClassVar[str] = "archiver"
    exit_code: ClassVar[ExitCode] = ExitCode.FAILED

    def __init__(self, message: str, *, place: str = "", advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.advice = advice

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        return f"{text} ({self.advice})" if self.advice else text

    def __reduce__(self) -> tuple[Any, ...]:
        # Exception's own reduce calls __init__ with ``args`` alone and would lose the keywords.
        return (_rebuild, (type(self), self.message, self.place, self.advice))


def _rebuild(kind: type[ArchiverError], message: str, place: str, advice: str) -> ArchiverError:
    return kind(message, place=place, advice=advice)


class UsageError(ArchiverError):
    """The command or call cannot be carried out as it was put; nothing was touched."""

    code = "usage"
    exit_code = ExitCode.USAGE


class UnknownChoiceError(UsageError, ValueError):
    """A word that is none of those among which there is a choice."""

    code = "usage.unknown-choice"


class InputNotFoundError(UsageError):
    """A path or pattern that was named does not exist or matches nothing."""

    code = "usage.input-not-found"


class OutputExistsError(UsageError):
    """The output is already there; archiver never overwrites."""

    code = "usage.output-exists"


class RuleFileError(UsageError):
    """A file of rules cannot be used: syntax, unknown field, or an example it does not meet."""

    code = "usage.rule-file"


class SchemaFileError(UsageError):
    """A JSON Schema handed in by the user cannot be used."""

    code = "usage.schema-file"


class SidecarError(UsageError):
    """A metadata file (CSV or JSON Lines) handed in by the user cannot be used."""

    code = "usage.metadata-file"


class RecipeError(UsageError):
    """A recipe file or a combination of options cannot be used."""

    code = "usage.recipe"


class PackageError(ArchiverError):
    """A package cannot be written, sealed, opened or read."""

    code = "package"


class NotAPackageError(PackageError):
    """What was opened is no package that archiver can read."""

    code = "package.not-a-package"
    exit_code = ExitCode.FINDINGS


class BaseNotIntactError(PackageError):
    """The package that another one shall refer to does not verify."""

    code = "package.base-not-intact"
    exit_code = ExitCode.FINDINGS


class FixityError(PackageError):
    """Bytes that come out of a package are not the bytes that went in."""

    code = "package.fixity"


class ArticleError(ArchiverError):
    """One input could not become an article; in an export it is rejected and the run goes on."""

    code = "article"
    exit_code = ExitCode.SOME_REJECTED


class EmptyInputError(ArticleError):
    """The input holds no byte, or nothing but white space."""

    code = "article.empty"


class BinaryInputError(ArticleError):
    """The input is not text: an image, an archive, an executable, random bytes."""

    code = "article.binary"


class DecodeError(ArticleError):
    """The bytes cannot be decoded as text in any encoding that fits."""

    code = "article.undecodable"


class ParseError(ArticleError):
    """The input cannot be parsed as what it claims to be."""

    code = "article.unparsable"


class UnreadableError(ArticleError):
    """The file cannot be read: permission, device, input/output error."""

    code = "article.unreadable"


class TooLargeError(ArticleError):
    """The input is over a limit of the recipe."""

    code = "article.too-large"


class TooSlowError(ArticleError):
    """Work on the article took more time than the recipe allows."""

    code = "article.too-slow"


class TooMuchMemoryError(ArticleError):
    """Work on the article took more memory than the recipe allows."""

    code = "article.too-much-memory"


class KilledWorkerError(ArticleError):
    """Work on the article ended the process that did it, and did so again in a process of its own."""

    code = "article.killed-worker"


class NoArticleError(ArticleError):
    """The input was read and judged, and nothing in it is an article."""

    code = "article.no-text"


class InvalidDescriptionError(ArticleError):
    """The description of the article does not meet the schema; ``findings`` has every reason."""

    code = "article.invalid-description"

    def __init__(self, message: str, *, place: str = "", advice: str = "", findings: tuple[Any, ...] = ()) -> None:
        super().__init__(message, place=place, advice=advice)
        self.findings = findings

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild_invalid, (self.message, self.place, self.advice, self.findings))


def _rebuild_invalid(message: str, place: str, advice: str, findings: tuple[Any, ...]) -> InvalidDescriptionError:
    return InvalidDescriptionError(message, place=place, advice=advice, findings=findings)


class DamagedContainerError(ArticleError):
    """A WARC, WACZ or JSON Lines file is cut or broken at some place."""

    code = "container.damaged"


class InternalFaultError(ArticleError):
    """A bug in archiver met while working on one article; the run went on."""

    code = "article.internal-fault"
    exit_code = ExitCode.INTERNAL_FAULT
