"""The contact as a message introduces one: name and title, labelled or by their order."""

from __future__ import annotations

import re
from functools import lru_cache

from drafting.phrasebook import any_of, pattern, source
from knowledge.call.definition import Call, Field

_END = r"(?=[，,；;。！!\s、（(\d]|$)"
_OF_US = r"(?:[我本贵](?:集团|单位|公司|校|院|所|司|局|会|中心|厂|们)?的?)?"
_AS_I = r"(?:写|填|是|就是|就写|就填)?(?:我|本人)(?:自己|本人)?(?:吧)?[，,：:\s]*(?:我?(?:叫|是|姓名))?"


@lru_cache(maxsize=1)
def _name() -> str:
    han = r"[\u4e00-\u9fff]"
    led = rf"(?!{source('fields.nobody')})(?:{source('fields.surnames')}){han}{{1,2}}"
    return rf"(?P<name>{led}|{han}{{2,5}}·{han}{{2,6}})"


@lru_cache(maxsize=1)
def _role() -> str:
    return rf"[\u4e00-\u9fff]{{0,10}}(?:{source('fields.titles')})"


def _title() -> str:
    return f"(?P<title>{_role()})"


def is_name(value: str) -> bool:
    """True for what can be a person's name: no command, no small talk, no sentence."""
    if re.fullmatch(r"[A-Za-z][A-Za-z .]{1,29}", value):
        return True
    if re.match(source("fields.nobody"), value) or value.endswith("的"):
        return False
    led = bool(re.fullmatch(_name(), value)) and not re.search(r"[了吗吧呢啊的]$", value)
    plain = re.fullmatch(r"[\u4e00-\u9fff·]{2,5}", value) and not pattern("fields.chatter").search(value)
    return led or bool(plain)


def person(text: str, call: Call, *, contact: bool) -> dict[str, str]:
    """Field id → value for name and title of a contact; `contact` is true where the message is about one anyway."""
    name_field = call.field_of_kind("person")
    title_field = next((one for one in call.field_by_id.values() if one.personal and one.kind == "text"), None)
    if not name_field:
        return {}
    label = rf"(?:{any_of(name_field.ways)})"
    found = _in_full(text, label, call) or _labelled(text, label)
    if not found and (contact or re.search(label, text)):
        found = _introduced(text, label)
    if found and _courtesy(found["name"]):
        fuller = _introduced(text, label)
        found = fuller if fuller and not _courtesy(fuller["name"]) else found
    out = {name_field.id: found["name"]} if found and is_name(found["name"]) else {}
    if title_field and (contact or found):
        title = _titled(text, found, title_field)
        out |= {title_field.id: title} if title else {}
    return out


def _labelled(text: str, label: str) -> re.Match[str] | None:
    """联系人邢北斗 · 联系人就写我，宋砚秋 · 宋砚秋是联系人."""
    plain = r"(?P<name>[\u4e00-\u9fff·]{2,4}?)"
    link = r"(?:登记为|更换为|更换|登记|确定为|系|是|为|叫|填|写|改成|改为|换成|就是|就|：|:|\s)*\s*"
    ways = (
        rf"{label}{link}{_AS_I}\s*{_name()}{_END}",
        rf"{label}{link}{_name()}(?:{_END}|(?={_role()}))",
        rf"{label}{link}{plain}{_END}",
        rf"{label}{link}{_OF_US}{_title()}\s*{_name()}{_END}",
        rf"(?:指定|明确|确定|委派|安排|推荐|由|请|以)(?:{_OF_US}{_title()})?\s*{_name()}(?:同志|先生|女士|老师)?"
        rf"(?:为|作为|担任|任|做|当|是)(?:本|我们|我|该|此)?(?:项目|单位|联合体|公司|次申报)?的?(?:项目)?{label}",
        rf"(?:^|[，,；;。\s]){_name()}(?:来)?(?:是|当|做|作为|任|担任|（)(?:我们的?)?{label}",
    )
    found = (re.search(way, text) for way in ways)
    return next((one for one in found if one and is_name(one["name"])), None)


def _in_full(text: str, label: str, call: Call) -> re.Match[str] | None:
    """联系人就写小唐吧大名唐映雪电话…: the full name behind what people call somebody."""
    behind = any_of({way for field in call.field_by_id.values() if field.personal for way in field.names})
    wanted = rf"(?:大名|全名|真名|本名)(?:就?是|叫|为|[：:])?\s*{_name()}(?:{_END}|(?={behind}))"
    return re.search(wanted, text) if re.search(label, text) else None


def _introduced(text: str, label: str) -> re.Match[str] | None:
    """我叫宋砚秋 · 王样例 总经理 138… · 数据部主任宋砚秋 · 宋砚秋，138…"""
    start = r"(?:^|[，,；;。\s]|找)"
    ways = (
        rf"{start}(?:我|他|她|人|名字)?(?:叫|名叫|姓名|名字叫?|我是|本人)[是：:，, ]*{_name()}{_END}",
        rf"{start}{_AS_I}{_name()}{_END}",
        rf"{start}{_title()}\s*{_name()}{_END}",
        rf"^(?:{label}\W*)?{_name()}{_END}",
        rf"{start}{_name()}{_END}",
        rf"^(?P<name>[\u4e00-\u9fff·]{{2,4}})[\s，,、]+(?={_role()}[\s，,、])",
    )
    found = [one for way in ways for one in re.finditer(way, text) if is_name(one["name"])]
    return next((one for one in found if not _courtesy(one["name"])), next(iter(found), None))


def _courtesy(name: str) -> bool:
    """True for what somebody is called at work, which is no name in full: 喻工, 贺总."""
    return bool(re.fullmatch(rf"(?:{source('fields.surnames')})(?:{source('fields.courtesy')})", name))


def _titled(text: str, named: re.Match[str] | None, field: Field) -> str:
    """The title beside a name, behind its label or 担任, or standing as a piece of its own."""
    labelled = re.search(
        rf"(?:{any_of(field.ways)}|担任|现任|岗位是?)\s*(?:[是为：:]|系(?!主任|书记|副))?\s*{_title()}", text
    )
    if labelled:
        return labelled["title"]
    if named and named.groupdict().get("title"):
        return named["title"]
    rest = text[named.end("name") :] if named else text
    alone = re.search(rf"(?:^|[，,；;、\s（(]|是|任){_title()}(?:$|[，,；;。、\s）)])", rest)
    return re.sub(r"^(?:是|他|她|本人|现|担|我们|公司|单位|任|的)+(?=.{2})", "", alone["title"]) if alone else ""
