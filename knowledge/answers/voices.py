"""What a bureau says itself, rulings and FAQ: which of it answers a question, and how it stands in an answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from knowledge.answers.answer import Answer, Citation
from knowledge.answers.citing import sentences
from knowledge.answers.sameness import BLANK, Content, content
from knowledge.call.pack import squeeze
from knowledge.errors import SentenceError
from knowledge.language.normal import normalise
from knowledge.language.terms import terms
from knowledge.library.holdings import ON, RULING, Document, Library, Scope, note_on, ruling_on
from knowledge.library.passages import Passage

SCOPES, WHOLE, LONG, FEW = 64, 160, 1000, 2
REACH = "有问题找谁"
NOTE = ruling_on(note_on(""))[: len(RULING) + len("item")]


@dataclass(frozen=True)
class Asking:
    """A question as it is compared: the card that answers it, whether the notice leaves that point open, the kinds of
    things it names with which of them, and the concepts that its answer hangs on.

    `lent` are those that only an earlier question said, `figures` the figures and days it names; of one that asks
    `several` things `parts` are the sentences that can stand alone.
    """

    text: str
    points: frozenset[str] = frozenset()
    open: bool = False
    names: frozenset[tuple[str, object]] = frozenset()
    firm: frozenset[str] = frozenset()
    several: bool = False
    parts: tuple[str, ...] = ()
    lent: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()

    def named(self, kind: str) -> frozenset[object]:
        """What it names of a kind."""
        return frozenset(one for name, one in self.names if name == kind)

    def gainsaid(self, other: Asking) -> bool:
        """True when this question is about other things of a kind than the other one, which names some."""
        kinds = {kind for kind, _ in other.names}
        return any(self.named(kind) != other.named(kind) for kind in kinds if self.named(kind) or kind not in LOOSE)

    def same_point(self, other: Asking, *, ruling: bool = False) -> bool:
        """True when both are about one point that the notice leaves open, in the same way and about the same things.

        A ruling decides the point itself, so that it is enough when nothing tells the two apart.
        """
        if not (self.open and other.open and self.points & other.points):
            return False
        if content(self.text).turn != content(other.text).turn:
            return False
        if ruling:
            shared, least = len(self.firm & other.firm), min(len(self.firm), len(other.firm))
            return shared * 2 >= least and not self.gainsaid(other)
        return (self.names, self.firm, self.figures) == (other.names, other.firm, other.figures)


# A question that names none of these may still be about the one that another question names.
LOOSE = frozenset({"count", "day", "sections", "aspects"})


@dataclass(frozen=True)
class Entry:
    """A question that a document answers; `whole` when it decides the point of it, however that is asked about."""

    document: Document
    question: str
    whole: bool = False
    card: str = ""
    content: Content = BLANK


@dataclass(frozen=True)
class Told:
    """The words of a ruling or an FAQ entry that answer a question, and whether they are the asked bureau's own."""

    voice: str
    citation: Citation
    own: bool
    passage: str


@dataclass
class _Table:
    revision: int
    city: str
    entries: tuple[Entry, ...] = ()
    by_content: dict[frozenset[str], list[Entry]] = field(default_factory=dict)


Reader = Callable[[str], Asking]
City = Callable[[str], str]


