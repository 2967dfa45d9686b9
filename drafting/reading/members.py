"""Participating units as a message introduces them, one or several, with profile and tasks."""

from __future__ import annotations

import re

from drafting.draft import LEAD
from drafting.reading.tasks import mentioned
from drafting.reading.understood import Unit
from knowledge.call import Call

_KIND = "有限责任公司|股份有限公司|有限公司|集团公司|集团|公司|大学|学院|研究院|研究所|研究中心|实验室|协会|学会|商会|联盟|促进中心|促进会|中心|医院|学校|基金会|工作站|厂|院|所"
NAME = rf"[\u4e00-\u9fffA-Za-z0-9（）()·&-]{{2,40}}?(?:{_KIND})(?:（[^）]{{2,12}}）)?(?:[\u4e00-\u9fff]{{1,8}}(?:分公司|分院|分中心|分厂|办事处))?"
_NAME = re.compile(NAME)
_LEAD_IN = re.compile(
    r"^(?:[\s\-•·*]|[（(]?\d{1,2}[)）.、．]|第?[一二三四五六七八九十\d]+家?(?:是|为|[：:、])|"
    r"(?:参与|成员|合作)单位\d*(?:一共|共)?(?:有|是|为)?(?:[一二两三四五六七八九十\d]+家)?[：:，,。]?|"
    r"[一二两三四五六七八九十\d]+家参与[：:]?|还有|另外|再?加上?|以及|和|与|、|分别是|包括|有|就是|是)+"
)
_TAKES = re.compile(r"(?:承担|负责|做|参与|干|分工[是为：:]?|任务(?=[\s：:]*\d|是|为))(?P<what>[^。；;\n]*)")
_LEADS = re.compile(r"^(?:我们(?:自己|公司|单位)?|本单位|牵头(?:单位|方|企业)?|牵头的)(?:（牵头(?:单位)?）|\(牵头\))?(?:也|自己|来)?(?:承担|负责|做|干)")
_REMOVE = re.compile(rf"(?:去掉|删掉|删除|不用|不要|踢掉|取消|拿掉|移除|退出的是)\s*(?P<name>{NAME})|(?P<late>{NAME})(?:不参加|退出|不参与|不做)了?")
_SWAP = re.compile(rf"(?P<old>{NAME})?[^，,。；;]{{0,6}}[，,]?\s*(?:换成|改成|改为|替换为|换为)\s*(?P<new>{NAME})")


def units(text: str, call: Call) -> tuple[Unit, ...]:
    """The units a message lists: name, profile when one is given, tasks when some are."""
    found = [unit for block in _blocks(text) if (unit := _unit(block, call))]
    return tuple(found)


def _blocks(text: str) -> list[str]:
    """One piece of text per unit: lines, items after ；or 。, or names joined by 、和."""
    pieces = [piece for piece in re.split(r"[；;\n。]", text) if piece.strip()]
    out: list[str] = []
    for piece in pieces:
        body = _LEAD_IN.sub("", piece.strip())
        names = list(_NAME.finditer(body))
        joined = re.split(r"、|和|与|以及|，", body)
        if len(names) > 1 and all(_NAME.fullmatch(_LEAD_IN.sub("", one.strip())) for one in joined if one.strip()):
            out += [one.strip() for one in joined if one.strip()]
        elif body:
            out.append(body)
    return out


def _unit(block: str, call: Call) -> Unit | None:
    body = _LEAD_IN.sub("", block)
    takes = _TAKES.search(body)
    tasks = mentioned(takes["what"], call) if takes else ()
    if _LEADS.match(body) and tasks:
        return Unit("", LEAD, tasks=tasks, duty=_duty(body, takes))
    name = _NAME.match(body)
    if not name or "分工" in name.group():
        return None
    intro = body[name.end() : takes.start() if takes and tasks else len(body)].strip(" ，,：:。；;、-—（")
    intro = re.sub(r"(?:主要|重点|将|他们|这家)$", "", intro).strip(" ，,")
    return Unit(name.group(), intro=intro or None, tasks=tasks or None, duty=_duty(body, takes) if tasks else None)


def _duty(body: str, takes: re.Match[str] | None) -> str | None:
    """The words of the duty beside the bare task numbers, None when there are none."""
    if not takes:
        return None
    words = re.sub(r"(?:任务|第)?[\d、，,和及至到\-\s]+(?:项|号)?|任务", " ", takes["what"]).strip(" ，,。、：:")
    return words if len(words) > 3 else None


def removals(text: str) -> tuple[str, ...]:
    """Names of units to strike."""
    return tuple((match["name"] or match["late"]) for match in _REMOVE.finditer(text))


def swaps(text: str) -> dict[str, str]:
    """Old name → new name for each unit that is exchanged for another."""
    return {match["old"]: match["new"] for match in _SWAP.finditer(text) if match["old"]}


def looks_like_units(text: str) -> bool:
    """True when a message speaks of participants: it says so, or a unit's name opens a piece of it."""
    if re.search(r"(?:参与|成员|合作)单位|家参与", text):
        return bool(_NAME.search(text))
    return any(_LEADS.match(block) for block in _blocks(text))


def alone(text: str) -> bool:
    """True when the message says that nobody else takes part."""
    return bool(re.search(r"(?:就|只有|只)(?:我们|咱们|本公司|自己)?(?:自己)?(?:一家|1家|单独)|没(?:有)?(?:别的|其他)(?:单位|公司|家)", text))
