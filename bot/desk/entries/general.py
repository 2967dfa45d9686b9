"""The words of an entry: tidied, refused where they can't stand, a question made one that anybody may ask."""

from __future__ import annotations

import re
from typing import Final

from bot.desk.entries.life import LONGEST_ANSWER, LONGEST_QUESTION, LONGEST_SOURCE
from bot.process.masking import masked
from bot.turn.wording import say
from drafting.phrasebook import source
from knowledge.answers.sameness import content

ENDS: Final = "。！？!?…”）)"

KINDS: Final = "有限责任公司|股份有限公司|有限公司|集团公司|集团|公司|大学|学院|研究院|研究所|医院|中心|协会"
BODY: Final = rf"[一-鿿A-Za-z0-9（）()]{{2,24}}?(?:{KINDS})"
US: Final = "(?:我们?|咱们?|本人|这边|这里)(?:单位|公司|这边)?(?:是|叫|来自|代表)(?:一家|一个)?"
OURS: Final = re.compile(rf"{US}{BODY}的?(?:[一-鿿]{{1,4}}(?=[，,。；;\s\d]|$))?")
LED: Final = re.compile(rf"^{BODY}(?=[，,：:](?:我们|想|请问))")
POLITE: Final = re.compile(
    r"^(?:(?:老师|领导|同志)?(?:您好|你好)|请问一?下?|麻烦问一?下|想?咨询一?下|想问一?下|老师|您?好)[，,、：: 。!！]*"
)
END: Final = r"(?=[，,。；;\s\d]|$)[，,。；;\s]*"
PERSON: Final = re.compile(
    rf"(?:(?:我叫|我的?名字是?|联系人[是：:]?|姓名[是：:]?)[一-鿿]{{2,4}}|我是{source('persons.named')}){END}"
)
NUMBER: Final = re.compile(r"(?<![0-9Xx])\d{17}[0-9Xx](?![0-9Xx])")
PERSONAL: Final = (
    NUMBER, re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
)  # fmt: skip


def unnamed(text: str) -> str:
    """The text without who says it is asking: their unit, their name."""
    return PERSON.sub("", OURS.sub("我们单位", text)).strip()


def general(question: str) -> str:
    """The question without greetings, without who asks, without personal data."""
    text = re.sub(r"\s+", " ", question).strip()
    before = None
    while before != text:
        before = text
        text = PERSON.sub("", LED.sub("", POLITE.sub("", text))).strip(" ，,")
    text = OURS.sub("我们单位", text).removeprefix("我们单位，").removeprefix("我们单位,")
    return masked(NUMBER.sub("***", text))


def general_answer(answer: str, question: str) -> str:
    """The answer without the personal data that the question told; the bureau's own numbers stay."""
    personal = {found for pattern in PERSONAL for found in pattern.findall(question) if isinstance(found, str)}
    for one in sorted(personal, key=len, reverse=True):
        answer = answer.replace(one, masked(one) if masked(one) != one else "***")
    return answer.strip()


# ---------------------------------------------------------------- tidied
def cleaned(question: str) -> str:
    """A question in one line."""
    return re.sub(r"\s+", " ", question).strip(" ，,。；;？?")


def ended(answer: str) -> str:
    """An answer with a stop at its end."""
    text = re.sub(r"[ \t]*\n\s*", "\n", answer).strip()
    return f"{text}。" if text and text[-1] not in ENDS else text


def tidy(said: str) -> str:
    """A source in one line."""
    return " ".join(said.split()).rstrip("。；;，, ")


def fault(question: str, answer: str) -> str:
    """Why a question or an answer can't stand; empty when it can. An answer may still be missing."""
    if len(question) > LONGEST_QUESTION or len(answer) > LONGEST_ANSWER:
        return say("faq.long", question=LONGEST_QUESTION, answer=LONGEST_ANSWER)
    return "" if content(question) else say("faq.vague")


def unfounded(said: str) -> str:
    """Why a source can't stand; empty when it can, as one that isn't given does."""
    return say("faq.long_source", most=LONGEST_SOURCE) if len(said) > LONGEST_SOURCE else ""