class Voices:
    """The rulings and FAQ of every scope, each in a table of its own that is made anew when the scope changes.

    `reader` reads a question that stands alone; `city` names the city of a bureau.
    """

    def __init__(self, library: Library | None, reader: Reader, city: City) -> None:
        self._library, self._reader, self._city = library, reader, city
        self._tables: OrderedDict[Scope, _Table] = OrderedDict()
        self._lock = threading.Lock()

    def told(self, asked: Callable[[], Asking], scopes: Sequence[Scope], today: date | None) -> tuple[Told, ...]:
        """What answers a question there: at most a ruling and an FAQ entry, a bureau's own before a common one."""
        tables = [table for scope in scopes[::-1] if (table := self._table(scope)) and table.entries]
        if not tables:
            return ()
        asking = asked()
        found = (self._of(voice, asking, tables, today) for voice in ("ruling", "faq"))
        return tuple(one for one in found if one)

    def reach(self, scope: Scope, today: date | None) -> Told | None:
        """What a bureau says of how it is reached; None when it says nothing."""
        table = self._table(scope)
        entries = (one for one in table.entries if one.content.same(content(REACH))) if table and scope.bureau else ()
        best = next((one for one in entries if _speaks(one.document, "ruling", today)), None)
        return self._said(best, REACH) if best else None

    def _of(self, voice: str, asking: Asking, tables: Sequence[_Table], today: date | None) -> Told | None:
        for table in tables:
            held = [one for one in self._hits(asking, table) if _speaks(one.document, voice, today)]
            if held:
                told = self._said(held[0], asking.text)
                if told is not None:
                    return told
        return None

    def _hits(self, asking: Asking, table: _Table) -> list[Entry]:
        """The entries that answer a question: the same question first, then the same point; of equals the newest."""
        said = [content(one, table.city) for one in (asking.text, *asking.parts)]
        # A bureau's own day and telephone are none of another city that is asked about.
        elsewhere = bool(table.city and asking.named("cities") - {table.city})
        alike = ((each, one) for each in said for one in table.by_content.get(each.held, ()))
        return [
            *(one for each, one in alike if each.same(one.content) and self._fits(asking, one)),
            *(one for one in table.entries if self._on_point(asking, one) and not (one.whole and elsewhere)),
        ]

    def _fits(self, asking: Asking, entry: Entry) -> bool:
        """False when an earlier question lends this one something that the entry doesn't speak of."""
        return not asking.lent or asking.lent <= self._reader(entry.question).firm

    def _on_point(self, asking: Asking, entry: Entry) -> bool:
        if entry.card:
            return entry.card in {ruling_on(point) for point in asking.points}
        shared = entry.content.held & content(asking.text).held
        if not asking.points or not (entry.whole or (asking.open and len(shared) >= FEW)):
            return False
        own = self._reader(entry.question)
        if entry.whole:
            return bool(own.points & asking.points) and not asking.gainsaid(own)
        return asking.same_point(own, ruling=entry.document.authority == "ruling")

    def _said(self, entry: Entry, question: str) -> Told | None:
        document = entry.document
        with suppress(SentenceError, OSError):
            held = list(self._library.passages(document.id)) if self._library else []
            asked = {term for term in terms(normalise(question)) if len(term) > 1}
            best = max(held, key=lambda one: len(asked.intersection(terms(normalise(one.text)))), default=None)
            if best is not None:
                citation = ruled_words(best, asked, LONG if len(held) == 1 else WHOLE)
                return Told(document.authority, citation, bool(document.scope.bureau), best.id)
        return None

    def _table(self, scope: Scope) -> _Table | None:
        """The table of a scope as it is now; as it was when the library can't be read."""
        library = self._library
        if library is None:
            return None
        with self._lock:
            kept = self._tables.get(scope)
            with suppress(SentenceError, OSError):
                revision = library.revision(scope)
                if kept is None or kept.revision != revision:
                    kept = self._made(library, scope, revision) if revision else _Table(revision, "")
                    self._tables[scope] = kept
            if kept is not None:
                self._tables.move_to_end(scope)
            while len(self._tables) > SCOPES:
                self._tables.popitem(last=False)
            return kept

    def _made(self, library: Library, scope: Scope, revision: int) -> _Table:
        city = self._city(scope.bureau)
        speaking = [one.document for one in library.documents(scope) if one.document.authority in VOICES]
        speaking.reverse()
        newest = sorted(speaking, key=lambda one: one.dated or date.min, reverse=True)
        entries = tuple(
            Entry(one.document, one.question, one.whole, one.card, content(one.question, city))
            for document in newest
            for one in _entries(document, library.passages(document.id))
        )
        table = _Table(revision, city, entries)
        for one in entries:
            if one.content:
                table.by_content.setdefault(one.content.held, []).append(one)
        return table


VOICES = {"ruling": "口径", "faq": "常见问题"}


def _entries(document: Document, passages: Iterable[Passage]) -> list[Entry]:
    """The questions a document answers, read from the other ways of its first passage, which begin with its title."""
    first = next(iter(passages), None)
    said = list(first.ways[1:]) if first else []
    if any(one.startswith(RULING) and one != ON for one in said):
        points = (one for one in said if one.startswith(RULING) and not one.startswith(NOTE))
        return [Entry(document, "", card=one) for one in points]
    cut = said.index(ON) if ON in said else len(said)
    alone = [Entry(document, one) for one in said[:cut] or ([document.title] if first and ON not in said else [])]
    return [*alone, *(Entry(document, one, whole=True) for one in said[cut + 1 :])]


def _speaks(document: Document, voice: str, today: date | None) -> bool:
    until = document.valid_until
    return document.authority == voice and (today is None or until is None or today <= until)


def voiced(given: Answer, told: Sequence[Told], *, several: bool = False) -> Answer:
    """An answer with what the bureau says itself above it, each marked as whose it is.

    Of several things asked the notice's own answers all stay.
    """
    if not told:
        return given
    card = next(iter(given.passages), "").startswith("card:")
    silent = given.status == "declined" or not (card or several)
    open_ = given.status == "not_covered" and not several
    notice = "" if silent else "通知本身没有定论。" if open_ else f"通知原文：{given.text}"
    lines = [f"{_voice(one)}{one.citation.source.rpartition('》')[2]}：{one.citation.quote}" for one in told]
    text = "\n".join((*lines, *((notice,) if notice else ())))
    cited = (*(one.citation for one in told), *(() if silent else given.citations))
    return Answer(text, "answered", cited, (*given.passages, *(one.passage for one in told)), given.background)


def _voice(told: Told) -> str:
    own = "本市" if told.own and told.voice == "ruling" else ""
    return f"{own}{VOICES[told.voice]}"


def ruled_words(passage: Passage, asked: set[str], longest: int = WHOLE) -> Citation:
    """What a passage says, whole when it is short, else its sentence nearest to what is asked."""
    source = squeeze(passage.source)
    # Its own issuer and date stand in the source already.
    lines = [line for line in passage.text.split("\n") if squeeze(line) not in source]
    whole = "".join(lines)
    if len(whole) <= longest:
        return Citation(passage.source, passage.locator, whole)
    parts = [one for one in sentences(passage.text) if one.endswith("。")] or sentences(passage.text)
    best = max(parts, key=lambda one: len(asked.intersection(terms(normalise(one)))), default="")
    return Citation(passage.source, passage.locator, best)


def reached(given: Answer, told: Told | None) -> Answer:
    """An answer that sends the asker on, with how their bureau is reached."""
    if told is None or given.status != "not_covered":
        return given
    text = f"{given.text}\n{told.citation.quote}"
    return Answer(text, given.status, given.citations, given.passages, given.background)
