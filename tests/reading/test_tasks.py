"""Which tasks a message takes and leaves, in the words people use."""

import pytest

from drafting.reading.choosing import choices
from knowledge.call.definition import Call
from knowledge.language.plain import plain

MUST = [1, 3, 4, 7, 8, 9, 13, 14]
MAY = [2, 5, 6, 10, 11, 12, 15]
ALL = list(range(1, 16))


def but(*gone: int) -> list[int]:
    return [number for number in ALL if number not in gone]


SAID = [
    ("必选都要，可选的我们做2和11", sorted([*MUST, 2, 11]), []),
    ("必选都要，可选的只做2和11", sorted([*MUST, 2, 11]), [5, 6, 10, 12, 15]),
    ("可选任务一个都不做", [], MAY),
    ("只做必选的", MUST, MAY),
    ("十五项全做", ALL, []),
    ("除了5和6，其他都做", but(5, 6), [5, 6]),
    ("除任务12以外全部选", but(12), [12]),
    ("任务2、任务6不做，其余都做", but(2, 6), [2, 6]),
    ("第2项、第15项打√", [2, 15], []),
    ("10到12都要", [10, 11, 12], []),
    ("任务9至任务11打勾", [9, 10, 11], []),
    ("贯标那个打√，编标准的打×", [6], [5]),
    ("智能体不做了", [], [10]),
    ("開源數據集也做", [12], []),
    ("５、１０打√，其余可选的打×", [5, 10], [2, 6, 11, 12, 15]),
    ("5要做，算了5不做，6做", [6], [5]),
    ("2和15", [2, 15], []),
    ("optional only 5, others不要", [5], [2, 6, 10, 11, 12, 15]),
]


@pytest.mark.parametrize(("text", "taken", "left"), SAID, ids=[text for text, _, _ in SAID])
def test_a_message_decides_on_the_tasks_it_speaks_of(call: Call, text: str, taken: list[int], left: list[int]) -> None:
    marks = choices(plain(text), call).marks
    assert sorted(n for n, mark in marks.items() if mark) == taken
    assert sorted(n for n, mark in marks.items() if not mark) == left


def test_a_number_no_task_has_is_told_apart(call: Call) -> None:
    assert choices("任务16和任务5都做", call).unknown == (16,)
    assert choices("任务10也要", call).unknown == ()


def test_words_that_name_no_task_stay_unclear(call: Call) -> None:
    assert choices("那个也做", call).unclear
    assert not choices("今天天气不错", call).unclear


def test_groups_are_those_of_the_call(other: Call) -> None:
    marks = choices("必做的都做，选做的不要", other).marks
    assert tuple(n for n, mark in marks.items() if mark) == other.numbers(required=True)
    assert tuple(n for n, mark in marks.items() if not mark) == other.numbers(required=False)
