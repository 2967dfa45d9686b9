"""Whether what a pack says about asking holds together: its cards, words, parts and golden questions."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from pydantic import ValidationError

from knowledge.answers import cards, golden, lexicon
from knowledge.answers.citing import quote_of
from knowledge.answers.engine import HERE, layout
from knowledge.answers.lexicon import Lexicon
from knowledge.answers.render import RENDERERS
from knowledge.call.clauses import Clauses, split
from knowledge.call.pack import Pack


def check(pack: Pack) -> list[str]:
    """What is wrong with a pack's register, words, layout and golden questions, a line each."""
    try:
        words = lexicon.read([HERE / "words.toml", pack.folder / "words.toml"])
        own = cards.load([pack.folder / "register.toml"])
        clauses = split(pack.notice, pack.call, layout(pack))
    except (tomllib.TOMLDecodeError, ValidationError, KeyError, TypeError, AttributeError) as error:
        return [f"register.toml、words.toml 或 layout.toml 有误：{str(error).splitlines()[0]}"]
    return [*_cards(own, words, pack, clauses), *_words(words, pack), *_golden(pack, clauses)]


def _cards(deck: cards.Deck, words: Lexicon, pack: Pack, clauses: Clauses) -> Iterator[str]:
    yield from (f"register.toml 的 {line}：没有这个词" for line in cards.unknown(deck, words))
    known = {card.id for card in cards.load([HERE / "topics.toml"]).cards} | {card.id for card in deck.cards}
    yield from (f"register.toml 的 merged：没有“{one}”" for one in deck.merged.values() if one not in known)
    for card in deck.cards:
        if card.do and card.do not in RENDERERS:
            yield f"register.toml 的 {card.id}：没有“{card.do}”这种算法"
        for reference in card.quote:
            quote = quote_of(reference, pack.call, clauses)
            if not quote or clauses.locate(quote) is None:
                yield f"register.toml 的 {card.id}：通知里没有这段原文：{reference[:30]}"


def _words(words: Lexicon, pack: Pack) -> Iterator[str]:
    yield from (f"words.toml：没有任务{number}" for number in words.tasks if number not in pack.call.task_by_number)


def _golden(pack: Pack, clauses: Clauses) -> Iterator[str]:
    places = {clause.locator for clause in clauses.items}
    for one in golden.read(pack.folder / "golden.jsonl"):
        if isinstance(one, str):
            yield one
        else:
            yield from (f"golden.jsonl 的 {one.id}：没有“{place}”这一处" for place in one.cites if place not in places)
