"""Values of the form's cells as they are said: labelled, bare after a question, or known by their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from drafting.form.short_names import NAME
from drafting.phrasebook import any_of, source
from knowledge.call.definition import Call, Field

_MAIL = re.compile(r"[A-Za-z0-9._%+-]+\s*[@#＠]\s*[A-Za-z0-9.-]+\.[A-Za-z]{2,}|[A-Za-z0-9._%+-]+@[A-Za-z0-9.@-]+")
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?86[- ]?)?"
    r"(?:0\d{2,3}[- ]?(?:\d{5,9}|\d{3,4} \d{4})|1[\d -]{8,13}\d|400[- ]?\d{3}[- ]?\d{3,4})(?![\d.])"
)
_AREA = re.compile(r"[（(](?P<area>0\d{2,3})[)）]\s*(?=\d)")
_GAP = re.compile(r"(?<=^0\d\d-\d{4}) (?=\d{4}$)|(?<=^0\d{3}-\d{3}) (?=\d{4}$)|(?<=^0\d{3}-\d{4}) (?=\d{4}$)")
_SHORT = re.compile(r"[（(](?:以下)?简?称(?:为|作)?[^）)]*[）)]$")
_QUOTES = "“”\"'「」『』《》 　"


@lru_cache(maxsize=1)
def _link() -> str:
    """What may stand between a label and its value."""
    said = f"(?:{source('fields.links')})?(?:{source('fields.verbs')})(?:的是)?[：:]?"
    aside = f"(?:{source('fields.aside')})(?:{source('fields.links')})*(?:{source('fields.verbs')})[：:]?"
    settled = rf"(?:{source('fields.settled')})[，,：:]\s*(?:就?(?:叫做?|是))?"
    return rf"\s*(?:[：:=]|{settled}|{said}|{aside}|(?=[“\"])|\s)\s*"


# Values whose shape is so plain that they may follow their label without a word between.
_SUFFIX = r"(?:那栏|一栏|这栏|名字|号码|码|地址)?(?:的(?=是|为|就))?"
_HELPS = r"\s*(?:那边|那里|来|负责|会|给我们?|帮我们?|同意|做)*"
_BODIES = "局|委|厅|委员会|管委会|政府|部门|办公室|办"
# A printed label may run into a name of some length: 项目名称智能传感器……建设.
_RUN_ON = (
    r"(?!要|等|由|需|得|能|可以|应该|应当|按|请|让|给|已|以|定|暂|待|必须|也|就|都|在|有)"
    r"(?![\u4e00-\u9fff]{0,4}(?:[跟和与同改换错没不先写填叫是为]|一样|什么|怎么))"
    r"(?=[\u4e00-\u9fffA-Za-z]{6,}(?:[，,。；;\s]|$))"
)
_BARE = {
    "phone": r"(?=[\d+])",
    "email": r"(?=[A-Za-z\d])",
    "lead": rf"(?={NAME})",
    "cluster": r"(?=第?(?:\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3}[个号类]))",
    "recommender": rf"(?=[\u4e00-\u9fff]{{2,20}}?(?:{_BODIES})(?![\u4e00-\u9fff]))",
}


def labelled(text: str, call: Call) -> dict[str, str]:
    """Field id → value for every label of the form followed by a value; values are not yet checked."""
    hits = _hits(text, call)
    out: dict[str, str] = {}
    for position, (_, end, field) in enumerate(hits):
        stop = hits[position + 1][0] if position + 1 < len(hits) else len(text)
        value = _value(text[end:stop], field)
        if value:
            out.setdefault(field.id, value)
    return out


def absent(text: str, call: Call) -> dict[str, str]:
    """Personal fields that a short message says there is no value for: 没有邮箱."""
    found = re.fullmatch(r"(?:他|她|我们?|暂时|目前|现在|还)*(?:没有?|暂无|无)(?P<what>[^，,。]{1,6}?)[。了吧]?", text)
    fields = [one for one in call.field_by_id.values() if one.personal]
    if found:
        return {one.id: "无" for one in fields if found["what"] in one.names}
    return {id_: "无" for id_, vacant in _vacant(call) if vacant.match(text)}


@lru_cache(maxsize=4)
def _vacant(call: Call) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Per personal cell, that there is nothing to write into it."""
    behind = rf"(?:这[栏个项])?(?:{source('fields.vacant')})"
    fields = (one for one in call.field_by_id.values() if one.personal)
    return tuple((one.id, re.compile(rf"(?:{any_of(one.names)}){behind}")) for one in fields)


def last_label(text: str, call: Call) -> str:
    """The id of the field whose label stands last in a text, with or without a value; empty when none does."""
    ways = {way: field.id for field in call.field_by_id.values() for way in {*field.ways, field.label}}
    found = list(re.finditer(any_of(set(ways)), text))
    return ways[found[-1].group()] if found else ""


def unlabelled(text: str, call: Call) -> str:
    """What stands before the first label of a message, empty when it has none."""
    hits = _hits(text, call)
    return text[: hits[0][0]] if hits else ""


