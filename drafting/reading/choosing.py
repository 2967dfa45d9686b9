"""The decisions a message makes on the task table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from drafting.phrasebook import pattern, source
from drafting.reading.cutting import pieces, polarity
from drafting.reading.task_counts import named
from drafting.reading.task_references import Refs, by_name, group, library_meant, narrowed, some_of, span
from knowledge.call.definition import Call

# More words than these beside a task's name, and no decision among them, are a reason rather than a choice.
LONGEST_BESIDE: Final = 5


@dataclass(frozen=True)
class Chosen:
    """Decisions on tasks in reading order (later ones win), unknown numbers, and whether something stayed unclear.

    `opposed` are tasks that the message takes and leaves by name without a word of correction.
    """

    marks: dict[int, bool]
    unknown: tuple[int, ...] = ()
    unclear: bool = False
    opposed: tuple[int, ...] = ()


@dataclass
class _Course:
    """What was decided so far, and the group of tasks that 其余 means."""

    scope: tuple[int, ...]
    marks: dict[int, bool] = field(default_factory=dict)
    singly: dict[int, bool] = field(default_factory=dict)
    opposed: list[int] = field(default_factory=list)
    latest: tuple[int, ...] = ()
    topic: tuple[int, ...] = ()
    within: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Said:
    marks: dict[int, bool]
    unknown: tuple[int, ...] = ()
    unclear: bool = False
    scope: tuple[int, ...] = ()
    singly: tuple[int, ...] = ()
    both: bool = False
    again: bool = False
    topic: tuple[int, ...] = ()


def choices(text: str, call: Call) -> Chosen:
    """The decisions a message on the task table makes; a task it doesn't speak of is in none of them."""
    course = _Course(call.numbers())
    unknown: list[int] = []
    unclear = False
    for piece in pieces(text, call):
        said = _decide(piece, call, course)
        course.scope = said.scope or course.scope
        course.topic = said.topic
        unknown += said.unknown
        unclear = unclear or said.unclear
        course.marks |= said.marks
        _weigh(said, course)
    return Chosen(course.marks, tuple(unknown), unclear, tuple(dict.fromkeys(course.opposed)))


def _weigh(said: _Said, course: _Course) -> None:
    """Note tasks that were named before with the other decision; 不做 alone is a second thought on the last ones."""
    course.latest = said.singly or course.latest
    if said.again:
        course.singly |= said.marks
    for number in said.singly:
        mark = said.marks.get(number)
        if said.both or course.singly.get(number, mark) != mark:
            course.opposed.append(number)
        if mark is not None:
            course.singly[number] = mark


_FRAME = re.compile(r"(?:[之当]?中|里[面头边]?|方面|部分|这[块边])\s*$")
_OUTSIDE = re.compile(r"^(?!.*除(?!外))(?P<what>[^，,]{1,14}?)(?:以外|之外|除外|例外|不算在内)")


def bare(text: str) -> bool | None:
    """The decision a message is whose first words name no task (做吧 · 不做，没人手), else None."""
    said = re.sub(r"^(?:可以|行|好的?|嗯+|对|没问题|ok)[，,。\s]+", "", text.strip(), flags=re.IGNORECASE)
    first = re.split(r"[，,。；;！!\s]", said, maxsplit=1)[0]
    wanted = source("marks.bare").format(source("marks.no"), source("marks.yes"))
    found = re.fullmatch(wanted, first, re.IGNORECASE)
    return None if not found else True if found["mark"] == "有" else polarity(first)


# ---------------------------------------------------------------- one piece
def _decide(piece: str, call: Call, course: _Course) -> _Said:
    if pattern("marks.open").search(piece) or (
        pattern("marks.opinion").search(piece) and polarity(piece) is None and not pattern("marks.except").search(piece)
    ):
        return _Said({}, scope=group(piece, call) or ())
    piece = _OUTSIDE.sub(r"除了\g<what>以外", piece)
    yes = polarity(piece)
    exception = pattern("marks.except").search(piece)
    if exception:
        return _excepted(piece, exception["what"], call, course)
    library = library_meant(piece, call)
    members, refs = _group(piece, call, course), named(piece.replace(library[1], "") if library else piece, call)
    if pattern("marks.rest").search(piece):
        every = members if members and members != call.numbers() else course.scope
        left = [n for n in every if n not in course.marks and n not in refs.known]
        left = left or [n for n in members or () if n not in course.marks and n not in refs.known]
        return _Said(dict.fromkeys(left, yes is True), refs.unknown)
    if yes is not None and members in (None, call.numbers()) and not (refs.known or refs.unknown) and course.topic:
        # 可选方面，全部不承担: a decision alone is on what the words before it are about.
        members = course.topic
    which = bool(pattern("marks.which").search(piece)) and not (refs.known or refs.unknown)
    if members is not None and not (which and members == call.numbers()):
        return _grouped(piece, members, refs, call)
    if course.latest and bare(piece) is False:
        return _Said(dict.fromkeys(course.latest, False), again=True)
    if yes is None and not (refs.known or refs.unknown):
        return _Said({}, unclear=which)
    if yes is None and len(re.sub(r"\W", "", refs.rest)) - _words(refs.rest, call) > LONGEST_BESIDE:
        return _Said({}, refs.unknown)
    marks = dict.fromkeys(refs.known, yes is not False)
    unclear = not refs.known and not refs.unknown
    singly = refs.known if yes is not None else ()
    return _Said(marks, refs.unknown, unclear, singly=singly, both=yes is False and _both(piece, call))


