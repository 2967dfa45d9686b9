"""What a question leaves unsaid because an earlier one said it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.answers.interpretation import Reading
from knowledge.answers.lexicon import Lexicon
from knowledge.answers.question import features
from knowledge.call.definition import Call
from knowledge.language.normal import NUMERAL, number

LEANING = re.compile(
    r"^(?:如果|要是|万一|假如|那|它|他|这|该|其|还有|再|换成|如果换|要是换|同样|另外|还|然后|接着|下一|上一|后面|前面|刚才|上面|以及|and|then)"
    r"|呢[?。!]*$|(?:这|那)(?:俩|两|二|三|几|些|个|项|条|家|一)|它们?|上述|后者|前者|刚刚|刚说"
)
TOGETHER = re.compile(r"(?:这|那|它们?)(?:俩|两|二|三|四|几|些)|它们|都(?!市)|哪个|前者|后者|一起")
NEXT, BEFORE = (
    re.compile(r"下一?(?:项|个|条|题)|后面(?:那个|一个)"),
    re.compile(r"上一?(?:项|个|条|题)|前一(?:项|个)|前面(?:那个|一个)"),
)
# Who asks which or how many of all there are points back to none of them.
WHOLE = re.compile(
    r"^(?!.*(?:其中|这里|里面|还有|剩下|其他|其余|另外|别的))"
    r".*(?:哪些|哪几[个项条]|(?:多少|一共几|总共几)[个项条])(?:任务|集群|产业链)"
)
SUBJECTS = ("tasks", "named", "libraries", "clusters", "chains", "products", "sections", "fields", "kinds")
SLOTS = ("subject", "set", "role", "body", "aspect", "hard", "mod")
ORDINAL = re.compile(r"第([一二三四五六123456])[个项条](?!任务)|(前|后|最后)[面一]?[一个]个?(?!任务)|(前|后)者")
PART = re.compile(r"^那?第?([一二三四五六七八九十])呢")
BARE = re.compile(rf"^(?:那个?|这个|再|还有|换成|下面|后面|上面)*({NUMERAL})(?:号|项)?(?:呢|要|是|必|也|可|吗|[?]|$)")
INSTEAD = re.compile(r"^那?.{2,8}呢[?。!]*$")
AXES = ({"必选", "可选"}, {"带星", "不带星"})
SHORT = 12
PLAIN, FEW = frozenset({"是否"}), 4


def resolve(current: Reading, earlier: Sequence[Reading], call: Call, lexicon: Lexicon) -> Reading:
    """The current question with what it leaves open filled in from the earlier ones, oldest first."""
    if not earlier:
        return current
    before = earlier[-1]
    if not current.cities and not current.outside:
        current = replace(current, cities=before.cities)
    said = tuple(dict.fromkeys(task for one in earlier for task in one.tasks or one.named))
    if said and (match := BARE.search(current.text)) and number(match[1]) in call.task_by_number:
        current = replace(current, tasks=(number(match[1]) or 0,), tokens=current.tokens | {"task"})
    if _alone(current):
        return current
    if not leans(current, lexicon):
        return _backed(current, before)
    if step := (1 if NEXT.search(current.text) else -1 if BEFORE.search(current.text) else 0):
        return _stepped(current, before, step, call, lexicon)
    if before.sections and (match := PART.search(current.text)):
        wanted = number(match[1]) or 0
        named = tuple(one.id for one in call.sections[wanted - 1 : wanted])
        current = replace(current, sections=named, tokens=current.tokens | {"section"})
    if len(said) > 1 and (match := ORDINAL.search(current.text)):
        return _filled(replace(current, tasks=(said[_place(match, len(said))],), named=()), before, lexicon)
    if TOGETHER.search(current.text) and not _names(current):
        before = replace(before, tasks=said)
    return _filled(current, before, lexicon)


def _alone(reading: Reading) -> bool:
    """True for what asks of all there are, and for a message of which nothing is known but that it asks whether.

    With what was asked before that would be answered again, whatever is meant.
    """
    if LEANING.search(reading.text):
        return False
    if WHOLE.search(reading.text) and not _names(reading):
        return True
    return not reading.tokens or (reading.tokens <= PLAIN and len(reading.text.rstrip("?。!")) > FEW)


def _backed(current: Reading, before: Reading) -> Reading:
    """A short question that can stand alone but names nothing keeps what was talked about in the background."""
    if _names(current) or len(current.text) >= SHORT:
        return current
    filled = replace(current, **{one: getattr(before, one) for one in SUBJECTS})
    lent = features(filled) - current.tokens
    return replace(filled, tokens=current.tokens | lent, aside=current.aside | lent)


def leans(reading: Reading, lexicon: Lexicon) -> bool:
    """True when a question can't stand alone: it points back, or is short and lacks a thing or a point asked."""
    if LEANING.search(reading.text):
        return True
    thing = _names(reading) or any(_has(reading, one, lexicon) for one in ("subject", "body"))
    complete = thing and _has(reading, "aspect", lexicon)
    return len(reading.text) < SHORT and not complete


