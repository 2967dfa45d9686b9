"""`shenbao faq`: a bureau's FAQ and rulings listed, written, carried in and out, tried, published, taken back."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from bot.commands import USAGE, UsageError
from bot.commands.at_desk import AtDesk, at_desk
from bot.desk.entries.actions import gone
from bot.desk.entries.conflicts import Conflict, conflicts
from bot.desk.entries.general import cleaned, ended, fault, tidy, unfounded
from bot.desk.entries.life import Asked, EntryBegun, EntryLed, Item, Words, after, called, saying
from bot.desk.entries.page import differences, stage
from bot.desk.entries.publishing import shelved, trial, warned
from bot.desk.entries.spreadsheet import read, table
from bot.desk.life import Doer
from bot.desk.sayings import Saying
from bot.running import answer_engine, wiring
from bot.store.desk.entries import asked_too
from bot.turn.acts import Change
from bot.turn.wish import Wish
from bot.turn.wording import say
from knowledge.answers.answer import Weighed
from knowledge.answers.engine import AnswerEngine


def run(arguments: Namespace) -> int:
    """Do it; 2 for what can't be done."""
    with at_desk(arguments.bureau) as desk:
        return ACTIONS[arguments.action](desk, arguments)


def _do(desk: AtDesk, number: int, was: int, *changes: Change) -> None:
    desk.do(*changes, number=number, was=was, name=say("desk.operator"))


def _seen(desk: AtDesk, number: int = 0) -> Asked:
    with desk.look() as seen:
        return asked_too(seen, Wish("faq_trial", number))


def _item(desk: AtDesk, said: str) -> tuple[Asked, Item]:
    seen = _seen(desk, int(said) if said.isdecimal() and len(said) < 7 else 0)
    if seen.item is None:
        raise UsageError(f"没有编号为 {said} 的条目，编号见 shenbao faq list")
    return seen, seen.item


def _targets(arguments: Namespace, what: str) -> list[str]:
    if not arguments.targets:
        raise UsageError(f"请给出{what}，例如 shenbao faq {arguments.action} {'3' if what == '编号' else '问答.csv'}")
    return list(arguments.targets)


# ---------------------------------------------------------------- seen, carried out
def _list(desk: AtDesk, _arguments: Namespace) -> int:
    items, today = _seen(desk).items, desk.today
    for item in items:
        print(f"{item.number}  {called(item)}  {stage(item, today)}  {item.question}")
    print(f"{desk.name}共{len(items)}条，已发布{len(_seen(desk).published)}条。")
    return 0


def _export(desk: AtDesk, arguments: Namespace) -> int:
    file = Path(_targets(arguments, "文件")[0])
    items = _seen(desk).items
    try:
        file.write_text(table(items), "utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{file.name} 写不进去（{error.strerror}）") from None
    print(f"已导出{len(items)}条：{file.name}")
    return 0


# ---------------------------------------------------------------- brought in
def _add(desk: AtDesk, arguments: Namespace) -> int:
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
    entry = EntryBegun(Words(question, answer, similar, until, source), "ruling" if arguments.ruling else "faq")
    return _bring(desk, [entry], arguments)


