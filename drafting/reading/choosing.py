"""The decisions a message makes on the task table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from drafting.reading.tasks import REFERENCE, Refs, by_name, group, library_meant, named, span
from drafting.reading.words import either, pattern, source
from knowledge.call import Call

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
    for piece in _pieces(_ENGLISH.sub("任务", text), call):
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


# ---------------------------------------------------------------- pieces
_OUTSIDE = re.compile(r"^(?!.*除(?!外))(?P<what>[^，,]{1,14}?)(?:以外|之外|除外|例外|不算在内)")
_AFTER = re.compile(
    r"(?P<whole>[^，,；;。]+)[，,](?:除了?(?P<but>[^，,；;。]{1,14}?)(?:以外|之外|外)?|(?P<what>[^，,；;。除]{1,14}?)(?:除外|例外|不算(?:在内)?))[，,](?P<does>[^，,；;。]+)"
)
_LISTED = re.compile(r"(?<=\d)\s*[，,]\s*(?=\d)")
_MARK = r"不?(?:要做|做|要|(?<![可必])选(?!做)|报|搞)|打[叉勾√×]|[√×]"
_ENGLISH = re.compile(r"(?<![a-z])(?:no\.?|task|item)\s*(?=\d)|[#№]\s*(?=\d)", re.IGNORECASE)


def _pieces(text: str, call: Call) -> list[str]:
    split = [piece for piece in re.split(r"[，,；;。！!\n…]+|但是?|不过", _joined(_led(text, call))) if piece.strip()]
    apart = [part for piece in split for part in _spaced(piece, call)]
    runs = [run for piece in _followed(apart, call) for run in _runs(piece, call)]
    return [run for run in runs if run.strip()]


def _led(text: str, call: Call) -> str:
    """An exception between a list and its decision in front of both: 9～12，11除外，都要."""

    def led(found: re.Match[str]) -> str:
        whole, what, does = found["whole"], found["but"] or found["what"], found["does"]
        waits = polarity(whole) is None and polarity(does) is not None and not named(does, call).known
        waits = waits and bool(named(whole, call).known) and not pattern("marks.rest").search(does)
        return f"除了{what}以外{whole}{does}" if waits and named(what, call).known else found.group()

    return _AFTER.sub(led, text)


def _joined(text: str) -> str:
    """The text with commas inside a list of numbers as 、; not where a new decision begins: 做10和11，12不做."""

    def listed(found: re.Match[str]) -> str:
        before = re.split(r"[，,；;。]", text[: found.start()])[-1]
        after = re.split(r"[，,；;。]", text[found.end() :])[0]
        return "，" if polarity(before) is not None and polarity(after) is not None else "、"

    return _LISTED.sub(listed, text)


def _spaced(piece: str, call: Call) -> list[str]:
    """A piece cut at the blanks where a decision ends and the next begins: 2和12做 别的都叉."""
    words, out = piece.split(), [""]
    for place, word in enumerate(words):
        rest = " ".join(words[place:])
        if out[-1] and _whole(out[-1], call) and _whole(rest, call):
            out.append(word)
        else:
            out[-1] = f"{out[-1]} {word}".strip()
    return out


def _whole(text: str, call: Call) -> bool:
    refs = named(text, call)
    spoken = refs.known or refs.unknown or group(text, call) or pattern("marks.rest").search(text)
    return polarity(text) is not None and bool(spoken)


def _followed(pieces: list[str], call: Call) -> list[str]:
    """Pieces with the decision that only the next one states: 5、6、10，都不要."""
    out: list[str] = []
    for place, piece in enumerate(pieces):
        before = out[-1] if out else ""
        later = pieces[place + 1 : place + 2]
        beside = not _names(piece, call) and polarity(piece) is None and any(_states(one, call) for one in later)
        if before and (_opens(before, piece) or (_waits(before, call) and (_states(piece, call) or beside))):
            out[-1] = f"{before}，{piece}"
        else:
            out.append(piece)
    return out


def _names(piece: str, call: Call) -> bool:
    refs = named(piece, call)
    return bool(refs.known or refs.unknown or group(piece, call))


def _opens(before: str, piece: str) -> bool:
    """True for an exception without a decision before a piece with one: 除了10到12，剩下的全做."""
    return bool(pattern("marks.except").search(before)) and polarity(before) is None and polarity(piece) is not None


def _waits(piece: str, call: Call) -> bool:
    settled = any(pattern(f"marks.{key}").search(piece) for key in ("open", "only", "required", "optional"))
    return polarity(piece) is None and not settled and bool(named(piece, call).known)


def _states(piece: str, call: Call) -> bool:
    if any(pattern(f"marks.{key}").search(piece) for key in ("except", "rest", "required", "optional")):
        return False
    refs = named(piece, call)
    return polarity(piece) is not None and not (refs.known or refs.unknown)


def _runs(piece: str, call: Call) -> list[str]:
    """A piece cut where the next task begins behind a decision: 2要6不要, 做2不做5."""
    if pattern("marks.except").search(piece) or pattern("marks.rest").search(piece):
        return [piece]
    names = either({way for task in call.tasks for way in (*task.ways, *task.nouns)})
    tokens = [
        (found.start(), found.lastgroup or "")
        for found in re.finditer(rf"(?P<mark>{_MARK})|(?P<task>{REFERENCE}|{names})", piece)
    ]
    cuts, first = [0], tokens[0][1] if tokens else ""
    for (_, before), (start, kind) in pairwise(tokens):
        later = {other for place, other in tokens if place >= start}
        if kind == first != before and len(later) > 1:
            cuts.append(start)
    return [piece[start:end] for start, end in pairwise([*cuts, len(piece)])]


def polarity(piece: str) -> bool | None:
    """True for a piece that takes, False for one that leaves, None for one that does neither."""
    if pattern("marks.open").search(piece):
        return None
    if pattern("marks.no").search(piece):
        return False
    return True if pattern("marks.yes").search(piece) else None


def bare(text: str) -> bool | None:
    """The decision a message is whose first words name no task (做吧 · 不做，没人手), else None."""
    said = re.sub(r"^(?:可以|行|好的?|嗯+|对|没问题|ok)[，,。\s]+", "", text.strip(), flags=re.IGNORECASE)
    first = re.split(r"[，,。；;！!\s]", said, maxsplit=1)[0]
    wanted = source("marks.bare").format(source("marks.no"), source("marks.yes"))
    return polarity(first) if re.fullmatch(wanted, first, re.IGNORECASE) else None


# ---------------------------------------------------------------- one piece
def _decide(piece: str, call: Call, course: _Course) -> _Said:
    if pattern("marks.open").search(piece):
        return _Said({}, scope=group(piece, call) or ())
    piece = _OUTSIDE.sub(r"除了\g<what>以外", piece)
    yes = polarity(piece)
    exception = pattern("marks.except").search(piece)
    if exception:
        return _excepted(piece, exception["what"], call, course)
    library = library_meant(piece, call)
    members, refs = group(piece, call), named(piece.replace(library[1], "") if library else piece, call)
    if pattern("marks.rest").search(piece):
        left = [n for n in members or course.scope if n not in course.marks and n not in refs.known]
        return _Said(dict.fromkeys(left, yes is True), refs.unknown)
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
        also = bool(re.search("[也还]", what))
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
    scope = members if len(members) < len(call.tasks) else ()
    if yes is None and len(re.sub(r"\W", "", piece)) > LONGEST_BESIDE + 3 and not refs.known:
        return _Said({}, refs.unknown, scope=scope)
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
