"""Tasks named in a piece of text apart from counts of tasks, and words that take up a list or a group again."""

from __future__ import annotations

import re
from functools import lru_cache

from drafting.phrasebook import pattern, source
from drafting.reading.task_references import (
    FIRST,
    GROUPS,
    NUMERALS,
    REFERENCE,
    Refs,
    by_name,
    by_number,
    narrow,
    of_library,
)
from knowledge.call.definition import Call
from knowledge.language.numerals import to_number

_COUNTED = re.compile(
    r"(?<![第任务\d、一二三四五六七八九十])[一二两三四五六七八九十\d]+\s*项(?=都|全|任务|必选|可选|一[项个条]|$)|"
    r"(?<![第一二三四五六七八九十])[一二两三四五六七八九十]+项(?![、和及])|"
    r"(?<![第\d一二三四五六七八九十])[一二两三四五六七八九十\d]+\s*[个项条](?=[都全通统])|"
    r"[共前这那的]\s*\d{1,2}\s*项|(?<!\d)一个(?:都)?不"
)


_SUMMED = re.compile(rf"(?P<list>{REFERENCE})\s*这?(?P<count>[一二两三四五六七八九十]|(?<!\d)\d)\s*[项个条](?!\d)")
_RESUMED = re.compile(
    rf"(?P<list>{REFERENCE})[，,]\s*这(?P<count>[一二两三四五六七八九十]|\d{{1,2}})[项个条]"
    rf"(?:{source('marks.required')}|{source('marks.optional')}|任务|的)*"
)
_SIZED_LIST = re.compile(
    rf"(?:{source('marks.required')}|{source('marks.optional')})的?(?:任务)?"
    r"(?P<count>[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]|\d{1,2})\s*[项个条](?:任务)?"
    rf"[，,：:\s]*(?:即|也就是|就是|分别[是为]?|为|是|包括|有|：)\s*(?P<list>{REFERENCE})"
)
_AMONG = re.compile(
    r"(?<=[这那某])一(?=[个项条])|一[个项条](?=任务|\s*第?\d)|(?<=[留剩挑])一[个项条](?=[\u4e00-\u9fff])|(?:[一二三四五六七八九十]{1,2}|\d{1,2})[个项条](?:任务)?(?=[里中当之])"
)
_TEENS = re.compile(r"(?<=十[一二三四五六七八九])[二三四五六七八九](?=[个项条])")


def uncounted(text: str, call: Call) -> str:
    """The text without counts that only sum up the numbers before them: 10、11两项."""

    def bare(found: re.Match[str]) -> str:
        whole = len(by_number(found["list"], call, bare=True).known) == to_number(found["count"])
        return found["list"] + "，" if whole and len(found["list"]) > 1 else found.group()

    return _SUMMED.sub(bare, _TEENS.sub("，", _AMONG.sub("", _grouped(text, call))))


def _grouped(text: str, call: Call) -> str:
    """The text without the size of a group said behind its name: 必选8项, 可选的7个."""

    def bare(found: re.Match[str]) -> str:
        size = len(narrow(found["group"], call))
        return found["group"] if to_number(found["count"]) == size else found.group()

    return _sized().sub(bare, text)


@lru_cache(maxsize=1)
def _sized() -> re.Pattern[str]:
    groups = "|".join(source(key) for key, _ in GROUPS)
    return re.compile(
        rf"(?P<group>(?:{groups})的?(?:任务)?)(?:一共|总共|这|那|共|有|全部)*(?P<count>[一二两三四五六七八九十]{{1,2}}|\d{{1,2}})\s*[项个条]"
    )


def unnumbered(text: str, call: Call) -> str:
    """The text without a task's own number in brackets behind its name: 标准那项（5）."""
    for _, end, number in reversed(by_name(text, call)):
        found = re.match(rf"(?P<words>[^（(，,。；;]{{0,3}})[（(]\s*(?:任务)?{number}\s*[)）]", text[end:])
        if found:
            text = text[:end] + found["words"] + text[end + found.end() :]
    return text


def whole_said(text: str, call: Call) -> str:
    """The text with 任务全部 for all printed libraries by their kinds: 4库1平台."""
    wanted = _kinds(call)
    return wanted.sub("任务全部", text) if wanted else text


@lru_cache(maxsize=4)
def _kinds(call: Call) -> re.Pattern[str] | None:
    """How all libraries are counted by the words they end with; None where they all end alike."""
    ends: dict[str, list[str]] = {}
    for library in call.libraries:
        ends.setdefault(library[-1:], []).append(library)
    if len(ends) < 2:
        return None
    parts = [
        rf"(?:{len(some)}|{NUMERALS[len(some) - 1]})\s*{re.escape(end if len(some) > 1 else some[0][-2:])}"
        for end, some in ends.items()
    ]
    return re.compile(r"(?:、|和|加|\+|,|，)?\s*".join(parts))


def named(piece: str, call: Call) -> Refs:
    """The tasks a piece speaks of, by number or by name; counts of tasks (这五项, 前3项) are none."""
    said = pattern("marks.last").sub(" ", FIRST.sub(" ", uncounted(piece, call)))
    refs = by_number(_COUNTED.sub(" ", said), call, bare=True)
    hits = (one for one in _meant(refs.rest, call) if not of_library(one, refs.rest, call))
    names = tuple(n for _, _, n in hits if n not in refs.known)
    if refs.known or refs.unknown:
        names = ()
    return Refs(tuple(dict.fromkeys((*refs.known, *names))), refs.unknown, refs.rest)


def _meant(text: str, call: Call) -> tuple[tuple[int, int, int], ...]:
    """The names in a text; where it speaks of one task (……的那项), single nouns beside a fuller name are none of it."""
    hits = by_name(text, call)
    fuller = tuple(one for one in hits if text[one[0] : one[1]] not in call.task_by_number[one[2]].nouns)
    single = fuller and len({n for _, _, n in fuller}) == 1 and re.search(r"的那一?[项个条]", text)
    return fuller if single and not re.search("[和、及跟]", text) else hits


def resumed(text: str, call: Call) -> str:
    """The text without words that only take up a list again: 五、十、十一，这三个可选的要做."""

    def bare(found: re.Match[str]) -> str:
        whole = len(by_number(found["list"], call, bare=True).known) == to_number(found["count"])
        return found["list"] if whole else found.group()

    return _SIZED_LIST.sub(lambda found: _its_list(found, call), _RESUMED.sub(bare, text))


def _its_list(found: re.Match[str], call: Call) -> str:
    """可选任务贰项，即任务5与任务10: a size that is the list's own says nothing of the whole group."""
    whole = len(by_number(found["list"], call, bare=True).known) == to_number(found["count"])
    return found["list"] if whole else found.group()
