"""Participating units as a message introduces them, one or several, with profile and tasks."""

from __future__ import annotations

import re
from functools import lru_cache

from drafting.form.draft import LEAD
from drafting.form.short_names import NAME, ONE
from drafting.form.understood import Unit
from drafting.phrasebook import pattern, source
from drafting.reading.task_references import by_number, mentioned
from knowledge.call.definition import Call

_COUNT = r"[一二两三四五六七八九十\d]+"
_LEAD_IN = re.compile(
    rf"^(?:[\s\-•·*]|[（(]?(?:\d{{1,2}}|[A-Za-z])[)）.、．]|[A-Za-z](?=[\u4e00-\u9fff])|第?{_COUNT}家?(?:是|为|[：:、])|"
    rf"(?:参与|成员|合作)(?:单位|方|企业|的)?\d*(?:一共|共)?(?:有|是|为)?(?:{_COUNT}家)?[：:，,。]?|分工(?:如下|是|为)?[：:]?|"
    rf"{_COUNT}家参与[：:]?|(?:还有|另外|再?[加添]上?|再?来)(?:一?[个家])?|以及|联合(?!体)|携手|联手|会同|邀请|和|与|、|分别是|包括|有|就是|是)+[：:]?"
)
# What stands before the list is announced is no part of it: 先不说这个，成员单位有三家：……
_ASIDE = re.compile(
    r"^[^。；;\n]*?[，,](?=(?:参与|成员|合作)(?:单位|方|企业)?(?:一共|共)?(?:有|是|为|包括|[：:]))|"
    r"^[^。；;：:\n]{0,16}(?:参与|成员|合作)(?:单位|方|企业)[，,]?[^。；;：:，,\n]{0,8}[：:](?!\s*任务)"
)
_ONE = r"(?:(?:任务|第)\s*[一二三四五六七八九十]{1,3}|(?:任务|第)?\s*\d{1,2})\s*(?:项|号)?(?:任务)?"
_NEXT = r"[一二三四五六七八九十]{1,2}(?=$|[，,。；;、和及与\s]|项)"
_NUMBERS = rf"{_ONE}(?:\s*(?:[、，,和及与至到~～—–-]|还有|以及|外加)\s*(?:{_ONE}|{_NEXT}))*(?!\d*(?:家|个|人|万|%|年))"
_DOES = "|".join(source(f"members.{key}") for key in ("adds", "takes", "digits"))
_VERB = rf"(?:(?<!不)(?:{_DOES})|(?<={source('members.ends')})(?=任务))"
_OPENS = rf"(?:{_VERB}|[：:]\s*(?=任务)|(?<=[\s（(])(?=任务\s*\d))"
_TAKES = re.compile(rf"{_OPENS}[：:是为]?\s*(?P<what>(?P<numbers>{_NUMBERS})[^。；;\n]*)")
# 给食品厂做信息化 is no unit with a share: a number follows a share's verb.
_SHARE = rf"{NAME}(?:{_VERB}\s*(?=任务|第?\s*[\d一二三四五六七八九十])|[：:]|任务)"
_BREAK = re.compile(
    rf"[；;\n。]|(?<=[）)])[、，,和与](?=\s*{NAME})|[，,](?=\s*(?:参与单位|成员单位|成员)?\s*{_SHARE})|"
    rf"(?<=\S)\s*(?=\d{{1,2}}[.．、]\s*{NAME})|\s+(?=[A-Za-z]?{NAME})"
)
_WORDED = re.compile(rf"(?:{source('members.takes')})(?P<what>[^。；;\n]*)")
_LEADS = re.compile(
    rf"^(?:{source('members.itself')})(?:（[^）]*）|\([^)]*\))?(?:(?:作为|为|是)牵头(?:单位|方)?[，,]?(?:将|拟)?)?"
    rf"(?:也|自己|自身|本身|来|就|都|还|自行|具体)*(?:{_VERB}|[：:])"
)
_JOINS = r"[、，,]|和|与|跟|及|以及|还有|外加|加上|另有|(?:一共|共)?[一二两三四五六七八九十\d]+家"
_BETWEEN = re.compile(rf"(?:{_JOINS}|都|一起|共同|参与|参加|加入|干|报|申报|做|来|吧|了|\s)*")
_JOIN = r"\s*(?:、|和|与|跟|及|以及|还有)\s*"
_REMOVE = re.compile(
    rf"(?:把|将)\s*(?P<mid>{NAME})\s*(?:从[^，,。]{{1,6}}(?:里|中))?(?:给)?(?:{source('members.after')})|"
    rf"(?:{source('members.remove')})(?:了|掉)?\s*(?P<name>{NAME})|(?P<late>{NAME}(?:{_JOIN}{NAME})*)(?:{source('members.leaves')})"
)
_GAP = r"[^，,。；;]{0,8}"
_SWAP = re.compile(
    rf"(?P<old>{NAME}){_GAP}[，,]?{_GAP}(?:{source('members.swap')})\s*(?P<new>{NAME})|"
    rf"[用由拿让]\s*(?P<by>{NAME})\s*(?:来|去)?(?:{source('members.gives')})\s*(?P<for>{NAME})|"
    rf"(?P<in>{NAME})\s*(?:来|去)?(?:{source('members.gives')})\s*(?P<out>{NAME})|"
    rf"(?P<gone>{NAME})(?:{source('members.leaves')})[，,]?\s*[由让请用]?\s*(?P<comes>{NAME})(?:来)?(?:{source('members.fills')})"
)
_TOGETHER = re.compile(rf"(?P<names>{NAME}(?:{_JOIN}{NAME})+){source('members.both')}(?P<share>{_VERB}.*)", re.DOTALL)


