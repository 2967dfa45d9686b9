"""A message on the task table cut into decisions, and which way each of them goes."""

from __future__ import annotations

import re
from itertools import pairwise

from drafting.phrasebook import any_of, pattern, source
from drafting.reading.task_counts import named, resumed
from drafting.reading.task_references import REFERENCE, group, library_words
from knowledge.call.definition import Call

_AFTER = re.compile(
    r"(?P<whole>[^，,；;。]+)[，,](?:除了?(?P<but>[^，,；;。]{1,14}?)(?:以外|之外|外)?|(?P<what>[^，,；;。除]{1,14}?)(?:除外|例外|不算(?:在内)?))[，,](?P<does>[^，,；;。]+)"
)
_LISTED = re.compile(r"(?<=\d)\s*[，,]\s*(?=\d)")
_MARK = r"不?(?:要做|做|要|(?<![可必])选(?!做)|报|搞)|打[叉勾√×]|[√×]"
_ENGLISH = re.compile(r"(?<![a-z])(?:no\.?|task|item)\s*(?=\d)|[#№]\s*(?=\d)", re.IGNORECASE)


def pieces(text: str, call: Call) -> list[str]:
    """A message on the task table cut where one decision ends and the next begins; exceptions stand first."""
    text = _among(resumed(_ENGLISH.sub("任务", _breathed(text, call)), call), call)
    split = [piece for piece in re.split(r"[，,；;。！!\n…]+|但是?|不过", _joined(_led(text, call))) if piece.strip()]
    apart = [part for piece in split for part in _spaced(piece, call)]
    runs = [run for piece in _followed(apart, call) for run in _runs(piece, call)]
    return [run for run in runs if run.strip()]


def _breathed(text: str, call: Call) -> str:
    """A comma between a decision and the next library or the rest, where nobody typed one: ……不弄其他都弄."""
    decides = rf"(?:{source('marks.no')}|{source('marks.yes')})"
    begins = rf"(?:{library_words(call)}|其[他它余]的?|剩下的?)[^，,；;。\n]{{0,20}}?{decides}"
    return re.sub(rf"({decides}[吧了啊呢的]?)(?={begins})", r"\1，", text, flags=re.IGNORECASE)


def _led(text: str, call: Call) -> str:
    """An exception between a list and its decision in front of both: 9～12，11除外，都要."""

    def led(found: re.Match[str]) -> str:
        whole, what, does = found["whole"], found["but"] or found["what"], found["does"]
        waits = polarity(whole) is None and polarity(does) is not None and not named(does, call).known
        waits = waits and bool(named(whole, call).known) and not pattern("marks.rest").search(does)
        return f"除了{what}以外{whole}{does}" if waits and named(what, call).known else found.group()

    return _AFTER.sub(led, text)


_AMONG = re.compile(
    r"(?P<list>[^，,；;。\n]{1,24}?)(?:这?[一二两三四五六\d][项个条])?(?:里[头面边]?|当中|之中|之间|中间|[二三四]选一)[，,]?"
    r"(?:我们|就|只|先|仅|单|光|挑|选)*(?:做|要|选|留|上|报|挑)(?:个|了)?(?P<some>[^，,；;。\n]{1,16})"
)


def _among(text: str, call: Call) -> str:
    """5跟6里头只做5 as what is done and what is not; the text as it is when it takes no part of a list."""

    def apart(found: re.Match[str]) -> str:
        every, some = named(found["list"], call).known, named(found["some"], call).known
        if not set(some) < set(every) or not some:
            return found.group()
        return "，".join(f"任务{number}{'做' if number in some else '不做'}" for number in every)

    return _AMONG.sub(apart, text)


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
    names = any_of({way for task in call.tasks for way in (*task.ways, *task.nouns)})
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
    piece = pattern("marks.opinion").sub("", piece)
    if pattern("marks.no").search(piece):
        return False
    return True if pattern("marks.yes").search(piece) else None
