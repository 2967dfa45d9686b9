"""`shenbao bureau`: bureaus set up, shown, and their people invited, by whoever runs the machine."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any, Final, Literal

from pydantic import ValidationError

from bot.commands import UsageError, applications
from bot.commands.at_desk import AtDesk, at_desk
from bot.desk.bureau.life import ROLES, Recruited, Settled
from bot.desk.bureau.profile import SHOWN, day_of, read, shown, unfit
from bot.desk.display_names import named
from bot.desk.life import Clerk
from bot.desk.sayings import Shelved, of_settings
from bot.hearing.cities import office_name
from bot.store.desk.bureaus import overlay, overlays
from bot.store.desk.crew import clerks
from bot.turn.codes import new_code
from bot.turn.days import day_text
from bot.turn.overlay import Overlay
from bot.turn.scope import PROVINCE
from bot.turn.wording import say

WANTS: Final = {
    "inner-deadline": "应写成 2026-03-30 的日期", "tolerance": "应为 0 到 1 之间的数", "wait-hours": "应为小时数",
    "phone": "应为电话号码，如 025-12345678",
}  # fmt: skip
GIVEN: Final = ("name", "inner_deadline", "contact", "phone", "priorities", "greeting", "tolerance", "wait_hours")


def run(arguments: Namespace) -> int:
    """Set up, list, show, invite; 2 for what can't be."""
    surely = arguments.action in ("add", "show", "invite", "stop")
    with at_desk(arguments.bureau, surely=surely) as desk:
        return ACTIONS[arguments.action](desk, arguments)


def _add(desk: AtDesk, arguments: Namespace) -> int:
    settings_ = {key: value for key in GIVEN if (value := getattr(arguments, key)) is not None}
    settings_ |= _read(desk, settings_)
    try:
        said = Overlay.model_validate({"active": True, **settings_}).model_dump(mode="json")
    except ValidationError as error:
        raise UsageError(_wrong(error)) from None
    _settle(desk, {key: said[key] for key in ("active", *settings_)})
    _show(desk, arguments)
    return 0 if _crew(desk) else _invite(desk, arguments)


def _read(desk: AtDesk, settings_: dict[str, Any]) -> dict[str, Any]:
    """The day and the number as people write them; UsageError for what can't stand."""
    read_ = {}
    if said := settings_.get("inner_deadline"):
        day = day_of(said, desk.today)
        if day is None:
            raise UsageError(f"--inner-deadline {WANTS['inner-deadline']}")
        wrong = unfit(day, day, desk.call)
        if wrong:
            raise UsageError(f"--inner-deadline 不能晚于通知的{day_text(wrong[1])}")
        read_["inner_deadline"] = day.isoformat()
    if said := settings_.get("phone"):
        read_ |= read("phone", said, desk.today)
        if "phone" not in read_:
            raise UsageError(f"--phone {WANTS['phone']}")
    return read_


def _settle(desk: AtDesk, changes: dict[str, Any]) -> None:
    """Settings changed, and what follows from them said in the bureau's voice."""
    with desk.look() as seen:
        after = overlay(seen)[0].but(**changes)
    sayings = of_settings(after, desk.name, desk.today) if desk.scope.bureau != PROVINCE else ()
    desk.do(Settled(changes), Shelved(sayings))


def _wrong(error: ValidationError) -> str:
    name = str(error.errors()[0]["loc"][0]).replace("_", "-")
    return f"--{name} {WANTS.get(name, '太长了')}"


def _crew(desk: AtDesk) -> tuple[Clerk, ...]:
    with desk.look() as seen:
        return clerks(seen)


def _show(desk: AtDesk, arguments: Namespace) -> int:
    with desk.look() as seen:
        said, _ = overlay(seen)
    print(f"{desk.name}（{desk.scope.bureau}）{'已启用' if said.active else '未启用'}")
    for name, key in SHOWN.items():
        print(f"　　{name}：{shown(getattr(said, key))}")
    for one in _crew(desk):
        print(f"　　{say(ROLES[one.role])}：{named(one.name)}")
    return 0


def _list(desk: AtDesk, _arguments: Namespace) -> int:
    known = overlays(desk.store.desks)
    for code in (PROVINCE, *(body.code for body in desk.call.recommenders)):
        active = code in known and known[code].active
        print(f"{'●' if active else '○'} {code}  {office_name(code, desk.call)}")
    used = sum(one.active for code, one in known.items() if code != PROVINCE)
    print(f"共{len(desk.call.recommenders)}个工信局，已启用{used}个（●）。")
    return 0


def _invite(desk: AtDesk, arguments: Namespace) -> int:
    code = new_code()
    role: Literal["staff", "admin"] = "staff" if arguments.role == "staff" else "admin"
    desk.do(Recruited(code, role))
    print(say("desk.letter", bureau=desk.name, code=code, role=say(ROLES[role])))
    return 0


def _stop(desk: AtDesk, arguments: Namespace) -> int:
    _settle(desk, {"active": False})
    print(f"{desk.name}已停用，设置和记录都留着；要再用：shenbao bureau add {desk.scope.bureau}")
    return 0


def _applications(desk: AtDesk, arguments: Namespace) -> int:
    return (applications.pack if arguments.action == "pack" else applications.take)(desk, arguments)


ACTIONS: Final[dict[str, Callable[[AtDesk, Namespace], int]]] = {
    "add": _add, "list": _list, "show": _show, "invite": _invite, "stop": _stop, "pack": _applications,
    "take": _applications,
}  # fmt: skip
