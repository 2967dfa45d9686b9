"""Names of organisations: a full name, a legal person of its own, of another province; two writings of one name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations
from typing import Final

from drafting.phrasebook import source, table
from knowledge.call.definition import Call
from knowledge.language.folding import fold, is_subsequence

CITIES: Final[dict[str, str]] = table("cities")
COMMON: Final = frozenset(source("places.common").split())
PROVINCE_SUFFIX = re.compile(r"(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)$")
BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
LEGAL_WORDS: Final = """
公司 大学 学院 学校 研究院 研究所 设计院 科学院 技术院 协会 学会 商会 联合会 促进会 研究会 理事会 委员会
中心 联盟 院 所 厂 社 局 馆 站 会 银行 医院 基金 合伙) 实验室 机构 部 处 队 园 场 库 办公室 工作室 平台 组织 企业 矿
"""
LEGAL_ENDINGS: Final = tuple(LEGAL_WORDS.split())
COMPANY_FORM = re.compile(r"(有限|责任|股份|总|集团|合伙|控股|分|子|国有|省|市)公司$")
DEPARTMENT = re.compile(r"(公司|集团)[^公]{0,10}(部|处|科|车间|工厂|项目组|营业部|门店)$")
REGISTERED = re.compile(r"(?:注册|登记)(?:地址|地|住所)?(?:登记)?(?:为|于|在|是|位于|[:：])*(?:中国)?")


@cache
def _outside(region: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that open names of other provinces, and those of this one."""
    abroad: list[str] = []
    home: list[str] = []
    for province, cities in CITIES.items():
        stem = PROVINCE_SUFFIX.sub("", province)
        words = [stem, *(city if city not in COMMON else f"{city}市" for city in cities.split())]
        (home if province == region else abroad).extend(words)
    return tuple(abroad), tuple(home)


def _stems(call: Call) -> Iterator[str]:
    yield PROVINCE_SUFFIX.sub("", call.call.region)
    yield from _outside(call.call.region)[1]
    yield from (re.sub(r"[市州县区]$", "", one.city) for one in call.recommenders)


def place_outside(name: str, call: Call) -> str:
    """The place of another province that opens `name`, "" when none does or a place of the call's own is named too."""
    text = re.sub(r"^中国", "", fold(name))
    if any(stem in text for stem in _stems(call)):
        return ""
    return next((word for word in _outside(call.call.region)[0] if text.startswith(word)), "")


def registered_outside(profile: str, call: Call) -> str:
    """The place of another province in which a profile says the organisation is registered, else ""."""
    text = fold(profile)
    for found in REGISTERED.finditer(text):
        place = place_outside(text[found.end() : found.end() + 12], call)
        if place:
            return place
    return ""


def _bare(name: str) -> str:
    return BRACKETS.sub("", fold(name)).rstrip("。.;,")


def branch_word(name: str, call: Call) -> str:
    """The ending that makes `name` a part of an organisation (分公司), "" when it can be a legal person of its own."""
    text = _bare(name)
    ending = next((word for word in call.consortium.not_legal_person if text.endswith(word)), "")
    department = DEPARTMENT.search(text)
    return ending or (department.group(2) if department else "")


def is_short_name(name: str) -> bool:
    """True for what is plainly no full name: without the ending of a registered name, or 公司 without its form."""
    text = _bare(name)
    if not text.endswith(LEGAL_ENDINGS):
        return True
    return text.endswith("公司") and COMPANY_FORM.search(text) is None


# ---------------------------------------------------------------- two writings of one name
FORM = re.compile(r"(?:(?:集团)?(?:股份有限|有限责任|股份|有限)?公司|集团)$")
ALIKE = 0.75
LEAST = 4  # a shorter name inside a longer one says nothing


def namesakes(names: Sequence[str], call: Call) -> Iterator[tuple[str, str]]:
    """Pairs of folded names that seem to mean one organisation, each pair once, in the order given.

    A short name that fits several full ones is nobody's.
    """
    cores = {name: core(name, call) for name in names}
    pairs = [pair for pair in combinations(names, 2) if _akin(pair, cores)]
    fits = [one for pair in pairs for one in pair]
    for pair in pairs:
        short = [one for one in pair if is_short_name(one) and fits.count(one) > 1]
        if not short or cores[pair[0]] == cores[pair[1]]:
            yield pair


def alike(one: str, other: str) -> bool:
    """True when a name looks like the other corrected or completed, not like another organisation's."""
    bare, full = sorted((FORM.sub("", BRACKETS.sub("", fold(name))) for name in (one, other)), key=len)
    inside = len(bare) >= LEAST and is_subsequence(bare, full)
    return inside or SequenceMatcher(None, bare, full, autojunk=False).ratio() >= ALIKE


def core(name: str, call: Call) -> str:
    """The name without remarks, legal form and region; what little would be left over stays as it is."""
    bare = BRACKETS.sub("", name)
    region = call.call.region
    for opening in (region, PROVINCE_SUFFIX.sub("", region)):
        if bare.startswith(opening) and len(FORM.sub("", bare[len(opening) :])) >= LEAST:
            bare = bare.removeprefix(opening)
    found = FORM.sub("", bare)
    return found if len(found) > 1 else bare


def _akin(pair: tuple[str, str], cores: dict[str, str]) -> bool:
    if cores[pair[0]] == cores[pair[1]]:
        return True
    short, full = sorted(pair, key=len)
    if not is_short_name(short) or is_short_name(full):
        return False
    inside, whole = cores[short], cores[full]
    if len(inside) >= LEAST and inside in whole:
        return True
    return 2 <= len(inside) < len(whole) and inside[0] == whole[0] and is_subsequence(inside, full)