def opening(text: str, call: Call) -> str:
    """The id of the field whose label, with a value behind it, opens a text; empty when none does."""
    hits = _hits(text, call)
    return hits[0][2].id if hits and not text[: hits[0][0]].strip(" ，,。嗯哦那") and text[hits[0][1] :].strip() else ""


@lru_cache(maxsize=32)
def _hits(text: str, call: Call) -> list[tuple[int, int, Field]]:
    """(start, end, field) for each label with a link behind it, longest label first, none inside another."""
    lowered = text.lower()
    taken: list[tuple[int, int, Field]] = []
    for way in _ways(call):
        for match in way.label.finditer(text) if way.lowered in lowered else ():
            if way.field.kind not in _BARE and _runs_on(text, match, len(way.said)):
                continue
            if all(match.end() <= start or match.start() >= end for start, end, _ in taken):
                taken.append((match.start(), match.end(), way.field))
    return sorted(taken, key=lambda one: one[0])


@dataclass(frozen=True)
class _Way:
    """A way a cell is named."""

    said: str
    field: Field
    call: Call

    @cached_property
    def lowered(self) -> str:
        """The words in small letters."""
        return self.said.lower()

    @cached_property
    def label(self) -> re.Pattern[str]:
        """The words with a link; compiled when a text holds them, as all of them together take half a second."""
        return _label(self.said, self.field, self.call)


@lru_cache(maxsize=4)
def _ways(call: Call) -> tuple[_Way, ...]:
    """Every way a cell is named, the longest first."""
    ways = [(way, field) for field in call.field_by_id.values() for way in field.names]
    ways += [(field.label.removesuffix("名称"), field) for field in call.field_by_id.values() if field.kind == "text"]
    ways.sort(key=lambda one: (-len(one[0]), one[0]))
    return tuple(_Way(way, field, call) for way, field in ways)


def _label(way: str, field: Field, call: Call) -> re.Pattern[str]:
    link = _links(way, field, call)
    return re.compile(rf"{re.escape(way)}(?:那栏|一栏|这栏|名字|号码|码|地址)?(?:的(?=是|为|就))?{link}", re.IGNORECASE)


def _runs_on(text: str, match: re.Match[str], size: int) -> bool:
    """True when a label is the end of a longer word and nothing but a blank links it (……数据联合体 二、)."""
    loose = not text[match.start() + size : match.end()].strip()
    return loose and bool(re.search(r"[\u4e00-\u9fff]\Z", text[: match.start()]))


def _links(way: str, field: Field, call: Call) -> str:
    """What may stand between this label and a value; a label cut short (项目叫……) wants a word of naming."""
    if way not in field.names:
        return rf"(?:{source('fields.named')}|[：:])\s*"
    if field.kind == "text" and way == field.label and not field.personal:
        return rf"(?:{_link()}|{_RUN_ON})"
    if field.kind == "recommender":
        cities = any_of({one.city.rstrip("市") for one in call.recommenders})
        return rf"(?:{_link()}|{_BARE[field.kind]}|(?=(?:{cities})市?(?:$|[，,。；;\s])))"
    return rf"(?:{_link()}|{_BARE[field.kind]})" if field.kind in _BARE else _link()


def _value(rest: str, field: Field) -> str:
    if field.kind == "long_text":
        return rest.strip(" ：:\n")
    if field.kind == "lead" and (led := re.match(rf"[^，,；;。\n]{{1,8}}[：:]\s*(?P<name>{NAME})", rest.strip())):
        return led["name"]
    if field.kind == "email":
        found = _MAIL.search(rest)
        return found.group() if found else tidy(re.split(r"[，,；;。\n\s]", rest.strip())[0])
    value = re.split(r"[，,；;。\n]|\s{2,}", rest.strip())[0]
    # A bracket that goes on behind a comma tells about the name: （事业单位法人，注册在南京）.
    opened = max(value.rfind("（"), value.rfind("("))
    value = _SHORT.sub("", value)
    return tidy(value[:opened] if opened > max(value.rfind("）"), value.rfind(")")) else value)


def tidy(value: str) -> str:
    """A value without quotation marks and the particles people end a sentence with."""
    bare = value.strip(_QUOTES + "：:，,。；;！!")
    return re.sub(f"(?:{source('fields.tails')})$", "", bare).strip(_QUOTES) if len(bare) > 3 else bare


def shaped(text: str, call: Call) -> dict[str, str]:
    """Fields that a value's shape gives away: mail, phone, a recommending body by its full name."""
    out: dict[str, str] = {}
    text = _AREA.sub(r"\g<area>-", text)
    mail, phone = _MAIL.search(text), _PHONE.search(_MAIL.sub(" ", text))
    for kind, found in (("email", mail), ("phone", phone)):
        field = next((one for one in call.field_by_id.values() if one.kind == kind), None)
        if found and field:
            out[field.id] = _GAP.sub("", found.group().strip())
    return out | _by_number(text, call) | _recommending(text, call)


