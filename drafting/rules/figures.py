"""Figures in the prose held against the task table (V15): one number has one owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isclose

from drafting.form.amounts import DATA
from drafting.form.draft import Amount
from drafting.form.problem import Finding
from drafting.rules.prose_figures import Mention, mentions
from drafting.rules.subject import Reading, finding
from knowledge.call.definition import Section
from knowledge.language.folding import fold


def contradictions(reading: Reading, section: Section) -> Iterator[Finding]:
    """number_contradiction: a figure above the target, or a smaller one that isn't said to be a stage or a part."""
    sentences = list(_sentences(reading, section))
    for number, choice in sorted(reading.draft.tasks.items()):
        task = reading.call.task_by_number[number]
        for mention in mentions(task, sentences):
            wanted = [one for one in choice.targets if _comparable(one, mention.amount)]
            if len(wanted) == 1 and _contradicts(mention, wanted[0]):
                said, asked = (f"{one.value}{one.unit}" for one in (mention.amount, wanted[0]))
                words = re.split("[,:]", mention.sentence)[-1]
                text = f"正文写“{words}”（{said}），任务{number}的目标是{asked}，不一致。"
                yield finding("number_contradiction", f"{section.number}/任务{number}", text, task.indicator)


def _comparable(wanted: Amount, said: Amount) -> bool:
    return wanted.unit == said.unit or (wanted.unit in DATA and said.unit in DATA)


def _contradicts(mention: Mention, wanted: Amount) -> bool:
    """Both ways to count bytes will do: 1.2PB is 1200TB and 1228.8TB."""
    said = [_in_unit(mention.amount, wanted.unit, step) for step in (1000, 1024)]
    if any(isclose(one, wanted.value, rel_tol=1e-3 if mention.amount.unit != wanted.unit else 1e-9) for one in said):
        return False
    if min(said) > wanted.value:
        return not mention.broad
    return max(said) < wanted.value and not mention.partial


def _in_unit(amount: Amount, unit: str, step: int) -> float:
    if amount.unit == unit:
        return amount.value
    return float(amount.value * float(step) ** (DATA.index(amount.unit) - DATA.index(unit)))


def _sentences(reading: Reading, section: Section) -> Iterator[tuple[str, str]]:
    """Sentence and paragraph of prose about what will be done; the first section tells what is there."""
    if section is reading.call.narratives()[0] and not section.every_aspect:
        return
    for paragraph in reading.form.texts.get(section.id, ()):
        folded = fold(paragraph)
        yield from ((sentence, folded) for sentence in re.split(r"[。;；]", folded))
