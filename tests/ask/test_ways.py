"""Questions in words that no concept knows are read by their likeness to examples."""

from __future__ import annotations

from knowledge.answers import ways
from knowledge.answers.engine import AnswerEngine
from knowledge.call.pack import DEFAULT, Pack

TEA = [("茶", frozenset({"泡茶", "多久"})), ("茶", frozenset({"泡茶", "水温"})), ("水", frozenset({"#task", "烧水"}))]


def test_the_likest_card_comes_first_and_the_same_terms_are_wholly_alike() -> None:
    found = ways.made(TEA).near({"泡茶", "多久", "烧水"})
    assert list(found) == ["茶", "水"]
    assert ways.made(TEA).near({"泡茶", "水温"})["茶"] > 0.999
    assert ways.made(TEA).near({"种花"}) == {}


def test_what_a_question_names_tells_it_apart() -> None:
    with_task, without = (ways.made(TEA).near(terms)["水"] for terms in ({"#task", "烧水"}, {"烧水"}))
    assert with_task > without


def test_ways_are_the_same_after_keeping() -> None:
    whole = ways.made(TEA)
    assert ways.unpacked(whole.packed()).near({"泡茶", "多久"}) == whole.near({"泡茶", "多久"})


def test_every_example_belongs_to_a_card(desk: AnswerEngine, shipped: Pack) -> None:
    known = {card.id for card in desk._known.deck.cards}
    examples = ways.load([DEFAULT.parents[1] / "answers" / "ways.toml", shipped.folder / "ways.toml"])
    assert len(examples) > 1000
    assert {card for card, _ in examples} <= known


def test_nearly_every_example_finds_its_card(desk: AnswerEngine, shipped: Pack) -> None:
    examples = ways.load([DEFAULT.parents[1] / "answers" / "ways.toml", shipped.folder / "ways.toml"])
    lost = [line for card, line in examples if desk.ask(line).passages[:1] != (f"card:{card}",)]
    assert len(lost) <= 0.08 * len(examples), lost
