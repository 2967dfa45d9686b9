"""What answers: a pack made ready for questions, with its index in memory or in a data folder."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from knowledge.answers import cards, lexicon, ways
from knowledge.answers.answer import Answer, Citation, Weighed
from knowledge.answers.background import Background, Wanted
from knowledge.answers.bureau_questions import Reader, Sought, card_of, city_of
from knowledge.answers.citing import quote_of
from knowledge.answers.context import general
from knowledge.answers.facts import passages
from knowledge.answers.followup import PLAIN
from knowledge.answers.gate import Gate, known_words
from knowledge.answers.interpretation import FEATURES
from knowledge.answers.lexicon import Lexicon
from knowledge.answers.question import read
from knowledge.answers.respond import REMEMBERED, Alike, Knowledge, Setting, answer
from knowledge.answers.voices import Voices, reached, voiced
from knowledge.call.clauses import Clauses, Part, split
from knowledge.call.definition import Call
from knowledge.call.pack import Pack
from knowledge.language.normal import normalise
from knowledge.language.spelling import Speller, syllable_table, vocabulary
from knowledge.language.terms import query_terms
from knowledge.library import guides
from knowledge.library.holdings import GUIDES, Fixed, Library, Scope, Vectors, merged, note_on
from knowledge.library.passages import Passage, Scored
from knowledge.library.search import lexical_index
from knowledge.library.search.lexical_index import LexicalIndex
from knowledge.library.shelves import Report, Shelves, silent

HERE = Path(__file__).parent
FIRM = ("subject", "hard", "set", "role", "body")
CODE = ("words.toml", "topics.toml", "ways.toml")
DEEP = 50
DATA = ("notice.txt", "call.toml", "layout.toml", "register.toml", "words.toml", "ways.toml")


@dataclass(frozen=True)
class Hit:
    """One passage found: its id, source, place, score and text."""

    id: str
    source: str
    locator: str
    score: float
    text: str


@dataclass(frozen=True)
class Where:
    """What a search may find: the collection (empty for the notice and what stands beside it), whose, on which day."""

    collection: str = ""
    bureau: str = ""
    today: date | None = None


@dataclass(frozen=True)
class Own:
    """What a bureau's own words are found by: who keeps them, and the cards of points that the notice leaves open."""

    library: Library | None
    open: frozenset[str]


ANYWHERE = Where()
Leg = Callable[[Mapping[Scope, Fixed]], Vectors]


class AnswerEngine:
    """Answers questions about one call; may be shared by threads."""

    def __init__(self, known: Knowledge, index: LexicalIndex, background: Background, own: Own) -> None:
        self._known, self._index, self._background = known, index, background
        self._reader = Reader(known, own.open)
        self._voices = Voices(own.library, self._reader.alone, lambda bureau: city_of(bureau, known.call))

        def answered(question: str, setting: Setting) -> Answer:
            return answer(question, known, setting)

        # What the notice says of a question is the same each time, unless a search by meaning comes and goes.
        self._answered = answered if background.by_meaning else lru_cache(REMEMBERED)(answered)

    @classmethod
    def open(
        cls, pack: Pack, data: Path | None = None, library: Library | None = None, leg: Leg | None = None
    ) -> AnswerEngine:
        """What answers by a pack; its indexes are kept in `data`, in memory when there is none or it can't be written.

        `leg` makes the search by meaning for the passages that come with the program.
        """
        return _open(pack, data, library, leg)

    def ask(self, question: str, history: Sequence[str] = (), today: date | None = None, bureau: str = "") -> Answer:
        """The answer to a question asked after `history` (oldest first) on the day `today`."""
        given = self._answered(question, Setting(tuple(history), today, bureau))
        wanted = self._wanted(question, Where("", bureau, today))
        asked = cache(lambda: self._reader.after(question, history, given))
        told = self._voices.told(asked, wanted.scopes, today)
        if not told and given.status == "declined" and card_of(given):
            return given
        if not told and bureau:
            given = reached(given, self._voices.reach(wanted.scopes[-1], today))
        several = bool(told) and asked().several
        return replace(voiced(given, told, several=several), background=self._background.beside(wanted))

    def weigh(
        self, questions: Sequence[str], asked: Sequence[str], bureau: str = "", *, ruling: bool = False
    ) -> Weighed:
        """What the notice itself says to each question, and which of those `asked` ask the same as one of them."""
        answers = tuple(answer(one, self._known, Setting()) for one in questions)
        sought = Sought(tuple(questions), city_of(bureau, self._known.call), ruling)
        return Weighed(answers, self._reader.same(sought, asked))

    def note(self, item: str, today: date | None = None, bureau: str = "") -> Citation | None:
        """What the bureau in force says on an item of the form, its own before a common one; None when it is silent."""
        return self._background.note(note_on(item), self._wanted("", Where("", bureau, today)))

    def point(self, question: str) -> str:
        """The card that answers a question by itself; empty when none does."""
        given = answer(question, self._known, Setting())
        return card_of(given) if given.status != "declined" else ""

    def search(self, query: str, top: int = 10, where: Where = ANYWHERE) -> tuple[Hit, ...]:
        """The passages nearest to a query, best first, without an answer; of a collection, those of it alone."""
        wanted = self._wanted(query, where)
        if not where.collection:
            query = self._known.lexicon.widened(self._known.repair(normalise(query)))
            wanted = replace(wanted, query=query)
        found = self._background.search(wanted, top, (self._index,))
        return tuple(
            Hit(one.passage.id, one.passage.source, one.passage.locator, one.score, one.passage.text) for one in found
        )

    def _wanted(self, query: str, where: Where) -> Wanted:
        dropped = self._known.lexicon.dropped
        return Wanted(normalise(query), dropped, where.collection, where.bureau, where.today)

    def prepare(self, report: Report = silent) -> None:
        """Fill the search by meaning; LibraryError in one line when it stays out of order. Nothing without one."""
        self._background.prepare(report)

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()
        self._background.close()


