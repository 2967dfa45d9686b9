"""Figures in the prose held against the task table (V15): one number has one owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import isclose
from typing import Final

from drafting.form.amounts import DATA, canonical
from drafting.form.draft import Amount
from drafting.form.problem import Finding
from drafting.rules.subject import Reading, finding
from knowledge.call.definition import Section, Task
from knowledge.language.folding import fold
from knowledge.language.numerals import CHINESE, to_number

GAP: Final = r"[^\d。;]{0,24}?"
FILLER: Final = (
    r"(?:数|数量|总数|总量|规模|累计|共计?|总计|合计|达到|达|为|突破|不少于|不低于|完成|实现|新增|将|[:,、])*"
)
DIGITAL: Final = r"\d[\d,]*(?:\.\d+)?(?:万亿|[万亿千百])?"
WRITTEN: Final = f"[{CHINESE}]+"
UNIT: Final = r"tb|pb|gb|[^\d,，、。]{0,2}"
COUNTER: Final = r"tb|pb|gb|[^\W\d]"
# What may stand after a figure's unit, so that 三个 of 三个方面 counts nothing.
BOUNDARY: Final = r"(?=[^\w]|$|并|和|及|与)"
AFTER_NOUN: Final = rf"(?=(?:的?(?:开发|训练|优化|研发|应用|编制|申请))?{BOUNDARY})"
VERB: Final = r"申请|支撑|服务|形成|达到|建成|完成|训练|惠及|覆盖|赋能|编制|制定|孵化|开发|优化"
GATHER: Final = r"(?:(?<!\w)|(?<!\w)数据|汇聚|归集|形成|达到|建成|完成)总|汇聚|归集|形成|达到|建成|完成"
DONE: Final = r"申请|编制|开发|训练|优化"
KINDS: Final = frozenset("类种批例份")
# A figure on the way to the target, of a part of it, or of before: smaller than the target without contradicting it.
STAGED: Final = "阶段|月|季度|半年|年底|年末|首批|首年|第一年|前期|中期"
PARTIAL = re.compile(rf"{STAGED}|先|已|现有|此前|目前|每|各(?!级|类)|其中|分别|由|以上|不少于|不低于|超过")
ELSEWHERE = re.compile(r"\d年|年度|年均|单个|平均|原有|曾|另|再|拟|余|公司|大学|学院|研究院|研究所|协会|单位")


@dataclass(frozen=True)
class Mention:
    """A figure that prose gives for a task; `broad` says that its noun covers more than the row counts."""

    amount: Amount
    sentence: str
    paragraph: str
    broad: bool = False

    @property
    def partial(self) -> bool:
        """True when it is said to be a stage or a part, or what was there before."""
        return bool(PARTIAL.search(self.sentence) or PARTIAL.search(self.paragraph[:24]))


def mentions(task: Task, sentences: list[tuple[str, str]]) -> Iterator[Mention]:
    """Every figure for a task in sentences given with their paragraph."""
    for sentence, paragraph in sentences if task.stated else ():
        for amount, end in _stated(task, sentence):
            yield Mention(amount, sentence[:end], paragraph)
        for amount, end, broad in _reworded(task, sentence):
            mention = Mention(amount, sentence[:end], paragraph, broad)
            if not _hedged(mention):
                yield mention


def _hedged(mention: Mention) -> bool:
    said = mention.sentence
    staged = re.search(STAGED, mention.paragraph[:24])
    return bool(staged or PARTIAL.search(said) or ELSEWHERE.search(said))


# ---------------------------------------------------------------- the row's own words, then the figure
@cache
def _direct(task: Task) -> re.Pattern[str]:
    words = "|".join(GAP.join(re.escape(fold(part)) for part in phrase.split("…")) for phrase in task.stated)
    return re.compile(rf"(?:{words}){FILLER}(?:({DIGITAL})({UNIT})|({WRITTEN})({COUNTER}){BOUNDARY})")


def _stated(task: Task, sentence: str) -> Iterator[tuple[Amount, int]]:
    for found in _direct(task).finditer(sentence):
        digits, word, written, counter = found.groups()
        amount = _amount(task, digits, word) if digits else _counted(task, written, counter)
        if amount:
            yield amount, found.end()


# ---------------------------------------------------------------- other orders and other verbs
@cache
def heads(task: Task) -> tuple[str, ...]:
    """The nouns a row counts: names of the row with which the words before its figure end, longest first."""
    ends = [fold(phrase) for phrase in task.stated]
    names = {fold(one) for one in (*task.ways, *task.nouns)}
    return tuple(sorted((one for one in names if any(end.endswith(one) for end in ends)), key=len, reverse=True))


def _phrases(task: Task) -> set[str]:
    """Words for the row that hold a verb and its noun."""
    named = {fold(one) for one in (*task.ways, *task.nouns) if any(fold(one).endswith(head) for head in heads(task))}
    return {*map(fold, task.stated), *(named - {*heads(task)})}


def _halves(phrase: str) -> Iterator[tuple[str, str]]:
    if "…" in phrase:
        verb, noun = phrase.split("…")
        yield verb, noun
    else:
        yield from ((phrase[:cut], phrase[cut:]) for cut in range(2, len(phrase) - 1))


@cache
def _others(task: Task) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Patterns of a figure within the row's words, and beside its noun in a clause with a verb."""
    figure = rf"(?P<number>{DIGITAL}|{WRITTEN})(?P<unit>{COUNTER})"
    kind = rf"(?:各级|各类|相关|{'|'.join(_qualifiers(task)) or '相关'})?"
    within = [
        rf"{re.escape(verb)}{FILLER}{figure}{kind}{re.escape(noun)}{AFTER_NOUN}"
        for phrase in _phrases(task)
        for verb, noun in _halves(phrase)
    ]
    within += [rf"{re.escape(one)}{FILLER}{figure}{BOUNDARY}" for one in _phrases(task) if "…" not in one]
    found = [(re.compile(one), False) for one in within]
    verbs = GATHER if is_data(task) else VERB
    for head in heads(task):
        noun, broad = re.escape(head), any(one != head and one.endswith(head) for one in heads(task))
        beside = (
            rf"(?:{verbs}){kind}{noun}(?:{DONE})?{FILLER}{figure}{BOUNDARY}",
            rf"(?:新增|(?<!\w))新?{noun}(?:{DONE}){FILLER}{figure}{BOUNDARY}",
            rf"(?:{verbs}){FILLER}{figure}{kind}{noun}{AFTER_NOUN}",
        )
        found += [(re.compile(one), broad and not is_data(task)) for one in beside]
    if is_data(task) and len(task.short) > 4:
        stock = re.escape(fold(task.short[:-1]))
        found.append((re.compile(rf"(?:{verbs}){FILLER}{figure}的?{stock}{AFTER_NOUN}"), False))
    return tuple(found)


