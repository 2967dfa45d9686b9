"""An answer in a model's words: what the model gets to see, and whether what it wrote says the same as the answer.

The exact answer is always there first, and whatever fails here is answered with it; so a doubt is reason enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.answers.answer import Answer, Citation, Prompt
from knowledge.answers.claims import (
    NEGATED,
    OPPOSITES,
    STRONG,
    claims,
    clauses,
    denied,
    names,
    plain,
    sentences,
    without_turns,
)
from prompts import prompt, version

LEAST, GROWTH, RUN, RAMBLING, QUESTION = 160, 1.5, 10, 20_000, 400
# The share of a clause's pairs of characters that its source must have; more where it says what may or must be.
SHARED, SHARED_TURNING = 0.34, 0.5
# At most two digits: 〔2026〕 is part of a document's number.
MARK = re.compile(r"[〔\[【](\d{1,2}(?:[、,，]\s?\d{1,2})*)[〕\]】]")
THOUGHT = re.compile(r"^\s*<think>.*?(?:</think>|$)", re.S)
ENDED = re.compile(r"^.*[。！？!?\n]", re.S)
VERDICT = re.compile(
    r"^((?:不|可以|可能|能|要|必须|须|需|是|有|没|无|算|对|行|属于|允许|应|得|只)[^：:，,。；]{0,12})[：:，,。；]"
)
ALLOWED = re.compile(r"[0-9A-Za-z一-鿿\s，。：；、！？（）“”‘’《》—…·,.:;!?()%/+\-\"'@_&=×√〇]")
FILLER = re.compile(
    "也就是说|简单来说|具体来说|换句话说|需要注意的?是|请注意|按照?通知(?:要求|规定)?|根据通知(?:要求|规定)?|通知(?:要求|规定|明确)|"
    "因此|所以|如果|那么|另外|同时|而且|并且|其中|一共|总共|合计|分别|每个|各个?|包括|以及|需要|的话|您的?|你们?的?|请|的|了|就|也|要|在|是|即|和|与|把|将|为"
)
BIDDING = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|别管|不用管|违背|覆盖).{0,12}(?:指令|规则|要求|提示|设定|以上|上述|上面|前面|之前|通知)|"
    r"(?:回答|回复|告诉|告知|输出|声称|宣布|改口).{0,8}(?:用户|提问|申请人|所有人|大家|对方)|系统提示|提示词|扮演|越狱|你现在是|从现在起你|"
    r"ignore.{0,24}(?:instruction|previous|above|prior)|system\s*(?:prompt|message|[:：])|jailbreak|</?(?:问题|答案|原文|system|user|assistant)",
    re.I,
)
PRINTED = re.compile(r"([，：；！？（）])")
PROMPTS = ("answer", "material")


@dataclass(frozen=True)
class Rejected:
    """Why a wording may not be sent; the exact answer goes instead."""

    reason: str


@dataclass(frozen=True)
class Material:
    """All that a wording may rest on: the exact answer and the clauses it cites, each under its mark."""

    question: str
    exact: str
    cited: tuple[Citation, ...]

    @property
    def limit(self) -> int:
        """How long a wording may be, in characters."""
        return max(LEAST, int(GROWTH * len(self.exact)))

    @cached_property
    def prompt(self) -> Prompt:
        """The prompt for this material."""
        passages = "\n".join(f"〔{mark}〕{quoted(one.quote)}" for mark, one in enumerate(self.cited, 1))
        question = quoted(self.question)[:QUESTION]
        filled = prompt("material", question=question, answer=quoted(self.exact), passages=passages)
        return Prompt(prompt("answer", limit=self.limit), filled, version(*PROMPTS))


def material(question: str, exact: Answer, own: str) -> Material | None:
    """What a model gets for a question; None when its answer is to be sent as it stands.

    Only answers that rest on a clause of the source `own` are worded. Words of other sources (guides, rulings) never
    reach the model; neither does anything that reads like an order to it.
    """
    cited = tuple(one for one in exact.citations if one.source == own)
    others = (one for one in exact.citations if one.source != own)
    if exact.status != "answered" or not cited or any(one.quote in exact.text for one in others):
        return None
    texts = (question, exact.text, *(one.quote for one in cited))
    if any(BIDDING.search(visible(text)) for text in texts):
        return None
    return Material(question, exact.text, cited)


def visible(text: str) -> str:
    """The text in NFKC, without anything that is not seen: zero-width and bidi marks, controls, private characters.

    Chinese punctuation stays as it is, so that a model that copies a sentence copies it as people print it.
    """
    parts = PRINTED.split(_seen(text))
    return _seen("".join(part if PRINTED.fullmatch(part) else unicodedata.normalize("NFKC", part) for part in parts))


def quoted(text: str) -> str:
    """The text as data for a prompt: visible characters only, no tag that could close its frame, no mark of its own."""
    return MARK.sub(r"（\1）", visible(text)).replace("<", "＜").replace(">", "＞")


def bare(text: str) -> str:
    """What a person would see of a wording: without thoughts, marks, bold and invisible characters."""
    shown = MARK.sub("", THOUGHT.sub("", text).replace("**", ""))
    return re.sub(r"\s*\n\s*", "\n", _seen(shown)).strip()


def _seen(text: str) -> str:
    return "".join(char for char in text if char == "\n" or unicodedata.category(char)[0] != "C")


def judge(text: str, given: Material) -> str | Rejected:
    """The wording as it may be sent, or why it may not."""
    marks = _marks(text)
    fault = _fault(text, given, marks) or _missing(bare(text), given) or ("" if marks else "cites nothing")
    return Rejected(fault) if fault else bare(text)


def premature(text: str, given: Material) -> Rejected | None:
    """What is wrong already with the sentences a model has finished so far, whichever clauses it may come to cite."""
    if len(text) > RAMBLING or len(bare(text)) > given.limit:
        return Rejected("too long")
    if not finished(text):
        return None
    fault = _fault(_ended(text), given, _marks(text) | _given(given))
    return Rejected(fault) if fault else None


def finished(text: str) -> str:
    """What a person would see of the sentences a model has finished so far; empty when there is none."""
    return bare(_ended(text))


def _ended(text: str) -> str:
    ended = ENDED.match(text)
    return ended[0] if ended else ""


def _marks(text: str) -> set[int]:
    return {int(one) for found in MARK.findall(THOUGHT.sub("", text)) for one in re.findall(r"\d+", found)}


def _given(given: Material) -> set[int]:
    return set(range(1, len(given.cited) + 1))


def _fault(text: str, given: Material, marks: set[int]) -> str:
    """The first thing that neither the answer nor a clause under these marks vouches for; empty when there is none."""
    shown = bare(text)
    if not shown or len(shown) > given.limit:
        return "too long" if shown else "empty"
    if not marks <= _given(given):
        return "cites what it was not given"
    sources = [given.exact, *(given.cited[mark - 1].quote for mark in sorted(marks))]
    whole = "\n".join(map(plain, sources))
    return (
        _odd(shown, "".join(sources))
        or _leaked(plain(shown), whole, given)
        or _turned(shown, given.exact)
        or _unsaid(shown, sources)
        or _unnamed(plain(shown), whole)
    )


def _odd(shown: str, source: str) -> str:
    odd = {char for char in ALLOWED.sub("", shown) if char not in source}
    return f"odd characters {sorted(odd)}" if odd else ""


def _leaked(shown: str, whole: str, given: Material) -> str:
    rules = plain(given.prompt.rules)
    runs = (shown[at : at + RUN] for at in range(len(shown) - RUN + 1))
    return "tells its prompt" if any(run in rules and run not in whole for run in runs) else ""


def _turned(shown: str, exact: str) -> str:
    """A verdict other than the answer's: at the opening, or the opposite of something the answer says one way only."""
    verdict = VERDICT.match(exact)
    if verdict and not plain(shown).startswith(plain(verdict[1])):
        return "another verdict"
    meant, said = _claimed(exact), _claimed(shown)
    for pair in OPPOSITES:
        for one, other in (pair, pair[::-1]):
            if one in meant and other not in meant and other in said:
                return f"turns {one} into {other}"
    rest = NEGATED.sub(" ", plain(shown))
    turned = sorted(word for word in denied(plain(exact)) if word in rest)
    return f"affirms {turned}" if turned else ""


