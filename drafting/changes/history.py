"""Changes of a draft path by path, so that each can be named, attributed and taken back by itself.

A path is fields/KEY, tasks/N, lead, members/NAME, texts/ID, points/ID, promised, or order (in which the units stand).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from drafting.form.draft import Draft, Part

# A path, and what stood there before and after; None where nothing did.
Changes = dict[str, tuple[Any, Any]]
ORDER: Final = "order"
NESTED: Final = ("fields", "tasks", "texts", "points")


def flat(draft: Draft) -> dict[str, Any]:
    """Everything the draft says, by path, as JSON; what it doesn't say has no path."""
    whole = draft.model_dump(mode="json")
    out = {f"{part}/{key}": value for part in NESTED for key, value in whole[part].items()}
    names: list[str] = []
    for member in whole["members"]:
        name = member["name"]
        while f"members/{name}" in out:
            name += "#"
        names.append(name)
        out[f"members/{name}"] = member
    told = {ORDER: names, "lead": whole["lead"] if draft.lead != Part() else None, "promised": draft.promised}
    return out | {path: value for path, value in told.items() if value}


def built(said: Mapping[str, Any]) -> Draft:
    """The draft that says this: `built(flat(draft)) == draft`."""
    whole: dict[str, Any] = {part: {} for part in NESTED}
    units = {}
    for path, value in said.items():
        part, _, key = path.partition("/")
        if part == "members":
            units[key] = value
        elif part in NESTED:
            whole[part][key] = value
    order = {name: place for place, name in enumerate(said.get(ORDER, ()))}
    whole["members"] = [units[name] for name in sorted(units, key=lambda name: order.get(name, len(order)))]
    whole |= {part: said[part] for part in ("lead", "promised") if part in said}
    return Draft.model_validate(whole)


def changes(before: Draft, after: Draft) -> Changes:
    """Every path on which the two differ, with what stands there in each; empty when they are the same."""
    if before == after:
        return {}
    old, new = flat(before), flat(after)
    every = dict.fromkeys((*old, *new))
    return {path: (old.get(path), new.get(path)) for path in every if old.get(path) != new.get(path)}


def taken_back(draft: Draft, step: Mapping[str, Any]) -> tuple[Draft, tuple[str, ...]]:
    """The draft without a step's changes, and the paths left alone since somebody changed them after it."""
    said, kept = flat(draft), []
    for path, (old, new) in step.items():
        if said.get(path) != new:
            kept.append(path)
        elif old is None:
            said.pop(path, None)
        else:
            said[path] = old
    return built(said), tuple(path for path in kept if path != ORDER)


def only(before: Draft, after: Draft, paths: Collection[str]) -> Draft:
    """The draft before with nothing but these paths as they are after."""
    old, new = flat(before), flat(after)
    kept = {path: value for path, value in old.items() if path not in paths}
    return built(kept | {path: new[path] for path in paths if path in new})


def upgraded(steps: list[dict[str, Any]], draft: Draft) -> list[Changes]:
    """The way back as it is kept now; steps of an earlier release hold whole parts as they were before each."""
    out: list[Changes] = []
    for step in reversed(steps):
        if not any(isinstance(value, bool | dict) or part == "members" for part, value in step.items()):
            out.append({path: (old, new) for path, (old, new) in step.items()})
            continue
        earlier = Draft.model_validate({**draft.model_dump(mode="json"), **step})
        out.append(changes(earlier, draft))
        draft = earlier
    return out[::-1]
