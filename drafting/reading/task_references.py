"""Which tasks a piece of text speaks of, and whether it takes or leaves them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from drafting.phrasebook import any_of, pattern, source
from drafting.reading.setting import Setting
from knowledge.call.definition import Call, Task
from knowledge.language.numerals import to_number

NUMERALS = "一二三四五六七八九十"
_DIGITS = rf"(?:\d{{1,3}}|[{NUMERALS}]{{1,3}}(?![方者年月位家个块些下起样般定直共边句点并律概致旦成栏格行{NUMERALS}]))"
_ONE = rf"(?:任务|第)?\s*{_DIGITS}\s*(?:项|号|条|个)?(?:任务)?"
_SPAN = rf"{_ONE}\s*(?:到|至|-|~|—+|–)\s*{_ONE}"
_JOIN = r"\s*(?:、|和|及|与|跟|还有|,|，|/|\+|\s)\s*"
# 任务1，120TB and 任务3，12个 go on with a figure, not with another task.
_FIGURE = (
    r"(?!\d+(?:\.\d+)?\s*(?:[EPTGMeptgm][Bb]?(?![A-Za-z])|[万亿张帧套家款]|小时))"
    r"(?!(?<=[，,])\d+\s*[个件]\s*(?:$|[，,。；;]))"
)
_LIST = rf"(?:{_SPAN}|{_ONE})(?:{_JOIN}{_FIGURE}(?:{_SPAN}|{_ONE}))*"
_MARKED = re.compile(rf"任务\s*{_LIST}|第\s*{_LIST}(?<=[项号条个务])")
_BARE = re.compile(_LIST)
REFERENCE = _LIST
_TO = r"\s*(?:项|号|条)?\s*(?:到|至|-|~|—+|–)\s*(?:任务|第)?\s*"
_PIECE = re.compile(rf"(?P<low>{_DIGITS})(?:{_TO}(?P<high>{_DIGITS}))?")

GROUPS: tuple[tuple[str, dict[str, bool]], ...] = (
    ("marks.required", {"required": True}),
    ("marks.optional", {"required": False}),
    ("marks.unstarred", {"starred": False}),
    ("marks.starred", {"starred": True}),
)
FIRST = re.compile(rf"(?:[前头]|最前面?的?|开[始头]的?)\s*(两|{_DIGITS})\s*[项个条]")
_RUN = re.compile(r"(?<![一二两三四五六七八九十百千])[一二三四五六七八九]{2,}(?![一二三四五六七八九十百千万项个家])")
_WHOLE = (
    r"(?:[^，,。；;\d]{0,6}?(?:都|全|[仨俩]|(?:[一二两三四五六七八九十]|\d{1,2})\s*[项个])"
    r"|里[面头边]?|当中|[这那]块|方面|部分|(?=只|仅|单|就)|[那这][条项个](?=必选|可选|选做|必做)|这?(?:整个|一整?块|一?大?类|一?大块)|那(?:一)?(?:组|类|块|部分)|下面|的(?=可选|必选|选做|必做))"
)
_AND = r"\s*(?:、|和|及|与|跟|还有|,|，)\s*"


@dataclass(frozen=True)
class Refs:
    """Task numbers found in a text, numbers no task has, and the text with them blanked out."""

    known: tuple[int, ...]
    unknown: tuple[int, ...]
    rest: str


@lru_cache(maxsize=128)
def by_number(text: str, call: Call, *, bare: bool) -> Refs:
    """Tasks named by number; without `bare` only numbers after 任务 or 第 count."""
    numbers: list[int] = []
    text = pattern("marks.date").sub(lambda found: " " * len(found.group()), text)
    text = _RUN.sub(lambda run: "、".join(run.group()), text) if bare else text

    def blank(match: re.Match[str]) -> str:
        for piece in _PIECE.finditer(match.group()):
            low, high = int(to_number(piece["low"]) or 0), int(to_number(piece["high"] or piece["low"]) or 0)
            numbers.extend(range(low, high + 1) if 0 < high - low < 100 else (low, high))
        return " " * len(match.group())

    rest = (_BARE if bare else _MARKED).sub(blank, text)
    order = tuple(dict.fromkeys(numbers))
    known = tuple(one for one in order if one in call.task_by_number)
    return Refs(known, tuple(one for one in order if one not in call.task_by_number), rest)


@lru_cache(maxsize=128)
def by_name(text: str, call: Call) -> tuple[tuple[int, int, int], ...]:
    """(start, end, task number) of every way a task is spoken of, the longest at each place."""
    lowered, people = text.lower(), pattern("amounts.people")
    hits = [
        (match.start(), match.end(), number)
        for way, wanted, number, noun in _ways(call)
        # Most ways are not there, and looking for a word costs a tenth of what an expression does.
        if way in lowered
        for match in wanted.finditer(text)
        # 研发人员 are no task although 研发 is.
        if not noun or not people.match(text, match.end())
    ]
    hits.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
    kept: list[tuple[int, int, int]] = []
    for hit in hits:
        if all(hit[1] <= other[0] or hit[0] >= other[1] for other in kept):
            kept.append(hit)
    return tuple(sorted(kept))


def of_library(hit: tuple[int, int, int], text: str, call: Call) -> bool:
    """True for a name of a task that is a part of a library's: 标准库 is no standard."""
    start, end, _ = hit
    return any(
        one.start() <= start and end <= one.end() and one.end() - one.start() > end - start
        for library in call.libraries
        for size in (3, 4, 5)
        for one in re.finditer(re.escape(library[-size:]), text)
    )