def _claimed(text: str) -> set[str]:
    return {claim for sentence in sentences(text) for claim in claims(sentence)}


def _unsaid(shown: str, sources: Sequence[str]) -> str:
    """A clause that no sentence of a source says as a whole: an invention, or two facts that changed places.

    A clause without claims may draw on all sources at once.
    """
    known = [(claims(one), _pairs([one])) for source in sources for one in sentences(source)]
    everything = {pair for _, pairs in known for pair in pairs}
    for clause in clauses(shown):
        said, pairs = claims(clause), _pairs(FILLER.split(without_turns(clause)))
        share = SHARED_TURNING if any(claim[0] in "~不未勿莫" for claim in said) else SHARED
        held = known if said else [(said, everything)]
        if not any(said <= one and len(pairs & there) >= share * len(pairs) for one, there in held):
            return f"unsupported {clause[:30]}"
    return ""


def _unnamed(shown: str, whole: str) -> str:
    unknown = sorted(name for name in names(shown) if name not in whole)
    return f"unknown names {unknown}" if unknown else ""


def _pairs(parts: Iterable[str]) -> set[str]:
    runs = (run for part in parts for run in re.findall(r"[一-鿿]+", part))
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}


def _missing(shown: str, given: Material) -> str:
    """What the answer's first sentence says in figures, and its first clause in verdicts, that the wording dropped."""
    first = sentences(given.exact)[:1]
    figures = {claim for claim in claims(first[0]) if any(char.isdigit() for char in claim)} if first else set()
    opening = claims(clauses(given.exact)[0]) & STRONG if first else frozenset()
    lost = (figures | opening) - _claimed(shown)
    return f"lost {sorted(lost)}" if lost else ""
