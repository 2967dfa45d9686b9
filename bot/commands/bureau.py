"""`shenbao bureau`: bureaus set up, shown, and their people invited, by whoever runs the machine."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from typing import Any, Final

from pydantic import ValidationError

from bot.cli import UsageError
from bot.commands.common import settings
from bot.desk.bureau import SHOWN, shown
from bot.desk.crew import ROLES, title
from bot.desk.sayings import of_settings
from bot.desk.setting_values import day_of, read, unfit
from bot.hearing.cities import meant
from bot.process.settings import Settings
from bot.running import wiring
from bot.store import Store
from bot.store.desk.bureaus import overlay, overlays
from bot.store.desk.crew import clerks
from bot.turn.acts import Act, act
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
        found = meant(said, self.call)
        if found is None:
            wanted = f"没有“{said}”这个工信局" if said else "请说是哪个工信局"
            raise UsageError(f"{wanted}，可用代码或城市名，例如 {self.call.recommenders[0].code}；省厅用 {PROVINCE}")
        return operator(found.code)

    def do(self, *acts: Act) -> None:
        """Carry acts out."""
        self.store.perform(acts)


def _add(tools: Tools, arguments: Namespace) -> int:
    scope = tools.scope(arguments.bureau)
    given = {key: value for key in GIVEN if (value := getattr(arguments, key)) is not None}
    given |= _read(tools, given)
    try:
        said = Overlay.model_validate({"active": True, **given}).model_dump(mode="json")
    except ValidationError as error:
        raise UsageError(_wrong(error)) from None
    _settle(tools, scope, {key: said[key] for key in ("active", *given)})
    _show(tools, arguments)
    return _invite(tools, arguments) if not _crew(tools, scope) else 0


def _read(tools: Tools, given: dict[str, Any]) -> dict[str, Any]:
    """The day and the number as people write them; UsageError for what can't stand."""
    read_ = {}
    if said := given.get("inner_deadline"):
        day = day_of(said, wiring.today(tools.settings))
        if day is None:
            raise UsageError(f"--inner-deadline {WANTS['inner-deadline']}")
        wrong = unfit(day, day, tools.call)
        if wrong:
            raise UsageError(f"--inner-deadline 不能晚于通知的{day_text(wrong[1])}")
        read_["inner_deadline"] = day.isoformat()
    if said := given.get("phone"):
        read_ |= read("phone", said, wiring.today(tools.settings))
        if "phone" not in read_:
            raise UsageError(f"--phone {WANTS['phone']}")
    return read_


def _settle(tools: Tools, scope: Scope, changes: dict[str, Any]) -> None:
    """Settings changed, and what follows from them said in the bureau's voice."""
    with tools.store.desks.look(scope) as seen:
        after = overlay(seen)[0].but(**changes)
    said = of_settings(after, title(scope.bureau, tools.call), wiring.today(tools.settings))
    sayings = [one.model_dump() for one in said] if scope.bureau != PROVINCE else []
    tools.do(act("settle", scope, **changes), act("shelve", scope, sayings=sayings))


def _wrong(error: ValidationError) -> str:
    name = str(error.errors()[0]["loc"][0]).replace("_", "-")
    return f"--{name} {WANTS.get(name, '太长了')}"


def _crew(tools: Tools, scope: Scope) -> Any:
    with tools.store.desks.look(scope) as seen:
        return clerks(seen)


def _show(tools: Tools, arguments: Namespace) -> int:
    scope = tools.scope(arguments.bureau)
    with tools.store.desks.look(scope) as seen:
        said, _ = overlay(seen)
    print(f"{title(scope.bureau, tools.call)}（{scope.bureau}）{'已启用' if said.active else '未启用'}")
    for name, key in SHOWN.items():
        print(f"　　{name}：{shown(getattr(said, key))}")
    for one in _crew(tools, scope):
        print(f"　　{say(ROLES[one.role])}：{one.name or say('desk.nameless')}")
    return 0


def _list(tools: Tools, _arguments: Namespace) -> int:
    known = overlays(tools.store.desks)
    for code in (PROVINCE, *(one.code for one in tools.call.recommenders)):
        active = code in known and known[code].active
        print(f"{'●' if active else '○'} {code}  {title(code, tools.call)}")
    used = sum(one.active for code, one in known.items() if code != PROVINCE)
    print(f"共{len(tools.call.recommenders)}个工信局，已启用{used}个（●）。")
    return 0


def _invite(tools: Tools, arguments: Namespace) -> int:
    scope, code = tools.scope(arguments.bureau), new_code()
    role = "staff" if arguments.role == "staff" else "admin"
    tools.do(act("recruit", scope, code=code, role=role))
    print(say("desk.letter", bureau=title(scope.bureau, tools.call), code=code, role=say(ROLES[role])))
    return 0


def _stop(tools: Tools, arguments: Namespace) -> int:
    scope = tools.scope(arguments.bureau)
    _settle(tools, scope, {"active": False})
    print(f"{title(scope.bureau, tools.call)}已停用，设置和记录都留着；要再用：shenbao bureau add {scope.bureau}")
    return 0


def _applications(tools: Tools, arguments: Namespace) -> int:
    from bot.commands import applications  # noqa: PLC0415 - Word files load with it

    return (applications.pack if arguments.action == "pack" else applications.take)(tools, arguments)


ACTIONS: Final[dict[str, Callable[[Tools, Namespace], int]]] = {
    "add": _add, "list": _list, "show": _show, "invite": _invite, "stop": _stop, "pack": _applications,
    "take": _applications,
}  # fmt: skip