@lru_cache(maxsize=4)
def _ways(call: Call) -> tuple[tuple[str, re.Pattern[str], int, bool], ...]:
    """(way in small letters, its expression, task number, whether it is only a noun of it) for every way of a task."""
    return tuple(
        (way.lower(), re.compile(re.escape(way), re.IGNORECASE), task.number, way in task.nouns)
        for task in call.tasks
        for way in task.names
    )


@lru_cache(maxsize=128)
def group(text: str, call: Call) -> tuple[int, ...] | None:
    """The tasks of a group the text names (必选, 可选, 标*, all of them), None when it names none."""
    kind = narrow(text, call)
    if kind:
        return some_of(text, kind) or kind
    some = some_of(text, call.numbers())
    if some:
        return some
    library = library_meant(text, call)
    if library:
        return _within(library[0], call)
    return call.numbers() if pattern("marks.all").search(text) else None


@lru_cache(maxsize=128)
def narrow(text: str, call: Call) -> tuple[int, ...]:
    """The tasks that 必选, 可选 or 标* narrow a text to; none without such words."""
    wanted: dict[str, bool] = {}
    for key, part in GROUPS:
        if pattern(key).search(text):
            wanted = {**part, **wanted}
    libraries = library_meant(text, call) if wanted else None
    every = call.numbers(**wanted) if wanted else ()
    return tuple(n for n in every if not libraries or n in _within(libraries[0], call))


def some_of(text: str, every: tuple[int, ...]) -> tuple[int, ...]:
    """Those of some tasks that 前三个, 最后一项, 前四项加后三项, 单数的 mean; none without such words."""
    first, found = FIRST.search(text), pattern("marks.last").search(text)
    parity = pattern("marks.parity").search(text)
    head = every[: int(to_number(first.group(1)) or 0)] if first else ()
    if not found:
        return head or (tuple(n for n in every if n % 2 == bool(parity["odd"])) if parity else ())
    count = int(to_number(found["count"] or found["nth"] or found["tail"]) or 1)
    return tuple(dict.fromkeys((*head, *(every[-count:][:1] if found["nth"] else every[-count:]))))


def narrowed(text: str, call: Call) -> tuple[int, ...]:
    """The group that a text takes some of by their places: 可选里的前三个; none where it takes none."""
    return narrow(text, call) if some_of(text, call.numbers()) else ()


def _within(libraries: tuple[str, ...], call: Call) -> tuple[int, ...]:
    return tuple(task.number for task in call.tasks if task.library in libraries)


def span(text: str, call: Call) -> tuple[int, ...]:
    """The tasks that a narrower group of the text (必选, 可选) is part of: those of its libraries, else all."""
    libraries = library_meant(text, call)
    return _within(libraries[0], call) if libraries else call.numbers()


