"""A bug that is met while one article is made: an error of that article, and never the end of the others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from archiver.errors import ArticleError, InternalFaultError


@contextmanager
def told_as_fault(place: str) -> Iterator[None]:
    """Turn whatever is raised within into an InternalFaultError, but for an ArticleError or MemoryError."""
    try:
        yield
    except (ArticleError, MemoryError):
        raise
    except Exception as error:
        # The one place where a bug must not end the batch.
        raise InternalFaultError(
            f"a fault in archiver: {type(error).__name__}: {error} ({_innermost(error)})",
            place=place,
            advice="please report this with the article",
        ) from error


def _innermost(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown place"
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119
