"""Clauses that decide nothing: under a condition, guessed at, or denying what somebody thought was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from drafting.form.problem import Problem
from drafting.phrasebook import pattern
from drafting.reading.cutting import polarity
from drafting.reading.intents import asks
from drafting.reading.quantities import scan
from drafting.reading.task_references import by_name, by_number, describe, group
from knowledge.call.definition import Call

_CUT: Final = re.compile(r"((?<!\d)[，,]|[，,](?!\d{3})|[。；;！!\n])")
_ENDS: Final = "。；;！!\n"
_MARKS: Final = "，," + _ENDS


@dataclass(frozen=True)
class Firm:
    """What a message says for certain, and a Problem for each task it only speaks of in doubt."""

    text: str
    problems: tuple[Problem, ...] = ()


def firm(text: str, call: Call) -> Firm:
    """The message without its clauses in doubt; the message as it is when it has none."""
    if not pattern("marks.doubt").search(text):
        return Firm(text)
    clauses = _without_stock([clause for clause in _CUT.split(text) if clause], call)
    doubtful = _denied(clauses, call) | _conditional(clauses, call)
    kept = "".join(_kept(place, clause, clauses, doubtful, call) for place, clause in enumerate(clauses))
    lost = [clauses[place] for place in sorted(doubtful)]
    sure = set(_named(kept, call))
    problems: dict[int, Problem] = {}
    for clause in lost:
        for number in _named(clause, call):
            if number not in sure:
                problems.setdefault(number, _problem(number, clause, call))
    kept = kept.strip(_MARKS + " ")
    if not kept and not problems and any(_of_group(clause, call) for clause in lost):
        text = "这话还带着条件，先不记；定了请直接说哪些做、哪些不做。"
        return Firm("", (Problem("ambiguous_task", "", text),))
    return Firm(kept, tuple(problems.values()))


def empty(text: str, call: Call) -> tuple[Problem, ...]:
    """task_mark_missing for each task whose row somebody wants to leave without a mark (R17)."""
    if not pattern("marks.neither").search(text):
        return ()
    words = f"打“{call.marks.chosen}”或打“{call.marks.left}”，不能空着。"
    rule = call.clauses.get("mark", "")
    return tuple(
        Problem("task_mark_missing", str(number), f"{describe(call.task_by_number[number])}要么{words}", rule)
        for number in _named(text, call)
    )


def without_hearsay(text: str, call: Call) -> str:
    """The message without what it only tells of others (听说隔壁报了10个); a question is left as it is."""
    if not pattern("marks.hearsay").search(text) or asks(text):
        return text
    clauses = [clause for clause in _CUT.split(text) if clause]
    gone = {place for place, clause in enumerate(clauses) if pattern("marks.hearsay").search(clause)}
    return "".join(_left_over(clauses, gone, call)).strip(_MARKS + " ")


def _without_stock(clauses: list[str], call: Call) -> list[str]:
    """The clauses without what is said to be there already and no target, and the figure it is said of."""
    places = {place for place, clause in enumerate(clauses) if pattern("marks.stock").search(clause)}
    places |= {place for place in range(len(clauses)) if _held(place, clauses)}
    figured = {
        max((one for one in range(place) if clauses[one] not in _MARKS and one not in places), default=place)
        for place in places
        if not any(scan(clauses[place])) and pattern("marks.stock_of").match(clauses[place])
    }
    return _left_over(clauses, places | figured, call)


def _held(place: int, clauses: list[str]) -> bool:
    """True for a figure of what is there already, before a new one: 专利已有30件，新申请的填6件."""
    clause, later = clauses[place], clauses[place + 1 :]
    held = pattern("marks.held").search(clause) and any(scan(clause))
    return bool(held) and any(pattern("marks.anew").search(one) and any(scan(one)) for one in later)


def _left_over(clauses: list[str], gone: set[int], call: Call) -> list[str]:
    """The other clauses; the name of a task stays where the next figure has none: 已有专利30件，不算，这次报8件."""
    kept = []
    for place, clause in enumerate(clauses):
        later = [one for at, one in enumerate(clauses) if at > place and at not in gone and any(scan(one))]
        if place not in gone:
            kept.append(clause)
        elif later and not _named(later[0], call) and (names := by_name(clause, call)):
            kept += [clause[names[-1][0] : names[-1][1]], "，"]
    return kept


def _of_group(clause: str, call: Call) -> bool:
    """True for a clause that decides on several tasks without naming one: 必选都做."""
    return polarity(clause) is not None and (group(clause, call) or pattern("marks.rest").search(clause)) is not None


def _named(clause: str, call: Call) -> tuple[int, ...]:
    """The tasks a clause names; a bare number counts only where it isn't a figure."""
    names = tuple(number for _, _, number in by_name(clause, call))
    return names or by_number(clause, call, bare=not _figured(clause)).known


def _figured(clause: str) -> bool:
    return any(one.amount.unit for one in scan(clause))


def _problem(number: int, clause: str, call: Call) -> Problem:
    task = call.task_by_number[number]
    if task.starred and _figured(clause):
        text = f"{describe(task)}：“{clause.strip()}”还没有定下来，先不记；定了请直接给一个数。"
        return Problem("approximate_target", str(number), text, task.indicator)
    text = f"{describe(task)}做不做还没有说定，先不记；定了请直接说做或不做。"
    return Problem("ambiguous_task", str(number), text)


# ---------------------------------------------------------------- which clauses are in doubt
def _conditional(clauses: list[str], call: Call) -> set[int]:
    """Places of the clauses under a condition, up to the end of the sentence, and of those that only guess."""
    out: set[int] = set()
    governed = False
    for place, clause in enumerate(clauses):
        if clause in _ENDS:
            governed = False
        elif pattern("marks.condition").search(clause) and not pattern("marks.courtesy").fullmatch(clause.strip()):
            governed = True
            # 开源做，如果预算够: what stands behind governs what stands before.
            last = all(one in _MARKS for one in clauses[place + 1 :])
            out |= {place} | ({place - 2} if last and place > 1 and not _decides(clause, call) else set())
        elif governed or _guesses(clause):
            out.add(place)
    return {place for place in out if clauses[place] not in "，,"}


def _decides(clause: str, call: Call) -> bool:
    return bool(_named(clause, call)) and (polarity(clause) is not None or any(scan(clause)))


def _guesses(clause: str) -> bool:
    return bool(pattern("marks.guess").search(clause)) and polarity(clause) is not None and not _figured(clause)


def _denied(clauses: list[str], call: Call) -> set[int]:
    """Places of the clauses that deny a decision and leave it at that: 我没说不做12 · 15不是不做."""
    return {
        place
        for place, clause in enumerate(clauses)
        if pattern("marks.denied").search(clause) and not _answered(place, clauses, call)
    }


def _answered(place: int, clauses: list[str], call: Call) -> bool:
    """True when the next clause says what holds instead of what the one at `place` denies."""
    following = next((one for one in clauses[place + 1 :] if one not in _MARKS), "")
    if polarity(following) is None or pattern("marks.denied").search(following):
        return False
    names = _named(following, call)
    return not names or set(names) & set(_named(clauses[place], call)) != set()


def _kept(place: int, clause: str, clauses: list[str], doubtful: set[int], call: Call) -> str:
    """The clause as it is read on: nothing of a doubtful one, only the names of one that the next sets right."""
    if place in doubtful:
        return ""
    if clause in _MARKS or not pattern("marks.denied").search(clause):
        return clause
    following = next((one for one in clauses[place + 1 :] if one not in _MARKS), "")
    return "" if _named(following, call) else pattern("marks.denied").sub("", clause)
