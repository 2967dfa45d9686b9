"""Answers about who may take part: where a unit is registered, what kind of body it is, how many there are."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.answers.context import Ask, Found
from knowledge.language.normal import normalise

LEAD, MEMBER = "牵头", "成员"


def _role(ask: Ask) -> str:
    if ask.holds(LEAD):
        return "lead"
    return "member" if ask.holds(MEMBER) else "any"


def _body(ask: Ask) -> str:
    """The body the asker speaks of: one that the call lists, else the general name of its kind."""
    return next(
        (name for name in ask.call.consortium.bodies if normalise(name) in ask.reading.text),
        next((name for name in ask.groups if ask.holds(name)), ""),
    )


def _kind(ask: Ask) -> str:
    body = _body(ask)
    return body if body in ask.call.consortium.bodies else ask.groups.get(body, "")


def outside(ask: Ask) -> Found | None:
    """Whether a unit from outside the region may lead or join."""
    if not (ask.reading.outside or ask.holds("省外")):
        return None
    place = ask.reading.outside[0] if ask.reading.outside else "省外"
    role = _role(ask)
    quotes = ("@clause:lead", "@clause:bodies") if role == "lead" else ("@clause:bodies", "@clause:lead")
    variant = "lead_subsidiary" if ask.holds("子公司") else role
    return Found(variant, {"place": place, "body": _body(ask)}, quotes)


def body(ask: Ask) -> Found | None:
    """Whether a kind of body may lead or join."""
    kind = _kind(ask)
    if not kind:
        return None
    role = _role(ask)
    listed = kind if kind in ask.call.consortium.bodies else ""
    values = {"body": _body(ask), "kind": listed, "as": f"属于{listed}" if listed != _body(ask) else "在所列主体之内"}
    quotes = ("@clause:lead", "@clause:bodies") if role == "lead" else ("@clause:bodies", "@clause:lead")
    if kind == "branch":
        said = next((one for one in ask.call.consortium.not_legal_person if one in ask.reading.text), "")
        values["body"] = said or "没有独立法人资格的单位"
        return Found(f"branch_{'lead' if role == 'lead' else 'member'}", values, quotes)
    if not listed:
        return Found("person" if kind == "person" else "unlisted", values, quotes)
    return Found(f"yes_{role}", values, quotes)


def home(ask: Ask) -> Found | None:
    """Whether a unit from the region may lead, and through which bureau it goes."""
    if not ask.reading.cities:
        return None
    city = ask.reading.cities[0]
    bureau = next((one.name for one in ask.call.recommenders if one.city == city), "")
    return Found(_role(ask), {"city": city, "bureau": bureau}, ("@clause:lead", "@clause:bodies"))


def count(ask: Ask) -> Found | None:
    """Whether a number of members is enough."""
    said = ask.reading.count
    if said is None:
        return None
    rules = ask.call.consortium
    values = {"said": str(said)}
    if rules.max_members is not None and said > rules.max_members:
        return Found("many", values, ("@clause:max_members",))
    least = rules.min_members
    with_lead = ask.holds("加上牵头", "一共")
    variant = (
        "few"
        if said < least or (with_lead and said <= least - 1)
        else "edge"
        if with_lead and said == least
        else "enough"
    )
    return Found(variant, values, ("@clause:min_members",))


def most(ask: Ask) -> Found | None:
    """How many members there may be at most, or that the notice does not say."""
    if ask.call.consortium.max_members is None:
        return Found("silent", {}, ("@clause:min_members",), "not_covered")
    return Found("known", {}, ("@clause:max_members", "@clause:min_members"))


def quota(ask: Ask) -> Found | None:
    """How many applications a recommender may put forward, or whether a number of them is too many."""
    most = ask.call.consortium.quota
    if most is None:
        return None
    said = ask.reading.count
    if said is not None and said < most and ask.holds("还剩名额"):
        return Found("left", {"said": str(said), "left_over": str(most - said)}, ("@clause:quota",))
    if said is None or not ask.holds("能否", "是否", "来得及"):
        return Found("plain", {}, ("@clause:quota",))
    return Found("many" if said > most else "enough", {"said": str(said)}, ("@clause:quota",))


def recommender(ask: Ask) -> Found | None:
    """Who recommends: the bureau of the city named, else the kind of body."""
    cities = ask.reading.cities
    name = next((one.name for one in ask.call.recommenders if cities and one.city == cities[0]), "")
    code = next((one.name for one in ask.call.recommenders if one.code == ask.bureau), "")
    if name or code:
        return Found("city", {"bureau": name or code, "city": cities[0] if cities else ""}, ("@clause:recommender",))
    return Found("plain", {}, ("@clause:recommender",))


def trouble(ask: Ask) -> Found | None:
    """What past trouble means for the lead, and for a member when only members are spoken of."""
    promise = ask.call.of_kind("commitment")
    if promise is None:
        return None
    role = "member" if ask.holds(MEMBER) and not ask.holds(LEAD) else "lead"
    return Found(role, {}, (f"@section:{promise.id}",))


def signer(ask: Ask) -> Found | None:
    """Who makes the promise."""
    promise = ask.call.of_kind("commitment")
    named = {ask.call.section(one).kind for one in ask.reading.sections}
    if promise is None or (named and "commitment" not in named):
        return None
    return Found("", {}, (f"@section:{promise.id}", f"@title:{promise.id}"))


def promise_text(ask: Ask) -> Found | None:
    """What the promise says."""
    promise = ask.call.of_kind("commitment")
    return Found("", {"statements": "".join(promise.statements)}, (f"@section:{promise.id}",)) if promise else None


RENDERERS: dict[str, Callable[[Ask], Found | None]] = {
    "who_outside": outside,
    "who_body": body,
    "who_home": home,
    "who_count": count,
    "members_most": most,
    "quota_count": quota,
    "recommender_of": recommender,
    "trouble": trouble,
    "promise_signer": signer,
    "promise_text": promise_text,
}