def _names(reading: Reading) -> bool:
    return any(getattr(reading, name) for name in SUBJECTS if name != "fields")


def _slot(token: str, lexicon: Lexicon) -> str:
    return lexicon.concepts[token].slot if token in lexicon.concepts else ""


def _has(reading: Reading, slot: str, lexicon: Lexicon) -> bool:
    return any(_slot(token, lexicon) == slot for token in reading.tokens)


def _place(match: re.Match[str], count: int) -> int:
    wanted = number(match[1]) if match[1] else 1 if "前" in match[0] else count
    return min(wanted or 1, count) - 1


def _stepped(current: Reading, before: Reading, step: int, call: Call, lexicon: Lexicon) -> Reading:
    said = before.tasks or before.named
    target = said[-1] + step if said else 0
    if target not in call.task_by_number:
        return _filled(_beside(current, before, step, call), before, lexicon)
    return _filled(replace(current, tasks=(target,), named=()), before, lexicon)


def _beside(current: Reading, before: Reading, step: int, call: Call) -> Reading:
    """The group, cluster or part that stands beside the one talked about before."""
    place = _neighbour(before.libraries, call.libraries, step)
    if place:
        return _naming(replace(current, libraries=(place,)))
    place = _neighbour(before.clusters, tuple(one.name for one in call.clusters), step)
    if place:
        return _naming(replace(current, clusters=(place,)))
    place = _neighbour(before.sections, tuple(one.id for one in call.sections), step)
    return _naming(replace(current, sections=(place,))) if place else current


def _neighbour(said: Sequence[str], row: Sequence[str], step: int) -> str:
    """What stands a step beside the last thing said; empty when nothing does."""
    place = row.index(said[-1]) + step if said and said[-1] in row else -1
    return row[place] if 0 <= place < len(row) else ""


def _naming(reading: Reading) -> Reading:
    return replace(reading, tokens=reading.tokens | features(reading))


def _filled(current: Reading, before: Reading, lexicon: Lexicon) -> Reading:
    own = _names(current)
    names = {} if own else {one: getattr(before, one) for one in SUBJECTS}
    if not current.cities and not current.outside:
        names |= {one: getattr(before, one) for one in ("cities", "outside")}
    filled = replace(current, **names)
    lent = {token for token in before.tokens if _lends(token, current, before, lexicon)}
    named = features(filled)
    tokens = current.tokens | lent | named
    if not own and not _owns_subject(current, lexicon):
        return replace(filled, tokens=tokens, aside=current.aside)
    background = (lent - _points(lent, lexicon)) | (named - current.tokens)
    return replace(filled, tokens=tokens, aside=current.aside | background)


def _owns_subject(reading: Reading, lexicon: Lexicon) -> bool:
    return _has(reading, "subject", lexicon)


def _points(tokens: set[str], lexicon: Lexicon) -> set[str]:
    return {token for token in tokens if _slot(token, lexicon) in ("aspect", "hard", "set")}


def _lends(token: str, current: Reading, before: Reading, lexicon: Lexicon) -> bool:
    slot = _slot(token, lexicon)
    if slot == "subject":
        if INSTEAD.search(current.text) and _owns_subject(current, lexicon):
            return False
        return not _names(current) and not (_owns_subject(current, lexicon) and _has(current, "aspect", lexicon))
    if slot == "set":
        asked_of_one = len(before.tasks or before.named) == 1 and _has(current, "aspect", lexicon)
        return not asked_of_one and not any(token in axis and axis & current.tokens for axis in AXES)
    if slot in ("aspect", "hard"):
        return not any(_has(current, one, lexicon) for one in ("aspect", "hard"))
    return slot in SLOTS and not _has(current, slot, lexicon)