_PRONOUN = re.compile(
    r"(?<=[，,。；;\s])(?:它|他们|它们|这家|该单位|这个单位|这个公司)(?=作为|主要|负责|承担|承接|做|牵头|参与|也|还|来|只)"
)
_AS_LEAD = re.compile(
    rf"(?P<who>{NAME})(?:是|为|作为|以)牵头(?:单位|方|企业)?(?:身份)?(?:来|就|，|,)?"
    rf"(?=(?:{_DOES})\s*(?:任务|第?\s*\d))"
)


def resolved(text: str) -> str:
    """The text with the unit named before in the place of 它 or 这家; who takes tasks as the lead is the lead."""

    def named(found: re.Match[str]) -> str:
        before = [one.group() for one in ONE.finditer(text[: found.start()])]
        return before[-1] if before else found.group()

    if LEAD[:2] not in text and not _PRONOUN.search(text):
        return text
    led = _AS_LEAD.sub(rf"；{LEAD}：\g<who>，{LEAD}", _PRONOUN.sub(named, text))
    return led.replace("，；", "；").lstrip("；")


def turned(text: str) -> str:
    """任务4和5交给某单位 as 某单位负责任务4和5, so that a share always opens with its unit."""
    who = rf"(?P<who>{NAME}|我们(?:自己)?|牵头单位|本单位|我(?:单位|公司|集团|校|院|所|司|方))"
    late = rf"(?:来|去|自行|独立|单独|具体|统一|牵头)*(?:{source('members.takes')})?"
    share = rf"(?P<what>{_NUMBERS})\s*{source('members.gives_to')}\s*{who}{late}"
    return re.sub(share, lambda found: f"；{found['who']}负责{found['what']}", text).lstrip("；")


def units(text: str, call: Call) -> tuple[Unit, ...]:
    """The units a message lists: name, profile when one is given, tasks when some are."""
    text = _ASIDE.sub("", text)
    found = [unit for block in _blocks(text) if (unit := _unit(block, call)) and unit.name == bare(unit.name)]
    # 研究院 alone is what a unit is, not which.
    return tuple(unit for unit in found if not re.fullmatch(source("members.kinds_said"), unit.name))


def _blocks(text: str) -> list[str]:
    """One piece of text per unit: lines, items after ；or 。, or names joined by 、和."""
    pieces = [piece for piece in _BREAK.split(text) if piece.strip()]
    out: list[str] = []
    for piece in pieces:
        body = _opened(_LEAD_IN.sub("", piece.strip()))
        names = list(ONE.finditer(body))
        shared = _TOGETHER.fullmatch(body)
        if shared:
            out += [name.group() + shared["share"] for name in ONE.finditer(shared["names"])]
        elif len(names) > 1 and re.fullmatch(
            rf"(?:{_JOINS}|都|一起|共同|参与|参加|加入|干|报|申报|做|来|吧|了|(?:不同的?)?(?:单位|公司)|[是为]|\s)*",
            ONE.sub(" ", body),
        ):
            out += [bare(name.group()) for name in names]
        elif body:
            out.append(body)
    return out


def _opened(piece: str) -> str:
    """A piece from its first name on, when only words of introduction stand before it (我们联合了……, 把……列为)."""
    first = ONE.search(piece)
    if first and not _TAKES.search(piece[: first.start()]) and not _LEADS.match(piece):
        # 承诺书先放着，参与单位再加一家…: clauses in front of the one with the first name say nothing of units.
        front = max((found.end() for found in re.finditer("[，,]", piece[: first.start()])), default=0)
        piece = _LEAD_IN.sub("", piece[front:].strip())
        first = ONE.search(piece)
    led = first and re.fullmatch(rf"(?:{source('members.led')})[，,]?\s*", piece[: first.start()])
    return piece[first.start() :] if first and led else piece


def _unit(block: str, call: Call) -> Unit | None:
    body = _LEAD_IN.sub("", block)
    takes = _last(body)
    tasks = mentioned(takes.groupdict().get("numbers") or takes["what"], call) if takes else ()
    if _LEADS.match(body) and tasks:
        return Unit("", LEAD, tasks=tasks, duty=_duty(body, takes))
    name = ONE.match(body)
    if not name or "分工" in name.group():
        return None
    intro = body[name.end() : takes.start() if takes and tasks else len(body)].strip(" ，,：:。；;、-—（")
    intro = pattern("question.rhetorical").sub("", intro).rstrip("哦哟呀啊唉哎诶 ，,")
    intro = re.sub(rf"(?:{source('members.no_intro')})$", "", intro).strip(" ，,")
    return Unit(name.group(), intro=intro or None, tasks=tasks or None, duty=_duty(body, takes) if tasks else None)


