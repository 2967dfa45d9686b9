"""`shenbao bureau`: bureaus set up, shown, and their people invited, by whoever runs the machine."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from typing import Any, Final, Literal

from pydantic import ValidationError

from bot.cli import UsageError
from bot.commands.common import settings
from bot.desk.bureau.life import ROLES, Recruited, Settled
from bot.desk.bureau.settings import SHOWN, day_of, read, shown, unfit
from bot.desk.display_names import named
from bot.desk.life import Clerk
from bot.desk.sayings import Shelved, of_settings
from bot.hearing.cities import meant, office_name
from bot.process.settings import Settings
from bot.running import wiring
from bot.store import Store
from bot.store.desk.bureaus import overlay, overlays
from bot.store.desk.crew import clerks
from bot.turn.acts import Act, Change
from bot.turn.codes import new_code
from bot.turn.days import day_text
from bot.turn.overlay import Overlay
from bot.turn.scope import PROVINCE, Scope, operator
from bot.turn.wording import say
from knowledge.call.definition import Call

WANTS: Final = {
    "inner-deadline": "应写成 2026-03-30 的日期", "tolerance": "应为 0 到 1 之间的数", "wait-hours": "应为小时数",
    "phone": "应为电话号码，如 025-12345678",
}  # fmt: skip
GIVEN: Final = ("name", "inner_deadline", "contact", "phone", "priorities", "greeting", "tolerance", "wait_hours")


def run(arguments: Namespace) -> int:
    """Set up, list, show, invite; 2 for what can't be."""
    configured = settings()
    call = wiring.pack(configured).call
    with closing(wiring.store(configured)) as store:
        return ACTIONS[arguments.action](Tools(configured, store, call), arguments)


class Tools:
    """What the actions work with."""

    def __init__(self, configured: Settings, store: Store, call: Call) -> None:
        self.settings, self.store, self.call = configured, store, call

    def scope(self, said: str) -> Scope:
        """The operator at the desk that is meant by code, city or name; UsageError for none."""
        if said in (PROVINCE, self.call.call.issuer, "省厅"):
            return operator(PROVINCE)
        body = meant(said, self.call)
        if body is None:
            wanted = f"没有“{said}”这个工信局" if said else "请说是哪个工信局"
            raise UsageError(f"{wanted}，可用代码或城市名，例如 {self.call.recommenders[0].code}；省厅用 {PROVINCE}")
        return operator(body.code)

    def do(self, *acts: Act[Change]) -> None:
        """Carry acts out."""
        self.store.perform(acts)

    def office(self, scope: Scope) -> str:
        """The full name of a desk."""
        return office_name(scope.bureau, self.call)


def _add(tools: Tools, arguments: Namespace) -> int:
    scope = tools.scope(arguments.bureau)
    settings_ = {key: value for key in GIVEN if (value := getattr(arguments, key)) is not None}
    settings_ |= _read(tools, settings_)
    try:
        said = Overlay.model_validate({"active": True, **settings_}).model_dump(mode="json")
    except ValidationError as error:
        raise UsageError(_wrong(error)) from None
    _settle(tools, scope, {key: said[key] for key in ("active", *settings_)})
    _show(tools, arguments)
    return _invite(tools, arguments) if not _crew(tools, scope) else 0


def _read(tools: Tools, settings_: dict[str, Any]) -> dict[str, Any]:
    """The day and the number as people write them; UsageError for what can't stand."""
    read_ = {}
    if said := settings_.get("inner_deadline"):
        day = day_of(said, wiring.today(tools.settings))
        if day is None:
            raise UsageError(f"--inner-deadline {WANTS['inner-deadline']}")
        wrong = unfit(day, day, tools.call)
        if wrong:
            raise UsageError(f"--inner-deadline 不能晚于通知的{day_text(wrong[1])}")
        read_["inner_deadline"] = day.isoformat()
    if said := settings_.get("phone"):
        read_ |= read("phone", said, wiring.today(tools.settings))
        if "phone" not in read_:
            raise UsageError(f"--phone {WANTS['phone']}")
    return read_


def _settle(tools: Tools, scope: Scope, changes: dict[str, Any]) -> None:
    """Settings changed, and what follows from them said in the bureau's voice."""
    with tools.store.desks.look(scope) as seen:
        after = overlay(seen)[0].but(**changes)
    sayings = of_settings(after, tools.office(scope), wiring.today(tools.settings)) if scope.bureau != PROVINCE else ()
    tools.do(Act(scope, Settled(changes)), Act(scope, Shelved(sayings)))


def _wrong(error: ValidationError) -> str:
    name = str(error.errors()[0]["loc"][0]).replace("_", "-")
    return f"--{name} {WANTS.get(name, '太长了')}"


def _crew(tools: Tools, scope: Scope) -> tuple[Clerk, ...]:
    with tools.store.desks.look(scope) as seen:
        return clerks(seen)


def _show(tools: Tools, arguments: Namespace) -> int:
    scope = tools.scope(arguments.bureau)
    with tools.store.desks.look(scope) as seen:
        said, _ = overlay(seen)
    print(f"{tools.office(scope)}（{scope.bureau}）{'已启用' if said.active else '未启用'}")
    for name, key in SHOWN.items():
        print(f"　　{name}：{shown(getattr(said, key))}")
    for one in _crew(tools, scope):
        print(f"　　{say(ROLES[one.role])}：{named(one.name)}")
    return 0


def _list(tools: Tools, _arguments: Namespace) -> int:
    known = overlays(tools.store.desks)
    for code in (PROVINCE, *(one.code for one in tools.call.recommenders)):
        active = code in known and known[code].active
        print(f"{'●' if active else '○'} {code}  {office_name(code, tools.call)}")
    used = sum(one.active for code, one in known.items() if code != PROVINCE)
    print(f"共{len(tools.call.recommenders)}个工信局，已启用{used}个（●）。")
    return 0


def _invite(tools: Tools, arguments: Namespace) -> int:
    scope, code = tools.scope(arguments.bureau), new_code()
    role: Literal["staff", "admin"] = "staff" if arguments.role == "staff" else "admin"
    tools.do(Act(scope, Recruited(code, role)))
    print(say("desk.letter", bureau=tools.office(scope), code=code, role=say(ROLES[role])))
    return 0


def _stop(tools: Tools, arguments: Namespace) -> int:
    scope = tools.scope(arguments.bureau)
    _settle(tools, scope, {"active": False})
    print(f"{tools.office(scope)}已停用，设置和记录都留着；要再用：shenbao bureau add {scope.bureau}")
    return 0


def _applications(tools: Tools, arguments: Namespace) -> int:
    from bot.commands import applications  # noqa: PLC0415 - Word files load with it

    return (applications.pack if arguments.action == "pack" else applications.take)(tools, arguments)


ACTIONS: Final[dict[str, Callable[[Tools, Namespace], int]]] = {
    "add": _add, "list": _list, "show": _show, "invite": _invite, "stop": _stop, "pack": _applications,
    "take": _applications,
}  # fmt: skip
