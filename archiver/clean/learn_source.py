"""One source: which of its lines recur, and where in its articles they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from archiver.clean.learn_sample import MAX_CHARS, SampledArticle, SampledLine
from archiver.clean.learn_templates import Row, Template, find_templates
from archiver.clean.learn_tokens import key_of, letters_in, tokens_of, word_weight
from archiver.clean.learned import Seen, Standing
from archiver.clean.shape import shape_of
from archiver.model.article import BlockKind
from archiver.model.verdict import Fate

#: Fewer articles than this never make a line a recurring one.
_LEAST = 3
#: What stands in more articles than this share is not of one article alone.
_OWN_SHARE = Fraction(1, 10)
#: A line of more words is no template worth looking for.
_MOST_WORDS = 100
#: Halves of words (two for a word, one for a character of a spaceless script) that a template must share.
_LEAST_WEIGHT = 4
_SEEN = 3
_COLONS = (":", "：")
#: Kinds of furniture that belong to the article: never to be learned.
PARTS = frozenset(
    {
        BlockKind.BYLINE,
        BlockKind.DATE,
        BlockKind.DATELINE,
        BlockKind.SOURCE,
        BlockKind.CREDIT,
        BlockKind.CAPTION,
        BlockKind.NOTE,
        BlockKind.AUTHOR_NOTE,
    }
)
#: Parts told by where they stand or how they look alone: what recurs there word for word may be none.
_GUESSED = ("text.caption-head@", "text.caption-topic@", "text.byline-bare@", "text.source@")

Place = tuple[int, int]
"""Number of the article in the sample, number of the line in it."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """Lines that are the same, but for what varies in them."""

    key: str
    """The same for the same line in another source."""
    places: tuple[Place, ...]
    template: Template | None
    """None where only numbers vary."""


class SourceLines:
    """The lines of the compared articles of one source."""

    def __init__(self, articles: Sequence[SampledArticle], *, min_share: Fraction) -> None:
        self.articles = tuple(articles)
        self.need = max(_LEAST, -((-len(articles) * min_share.numerator) // min_share.denominator))
        self._by_key: dict[str, list[Place]] = defaultdict(list)
        for number, article in enumerate(self.articles):
            for index, line in enumerate(article.lines):
                key = line_key(line)
                if key:
                    self._by_key[key].append((number, index))

    def line(self, place: Place) -> SampledLine:
        """Return the line at ``place``."""
        return self.articles[place[0]].lines[place[1]]

    @cached_property
    def recurring(self) -> tuple[Recurring, ...]:
        """What recurs: equal lines first, then those with a varying part; each in the order of its key."""
        equal = [
            Recurring(key, tuple(places), None)
            for key, places in sorted(self._by_key.items())
            if _articles(places) >= self.need
        ]
        known = {one.key for one in equal}
        rows = [
            Row(number, index, words)
            for key, places in sorted(self._by_key.items())
            if key not in known and (words := tuple(key.split(" "))) and 2 <= len(words) <= _MOST_WORDS
            for number, index in places
            if self._may_vary((number, index))
        ]
        templates = [
            made
            for made in find_templates(rows, need=self.need)
            if made.varying[0] and (_tells(made) or self.is_label(made))
        ]
        varying = [
            Recurring(_template_key(made), tuple((row.article, row.line) for row in made.rows), made)
            for made in templates
        ]
        return (*equal, *sorted(varying, key=lambda one: one.key))

    def _may_vary(self, place: Place) -> bool:
        line = self.line(place)
        return line.length <= MAX_CHARS and line.kind not in (*PARTS, BlockKind.HEADLINE)

    def is_label(self, template: Template) -> bool:
        """Tell whether what varies is all that stands behind a colon: ``Topics: harbours, bridges``."""
        for row, spans in zip(template.rows, template.varying, strict=True):
            if len(spans) != 1 or spans[0].end != len(row.words) or spans[0].start == spans[0].end:
                return False
            text = self.line((row.article, row.line)).text
            words = tokens_of(text)
            if not words[spans[0].start - 1].end < words[spans[0].start].start:
                return False
            if not text[words[spans[0].start - 1].end :].lstrip().startswith(_COLONS) or shape_of(text).solid:
                return False
        return letters_in(template.fixed()) > 0

    @cached_property
    def own(self) -> Mapping[int, tuple[int, ...]]:
        """For each article the lines that it alone has: its full paragraphs, else its sentences, else any of them."""
        ours = {place for one in self.recurring for place in one.places}
        most = max(1, int(len(self.articles) * _OWN_SHARE))
        own: dict[int, tuple[int, ...]] = {}
        for number, article in enumerate(self.articles):
            alone = [
                index
                for index, line in enumerate(article.lines)
                if (number, index) not in ours
                and line.fate is Fate.KEPT
                and not is_part(line)
                and _articles(self._by_key.get(line_key(line), ())) <= most
            ]
            shapes = {index: shape_of(article.lines[index].text) for index in alone}
            solid = [index for index in alone if shapes[index].solid or article.lines[index].length > MAX_CHARS]
            sentences = [index for index in alone if shapes[index].sentence]
            own[number] = tuple(solid or sentences or alone)
        return own

    @cached_property
    def own_texts(self) -> tuple[str, ...]:
        """Every kept line that recurs nowhere, each once, sorted."""
        ours = {place for one in self.recurring for place in one.places}
        return tuple(
            sorted(
                {
                    line.text
                    for number, article in enumerate(self.articles)
                    for index, line in enumerate(article.lines)
                    if line.fate is Fate.KEPT and line.length <= MAX_CHARS and (number, index) not in ours
                }
            )
        )

    def standing(self, places: Sequence[Place]) -> Standing:
        """Count in how many articles lines stand, and where."""
        zones: dict[int, str] = {}
        for number, index in places:
            zone = self._zone(number, index)
            zones[number] = zone if zones.get(number, zone) == zone else "between"
        counts = Counter(zones.values())
        kept = {number for number, index in places if self.line((number, index)).fate is Fate.KEPT}
        return Standing(
            articles=len(zones),
            of=len(self.articles),
            kept=len(kept),
            head=counts["head"],
            between=counts["between"],
            tail=counts["tail"],
            times=len(places),
        )

    def _zone(self, number: int, index: int) -> str:
        own = self.own[number]
        if not own:
            return "between"
        if index < own[0]:
            return "head"
        return "tail" if index > own[-1] else "between"

    def seen(self, places: Sequence[Place]) -> tuple[Seen, ...]:
        """Return the first places in the order of the paths."""
        told = sorted((self.articles[number].path, self.articles[number].id, number, index) for number, index in places)
        lines = [(path, self.line((number, index))) for path, _, number, index in told[:_SEEN]]
        return tuple(Seen(path, line.place, line.text) for path, line in lines)

    def texts(self, places: Sequence[Place]) -> list[str]:
        """Return the lines as they are written, the most frequent first."""
        counts = Counter(self.line(place).text for place in places)
        return sorted(counts, key=lambda text: (-counts[text], text))

    def language(self) -> str:
        """Return the primary language of nearly all articles, or ``any``."""
        counts = Counter(article.language.split("-")[0].lower() for article in self.articles)
        best, times = max(counts.items(), key=lambda item: (item[1], item[0]), default=("any", 0))
        return best if times * 20 >= len(self.articles) * 19 and best != "und" else "any"


def line_key(line: SampledLine) -> str:
    """Return what equal lines share; a line that is too long for a rule has a key of its own kind."""
    return key_of(line.text) if line.length <= MAX_CHARS else f"{line.length} {key_of(line.text)}"


def is_part(line: SampledLine) -> bool:
    """Tell whether a line was recognised as furniture of the article."""
    return line.fate is Fate.KEPT and line.kind in PARTS and not line.rule.startswith(_GUESSED)


def _articles(places: Sequence[Place]) -> int:
    return len({number for number, _ in places})


def _template_key(template: Template) -> str:
    row, spans = template.rows[0], template.varying[0]
    words = list(row.words)
    for span in reversed(spans):
        words[span.start : span.end] = ["…"]
    return " ".join(words)


def _tells(template: Template) -> bool:
    """Whether what the lines share says more than what varies: else it is how sentences of the language begin."""
    fixed = template.fixed()
    if word_weight(fixed) < _LEAST_WEIGHT:
        return False
    whole = sum(letters_in(row.words) for row in template.rows)
    return letters_in(fixed) * len(template.rows) * 2 >= whole