def _last(body: str) -> re.Match[str] | None:
    """The verb that takes on tasks: the last one with numbers behind it (专做标注…，做任务3), else the last one."""
    found = list(_TAKES.finditer(body)) or list(_WORDED.finditer(body))
    return found[-1] if found else None


def _duty(body: str, takes: re.Match[str] | None) -> str | None:
    """The words of the duty beside the bare task numbers, None when there are none."""
    if not takes:
        return None
    words = re.sub(r"(?:任务|第)?[\d、，,和及至到\-\s]+(?:项|号)?|任务", " ", takes["what"]).strip(" ，,。、：:")
    return words if len(words) > 3 else None


def numbered(text: str) -> bool:
    """True when a text gives out tasks by their numbers."""
    return bool(_TAKES.search(text))


def strangers(text: str, call: Call) -> tuple[int, ...]:
    """Numbers no task has among those that units are said to take on."""
    takes = [_last(block) for block in _blocks(text)]
    return tuple(
        n for one in takes if one for n in by_number(one.groupdict().get("numbers") or "", call, bare=True).unknown
    )


# A look for names costs much, a look for the words beside them little.
_STRIKES = re.compile("|".join(source(f"members.{key}") for key in ("after", "remove", "leaves")))
_SWAPS = re.compile("|".join(source(f"members.{key}") for key in ("swap", "gives", "leaves")))


def removals(text: str) -> tuple[str, ...]:
    """Names of units to strike."""
    if not _STRIKES.search(text):
        return ()
    said = (match["mid"] or match["name"] or match["late"] for match in _REMOVE.finditer(text))
    return tuple(bare(name.group()) for names in said for name in ONE.finditer(names))


def swaps(text: str) -> dict[str, str]:
    """Old name → new name for each unit that is exchanged for another."""
    return dict(_swapped(text)) if _SWAPS.search(text) else {}


@lru_cache(maxsize=16)
def _swapped(text: str) -> tuple[tuple[str, str], ...]:
    out = []
    for match in _SWAP.finditer(text):
        old = match["old"] or match["for"] or match["out"] or match["gone"]
        out.append((bare(old), bare(match["new"] or match["by"] or match["in"] or match["comes"])))
    return tuple(out)


def bare(name: str) -> str:
    """A name without the words of striking that ran into it (不用江苏某某有限公司)."""
    return re.sub(f"^(?:{source('members.remove')}|{source('members.before')})+", "", name)


def looks_like_units(text: str) -> bool:
    """True when a message speaks of participants: it says so, or a unit's name opens a piece of it."""
    if pattern("members.speaks").search(text) and ONE.search(text):
        return True
    shares = (ONE.match(block) and _TAKES.search(block) for block in (_LEAD_IN.sub("", one) for one in _blocks(text)))
    return any(_LEADS.match(block) for block in _blocks(text)) or any(shares)


def ours(text: str) -> bool:
    """True when a message opens with what we ourselves, the lead, take on."""
    return any(_LEADS.match(block) for block in _blocks(text)[:1])


def alone(text: str) -> bool:
    """True when the message says that nobody else takes part."""
    return bool(pattern("members.alone").search(text))


_CLAUSE = re.compile(r"(?<=[，,；;。\n])")
_HEM = " ，,；;。\n"
_ROLE = LEAD.removesuffix("单位")
# What follows the lead's name without another one is the lead's own share.
_LEAD_TAKES = re.compile(
    rf"(?:我们|自己|并|主要|也|就|来)*(?:{source('members.takes')}|{source('members.digits')})\s*(?:任务|第?\s*\d)"
)
_LEAD_SHARE = re.compile(r"任务|\d|必选|可选|[负承]")


def lead_apart(text: str) -> tuple[str, str]:
    """The clause that names the lead, and the rest that names other units; both empty where there are no such two."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    leading = [clause for clause in clauses if _names_lead(clause)]
    if len({name for clause in leading for name in ONE.findall(clause)}) != 1 or len(clauses) < 2:
        return "", ""
    pairs = zip(["", *clauses], clauses, strict=False)
    others = [LEAD + now if before in leading and _LEAD_TAKES.match(now) else now for before, now in pairs]
    rest = "".join(clause for clause in others if clause not in leading).strip(_HEM)
    units = ONE.search(rest) and looks_like_units(rest)
    return (leading[0].strip(_HEM), rest) if units or any(map(ours, others)) else ("", "")


def _names_lead(clause: str) -> bool:
    """True for a clause that says who leads and nothing of what it takes on."""
    return _ROLE in clause and len(list(ONE.finditer(clause))) == 1 and not _LEAD_SHARE.search(clause)
