"""What learning rules from many articles of one source comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archiver.clean.rule import Rule


@dataclass(frozen=True, slots=True)
class Seen:
    """A line where it was seen."""

    path: str
    place: str
    """``char=12,40`` (RFC 5147) or an XPath."""
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How often a line stands in the articles of a source, and where; all in articles."""

    articles: int
    of: int
    """Articles that were compared."""
    kept: int
    """In so many it is kept as the rules stand."""
    head: int
    """Above what the article alone has."""
    between: int
    tail: int
    """Below it."""
    times: int
    """How often it stands in all of them together."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that a person should read before it is used."""

    source: str
    rule: Rule
    standing: Standing
    seen: tuple[Seen, ...]
    """At most three places."""
    note: str
    """What the reader should think of; empty if there is nothing."""


class Reason(StrEnum):
    """Why no rule is proposed for a line that recurs."""

    COVERED = "covered"
    """A sure rule knows it already."""
    REMOVED = "removed"
    """It is removed already wherever it stands."""
    PART = "part"
    """It is a part of the article that is kept: byline, date, credit, note."""
    LONG = "long"
    """It is longer than any rule can match."""
    BETWEEN = "between"
    """It is short and stands between paragraphs, as headings do."""
    BODY = "body"
    """A pattern for it would match lines that the articles alone have."""
    NO_PATTERN = "no-pattern"
    """The pattern language cannot say it."""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A line that recurs and for which nothing is proposed."""

    source: str
    text: str
    standing: Standing
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A line that recurs in several sources: it is no mark of one of them."""

    text: str
    sources: tuple[tuple[str, int, int], ...]
    """Name, articles with the line, articles compared."""


@dataclass(frozen=True, slots=True)
class LearnedSource:
    """One source: how much of it was seen, and whether that is enough."""

    name: str
    language: str
    """Of nearly all of its articles, or ``any``."""
    articles: int
    """All that were read."""
    compared: int
    """Articles in the sample, without further versions of the same one."""
    enough: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """The outcome of learning; everything in a fixed order."""

    sources: tuple[LearnedSource, ...]
    proposals: tuple[Proposal, ...]
    left_alone: tuple[LeftAlone, ...]
    shared: tuple[Shared, ...]
    min_articles: int
    min_share: str
    """As a decimal number."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The proposed rules, in the order of the file."""
        return tuple(proposal.rule for proposal in self.proposals)
