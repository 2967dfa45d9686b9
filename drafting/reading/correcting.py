"""A message that takes back part of itself (5个，不对，是8个), and cells said by what changes in them (尾号改成8)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from drafting.changes.additions import record
from drafting.form.draft import Amount
from drafting.form.short_names import ONE
from drafting.form.understood import Understood, Unit, merged
from drafting.phrasebook import any_of, pattern, source
from drafting.reading.fields import last_label
from drafting.reading.members import swaps
from drafting.reading.quantities import NUMERAL
from drafting.reading.setting import Setting
from drafting.reading.task_references import by_name, by_number
from knowledge.call.definition import Call, Field
from knowledge.language.numerals import to_number

Read = Callable[[str, Setting], Understood]

# Every correction is read with what stands before it, so more of them than people make are left alone.
MOST: Final = 5
_PIECES = re.compile(r"(?<!\d)[，,]|[，,](?!\d)|[；;。！!\n]")


def amended(text: str, setting: Setting, read: Read) -> Understood | None:
    """What stands after the message's own corrections; None when it corrects nothing it can be seen to speak of."""
    if swaps(text) or len(_marks(text)) > MOST:
        return None
    late = pattern("correction.after").search(text)
    beside = pattern("correction.beside").search(text)
    if late or beside:
        kept = read(text[: late.start() if late else beside.start("cut") if beside else 0], setting)
        return kept if kept.says_facts else None
    cut = _cut(text)
    if cut:
        return _instead(cut, setting, read)
    return Understood() if _taken_back(text) else None


@dataclass(frozen=True)
class _Cut:
    """What stands, what was said wrongly behind it, and what is said instead."""

    head: str
    wrong: str
    tail: str


def _instead(cut: _Cut, setting: Setting, read: Read) -> Understood | None:
    """The reading of the head with that of the tail in place of what it takes back."""
    head, tail = cut.head, cut.tail
    if not head + cut.wrong:
        return read(tail, setting)
    before = read(head, setting) if head.strip() else Understood()
    said = read(head + cut.wrong, setting) if cut.wrong else before
    subject = _subject(head + cut.wrong, said, setting, read)
    if not subject:
        return None
    if subject in {f"target/{number}" for number in (*said.select, *said.deselect)} and re.search(r"\d", tail):
        subject = "tasks"
    if subject.startswith("unit/") and ONE.match(tail):
        members = setting.call.of_kind("members")
        subject = members.id if members else subject
    now = Setting(setting.call, record(setting.draft, before, setting.call), subject)
    after = read(tail, now)
    if not (after.says_facts or after.problems):
        return None
    return _replaced(before, after, subject)


@lru_cache(maxsize=1)
def _mark() -> re.Pattern[str]:
    starts = rf"(?<=[，,。；;\s…])[哎唉诶哦噢啊呃嗯]*(?:{source('correction.starts')})(?=[，,。\s]|\S)"
    second = rf"(?<=[，,。；;\s…])(?:{source('amounts.second')})(?=[，,：:\s]*(?:就|先|写|填|报|按|还是|改)*{NUMERAL})"
    return re.compile(rf"[，,。；;\s…]*(?:{source('correction.marks')}|{starts}|{second})[，,。；;\s…]*")


def _marks(text: str) -> list[re.Match[str]]:
    """Every word of correction; 别弄反了 and 没说错 correct nothing."""
    spared = pattern("amounts.spared")
    return [one for one in _mark().finditer(text) if not spared.search(text[: one.start()] + _lead(one))]


def _lead(found: re.Match[str]) -> str:
    return re.sub(r"[^，,。；;\s…].*", "", found.group(), flags=re.DOTALL)


def _cut(text: str) -> _Cut | None:
    """The text cut at its last word of correction, None without one."""
    swapped = pattern("correction.swapped").search(text)
    # 不是不做，是没人 denies, it puts nothing in place of anything.
    if swapped and not (swapped["wrong"] or "").startswith("不"):
        return _Cut(text[: swapped.start()], swapped["wrong"] or swapped["other"], _unglued(swapped["right"]))
    for found in reversed(_marks(text)):
        tail = _unglued(text[found.end() :])
        if tail.strip(" 。！!，,了吧"):
            return _Cut(text[: found.start()], "", tail)
    return None


def _taken_back(text: str) -> bool:
    """True for a text that only takes something back, with nothing in its place: 联系人写错了."""
    last = [found.end() for found in _marks(text)][-1:]
    return bool(last and not text[last[0] :].strip(" 。！!，,了吧"))


def _unglued(tail: str) -> str:
    return pattern("correction.glue").sub("", pattern("amounts.slip").sub("", tail))


