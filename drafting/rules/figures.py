"""Figures in the prose held against the task table (V15): one number has one owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from drafting.draft import Amount
from drafting.numerals import to_number
from drafting.problem import Finding
from drafting.rules.reading import Reading, finding
from drafting.text import fold
from drafting.units import canonical
from knowledge.call import Task

GAP: Final = r"[^\d。;]{0,24}?"
FILLER: Final = r"(?:数|数量|总数|总量|规模|累计|共|总计|合计|达到|达|为|突破|不少于|不低于|完成|实现|新增|将|[:,、])*"
NUMBER: Final = r"(\d[\d,]*(?:\.\d+)?(?:万亿|[万亿千百])?)"
# A figure on the way to the target, of a part of it, or of before: smaller than the target without contradicting it.
PARTIAL = re.compile(
    r"阶段|月|季度|半年|年底|年末|首批|首年|第一年|前期|中期|先|已|现有|此前|目前|每|各|其中|分别|由|以上|不少于|不低于|超过"
)


@dataclass(frozen=True)
class Mention:
    """A figure that prose gives for a task."""

    section: str
    amount: Amount
    sentence: str
    paragraph: str


def contradictions(reading: Reading) -> Iterator[Finding]:
    """number_contradiction: a figure above the target, or a smaller one that isn't said to be a stage or a part."""
    mentions = list(_sentences(reading))
    for number, choice in sorted(reading.draft.tasks.items()):
        task = reading.call.task_by_number[number]
        for mention in _mentions(task, mentions):
            wanted = [one for one in choice.targets if one.unit == mention.amount.unit]
            if len(wanted) == 1 and _contradicts(mention, wanted[0]):
                said, asked = (f"{one.value}{one.unit}" for one in (mention.amount, wanted[0]))
                words = re.split("[,:]", mention.sentence)[-1]
                text = f"正文写“{words}”（{said}），任务{number}的目标是{asked}，不一致。"
                yield finding("number_contradiction", f"{mention.section}/任务{number}", text, task.indicator)


def _contradicts(mention: Mention, wanted: Amount) -> bool:
    if mention.amount.value > wanted.value:
        return True
    staged = PARTIAL.search(mention.sentence) or PARTIAL.search(mention.paragraph[:24])
    return mention.amount.value < wanted.value and staged is None


def _sentences(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Section, sentence and paragraph of all prose about what will be done; the first section tells what is there."""
    for section in reading.call.narratives():
        if section is reading.call.narratives()[0] and not section.every_aspect:
            continue
        for paragraph in reading.form.texts.get(section.id, ()):
            folded = fold(paragraph)
            yield from ((section.number, sentence, folded) for sentence in re.split(r"[。;；]", folded))


@cache
def _pattern(task: Task) -> re.Pattern[str] | None:
    words = [GAP.join(re.escape(fold(part)) for part in phrase.split("…")) for phrase in task.stated]
    return re.compile(rf"(?:{'|'.join(words)}){FILLER}{NUMBER}(tb|pb|gb|[^\d,，、。]{{0,2}})") if words else None


def _mentions(task: Task, sentences: list[tuple[str, str, str]]) -> Iterator[Mention]:
    pattern = _pattern(task)
    for section, sentence, paragraph in sentences if pattern else ():
        assert pattern is not None
        for found in pattern.finditer(sentence):
            amount = _amount(task, *found.groups())
            if amount:
                yield Mention(section, amount, sentence[: found.end()], paragraph)


def _amount(task: Task, number: str, word: str) -> Amount | None:
    value = to_number(number)
    units = [unit for unit in (canonical(task, word[:length]) for length in (2, 1) if word[:length]) if unit]
    known = next((unit for unit in units if unit in task.units), None)
    return Amount(value=value, unit=known) if known and value is not None else None


RULES = (contradictions,)
