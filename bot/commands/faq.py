"""`shenbao faq`: a bureau's FAQ and rulings listed, written, carried in and out, tried, published, taken back."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.cli import USAGE, UsageError
from bot.commands.bureau import Tools
from bot.commands.common import settings
from bot.desk.crew import title
from bot.desk.entries.actions import cleaned, ended, fault, tidy, unfounded
from bot.desk.entries.conflicts import Conflict, conflicts
from bot.desk.entries.difference import differences
from bot.desk.entries.entry import Item, View, called, key, saying
from bot.desk.entries.life import Doer, after
from bot.desk.entries.page import stage
from bot.desk.entries.publishing import trial, warned
from bot.desk.entries.spreadsheet import Row, read, table
from bot.desk.sayings import Saying
from bot.running import wiring
from bot.store.desk.entries import view
from bot.turn.acts import Act, act
from bot.turn.scope import Scope
from bot.turn.wish import Wish
from bot.turn.wording import say
from knowledge.answers.bureau_questions import Weighed
from knowledge.answers.engine import Desk


def run(arguments: Namespace) -> int:
    """Do it; 2 for what can't be done."""
    configured = settings()
    call = wiring.pack(configured).call
    with closing(wiring.store(configured)) as store:
        tools = Tools(configured, store, call)
        scope = tools.scope(arguments.bureau)
        return ACTIONS[arguments.action](tools, scope, arguments)


def _act(kind_: str, scope: Scope, number_: int = 0, was_: int = 0, /, **values: Any) -> Act:
    return act(kind_, scope, number_, was_, **values).model_copy(update={"name": say("desk.operator")})


def _seen(tools: Tools, scope: Scope, number: int = 0) -> View:
    with tools.store.desks.look(scope) as seen:
        return view(seen, Wish("faq_trial", number))


def _item(tools: Tools, scope: Scope, said: str) -> tuple[View, Item]:
    seen = _seen(tools, scope, int(said) if said.isdecimal() and len(said) < 7 else 0)
    if seen.item is None:
        raise UsageError(f"没有编号为 {said} 的条目，编号见 shenbao faq list")
    return seen, seen.item


def _targets(arguments: Namespace, what: str) -> list[str]:
    if not arguments.targets:
        raise UsageError(f"请给出{what}，例如 shenbao faq {arguments.action} {'3' if what == '编号' else '问答.csv'}")
    return list(arguments.targets)


# ---------------------------------------------------------------- seen, carried out
def _list(tools: Tools, scope: Scope, _arguments: Namespace) -> int:
    items, today = _seen(tools, scope).items, wiring.today(tools.settings)
    for one in items:
        print(f"{one.number}  {called(one)}  {stage(one, today)}  {one.question}")
    print(f"{title(scope.bureau, tools.call)}共{len(items)}条，已发布{len(_seen(tools, scope).published)}条。")
    return 0


def _export(tools: Tools, scope: Scope, arguments: Namespace) -> int:
    file = Path(_targets(arguments, "文件")[0])
    items = _seen(tools, scope).items
    try:
        file.write_text(table(items), "utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{file.name} 写不进去（{error.strerror}）") from None
    print(f"已导出{len(items)}条：{file.name}")
    return 0


# ---------------------------------------------------------------- brought in
def _add(tools: Tools, scope: Scope, arguments: Namespace) -> int:
    question, answer = cleaned(arguments.question), ended(arguments.answer)
    if not question or not answer:
        raise UsageError("请给出 --question 和 --answer")
    if wrong := next((why for one in (question, *arguments.similar) if (why := fault(one, answer))), ""):
        raise UsageError(wrong)
    if wrong := unfounded(source := tidy(arguments.source)):
        raise UsageError(wrong)
    try:
        until = date.fromisoformat(arguments.valid_until).isoformat() if arguments.valid_until else ""
    except ValueError:
        raise UsageError("--valid-until 应写成 2026-06-30 的日期") from None
    similar = tuple(map(cleaned, arguments.similar))
    row = Row(0, question, answer, similar, "ruling" if arguments.ruling else "faq", until, source)
    return _bring(tools, scope, (row,), arguments)