def _group(piece: str, call: Call, course: _Course) -> tuple[int, ...] | None:
    """The group a piece names; places without one (后面四个) are those of the group spoken of before."""
    if len(course.scope) < len(call.tasks) and not narrowed(piece, call) and (some := some_of(piece, course.scope)):
        return some
    members = group(piece, call)
    starred = any(pattern(f"marks.{key}").search(piece) for key in ("starred", "unstarred"))
    kind = next((key for key in ("required", "optional") if pattern(f"marks.{key}").search(piece)), "")
    if starred and kind:
        # 可选里带星的四个……，不带星的三个……: the second is of the optional ones, too.
        course.within = call.numbers(required=kind == "required")
    if members and starred and not kind and course.within:
        return tuple(number for number in members if number in course.within)
    return members


def _words(text: str, call: Call) -> int:
    """How many characters of a text name tasks."""
    return sum(end - start for start, end, _ in by_name(text, call))


def _both(piece: str, call: Call) -> bool:
    """True for a piece that takes and leaves the same task: 5要做也不要做."""
    left = pattern("marks.no").sub(" ", piece)
    for start, end, _ in reversed(by_name(left, call)):
        left = left[:start] + left[end:]
    return bool(re.search(r"[也又且]|同时", piece) and pattern("marks.yes").search(left))


def _excepted(piece: str, what: str, call: Call, course: _Course) -> _Said:
    """除了…: the named tasks get the other decision, or a whole group is kept beside what else is named."""
    refs, rest = named(what, call), piece.replace(what, "", 1)
    others = re.sub(r"除了?|以外|之外|^外", "", rest).strip("，, ")
    spoken = named(others, call).known
    if refs.known and set(refs.known) < set(spoken):
        return _Said({n: (n not in refs.known) == (polarity(others) is not False) for n in spoken}, refs.unknown)
    if refs.known and polarity(what) is not None and polarity(others) is None and group(others, call) is None:
        # 除了5，10也要做 speaks of both; 除了11，9和10要做 may mean either.
        # 除2、10打叉之外，其余…… decides on its own tasks by itself.
        also = bool(re.search("[也还]", what)) or re.search(rf"{re.escape(what)}之?以?外", piece) is not None
        return _Said(dict.fromkeys(refs.known, polarity(what) is True) if also else {}, refs.unknown, unclear=not also)
    if refs.known and spoken and group(others, call) is None and not pattern("marks.rest").search(others):
        also, yes = bool(re.search("[也还]", others)), polarity(others) is True
        return _Said(dict.fromkeys((*refs.known, *spoken), yes) if also else {}, refs.unknown, unclear=not also)
    keep, whole = polarity(piece) is not False, group(rest, call) or course.topic or call.numbers()
    if refs.known and course.marks and polarity(piece) is None and set(refs.known) <= set(course.marks):
        return _Said({n: not course.marks[n] for n in refs.known}, refs.unknown)
    kept = () if refs.known else group(what, call) or ()
    if kept and spoken:
        return _Said(dict.fromkeys(kept, True) | _decide(others, call, course).marks, refs.unknown)
    out = refs.known or kept
    marks = {n: keep for n in whole if n not in out} | dict.fromkeys(out, not keep)
    return _Said(marks, refs.unknown)


def _grouped(piece: str, members: tuple[int, ...], refs: Refs, call: Call) -> _Said:
    yes = polarity(piece)
    scope = narrowed(piece, call) or (members if len(members) < len(call.tasks) else ())
    if yes is None and len(re.sub(r"\W", "", piece)) > LONGEST_BESIDE + 3 and not refs.known:
        return _Said({}, refs.unknown, scope=scope)
    if yes is None and not refs.known and _FRAME.search(piece):
        # 可选任务中，…… only says what the next decisions are about.
        return _Said({}, refs.unknown, scope=scope, topic=members)
    if not refs.known:
        marks = dict.fromkeys(members, yes is not False)
        if re.search(rf"只(?:做|选|要|报|打)?[^，]*(?:{source('marks.required')})", piece):
            marks |= {n: False for n in span(piece, call) if n not in members}
        return _Said(marks, refs.unknown, scope=scope, topic=members if yes is None else ())
    inside = [n for n in refs.known if n in members]
    added = members if len(inside) < len(refs.known) and yes is not False else ()
    marks = dict.fromkeys((*added, *refs.known), yes is not False)
    if pattern("marks.only").search(piece) and inside:
        marks |= {n: False for n in members if n not in inside}
    return _Said(marks, refs.unknown, scope=scope, singly=refs.known, both=yes is False and _both(piece, call))
