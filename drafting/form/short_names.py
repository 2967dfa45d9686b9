"""Names of organisations as they stand in a text, and the shorter ways people come back to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from drafting.form.organisations import CITIES, is_short_name
from drafting.phrasebook import any_of, source
from knowledge.language.folding import is_subsequence

_BRANCH = rf"(?:[\u4e00-\u9fff]{{1,8}}(?:{source('members.branches')}))?"
_NOT = "我们|我司|咱们|本公司|本单位|贵|该|自己|牵头|参与|推荐|一家"
_ASIDE = r"(?:（(?![^）]*(?:任务|承担|负责|牵头|做|管|\d))[^）]{2,12}）)?"
_CHAR = rf"(?:(?!{source('members.never')})[\u4e00-\u9fffA-Za-z0-9（）()·&-])"
# 集团有限公司 ends with its last word; 所有 and 院士 are no endings.
_LONGER = (
    r"(?!(?:(?![和与及跟同的])[\u4e00-\u9fff]){0,4}(?:(?:有限|股份|责任|集团)+公司|附属|研究院|研究所|医院|实验室|分校))"
    r"(?![有以属在长士子])"
)
_STEMS = {re.sub(r"(?:省|市|特别行政区|自治区)$", "", province) for province in CITIES}
_PLACES = rf"(?:{any_of(_STEMS | {city for cities in CITIES.values() for city in cities.split()})})[省市]?"
# 有南京某某公司 opens with a verb, 有方科技公司 doesn't.
_VERB = rf"(?:[有是和与及由用为叫加请让做含增了上来把将的入纳到家个]+(?={_PLACES}))"
# No name begins in the middle of a word that is none of it: 吸收某某公司, 牵头某某公司.
_INSIDE = "(?<=牵)头|(?<=吸)[收纳]|(?<=接)纳|(?<=同)意|(?<=协)商"
NAME = rf"(?!{_INSIDE})(?!{_NOT}|{_VERB}){_CHAR}{{2,40}}?(?:{source('members.kinds')}){_LONGER}{_ASIDE}{_BRANCH}"
ONE = re.compile(NAME)

_LEAST = 2
_LED = re.compile(rf"^(?:{_PLACES})+")
_PLACE = re.compile(_PLACES)


def referred(text: str, names: Iterable[str]) -> str:
    """The text with recorded names written out where only their distinctive part stands: 榫卯那家 · 榫卯公司."""
    known = sorted({name for name in names if name}, key=len, reverse=True)
    text = ONE.sub(lambda found: _written_out(found.group(), known), text)
    if len(known) == 1:
        text = re.sub(rf"^{source('members.pronoun')}", known[0], text)
    kinds = source("members.kinds_said")
    for way in (
        rf"({kinds})(?:{source('members.that')})",
        rf"(?<![\u4e00-\u9fff])({kinds})(?={source('members.does')})",
        rf"(?<=[给由归])({kinds})(?=$|[，,。；;]|来|去|{source('members.does')})",
    ):
        text = re.sub(way, lambda said: _of_kind(said, known), text)
    for name in known:
        short = _said_short(text, name, known)
        if short:
            text = re.sub(rf"{re.escape(short)}(?:{source('members.that')})?", name, text, count=1)
    return text


def _of_kind(said: re.Match[str], known: list[str]) -> str:
    """The one recorded name that ends with a kind (协会那家), or else holds it; else the words as said."""
    for fits in (str.endswith, str.__contains__):
        fitting = [name for name in known if fits(name, said.group(1))]
        if fitting:
            return fitting[0] if len(fitting) == 1 else said.group()
    return said.group()


def _written_out(said: str, known: list[str]) -> str:
    """The one recorded name a short name stands for (南京榫卯公司), else the name as it was said."""
    short = is_short_name(said) or not _PLACE.search(said)
    fitting = [name for name in known if short and is_subsequence(said, name)]
    return fitting[0] if len(fitting) == 1 else said


def _said_short(text: str, name: str, known: list[str]) -> str:
    """The longest part of a name that a text uses instead of it and no other recorded name has, else ""."""
    if name in text:
        return ""
    left = text
    for full in (*known, *(found.group() for found in ONE.finditer(text) if _PLACE.search(found.group()))):
        left = left.replace(full, "\n" * len(full))
    parts = (name[i:j] for i in range(len(name)) for j in range(len(name), i + _LEAST - 1, -1))
    said = [part for part in parts if part in left and _tells(part, name, known) and _stands(part, name, text)]
    return max(said, key=len, default="")


def _stands(part: str, name: str, text: str) -> bool:
    """True where a part stands for the whole: its beginning anywhere, another part only alone or before 那家.

    固态酿造全过程 speaks of no 蒹葭酿造技术研究院.
    """
    alone = rf"{part}的?(?:{source('members.that')})|(?<![\u4e00-\u9fff]){part}(?=再|还|$|{source('members.does')})"
    return distinctive(name)[:_LEAST] in part or bool(re.search(alone, text))


def _tells(part: str, name: str, known: list[str]) -> bool:
    """True for a part that belongs to this name alone and holds some of its distinctive core."""
    core = distinctive(name)
    apart = all(part not in other for other in known if other != name)
    inside = any(part[i : i + _LEAST] in core for i in range(len(part) - _LEAST + 1))
    return apart and len(core) >= _LEAST and inside


@lru_cache(maxsize=256)
def distinctive(name: str) -> str:
    """A name without the place before it and the words of trade and kind behind it."""
    bare = _LED.sub("", name)
    return bare[:1] + re.split(rf"(?:{source('members.trades')})", bare[1:], maxsplit=1)[0]