def stamp(pack: Pack) -> str:
    """A hash of everything the index is made from."""
    files = [*(HERE / name for name in CODE), *(pack.folder / name for name in DATA)]
    hashed = hashlib.sha256()
    for path in files:
        hashed.update(path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"") + b"\0")
    return hashed.hexdigest()


def layout(pack: Pack) -> tuple[Part, ...]:
    """How the pack says its notice divides; empty when it leaves that to the headings."""
    path = pack.folder / "layout.toml"
    return tuple(Part(**row) for row in tomllib.loads(path.read_text("utf-8"))["parts"]) if path.is_file() else ()


def _open(pack: Pack, data: Path | None, library: Library | None, leg: Leg | None) -> AnswerEngine:
    call = pack.call
    words = lexicon.joined(lexicon.read([HERE / "words.toml", pack.folder / "words.toml"]), own_words(call))
    words = replace(words, products={normalise(word): chain for word, chain in call.chain_of_product.items()})
    clauses = split(pack.notice, call, layout(pack))
    register = pack.folder / "register.toml"
    deck = fitting(cards.load([HERE / "topics.toml", register]), call, clauses, words)
    found = passages(call, clauses, deck, words)
    path = data / "index" / f"{call.call.id}.sqlite" if data else None
    index = _index(lambda: found, stamp(pack), path, lambda: {"ways": _examples(pack, words).packed()})
    own, fixed = Scope(f"@pack/{call.call.id}"), Fixed(stamp(pack), lambda: found)
    vectors = leg({own: fixed, GUIDES: Fixed(guides.stamp(), guides.passages)}) if leg else None
    known = Knowledge(
        call,
        clauses,
        words,
        deck,
        general(call, deck.whom),
        {**{name: words.weight(name) for name in words.concepts}, **FEATURES},
        words.bodies,
        frozenset(name for name, one in words.concepts.items() if one.slot in FIRM) | {*FEATURES},
        _Searcher(index, words, vectors, own),
        _speller(pack.notice, call, words, index),
        _gate(clauses, words),
        _alike(index, pack, words),
    )
    opened = frozenset(f"card:{one.id}" for one in cards.load([register]).cards if one.status == "not_covered")
    beside = Background(_guides(data), _shelves(data, library), vectors, own)
    return AnswerEngine(known, index, beside, Own(library, opened))


def _examples(pack: Pack, words: Lexicon) -> ways.Ways:
    examples = ways.load([HERE / "ways.toml", pack.folder / "ways.toml"])
    readings = ((card, read(normalise(line), pack.call, words)) for card, line in examples)
    return ways.made((card, ways.terms_of(one, words.dropped)) for card, one in readings)


