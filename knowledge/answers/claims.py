"""What a sentence claims, in a form that can be compared: figures, dates, addresses, tasks, and which way it turns.

A claim is a short string. Two texts that say the same in other words share their claims; one that drops a 不, swaps a
date or turns 至少 into 至多 doesn't.
"""

from __future__ import annotations

import re

from knowledge.call.pack import squeeze
from knowledge.language.normal import normalise, number

SENTENCE = re.compile(r"[。;!?\n]")
CLAUSE = re.compile(r"[。;!?\n]|(?<!\d),|,(?!\d)")
ADDRESS = re.compile(
    r"https?://[\w./?=&%#:-]+|www\.[\w./-]+|[a-z0-9_.+-]+@[a-z0-9.-]+|(?:[a-z0-9-]+\.)+[a-z]{2,}", re.A
)
NUMBERED = re.compile(r"(任务|集群|附件|表|第)(\d+(?:[、和及,]\d+)*)")
UNITS = (
    "万元|亿元|季度|部分|小时|大类|集群|平台|年|月|日|号|家|项|个|条|字|份|页|分|%|成|倍|天|人|次|处|类|元|万|亿|tb|帧|张|套|"
    "周|名|批|轮|级|章|款|库|位|种|所"
)
FIGURE = re.compile(rf"(\d[\d.,-]*\d|\d|(?<![第之])[零〇一二两三四五六七八九十百千半几数]+(?={UNITS}))({UNITS})?")
NAMED = re.compile(r"[“\"《「『]([^“”\"《》「」『』]+)[”\"》」』]")
BODY = re.compile(r"[省市区县]?(?:工信厅|工信局)|[一-鿿](?:公司|集团|银行|大学|学院|研究院|办公室|中心|协会|委员会)")
PLACE = re.compile(
    r"[一-鿿]{2}(?=[市县区](?:工信局|工业和信息化局|政府|发改委))|北京|上海|天津|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|"
    "江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
)
LATIN = re.compile(r"[a-z][a-z0-9_.+-]*", re.A)
IDLE = frozenset({"1个", "1种", "1次", "1位"})
# Longer ways first: each is taken out of the text before the next is looked for.
TURNS = tuple(
    (re.compile(way), f"~{turn}")
    for way, turn in (
        (r"不是必选|并非必选|非必选", "可选"),
        (r"不是可选|并非可选", "必选"),
        (r"不是|并非|不属于|不算", "不是"),
        (r"不(?:超过|多于|大于)|至多|最多|以内|以下|上限", "至多"),
        (r"不(?:少于|低于|小于)|至少|最少|以上|起码|下限|超过", "至少"),
        (r"不可以?|不能|不得|不允许|不准|不行|禁止|严禁|谢绝", "不可"),
        (r"不(?:必须|需要|用|必|须)|无需|无须|毋须|免于|免", "不必"),
        (r"不含|不包括|不包含|不计|除外", "除外"),
        (r"必选|必做|必填", "必选"),
        (r"可选|选做|选填|自选", "可选"),
        (
            r"可以|允许|能够|(?<![性智功赋节产效职技动核才可])能(?![源力耗级])|没问题|没关系|照样|行(?:的|吧|了)?$",
            "可以",
        ),
        (r"必须|务必|须", "必须"),
        (r"没有|尚未|并未|没", "没有"),
        (r"(?<=[年月日号])(?:之前|以前|前)", "之前"),
        (r"(?<=[年月日号])(?:之后|以后|后|起)", "之后"),
    )
)
CHANGES = re.compile(r"取消|延期|延长|推迟|提前|改为|变更|作废|暂停|补贴|免费|收费|保证|一定|肯定|所有|全部|任何|只|仅")
NOT = re.compile(r"[不未勿莫][一-鿿]")
OPPOSITES = (("~可以", "~不可"), ("~必选", "~可选"), ("~必须", "~不必"), ("~至多", "~至少"), ("~之前", "~之后"))
NEGATED = re.compile(r"[不未没勿莫]([一-鿿]{1,2})")
STRONG = frozenset({"~不是", "~不可", "~不必", "~除外", "~没有", "~至多", "~至少", "~必选", "~可选"})


def plain(text: str) -> str:
    """A text as it is compared: one width, one script, lower case, no blanks."""
    return squeeze("\n".join(map(normalise, text.split("\n"))))


def sentences(text: str) -> list[str]:
    """The sentences of a text, in comparable form, empty ones left out."""
    return _split(text, SENTENCE)


def clauses(text: str) -> list[str]:
    """The parts of a text between commas and full stops, in comparable form, empty ones left out."""
    return _split(text, CLAUSE)


def _split(text: str, at: re.Pattern[str]) -> list[str]:
    lines = (normalise(line) for line in text.split("\n"))
    return [squeeze(part) for line in lines for part in at.split(line) if part.strip()]


def claims(part: str) -> frozenset[str]:
    """What a sentence or clause in comparable form claims."""
    found: list[str] = []
    rest = _taken(part, ADDRESS, found)
    for way, turn in TURNS:
        rest, times = way.subn(" ", rest)
        found += [turn] * times
    tasks = [head + one for head, listed in NUMBERED.findall(rest) for one in re.findall(r"\d+", listed)]
    rest = NUMBERED.sub(" ", rest)
    figures = [_value(value) + unit for value, unit in FIGURE.findall(rest)]
    return frozenset([*found, *tasks, *figures, *CHANGES.findall(rest), *NOT.findall(rest)]) - IDLE


def without_turns(part: str) -> str:
    """The part with a gap where a word says which way it turns."""
    for way, _ in TURNS:
        part = way.sub(" ", part)
    return part


def denied(part: str) -> set[str]:
    """The words that a text in comparable form only ever denies: 符合 for 不符合."""
    rest = NEGATED.sub(" ", part)
    return {word for word in NEGATED.findall(part) if word not in rest}


def names(part: str) -> set[str]:
    """What a text in comparable form calls by name: quoted words, bodies, places, words in Latin letters."""
    return {name for pattern in (NAMED, BODY, PLACE, LATIN) for name in pattern.findall(part)}


def _taken(text: str, pattern: re.Pattern[str], found: list[str]) -> str:
    found += pattern.findall(text)
    return pattern.sub(" ", text)


def _value(text: str) -> str:
    bare = text.rstrip(".,-")
    read = number(bare)
    return bare if read is None else str(read)
