"""The duty cell of a unit: its role, its task numbers and its duty in words, written and read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from drafting.form.draft import LEAD, PARTICIPANT, Draft, Part
from knowledge.call.definition import Call, Task
from knowledge.language.folding import fold, is_empty, is_subsequence
from knowledge.language.numerals import to_number

ONE: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?![\d%])"
THING: Final = r"(?![年月日家个人条万名套件种份]|项(?!任务|[,，、。;；]|$))"
AFTER_COMMA: Final = r"(?=(?:任务|第)?\d{1,2}(?:项?[,，、;；。)]|项?$|的|任务|等)|任务)"
AND: Final = rf"(?:[、/及和与]|以及|[.．](?=\d)|[,，;；]{AFTER_COMMA})"
TO: Final = r"(?:至|到|[-~—–]+)"
LIST: Final = rf"(?:任务|第)?{ONE}项?(?:{TO}(?:任务|第)?{ONE}项?|{AND}(?:任务|第)?{ONE}{THING}项?)*"
NUMBERED = re.compile(rf"(?:任务[:：]?|第(?={ONE}(?:{AND}{ONE})*项))({LIST})")
BARE_LIST = re.compile(rf"{ONE}(?:{AND}{ONE}|{TO}{ONE})*[。.]?")
RANGE = re.compile(rf"({ONE})项?{TO}(?:任务|第)?({ONE})")
ROLE: Final = rf"(?:{LEAD}|{PARTICIPANT})"
WRITTEN = re.compile(rf"(?:{ROLE})(?:，承担任务((?:\d+、)*\d+))?(?:：(.*))?", re.DOTALL)
LOOSE = re.compile(
    rf"(?:{ROLE})?\d*[,，:：。]?(?:主要)?(?:负责|承担|参与)?(?:任务[:：]?|第){LIST}(?:任务)?[,，:：。;；]*"
)

CLAUSES = re.compile(r"[,，、;；。:：]")
DOES = re.compile(r"^(?:(?:主要|共同|具体)?(?:负责|承担|参与)|并|以及|和)+")
LEAST_CLAUSE = 6  # what is shorter is part of many tasks' words


def numbers(tasks: Iterable[int]) -> str:
    """1、3、4."""
    return "、".join(map(str, tasks))


def write_duty(role: str, part: Part) -> str:
    """The cell for a role and a part (牵头单位，承担任务1、3：统筹), "" when nothing is known of the part."""
    if not part.tasks and not part.duty:
        return ""
    tasks = f"，承担任务{numbers(part.tasks)}" if part.tasks else ""
    return f"{role}{tasks}{f'：{part.duty}' if part.duty else ''}"


def read_duty(text: str, call: Call) -> Part:
    """The part that a duty cell says; numbers of no task are left out, without numbers the tasks' own words count."""
    if is_empty(text):
        return Part()
    written = WRITTEN.fullmatch(text.strip())
    if written and (written.group(1) or not [*task_numbers(text)]):
        numbers = [int(one) for one in (written.group(1) or "").split("、") if one]
        return Part(tasks=_known(numbers, call), duty=written.group(2) or "")
    numbers = sorted(task_numbers(text))
    words = [task.number for task in call.tasks if _printed(task, fold(text))] if numbers else _worded(text, call)
    numbers = sorted({*numbers, *words})
    rest = LOOSE.match(text.strip())
    duty = text.strip()[rest.end() :] if rest else text.strip()
    return Part(tasks=_known(numbers, call), duty=duty.strip(" 。"))


def uncovered(draft: Draft) -> tuple[int, ...]:
    """Chosen tasks that no unit takes on, in order (V08)."""
    taken = {number for part in (draft.lead, *(one.part for one in draft.members)) for number in part.tasks}
    return tuple(number for number, choice in sorted(draft.tasks.items()) if choice.selected and number not in taken)


def _known(numbers: list[int], call: Call) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for number in numbers if number in call.task_by_number))


def task_numbers(text: str) -> Iterator[int]:
    """Every task number a text names: 任务1、任务8 · 任务4至7 · 第1、8项 · 任务一 · a bare list."""
    said = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    lists = [said] if BARE_LIST.fullmatch(said) else [found.group(1) for found in NUMBERED.finditer(said)]
    for one in lists:
        yield from _expand(one)


def _expand(listed: str) -> Iterator[int]:
    for start, end in RANGE.findall(listed):
        first, last = to_number(start), to_number(end)
        if first and last and first < last <= first + 50:
            yield from range(int(first) + 1, int(last))
    for word in re.findall(ONE, listed):
        number = to_number(word)
        if number:
            yield int(number)


def _worded(text: str, call: Call) -> tuple[int, ...]:
    """The tasks that every clause of a duty describes; where one describes none, those named word for word."""
    said = re.sub(rf"^{ROLE}\d*", "", fold(text))
    clauses = [rest for one in CLAUSES.split(said) if (rest := DOES.sub("", one))]
    found = [next(iter(_described(one, call)), 0) for one in clauses]
    if found and all(found):
        return tuple(sorted({*found}))
    return tuple(task.number for task in call.tasks if _printed(task, said) or fold(task.short) in said)


def _printed(task: Task, said: str) -> bool:
    return fold(task.text.rstrip("。")) in said


def _described(clause: str, call: Call) -> list[int]:
    """The task whose words a clause is taken from, none when it is short or fits several."""
    named = [task.number for task in call.tasks if any(fold(one) in clause for one in (task.short, *task.stated))]
    if len(clause) < LEAST_CLAUSE:
        return named[:1]
    taken = [task.number for task in call.tasks if is_subsequence(clause, fold(task.text))]
    return taken if len(taken) == 1 else named if len(named) == 1 else []