def _alike(index: LexicalIndex, pack: Pack, words: Lexicon) -> Alike:
    @cache
    def held() -> ways.Ways:
        kept = index.extra("ways")
        return ways.unpacked(kept) if kept else _examples(pack, words)

    return lambda reading: held().near(ways.terms_of(reading, words.dropped))


def _guides(data: Path | None) -> LexicalIndex:
    return _index(guides.passages, guides.stamp(), data / "index" / "guides.sqlite" if data else None)


def _shelves(data: Path | None, library: Library | None) -> Shelves | None:
    return Shelves(library, data / "index" if data else None) if library else None


def _gate(clauses: Clauses, words: Lexicon) -> Gate:
    hard = {name for name, one in words.concepts.items() if one.slot == "hard"}
    every = {name for name, one in words.concepts.items() if one.slot in ("hard", "aspect")} - PLAIN
    return Gate(frozenset({*hard, *words.points}), frozenset(every), known_words(words, ()), normalise(clauses.whole))


def encouraged(call: Call) -> tuple[str, ...]:
    """The kinds of bodies that are encouraged to lead, also by the other word for an enterprise."""
    leads = call.consortium.encouraged_leads
    return (*leads, *(one.replace("企业", "公司") for one in leads if "企业" in one))


def own_words(call: Call) -> dict[str, tuple[str, ...]]:
    """The call's own words for things that every call has."""
    cluster, chain = call.field_of_kind("cluster"), call.field_of_kind("chain")
    return {
        "必选": (call.marks.required,),
        "可选": (call.marks.optional,),
        "鼓励类": encouraged(call),
        "分公司": call.consortium.not_legal_person,
        "所列主体": call.consortium.bodies,
        "集群词": (cluster.label,) if cluster else (),
        "产业链词": (chain.label,) if chain else (),
    }


def fitting(deck: cards.Deck, call: Call, clauses: Clauses, words: Lexicon) -> cards.Deck:
    """The cards whose clauses and concepts this call has."""
    known = {*words.concepts, *FEATURES}

    def fits(card: cards.Card) -> bool:
        quotes = (quote_of(one, call, clauses) for one in card.quote)
        return all(quote and clauses.locate(quote) for quote in quotes)

    def trimmed(card: cards.Card) -> cards.Card:
        lines = tuple(line for line in card.when if all(name in known for name in line.split() if name[0] != "!"))
        return card.model_copy(update={"when": lines})

    return deck.model_copy(update={"cards": tuple(trimmed(card) for card in deck.cards if fits(card))})


def _index(
    make: Callable[[], Sequence[Passage]], mark: str, path: Path | None, further: Callable[[], dict[str, bytes]] = dict
) -> LexicalIndex:
    opened = lexical_index.opened_at(path, mark) if path else None
    if opened is not None:
        return opened
    found = make()
    if path is None:
        return lexical_index.in_memory(found, mark)
    extras = {"syllables": json.dumps(syllable_table(), ensure_ascii=False).encode(), **further()}
    try:
        return lexical_index.build(path, found, mark, extras)
    except OSError:
        return lexical_index.in_memory(found, mark, extras)


class _Searcher:
    def __init__(self, index: LexicalIndex, words: Lexicon, vectors: Vectors | None, scope: Scope) -> None:
        self._index, self._words, self._vectors, self._scope = index, words, vectors, scope

    def __call__(self, query: str, top: int) -> Sequence[Scored]:
        wanted = query_terms(self._words.widened(query), self._words.dropped)
        if self._vectors is None:
            return self._index.search(wanted[:400], top) if wanted else ()
        found = self._index.search(wanted[:400], max(top, DEEP)) if wanted else []
        return merged((found, self._vectors.near(query, (self._scope,), max(top, DEEP))), top)


def _speller(notice: str, call: Call, words: Lexicon, index: LexicalIndex) -> Speller:
    names = [field.label for field in call.field_by_id.values()] + [section.title for section in call.sections]
    names += [name for cluster in call.clusters for name in (cluster.name, *cluster.chains)]
    targets = vocabulary(words.spell, map(normalise, names))
    spoken = (word for concept in words.concepts.values() for word in concept.plain)
    known = frozenset({*targets, *vocabulary(spoken, words.products, words.places)})

    def sounds() -> Mapping[str, str]:
        kept = index.extra("syllables")
        return dict(json.loads(kept)) if kept else syllable_table()

    return Speller(targets, words.english, sounds, known, words.pinyin, normalise(notice))