def _import(tools: Tools, scope: Scope, arguments: Namespace) -> int:
    file = Path(_targets(arguments, "文件")[0])
    try:
        found = read(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{file.name} 读不出来，应是 UTF-8 的 CSV 文件") from None
    for line in found.wrong:
        print(f"{file.name}：{line}", file=sys.stderr)
    alive = [one for one in _seen(tools, scope).items if one.state != "withdrawn"]
    held = {(one.question, one.answer) for item in alive for one in (item, item.told) if one}
    fresh = tuple(one for one in found.rows if (one.question, one.answer) not in held)
    if same := len(found.rows) - len(fresh):
        print(f"已有{same}条一样的，没有重复收。")
    done = _bring(tools, scope, fresh, arguments)
    return USAGE if found.wrong else done


def _bring(tools: Tools, scope: Scope, rows: tuple[Row, ...], arguments: Namespace) -> int:
    """New entries waiting for approval, or published where that was asked for."""
    numbers = []
    for row in rows:
        number = _seen(tools, scope).next
        given = {"question": row.question, "answer": row.answer, "kind": row.kind, "ticket": 0}
        more = {"similar": list(row.similar), "valid_until": row.valid_until, "number": number, "source": row.source}
        tools.do(_act("faq_new", scope, 0, 0, **given, **more), _act("faq_submit", scope, number, 1))
        numbers.append(number)
    print(f"已收{len(rows)}条，" + ("" if arguments.publish else "待审。" if rows else "没有新的。"))
    return _out(tools, scope, numbers, arguments) if arguments.publish else 0


# ---------------------------------------------------------------- tried, published, withdrawn
def _weigh(desk: Desk, scope: Scope, seen: View, item: Item) -> tuple[tuple[Conflict, ...], Weighed]:
    """What an entry gainsays, and which questions of the past it would have answered."""
    asked = [one.question for one in seen.past]
    told = desk.weigh(item.questions, asked, scope.bureau, ruling=item.kind == "ruling")
    return conflicts(item, told.answers, seen.published), told


def _trial(tools: Tools, scope: Scope, arguments: Namespace) -> int:
    wanted = [_item(tools, scope, said) for said in _targets(arguments, "编号")]
    with closing(wiring.desk(tools.settings, wiring.pack(tools.settings))) as desk:
        for seen, item in wanted:
            found, told = _weigh(desk, scope, seen, item)
            hits = [one for one, same in zip(seen.past, told.same, strict=True) if same]
            print("\n".join((trial(item, hits, len(seen.past)), *warned(item, found))))
    return 0


def _publish(tools: Tools, scope: Scope, arguments: Namespace) -> int:
    numbers = [_item(tools, scope, said)[1].number for said in _targets(arguments, "编号")]
    return _out(tools, scope, numbers, arguments)


def _out(tools: Tools, scope: Scope, numbers: list[int], arguments: Namespace) -> int:
    """Published each, but for what gainsays something and isn't wanted in spite of it."""
    with closing(wiring.desk(tools.settings, wiring.pack(tools.settings))) as desk:
        left = [number for number in numbers if not _one_out(desk, tools, scope, number, anyway=arguments.anyway)]
    return USAGE if left else 0


def _one_out(desk: Desk, tools: Tools, scope: Scope, number: int, *, anyway: bool) -> bool:
    seen, item = _item(tools, scope, str(number))
    if not item.may("faq_publish") or not item.answer:
        print(f"{called(item)}现在不能发布（{say(f'faq.{item.state}')}）", file=sys.stderr)
        return False
    found, _ = _weigh(desk, scope, seen, item)
    print("\n".join(differences(item.standing, item.words)) + "\n" if item.standing else "", end="")
    if found and not anyway:
        print("\n".join((*warned(item, found), f"{called(item)}没有发布。仍要发布，加 --anyway")), file=sys.stderr)
        return False
    detail = say("faq.in_spite") if found else ""
    tools.do(_act("faq_publish", scope, number, item.version, detail=detail), _shelve(tools, scope, item))
    print(say("faq.out", called=called(item)))
    return True


def _shelve(tools: Tools, scope: Scope, item: Item) -> Act:
    said = saying(item, title(scope.bureau, tools.call), wiring.today(tools.settings))
    return _act("shelve", scope, item.number, 0, sayings=[said.model_dump()])


def _rollback(tools: Tools, scope: Scope, arguments: Namespace) -> int:
    """The published words before those that stand put back."""
    for said in _targets(arguments, "编号"):
        _, item = _item(tools, scope, said)
        now = after(item, "faq_back", Doer(scope.user)).told if item.may("faq_back") else None
        if now is None:
            raise UsageError(f"{called(item)}没有更早的版本可退，要停用请用 shenbao faq withdraw {item.number}")
        tools.do(_act("faq_back", scope, item.number, item.version), _shelve(tools, scope, now))
        print(f"{called(item)}已退回上一版：{now.question} {now.answer}")
    return 0


def _withdraw(tools: Tools, scope: Scope, arguments: Namespace) -> int:
    for said in _targets(arguments, "编号"):
        _, item = _item(tools, scope, said)
        if not item.may("faq_withdraw"):
            raise UsageError(f"{called(item)}已经撤回")
        gone = Saying(key=key(item.number), voice=item.kind).model_dump()
        shelve = _act("shelve", scope, item.number, 0, sayings=[gone])
        tools.do(_act("faq_withdraw", scope, item.number, item.version), shelve)
        told = "faq.withdrawn_but" if item.standing else "faq.withdrawn_now" if item.told else "faq.voided"
        print(say(told, called=called(item)))
    return 0


ACTIONS: Final[dict[str, Callable[[Tools, Scope, Namespace], int]]] = {
    "list": _list, "add": _add, "export": _export, "import": _import, "trial": _trial, "publish": _publish,
    "rollback": _rollback, "withdraw": _withdraw,
}  # fmt: skip