def _import(desk: AtDesk, arguments: Namespace) -> int:
    file = Path(_targets(arguments, "文件")[0])
    try:
        sheet = read(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{file.name} 读不出来，应是 UTF-8 的 CSV 文件") from None
    for line in sheet.wrong:
        print(f"{file.name}：{line}", file=sys.stderr)
    alive = [one for one in _seen(desk).items if one.state != "withdrawn"]
    held = {(one.question, one.answer) for item in alive for one in (item, item.told) if one}
    fresh = [entry for entry in sheet.rows if (entry.words.question, entry.words.answer) not in held]
    if same := len(sheet.rows) - len(fresh):
        print(f"已有{same}条一样的，没有重复收。")
    done = _bring(desk, fresh, arguments)
    return USAGE if sheet.wrong else done


def _bring(desk: AtDesk, entries: list[EntryBegun], arguments: Namespace) -> int:
    """New entries waiting for approval, or published where that was asked for."""
    numbers = []
    for entry in entries:
        numbers.append(_seen(desk).next)
        _do(desk, numbers[-1], 0, entry, EntryLed("faq_submit"))
    print(f"已收{len(entries)}条，" + ("" if arguments.publish else "待审。" if entries else "没有新的。"))
    return _out(desk, numbers, arguments) if arguments.publish else 0


# ---------------------------------------------------------------- tried, published, withdrawn
def _answers(desk: AtDesk) -> closing[AnswerEngine]:
    return closing(answer_engine.engine(desk.settings, wiring.pack(desk.settings)))


def _weigh(answers: AnswerEngine, bureau: str, seen: Asked, item: Item) -> tuple[tuple[Conflict, ...], Weighed]:
    """What an entry gainsays, and which questions of the past it would have answered."""
    asked = [one.question for one in seen.past]
    weighed = answers.weigh(item.questions, asked, bureau, ruling=item.kind == "ruling")
    return conflicts(item, weighed.answers, seen.published), weighed


def _trial(desk: AtDesk, arguments: Namespace) -> int:
    wanted = [_item(desk, said) for said in _targets(arguments, "编号")]
    with _answers(desk) as answers:
        for seen, item in wanted:
            against, weighed = _weigh(answers, desk.scope.bureau, seen, item)
            hits = [one for one, same in zip(seen.past, weighed.same, strict=True) if same]
            print("\n".join((trial(item, hits, len(seen.past)), *warned(item, against))))
    return 0


def _publish(desk: AtDesk, arguments: Namespace) -> int:
    numbers = [_item(desk, said)[1].number for said in _targets(arguments, "编号")]
    return _out(desk, numbers, arguments)


def _out(desk: AtDesk, numbers: list[int], arguments: Namespace) -> int:
    """Published each, but for what gainsays something and isn't wanted in spite of it."""
    with _answers(desk) as answers:
        left = [number for number in numbers if not _one_out(answers, desk, number, anyway=arguments.anyway)]
    return USAGE if left else 0


def _one_out(answers: AnswerEngine, desk: AtDesk, number: int, *, anyway: bool) -> bool:
    seen, item = _item(desk, str(number))
    if not item.may("faq_publish") or not item.answer:
        print(f"{called(item)}现在不能发布（{say(f'faq.{item.state}')}）", file=sys.stderr)
        return False
    against, _ = _weigh(answers, desk.scope.bureau, seen, item)
    print("\n".join(differences(item.standing, item.words)) + "\n" if item.standing else "", end="")
    if against and not anyway:
        print("\n".join((*warned(item, against), f"{called(item)}没有发布。仍要发布，加 --anyway")), file=sys.stderr)
        return False
    detail = say("faq.in_spite") if against else ""
    _do(desk, number, item.version, EntryLed("faq_publish", detail), shelved(item, _says(desk, item)))
    print(say("faq.out", called=called(item)))
    return True


def _says(desk: AtDesk, item: Item) -> Saying:
    return saying(item, desk.name, desk.today)


def _rollback(desk: AtDesk, arguments: Namespace) -> int:
    """The published words before those that stand put back."""
    for said in _targets(arguments, "编号"):
        _, item = _item(desk, said)
        now = after(item, "faq_back", Doer(desk.scope.user)).told if item.may("faq_back") else None
        if now is None:
            raise UsageError(f"{called(item)}没有更早的版本可退，要停用请用 shenbao faq withdraw {item.number}")
        _do(desk, item.number, item.version, EntryLed("faq_back"), shelved(item, _says(desk, now)))
        print(f"{called(item)}已退回上一版：{now.question} {now.answer}")
    return 0


def _withdraw(desk: AtDesk, arguments: Namespace) -> int:
    for said in _targets(arguments, "编号"):
        _, item = _item(desk, said)
        if not item.may("faq_withdraw"):
            raise UsageError(f"{called(item)}已经撤回")
        _do(desk, item.number, item.version, EntryLed("faq_withdraw"), shelved(item, None))
        print(say(gone(item), called=called(item)))
    return 0


ACTIONS: Final[dict[str, Callable[[AtDesk, Namespace], int]]] = {
    "list": _list, "add": _add, "export": _export, "import": _import, "trial": _trial, "publish": _publish,
    "rollback": _rollback, "withdraw": _withdraw,
}  # fmt: skip