@lru_cache(maxsize=128)
def library_meant(text: str, call: Call) -> tuple[tuple[str, ...], str] | None:
    """The printed libraries a text means as a whole (平台那三项, 标准库的都) and the words that mean them."""
    hits = [(found, ends, end) for end, wanted, ends in _ends(call) if end in text and (found := wanted.search(text))]
    if not hits:
        return None
    # 资源库两项、技术库一项 means both, and the longer words of one library hold the shorter.
    found, ends, end = max(hits, key=lambda one: len(one[0].group()))
    meant = tuple(ends[one] for one in re.findall(any_of(set(ends)), found.group()))
    return meant or (ends[end],), found.group()


@lru_cache(maxsize=4)
def _ends(call: Call) -> tuple[tuple[str, re.Pattern[str], dict[str, str]], ...]:
    """(last words of a library, how all of it is meant, library by such words), the longest words first."""
    sizes = (max(map(len, call.libraries), default=0), 5, 4, 3, 2)
    tables = [{one[-size:]: one for one in call.libraries if len(one) >= size} for size in sizes]
    ends = {end: library for table in tables if len(table) == len(call.libraries) for end, library in table.items()}
    counted = r"(?:[一二两三四五六七八九十\d]+\s*[项个条])?"
    several = rf"(?:(?:{any_of(set(ends))}){counted}{_AND})*"
    out = []
    for end, library in ends.items():
        whole = rf"(?:{_WHOLE}|[那这][条项个])" if len(_within((library,), call)) == 1 else _WHOLE
        out.append((end, re.compile(rf"{several}{re.escape(end)}{whole}"), ends))
    return tuple(out)


def whole_library(text: str, call: Call) -> tuple[int, ...]:
    """The tasks of the library that a text begins with the last words of; none where it begins with none."""
    ends = {end: library for _, _, table in _ends(call) for end, library in table.items()}
    found = re.match(any_of(set(ends)), text)
    return _within((ends[found.group()],), call) if found else ()


@lru_cache(maxsize=4)
def library_words(call: Call) -> str:
    """A pattern for the libraries by their last words."""
    return any_of({end for end, _, _ in _ends(call)})


def mentioned(text: str, call: Call) -> tuple[int, ...]:
    """Task numbers a unit's duty speaks of (任务1、3和8；做3、9), in order, only ones the call has."""
    refs = by_number(text, call, bare=True)
    return refs.known


def describe(task: Task) -> str:
    """How a task is named to a person: 任务5（编制标准）."""
    return f"任务{task.number}（{task.short}）"


_BEGINS: Final = re.compile("任务|工作")


def spelt(shown: str, setting: Setting) -> str:
    """负责其余的数据集库任务 as 负责任务7、8 …; words that mean no tasks that can be told stay as they are."""
    if not _BEGINS.search(shown):
        return shown
    for wanted in _group_ways(setting.call):
        shown = wanted.sub(lambda found: _numbers(found, setting), shown)
    return shown


def _numbers(found: re.Match[str], setting: Setting) -> str:
    tasks = _meant(found, setting.call)
    if found["rest"]:
        before = by_number(found.string[: found.start()], setting.call, bare=True).known
        tasks = tuple(number for number in tasks if number not in before)
    left = {number for number, choice in setting.draft.tasks.items() if not choice.selected}
    tasks = tuple(number for number in tasks if number not in left)
    verb = found.groupdict().get("verb") or ""
    return f"{verb}任务{'、'.join(map(str, tasks))}" if tasks else found.group()


def _meant(found: re.Match[str], call: Call) -> tuple[int, ...]:
    """The one task of that name where no size is given, else a whole library or group; nothing where sizes differ."""
    what = found["what"]
    names = {number for hit in by_name(what, call) if not of_library(hit, what, call) for number in hit[2:]}
    if len(names) == 1 and not found["count"]:
        return tuple(names)
    whole = narrow(what, call) or whole_library(what, call)
    size = to_number(found["count"][:-1]) if found["count"] else len(whole)
    return whole if size == len(whole) else ()


@lru_cache(maxsize=4)
def _group_ways(call: Call) -> tuple[re.Pattern[str], ...]:
    groups = f"{library_words(call)}|{source('marks.required')}|{source('marks.optional')}"
    tail = source("members.group_tail")
    return tuple(re.compile(source(f"members.{key}").format(groups, tail)) for key in ("group_taken", "group_given"))
