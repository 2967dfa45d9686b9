"""Names of organisations: is it a full name, a legal person of its own, of another province."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from drafting.form.regions import CITIES, COMMON
from knowledge.call.definition import Call
from knowledge.language.folding import fold

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
