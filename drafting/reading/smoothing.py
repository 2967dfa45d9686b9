"""Turns of speech that stand in a parser's way, smoothed: numbers set apart by blanks, ordinals before names."""

from __future__ import annotations

import re
from typing import Final

from drafting.form.short_names import NAME
from drafting.phrasebook import pattern
from drafting.reading.quantities import MEASURES, NUMERAL

_NUMBER: Final = r"(?:1[0-5]|[1-9])(?![\d.%])"
# Two numbers alone may be a task and its figure; three or more are a list.
_LIST: Final = re.compile(rf"(?:任务|做|负责|承担)\s*{_NUMBER}(?:\s+{_NUMBER}){{2,}}(?!\s*[\u4e00-\u9fffA-Za-z])")
_ORDINAL: Final = re.compile(rf"第[一二三四五六七八]家(?:是|叫|为|[：:，,])?\s*(?={NAME})")
_BARE: Final = re.compile(rf"(?<=[，,])\s*(?=任务{_NUMBER}(?:、{_NUMBER}){{2,}})")
_COUNTED: Final = re.compile(r"参与单位(?:我们?|先|就|有|报|几家|如下|名单|[一二两三四五六]家)+[：:]")
# A name, what somebody thinks of it, and what it becomes: the middle says nothing.
_REASON: Final = re.compile(
    r"^(?P<label>[\u4e00-\u9fff]{2,4}名称)(?!改|换|是|为|叫|先|暂)[^，,。：:；;\d“”]{2,24}[，,](?:所以|就|想|要|还是|得)*(?=改成|改为|换成|改叫)"
)
# A sigh before a second thought is no decision: 算了，任务2还是做.
_SIGH: Final = re.compile(r"^(?:算了吧?|唉|哎|嗯+|哦|噢|好吧|行吧|那个)[，,\s]*(?=\S{2,}?(?:还是|就|要|做|改|换))")

# Two negations that make a decision; two that only deny one are no decision (doubts.py).
_MUST: Final = re.compile(
    r"(?:不能|不可以?|不得|不会|不该|不应该?|不至于|哪能|岂能)不(?=[做选报上搞留干])"
    r"|非(?=[做选报上搞干]不[可行])|不(?=[做选报上搞干](?:可)?不(?:行|成|合适)(?![吗么?？]))"
)
_BY_ALL_MEANS: Final = re.compile(r"非([做选报上搞干][^，,。；;]{1,8}?)不[可行]")
_MUST_TAIL: Final = re.compile(r"(?<=要[做选报上搞干])(?:可)?不(?:可|行|成|合适)")
# 经研究，…… 特此函告。: how an official letter begins and ends.
_PREAMBLE: Final = re.compile(
    r"^(?:(?:现|兹|今)?经(?:我们?|本|双方|各方|单位|集团|公司|内部|再三|反复|认真|慎重|集体|班子|党委|办公会|领导|与|和|同|各|参与|成员)*"
    r"(?:研究|复核|核实?|审核|协商|商议|商定|讨论|测算|评估|论证|统计|核对|查|请示|批准|沟通|考虑)+(?:一致)?(?:决定|同意|确认|后)?[，,：:])"
)
_CLOSING: Final = re.compile(r"[，,。；;]\s*特此[^，,。；;\d]{1,6}[。！!]?$")
# 没有一项可选任务是我们不做的 takes them all.
_NONE_LEFT: Final = re.compile(
    r"没有?(?:啥|什么|哪|任何|一)?(?:一)?[项个条]?(?P<what>[^，,。；;不]{0,8}?)是?(?:我们|咱们|本单位)?(?:不|没)(?:想|打算|准备)?"
    r"(?=[做选报上搞干要]|承担|开展)(?:[做选报上搞干要]|承担|开展)的"
)
# 任务13不填数，只打勾 leaves the figure out, not the task.
_NO_FIGURE: Final = re.compile(r"(?:不用|不必|不需要|不)(?:填|写)(?:数字?|目标|数量|指标)[，,]?")
# A task by its number, and its figure in a clause of its own: 任务1数据规模，填45.
_THEN: Final = re.compile(
    r"(?P<head>任务\s*(?:1[0-5]|[1-9])(?!\d)[^，,。；;\d不×√叉勾]{0,14})[，,](?:[^，,。；;\d]{1,3}[，,])?"
    r"(?P<figure>[^，,。；;\d不×√]{0,6}(?:填|写|报)(?!叉|勾)\s*[\d零一二两三四五六七八九十百千万点]+)"
)


# 三亿五，单位是条: a figure, and its unit behind a comma.
_UNIT_BEHIND: Final = re.compile(
    rf"(?P<figure>{NUMERAL})[，,]?\s*(?:计量)?单位(?:就?是|为|用|写|填|[：:\s])*(?P<unit>[EPTGMeptgm][Bb](?![A-Za-z])|套|{'|'.join(MEASURES)})"
)


def smooth(text: str) -> str:
    """The text with 任务7 8 13 as 做任务7、8、13 and 第一家某某公司 as 某某公司, 不能不做 as 要做."""
    joined = _LIST.sub(lambda found: re.sub(r"(?<=\d)\s+(?=\d)", "、", found.group()), text)
    if joined != text:
        joined = _BARE.sub("做", joined)
    joined = _CLOSING.sub("", _PREAMBLE.sub("", joined))
    joined = _NO_FIGURE.sub("", _SIGH.sub("", joined))
    joined = _NONE_LEFT.sub(r"\g<what>全做", joined)
    joined = _THEN.sub(r"\g<head>\g<figure>", joined)
    joined = _BY_ALL_MEANS.sub(r"要\1", joined)
    joined = _MUST_TAIL.sub("", _MUST.sub("要", joined))
    joined = _UNIT_BEHIND.sub(r"\g<figure>\g<unit>", pattern("marks.exact").sub("", joined))
    joined = pattern("fields.of_it").sub(r"\g<what>", joined)
    joined = _REASON.sub(r"\g<label>", joined)
    return _COUNTED.sub("参与单位：", _ORDINAL.sub("", joined))
