"""Passages of a pack: its clauses as they stand, and facts rendered from the call that point at the clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.answers.cards import Card, Deck
from knowledge.answers.citing import cite_all
from knowledge.answers.lexicon import Lexicon
from knowledge.call.clauses import Clauses
from knowledge.call.definition import Call
from knowledge.library.passages import Passage


def passages(call: Call, clauses: Clauses, deck: Deck, lexicon: Lexicon) -> tuple[Passage, ...]:
    """All passages of a pack, clauses first; ids are unique and stay the same while the pack does."""
    return (
        *_clauses(call, clauses, lexicon),
        *_tasks(call, clauses),
        *_lists(call, clauses),
        *_cards(call, clauses, deck),
    )


def _clauses(call: Call, clauses: Clauses, lexicon: Lexicon) -> Iterator[Passage]:
    for clause in clauses.items:
        kind, _, key = clause.row.partition(":")
        ways: tuple[str, ...] = ()
        if kind == "task":
            task = call.task_by_number[int(key)]
            ways = (f"任务{key}", task.short, *task.ways, *lexicon.tasks.get(int(key), ()))
        elif kind == "cluster":
            chains = call.clusters[int(key) - 1].chains
            ways = tuple(word for word, name in lexicon.products.items() if name in chains)
        yield Passage(clause.locator, clause.locator, clause.text, clauses.title, "province", ways)


def _tasks(call: Call, clauses: Clauses) -> Iterator[Passage]:
    for task in call.tasks:
        target = task.indicator or f"任务目标栏为“{call.marks.none}”，不填数字"
        need, star = "必选" if task.required else "可选", "带“*”" if task.starred else "不带“*”"
        text = f"任务{task.number}（{task.library}）{task.text}{need}，{star}，{target}"
        yield _fact(f"fact:task:{task.number}", text, (f"@task:{task.number}",), call, clauses)


def _lists(call: Call, clauses: Clauses) -> Iterator[Passage]:
    lists: Mapping[str, tuple[int, ...]] = {
        "必选任务": call.numbers(required=True),
        "可选任务": call.numbers(required=False),
        "带“*”任务": call.numbers(starred=True),
        "必选且带“*”的任务": call.numbers(required=True, starred=True),
    }
    for name, numbers in lists.items():
        text = f"{name}共{len(numbers)}项：任务{'、'.join(map(str, numbers))}"
        yield _fact(f"fact:list:{name}", text, tuple(f"@task:{one}" for one in numbers), call, clauses)
    for cluster in call.clusters:
        text = f"“{cluster.name}”集群的产业链有{len(cluster.chains)}条：{'、'.join(cluster.chains)}"
        yield _fact(f"fact:cluster:{cluster.number}", text, (f"@cluster:{cluster.number}",), call, clauses)


def _cards(call: Call, clauses: Clauses, deck: Deck) -> Iterator[Passage]:
    for card in deck.cards:
        if isinstance(card.say, str) and not card.do and card.status != "declined":
            yield _of_card(card, call, clauses)


def _of_card(card: Card, call: Call, clauses: Clauses) -> Passage:
    fact = _fact(f"card:{card.id}", str(card.say), card.quote, call, clauses)
    return Passage(fact.id, fact.locator, fact.text, fact.source, "fact", card.ways, fact.stands_on)


def _fact(id_: str, text: str, references: tuple[str, ...], call: Call, clauses: Clauses) -> Passage:
    places = tuple(dict.fromkeys(one.locator for one in cite_all(references, call, clauses)))
    return Passage(id_, places[0] if places else "", text, clauses.title, "fact", (), places)
