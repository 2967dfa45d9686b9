"""Single values judged: each check returns the value as it is kept, or the Problem with it.

The interview and the check of a file call the very same functions.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Final

from drafting.form.amounts import canonical
from drafting.form.draft import Amount, Draft
from drafting.form.organisations import branch_word, is_short_name, place_outside
from drafting.form.problem import Problem
from knowledge.call.definition import Call, Cluster, Field, Recommender, Task
from knowledge.language.folding import PLACEHOLDER, fold, is_empty, is_subsequence, tidy
from knowledge.language.numerals import to_number

REMARK = re.compile(r"\([^()]*\)$")
NUMBER_WORD = re.compile(r"第?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|号)?(?:集群)?")

Value = str | Problem


def check_field(field: Field, text: str, draft: Draft, call: Call) -> Value:
    """The value of one field as it is kept (a short name of a bureau completed), or the Problem.

    Codes: contact_missing, field_missing, unknown_cluster, unknown_chain, chain_not_in_cluster, bad_phone, bad_email,
    recommender_not_city_bureau, not_jiangsu_lead, lead_not_legal_person, lead_not_full_name, placeholder_left. A new
    cluster is not held against a chain already in the draft: check the chain again after the cluster changed.
    """
    if is_empty(text):
        return missing(field)
    if field.kind in ("text", "lead") and (left := PLACEHOLDER.search(text)):
        text = f"“{left.group()}”只是占位，请写“{full_label(field)}”本身。"
        return Problem("placeholder_left", field.id, text, field.clause)
    judge = JUDGES.get(field.kind)
    return judge(field, text, draft, call) if judge else tidy(text)


def missing(field: Field) -> Problem:
    """The Problem of an empty cell: contact_missing where it tells about a person, else field_missing."""
    code = "contact_missing" if field.personal else "field_missing"
    return Problem(code, field.id, f"“{full_label(field)}”没有填写。", field.clause)


def full_label(field: Field) -> str:
    """The label with its group, the way people name the cell."""
    return f"{field.group}{field.label}"


# ---------------------------------------------------------------- the lead and its recommender
def _lead(field: Field, text: str, _draft: Draft, call: Call) -> Value:
    name = tidy(text)
    return lead_problem(field, name, call) or name


def lead_problem(field: Field, name: str, call: Call) -> Problem | None:
    """What forbids this organisation to lead: another province, no legal person, no full name (clause lead)."""
    place, branch = place_outside(name, call), branch_word(name, call)
    rule = call.clauses.get("lead", field.clause)
    if place:
        text = f"“{name}”看名称是{place}的单位，牵头单位应在{call.call.region}注册登记。"
        return Problem("not_jiangsu_lead", field.id, text, rule)
    if branch:
        text = f"“{name}”是{branch}，不具有独立法人资格，请填其所属法人单位的全称。"
        return Problem("lead_not_legal_person", field.id, text, rule)
    if is_short_name(name):
        text = f"“{name}”像是简称，请按公章上的全称填写。"
        return Problem("lead_not_full_name", field.id, text, field.clause)
    return None


def find_recommender(text: str, call: Call) -> tuple[Recommender | None, bool]:
    """The recommending body that is meant, and whether it is written in full; None for any other body."""
    said = REMARK.sub("", fold(text))
    region = fold(call.call.region)
    bare = said.removeprefix(region)
    for one in call.recommenders:
        if bare == fold(one.name):
            return one, True
    short = bare.removeprefix(region.rstrip("省市")) if bare != said or len(bare) > len(region) else bare
    return next((one for one in call.recommenders if _means(short, one)), None), False


def _means(said: str, one: Recommender) -> bool:
    """A short name leaves characters of the full one out; a district's bureau has characters more."""
    full, city = fold(one.name), fold(one.city)
    stem = city[:-1] if len(city) > 2 else city
    if said in {city, stem, *(fold(alias) for alias in one.aliases)}:
        return True
    if said.removeprefix(stem) == full.removeprefix(city)[:1] + "信":
        return True
    ends = said.endswith((full[-1], "部门"))
    short = said.removesuffix("部门") + full[-1] if said.endswith("部门") else said
    return ends and said.startswith(stem) and is_subsequence(short, full)


def _recommender(field: Field, text: str, _draft: Draft, call: Call) -> Value:
    found, _full = find_recommender(tidy(text), call)
    return found.name if found else not_a_recommender(field, text)


def not_a_recommender(field: Field, text: str) -> Problem:
    """The Problem of a body that may not recommend (a district's, a zone's, the province's own)."""
    said = f"“{tidy(text)}”不能作为推荐单位。请填{field.hint.removeprefix('填').rstrip('。') or '规定的推荐单位全称'}。"
    return Problem("recommender_not_city_bureau", field.id, said, field.clause)


# ---------------------------------------------------------------- cluster and chain
def find_cluster(text: str, call: Call) -> Cluster | None:
    """The cluster meant by its name (with or without 集群, 产业) or by its number in the table."""
    said = fold(text)
    number = NUMBER_WORD.fullmatch(said)
    if number:
        wanted = to_number(number.group(1))
        return next((one for one in call.clusters if one.number == wanted), None)
    bare = re.sub(r"(产业)?(集群)?$", "", said)
    return next((one for one in call.clusters if fold(one.name) in {said, bare}), None)