def _qualifiers(task: Task) -> Iterator[str]:
    """What the row's short name says right before its noun: 行业 of 行业模型."""
    for head in heads(task):
        before = fold(task.short).removesuffix(head)
        if before and before != fold(task.short):
            yield re.escape(before[-2:])


def _reworded(task: Task, sentence: str) -> Iterator[tuple[Amount, int, bool]]:
    """Figures in other words; none where the sentence divides the noun's figure (行业标准2项、企业标准3项)."""
    if _divided(task, sentence):
        return
    for pattern, broad in _others(task):
        for found in pattern.finditer(sentence):
            amount = _counted(task, found["number"], found["unit"])
            if amount:
                yield amount, found.end(), broad


def _divided(task: Task, sentence: str) -> bool:
    number = rf"(?:\d|{WRITTEN})[^\W\d]"
    return any(
        len(
            re.findall(
                rf"{re.escape(head)}(?:{DONE})?{FILLER}{number}|{number}[^\d,;、]{{0,6}}{re.escape(head)}", sentence
            )
        )
        > 1
        for head in heads(task)
    )


def is_data(task: Task) -> bool:
    """True when the row counts bytes."""
    return any(unit in DATA for unit in task.units)


def _counted(task: Task, number: str, unit: str) -> Amount | None:
    """A figure in words or in another order; 一个 is an article, and so many kinds are not so many things."""
    if unit in KINDS or number == "一":
        return None
    return _amount(task, number, unit)


def _amount(task: Task, number: str, word: str) -> Amount | None:
    value = to_number(number)
    units = [unit for unit in (canonical(task, word[:length]) for length in (2, 1) if word[:length]) if unit]
    known = next((unit for unit in units if unit in task.units or (unit in DATA and is_data(task))), None)
    return Amount(value=value, unit=known) if known and value is not None else None


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
