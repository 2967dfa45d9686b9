"""From a question to its answer: read it, find the card that explains most of it, say it, cite its clauses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Protocol

from knowledge.answers.answer import Answer, Citation, Status
from knowledge.answers.cards import Card, Deck, Match, Weighing, near, rank
from knowledge.answers.citing import cite_all, sentences
from knowledge.answers.context import Ask, Found, day, month
from knowledge.answers.division import asking, coordinated, together
from knowledge.answers.followup import resolve
from knowledge.answers.gate import Gate
from knowledge.answers.interpretation import FEATURES, Reading
from knowledge.answers.lexicon import Lexicon
from knowledge.answers.question import read
from knowledge.answers.render import RENDERERS
from knowledge.answers.verify import Vouchers, unsupported
from knowledge.call.clauses import Clauses
from knowledge.call.definition import Call
from knowledge.call.pack import squeeze
from knowledge.language.normal import normalise
from knowledge.language.terms import query_terms, terms
from knowledge.library.passages import Passage, Scored

# So many questions, and so many readings of them, are remembered with what they come to.
REMEMBERED = 2048
QUOTED, FEW, LONG, NEAR, MOST = 4, 3, 140, 0.3, 3
OR_NOT = re.compile(r"(可以|能|行|用|要|算|成)不(?=[?,。!;]|$)")
THANKS = "谢谢"
SOFT = r"[了啦啊呀哈呢的吧嘛,，。.!！~～ ]*"
COURTESY = re.compile(
    rf"(?:(?:好的?|行|嗯+|哦+|噢|喔|ok|收到|明白|知道|了解|清楚|懂|没事|没问题|不用|谢谢?你?您?|多谢|感谢|辛苦|麻烦你?您?|再见|拜拜|老师){SOFT})+"
)
GREETING = re.compile(rf"(?:(?:你|您)好|在吗|在不在|早上好|下午好|晚上好|hello|hi|嗨|哈喽){SOFT}")
SURE, GUESS, CLOSE = 0.7, 0.4, 0.75
REFUSAL = "我只回答这份通知的申报问题，例如截止时间、任务要求、怎么填表。"
EMPTY = "请把想问的写成一句话，例如“截止时间是哪天”“任务5是必选吗”。"


class Search(Protocol):
    """Ranked passages for a query, best first."""

    def __call__(self, query: str, top: int) -> Sequence[Scored]:
        """At most `top` passages with their scores."""


class Repair(Protocol):
    """A question with pinyin and slips of the pen put right."""

    def __call__(self, text: str) -> str:
        """The repaired text."""


class Alike(Protocol):
    """How like the examples of each card a question is."""

    def __call__(self, reading: Reading) -> Mapping[str, float]:
        """Card ids with their likeness, 0 to 1, the likest first."""


@dataclass(frozen=True)
class Knowledge:
    """Everything an answer is made from."""

    call: Call
    clauses: Clauses
    lexicon: Lexicon
    deck: Deck
    values: Mapping[str, str]
    weights: Mapping[str, float]
    groups: Mapping[str, str]
    firm: frozenset[str]
    search: Search
    repair: Repair
    gate: Gate
    alike: Alike

    @cached_property
    def read(self) -> Callable[[str], Reading]:
        """The reading of a repaired question by itself."""
        # Nothing remembered leads back to here: what is used up goes at once, with whatever it holds open.
        return lru_cache(REMEMBERED)(partial(read, call=self.call, lexicon=self.lexicon))

    @cached_property
    def told(self) -> Callable[[str], Reading]:
        """The reading of an earlier question as it was typed."""
        reader, repair = self.read, self.repair
        return lru_cache(REMEMBERED)(lambda line: reader(repair(normalise(line))))

    @cached_property
    def fitting(self) -> Callable[[Reading], tuple[Mapping[str, float], Sequence[Match]]]:
        """How like the examples of each card a question is, and the cards that fit it, best first."""
        alike, cards, counted = self.alike, self.deck.cards, (self.weights, self.lasting, self.firm)

        def fitting(reading: Reading) -> tuple[Mapping[str, float], Sequence[Match]]:
            return (found := alike(reading)), rank(reading, cards, Weighing(*counted, found))

        return lru_cache(REMEMBERED)(fitting)

    @cached_property
    def lasting(self) -> frozenset[str]:
        """The concepts that decide an answer also when they are only told in passing."""
        slots = ("hard", "body")
        return frozenset({*FEATURES, *(name for name, one in self.lexicon.concepts.items() if one.slot in slots)})

    @cached_property
    def joining(self) -> frozenset[str]:
        """The cards whose facts may stand side by side in one answer."""
        return frozenset(f"card:{card.id}" for card in self.deck.cards if card.joins)


@dataclass(frozen=True)
class Setting:
    """What surrounds a question: earlier ones, the day, the bureau that is asked."""

    history: Sequence[str] = ()
    today: date | None = None
    bureau: str = ""


def answer(question: str, known: Knowledge, setting: Setting) -> Answer:
    """The answer to a question; never raises for what a person may type."""
    text = OR_NOT.sub(r"\1吗", known.repair(normalise(question)))
    if not text.strip(" ?!.,。"):
        return Answer(EMPTY, "not_covered")
    if COURTESY.fullmatch(text):
        # What is only polite asks nothing more of what was asked before.
        text, setting = THANKS, replace(setting, history=())
    elif GREETING.fullmatch(text):
        setting = replace(setting, history=())
    whole = _one(text, known, setting)
    if whole.status == "declined" and whole.passages[:1] and whole.passages[0].startswith("card:"):
        return whole
    return _several(text, known, setting) or whole


def _several(text: str, known: Knowledge, setting: Setting) -> Answer | None:
    """The answers to two questions in one message; None when it asks one thing."""
    parts = asking(text)
    if 1 < len(parts) <= MOST:
        earlier = [(*setting.history, *parts[:place]) for place in range(len(parts))]
        found = [_one(part, known, replace(setting, history=one)) for part, one in zip(parts, earlier, strict=True)]
        return together(found) if all(one.status != "declined" for one in found) else None
    parts = coordinated(text)
    found = [_one(part, known, setting) for part in parts]
    fit = parts and all(one.passages[:1] and one.passages[0] in known.joining for one in found)
    return together(found) if fit else None


def _one(text: str, known: Knowledge, setting: Setting) -> Answer:
    """The answer to one question."""
    reading = understand(text, known, setting.history)
    found = tuple(one.passage.id for one in known.search(reading.text, 5))
    ask = Ask(reading, known.call, known.clauses, known.values, setting.today, setting.bureau, known.groups)
    said = (text, *setting.history)
    alike, fitting = known.fitting(reading)
    best: tuple[Match, Answer] | None = None
    for match in fitting:
        if best is not None and match.score < CLOSE * best[0].score:
            break
        given = _sound(match, ask, known, said)
        if given is None:
            continue
        vouched = alike.get(match.card.id, 0.0) >= SURE or match.card.status != "answered"
        if vouched or not known.gate.misses(match.card, reading):
            return replace(given, passages=(f"card:{match.card.id}", *found))
        best = best or (match, given)
    if best is not None:
        return replace(_unsure(best[1]), passages=(f"card:{best[0].card.id}", *found))
    guesses = (*_likely(alike, known), *near(reading, known.deck.cards, known.weights, known.firm))
    return replace(_nearly(guesses, ask, known, said) or nearest(ask, known), passages=found)


def _unsure(given: Answer) -> Answer:
    """What stands nearest to a point of which the notice does not speak."""
    if given.status != "answered":
        return given
    return replace(given, text=f"问的这一点没有找到直接写明的地方，相关的是：{given.text}", status="not_covered")


def _nearly(guesses: Sequence[Match], ask: Ask, known: Knowledge, said: Sequence[str]) -> Answer | None:
    """What may have been meant: what the likest example asks, or about the thing it names; marked as a guess."""
    for match in guesses:
        given = _sound(match, ask, known, said)
        if given is None:
            continue
        if given.status == "not_covered":
            return given
        return replace(given, text=f"这一点没有找到直接的规定。您是不是想问：{given.text}", status="not_covered")
    return None


def _sound(match: Match, ask: Ask, known: Knowledge, said: Sequence[str]) -> Answer | None:
    """What a card answers, when it has an answer here and all of it is vouched for."""
    given = _from_card(match, ask, known)
    if given is None:
        return None
    vouchers = Vouchers(known.clauses.whole, known.call, {**known.values, **given.values}, said, ask.today)
    return None if unsupported(given.answer, vouchers) else given.answer


def _likely(alike: Mapping[str, float], known: Knowledge) -> list[Match]:
    """The cards with an example somewhat like the question, the likest first."""
    cards = {card.id: card for card in known.deck.cards}
    return [Match(cards[one], likeness) for one, likeness in alike.items() if one in cards and likeness >= GUESS]


def understand(text: str, known: Knowledge, history: Sequence[str]) -> Reading:
    """The reading of a repaired question, with what earlier questions lend it."""
    earlier: list[Reading] = []
    for line in history[-6:]:
        earlier.append(resolve(known.told(line), earlier, known.call, known.lexicon))
    return resolve(known.read(text), earlier, known.call, known.lexicon)


@dataclass(frozen=True)
class _Given:
    """An answer made from a card, with the values that were reckoned for it."""

    answer: Answer
    values: Mapping[str, str]


def _from_card(match: Match, ask: Ask, known: Knowledge) -> _Given | None:
    card = match.card
    found = RENDERERS[card.do](ask) if card.do else Found()
    if found is None:
        return None
    try:
        text = card.sentence(found.variant).format_map({**known.values, **found.values})
    except KeyError:
        return None
    status: Status = found.status or card.status
    own = (*card.quote, *found.quotes)
    citations = cite_all((*own, *_named(ask)[: max(0, FEW - len(own))]), known.call, known.clauses)[:QUOTED]
    if own and not citations:
        return None
    whole = Answer(_with_time(card, text, ask) + _whom(status, ask, known), status, citations)
    return _Given(whole, found.values)


def _named(ask: Ask) -> tuple[str, ...]:
    """The rows and parts that the question names: what is said of them is looked up there."""
    return (*(f"@task:{one.number}" for one in ask.tasks), *(f"@section:{one}" for one in ask.reading.sections))


def _with_time(card: Card, text: str, ask: Ask) -> str:
    due = next((one for one in ask.call.deadlines if card.after in (one.id, "first")), None)
    if due is None or ask.today is None or ask.today <= due.day:
        return text
    passed = f"{day(due.day)}的报送期限已过，还能否补报请问推荐单位"
    lasting = f"实施期到{month(ask.call.period.end)}不变"
    # An old date never stands before it is said to be over; elsewhere what was asked comes first.
    dated = card.do or day(due.day) in text
    return f"{passed}；{lasting}。{text}" if dated else f"{text}（{passed}。）"


def _whom(status: Status, ask: Ask, known: Knowledge) -> str:
    return f"可向{whom(ask, known)}核实。" if status == "not_covered" else ""


def whom(ask: Ask, known: Knowledge) -> str:
    """Whom to ask: the bureau that is asked when there is one, else whom the pack names."""
    bureau = next((one.name for one in ask.call.recommenders if one.code == ask.bureau), "")
    return bureau or known.values["whom"]


def nearest(ask: Ask, known: Knowledge) -> Answer:
    """What is said when no card explains the question: the nearest sentence as such and whom to ask, or a refusal."""
    wanted = {term for term in query_terms(ask.reading.text, known.lexicon.dropped) if len(term) > 1}
    hits = [one.passage for one in known.search(ask.reading.text, 8) if one.passage.quoted]
    ours = on_topic(ask.reading, known)
    found = _nearest_sentence(hits, wanted, 0.0 if ours else NEAR)
    if found is None and ours:
        return Answer(f"这一点通知没有直接写明。可向{whom(ask, known)}核实。", "not_covered")
    if found is None:
        return Answer(known.deck.refusal or REFUSAL, "declined")
    text = f"这一点通知没有直接写明。最接近的原文是：“{shortened(found.quote)}”"
    return Answer(f"{text}可向{whom(ask, known)}核实。", "not_covered", (found,))


def on_topic(reading: Reading, known: Knowledge) -> bool:
    """True when the question names a thing that the call is about."""
    slots = ("subject", "set", "role")
    return any(
        token in FEATURES or known.lexicon.concepts[token].slot in slots
        for token in reading.tokens - {"city", "outside", "day"}
    )


def _nearest_sentence(hits: Sequence[Passage], wanted: set[str], floor: float) -> Citation | None:
    best, share = None, floor
    for passage in hits:
        for part in sentences(passage.text):
            held = len(wanted.intersection(terms(normalise(part)))) / max(len(wanted), 3)
            if held > share:
                best, share = Citation(passage.source, passage.locator, part), held
    return best


def shortened(quote: str) -> str:
    """A quote short enough to stand inside a sentence."""
    quote = squeeze(quote).rstrip("。；")
    return quote if len(quote) <= LONG else quote[: LONG - 1] + "…"