def _by_number(text: str, call: Call) -> dict[str, str]:
    """The cluster by its number in the table: 第八个集群, 集群编号8."""
    field = call.field_of_kind("cluster")
    if not field:
        return {}
    ways, number = any_of({*field.ways, field.label}), r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
    before = re.search(rf"第?\s*{number}\s*[个号类]\s*(?:的)?(?:{ways})", text)
    behind = re.search(
        rf"(?:{ways})(?:的?(?:编号|序号|号码|号|选|是|填|为|报|就|用|第))+\s*{number}(?![\d条张万千百])", text
    )
    found = before or behind
    return {field.id: found.group(1)} if found else {}


def _recommending(text: str, call: Call) -> dict[str, str]:
    """The body that recommends, by its full name or before 推荐: 由某市工信局推荐, 某市工信局给我们推荐的."""
    field = call.field_of_kind("recommender")
    if not field:
        return {}
    body = rf"(?P<body>[\u4e00-\u9fff]{{2,20}}?(?:{_BODIES}))"
    said = (
        re.search(rf"[由请让找]\s*{body}{_HELPS}(?:推荐|推|报|申报|上报)", text)
        or re.search(
            rf"(?:^|[，,。；;\s])(?:就?是|由)?\s*(?!是|由){body}(?:那边|那里|来|负责|会|给我们?|帮我们?|同意|做)*推荐",
            text,
        )
        or re.search(rf"推荐(?:我们|单位|部门|人)?的?(?:是|由|就是|填|写|找|归)+\s*{body}", text)
        or re.search(rf"归\s*{body}(?:管|报|推|申报)", text)
    )
    named = next((one.name for one in call.recommenders if one.name in text), "")
    if named and ("推荐" in text or len(text) <= len(named) + 4):
        return {field.id: named}
    if not said or said["body"] in field.ways:
        return {}
    return {field.id: said["body"]}


def of_city(body: str, text: str, call: Call) -> str:
    """The one recommender whose city a message names beside 我们市工信局; else the words as said."""
    if re.search(source("fields.ours"), body) is None:
        return body
    cities = {one.city.removesuffix("市"): one.name for one in call.recommenders}
    named = {name for city, name in cities.items() if city in text}
    return named.pop() if len(named) == 1 else body


def pointed(text: str, call: Call) -> dict[str, str]:
    """Field id → id of the field whose value it takes: 联合体名称跟项目名称一样."""
    ways = {way: field.id for field in call.field_by_id.values() for way in {*field.ways, field.label}}
    one = any_of(set(ways))
    found = re.search(rf"(?P<to>{one})(?:也)?(?:跟|和|与|同|就用|用)(?P<by>{one})(?:一样|相同|一致|的)?", text)
    return {ways[found["to"]]: ways[found["by"]]} if found and ways[found["to"]] != ways[found["by"]] else {}


def leader(text: str, call: Call) -> dict[str, str]:
    """The lead when a sentence says who leads: 牵头的是我们公司，江苏某某有限公司."""
    field = call.field_of_kind("lead")
    if not field or "牵头" not in text:
        return {}
    found = re.search(
        rf"牵头(?!单位(?:基本情况|承担|负责))[^。；;\n]{{0,16}}?[，,：:是为由写填选定用哈呢嘛啊呀哦\s](?P<name>{NAME})",
        text,
    )
    found = found or re.search(
        rf"(?:^|[，,。；;：:\s由是请让]|{source('fields.firm')})(?P<name>{NAME})(?:（[^）]*）)?"
        r"(?:[，,]牵头(?![单方的企])|(?:来|作为|做|当|负责|担任|是)*牵头)",
        text,
    )
    found = found or re.search(r"(?:^|[，,；;。\s])牵头[：:]\s*(?P<name>[^，,；;。\s]+)", text)
    found = found or re.search(r"^牵头的(?:单位)?就?(?:写|填|是|报)(?P<name>[\u4e00-\u9fff]{3,14})$", text.strip(" 。"))
    return {field.id: found["name"]} if found else {}


def profile(text: str, name: str, call: Call) -> dict[str, str]:
    """The lead's profile when its name is followed by one: 某某有限公司，2010年成立，注册在……"""
    field = call.field_of_kind("long_text")
    rest = text.partition(name)[2] if name else ""
    rest = re.sub(r"^(?:来|作为|负责|担任)*牵头(?:单位|方)?(?=[，,。；;])", "", rest).strip(" ，,。；;")
    # Registered here, a legal person: that tells who may lead, not who it is.
    signs = set(re.findall(source("fields.profile"), rest))
    signs = signs if signs - {"注册", "法人"} else set()
    # A bracket behind the name is a remark on it.
    others = rest.startswith(("（", "(")) or any(
        one.id != (field.id if field else "") for _, _, one in _hits(rest, call)
    )
    return {field.id: rest} if field and len(signs) > 1 and not others else {}