# ---------------------------------------------------------------- what is corrected
def _subject(head: str, got: Understood, setting: Setting, read: Read) -> str:
    """The item the head spoke of last, by its value or only by its name."""
    for piece in reversed([piece for piece in _PIECES.split(head) if piece.strip()]):
        item = _item(piece, read(piece, setting)) or _named(piece, setting)
        if item:
            return item
    return _item(head, got) or setting.asking


def _item(text: str, got: Understood) -> str:
    """The item of a reading that stands last in the text."""
    if got.members:
        return f"unit/{got.members[-1].name}" if got.members[-1].name else "lead"
    if got.fields:
        return max(got.fields, key=lambda key: text.rfind(got.fields[key]))
    on = got.problems[-1].on if got.problems else ""
    numbers = [*got.select, *got.deselect, *got.targets]
    if on and not numbers:
        return f"target/{on}" if on.isdigit() else on
    return f"target/{numbers[-1]}" if len({*numbers}) == 1 else "tasks" if numbers else ""


def _named(piece: str, setting: Setting) -> str:
    """The item a piece names without a value."""
    call = setting.call
    names = by_number(piece, call, bare=False).known or tuple(number for _, _, number in by_name(piece, call))
    return f"target/{names[-1]}" if names else last_label(piece, call)


# ---------------------------------------------------------------- the correction applied
def _replaced(before: Understood, after: Understood, subject: str) -> Understood:
    touched = {subject.removeprefix("target/"), *map(str, (*after.targets, *after.select, *after.deselect))}
    touched |= {*after.fields, *(problem.on for problem in after.problems)}
    kept = replace(
        before,
        select=tuple(one for one in before.select if one not in after.deselect and one not in after.select),
        deselect=tuple(one for one in before.deselect if one not in after.select and one not in after.deselect),
        targets={key: value for key, value in before.targets.items() if str(key) not in touched},
        fields={key: value for key, value in before.fields.items() if key not in touched},
        members=_members(before, after),
        problems=tuple(one for one in before.problems if one.on not in touched),
    )
    got = merged(kept, after)
    shared = {key: _amounts(before, after, key) for key in after.targets if key in before.targets}
    return replace(got, targets={**got.targets, **shared})


def _amounts(before: Understood, after: Understood, key: int) -> tuple[Amount, ...]:
    """The figures of a task: one new figure replaces the last of its unit, several replace them all."""
    old, new = before.targets[key], after.targets[key]
    if len(new) != 1 or len(old) < 2:
        return new
    place = max((i for i, one in enumerate(old) if one.unit == new[0].unit), default=len(old) - 1)
    return (*old[:place], new[0], *old[place + 1 :])


def _members(before: Understood, after: Understood) -> tuple[Unit, ...]:
    """The units of the head but the one the tail names anew or puts another in place of."""
    names = {unit.name for unit in after.members}
    kept = tuple(unit for unit in before.members if unit.name not in names)
    return kept[:-1] if names and len(kept) == len(before.members) else kept


_SPELT: Final = re.compile("[零〇洞一幺二两三四五六七八九]{7,}")
_DIGITS: Final = dict(zip("零〇洞一幺二两三四五六七八九", "00011223456789", strict=True))


def dialled(text: str) -> str:
    """The text with numbers that are said digit by digit in figures: 幺三八零零……"""
    return _SPELT.sub(lambda found: "".join(_DIGITS[char] for char in found.group()), text)


def amended_cells(shown: str, setting: Setting) -> dict[str, str]:
    """Field id → its recorded value with the change a message tells of; empty when it tells of none."""
    for field in setting.call.field_by_id.values():
        known = setting.draft.fields.get(field.id, "")
        new = _amended(shown, field, known, setting.call) if known else ""
        if new:
            return {field.id: new}
    return {}


@lru_cache(maxsize=4)
def _ways(call: Call) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Per cell: how some of its digits are said anew, and how words are joined to it."""
    out = {}
    for field in call.field_by_id.values():
        label = rf"(?:{any_of(field.names)})(?:号码?)?的?\s*"
        digits = rf"{label}{source('fields.part')}.*?(?P<new>\d{{2,8}})\D*$"
        words = rf"{label}{source('fields.joined')}[“\"「]?(?P<new>[^”\"」，,。；;]{{1,20}})"
        out[field.id] = re.compile(digits), re.compile(words)
    return out


def _amended(shown: str, field: Field, known: str, call: Call) -> str:
    changed, joined = _ways(call)[field.id]
    digits = changed.search(shown)
    if digits and field.kind == "phone" and int(to_number(digits["count"]) or 0) == len(digits["new"]):
        size = len(digits["new"])
        return digits["new"] + known[size:] if digits["side"] in "前头" else known[:-size] + digits["new"]
    words = joined.search(shown)
    if words and field.kind == "text":
        new = words["new"].strip()
        return new + known if words["side"] in "前开头" else known + new
    return ""