def find_chain(text: str, call: Call) -> str | None:
    """The chain meant by its name, with or without 产业链."""
    said = fold(text)
    bare = re.sub(r"(产业)?链?$", "", said)
    trade = re.sub("(?:行业|产业|[业源类])$", "", bare)
    return next((chain for chain in call.cluster_of_chain if fold(chain) in {said, bare, trade}), None)


def _near(text: str, names: list[str], call: Call) -> str:
    """Which names may be meant: the chain that makes such a thing, else those written alike."""
    maker = call.chain_of_product.get(fold(text))
    if maker:
        return f"它一般归“{maker}”产业链（“{call.cluster_of_chain[maker].name}”集群）。"
    close = difflib.get_close_matches(tidy(text), names, n=3, cutoff=0.4)
    return f"相近的有：{'、'.join(close)}。" if close else ""


def _cluster(field: Field, text: str, _draft: Draft, call: Call) -> Value:
    found = find_cluster(text, call)
    if found:
        return found.name
    chain = find_chain(text, call)
    if chain:
        near = f"它是“{call.cluster_of_chain[chain].name}”集群的产业链。"
    else:
        near = _near(text, [one.name for one in call.clusters], call)
    return Problem("unknown_cluster", field.id, f"对照表里没有“{tidy(text)}”这个集群。{near}", field.clause)


def _chain(field: Field, text: str, draft: Draft, call: Call) -> Value:
    found = find_chain(text, call)
    if not found:
        near = _near(text, list(call.cluster_of_chain), call)
        return Problem("unknown_chain", field.id, f"对照表里没有“{tidy(text)}”这条产业链。{near}", field.clause)
    return chain_problem(field, found, chosen_cluster(draft, call), call) or found


def chosen_cluster(draft: Draft, call: Call) -> Cluster | None:
    """The cluster the draft names, None when it names none."""
    field = call.field_of_kind("cluster")
    return call.cluster_by_name.get(draft.fields.get(field.id, "")) if field else None


def chain_problem(field: Field, chain: str, cluster: Cluster | None, call: Call) -> Problem | None:
    """chain_not_in_cluster when the table lists this chain under another cluster."""
    owner = call.cluster_of_chain[chain]
    if cluster is None or owner == cluster:
        return None
    text = f"“{chain}”属于“{owner.name}”集群，不在“{cluster.name}”之内（{'、'.join(cluster.chains)}）。"
    return Problem("chain_not_in_cluster", field.id, text, field.clause)


# ---------------------------------------------------------------- how to be reached
def _reached(field: Field, text: str, _draft: Draft, _call: Call) -> Value:
    from drafting.form import reachable  # noqa: PLC0415 - 25 ms for tables that only numbers and addresses need

    return (reachable.phone if field.kind == "phone" else reachable.email)(field, text)


JUDGES: Final[dict[str, Callable[[Field, str, Draft, Call], Value]]] = {
    "lead": _lead,
    "recommender": _recommender,
    "cluster": _cluster,
    "chain": _chain,
    "phone": _reached,
    "email": _reached,
}


# ---------------------------------------------------------------- tasks and targets
def check_choice(task: Task, selected: bool, call: Call) -> Problem | None:
    """mandatory_task_deselected when a mandatory row is left, else None (the row's own word, clause mark)."""
    if selected or not task.required:
        return None
    text = f"任务{task.number}“{task.short}”是{call.marks.required}任务，不能打“{call.marks.left}”。"
    return Problem("mandatory_task_deselected", str(task.number), text, f"{task.text}{call.marks.required}")


def check_target(task: Task, amounts: tuple[Amount, ...], call: Call) -> Problem | None:
    """What is wrong with the figures of a task that is taken, None when nothing is (clause star).

    Codes: target_missing_number, target_not_required, target_missing_unit, target_unit_mismatch, zero_target,
    negative_target, non_integer_target.
    """
    on = str(task.number)
    if not task.starred:
        text = f"任务{on}不要求量化目标，任务目标写“{call.marks.none}”即可。"
        return Problem("target_not_required", on, text, call.clauses.get("star", "")) if amounts else None
    if not amounts:
        text = f"任务{on}需要具体数字：{task.indicator}"
        return Problem("target_missing_number", on, text, call.clauses.get("star", task.indicator))
    return next((problem for amount in amounts if (problem := _amount(task, amount))), None)


def _amount(task: Task, amount: Amount) -> Problem | None:
    unit = canonical(task, amount.unit)
    shown = f"{amount.value:g}{amount.unit}" if abs(amount.value) < 1e6 else f"{amount.value}{amount.unit}"
    faults = (
        (unit == "", "target_missing_unit", f"“{shown}”没有写单位，可写{'、'.join(task.units)}。"),
        (unit is None, "target_unit_mismatch", f"“{shown}”的单位不对，应为{'、'.join(task.units)}。"),
        (amount.value == 0, "zero_target", "目标不能是0。"),
        (amount.value < 0, "negative_target", "目标不能是负数。"),
        (task.whole and not float(amount.value).is_integer(), "non_integer_target", f"“{shown}”应是整数。"),
    )
    found = next(((code, text) for wrong, code, text in faults if wrong), None)
    return Problem(found[0], str(task.number), f"任务{task.number}：{found[1]}", task.indicator) if found else None


def settle(task: Task, amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """The figures with the units the row writes (150家 becomes 150个, a bare 12 gets the row's unit)."""
    return tuple(_settle(task, amount) for amount in amounts)


def _settle(task: Task, amount: Amount) -> Amount:
    unit = canonical(task, amount.unit)
    return amount.model_copy(update={"unit": unit}) if unit else amount
