"""`shenbao docs`: guides, rulings and ready passages kept beside the notice."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from bot.commands import USAGE, UsageError
from bot.commands.common import asker, settings
from bot.process.progress import bar, told
from bot.process.settings import Settings
from bot.running import answer_engine, wiring
from bot.store import Store, open_store
from bot.store.desk.sayings import SAID
from bot.turn.scope import PROVINCE
from bot.turn.wording import say
from drafting.form.locating import place
from knowledge.answers.engine import AnswerEngine
from knowledge.library.holdings import Document, Kept, Scope, note_on, ruling_on
from knowledge.library.intake.accepting import Said, Taken, take
from knowledge.library.intake.content import UnreadableError
from knowledge.library.passages import Passage
from knowledge.library.shelves import Shelves

LONGEST = 100
# Documents of this name are what a bureau says itself; settings by the key under which they stand.
DESK: Final = SAID
OPTIONS: Final = {"inner_deadline": "--inner-deadline", "reach": "--contact", "priorities": "--priorities"}
CLEARED: Final = {
    "inner_deadline": "设置内部截止 无", "reach": "设置联系人 无”“设置联系电话 无", "priorities": "设置重点方向 无",
}  # fmt: skip


def run(arguments: Namespace) -> int:
    """Add, list, remove or index documents; 2 when something that was asked for could not be done."""
    configured = settings()
    store = open_store(configured.database)
    with closing(Tools(configured, store, Shelves(store.documents, configured.data / "index"))) as tools:
        return ACTIONS[arguments.action](tools, arguments)


class Tools:
    """What the actions work with."""

    def __init__(self, configured: Settings, store: Store, shelves: Shelves) -> None:
        self.settings, self.store, self.shelves = configured, store, shelves
        self.vectors = answer_engine.by_meaning(configured, store.documents)[0]({}) if configured.embeddings else None

    def close(self) -> None:
        """Let go of everything."""
        if self.vectors is not None:
            self.vectors.close()
        self.shelves.close()
        self.store.close()


def _add(tools: Tools, arguments: Namespace) -> int:
    if not arguments.targets:
        raise UsageError("请给出要添加的文件，例如 shenbao docs add 解读.docx")
    if arguments.title and len(arguments.targets) > 1:
        raise UsageError("--title 一次只能用于一个文件")
    said = _said(tools.settings, arguments)
    failed = sum(not _one(Path(name), said, tools) for name in arguments.targets)
    _indexed(tools, said.scope)
    return USAGE if failed else 0


def _one(path: Path, said: Said, tools: Tools) -> bool:
    try:
        taken = take(path, said)
        with bar(f"收 {path.name}", None) as step:
            replaced = tools.store.documents.add(taken.document, _counted(taken, step))
    except UnreadableError as error:
        print(f"{path.name}：{error}", file=sys.stderr)
        return False
    kept = next(one for one in tools.store.documents.all() if one.document.id == taken.document.id)
    print(f"已{'更新' if replaced else '添加'}：{_line(kept)}")
    for note in taken.notes:
        print(f"　　注意：{note}")
    return True


def _counted(taken: Taken, step: Callable[[int], None]) -> Iterator[Passage]:
    for passage in taken.passages:
        yield passage
        step(1)


def _indexed(tools: Tools, scope: Scope, *, anew: bool = False) -> None:
    mine = (one for one in tools.store.documents.all() if one.document.scope == scope)
    total = sum(one.passages for one in mine)
    with bar("建索引", total if anew else None) as step:
        tools.shelves.refresh(scope, step, anew=anew)
    if tools.vectors is not None:
        vectors = tools.vectors
        told("算向量", lambda step: vectors.prepare((scope,), step, anew=anew))


def _list(tools: Tools, _arguments: Namespace) -> int:
    kept = tools.store.documents.all()
    for one in kept:
        print(_line(one))
    print(f"共{len(kept)}份，{sum(one.passages for one in kept)}段。")
    return 0


def _remove(tools: Tools, arguments: Namespace) -> int:
    if not arguments.targets:
        raise UsageError("请给出编号，编号见 shenbao docs list")
    held = {one.document.id: one.document for one in tools.store.documents.all()}
    missing = [one for one in arguments.targets if one not in held]
    found = [held[one] for one in arguments.targets if one in held]
    said = [one for one in found if one.name.startswith(DESK)]
    for one in found:
        if one not in said:
            print(f"已删除：{tools.store.documents.remove(one.id)}（{one.id}）")
            _indexed(tools, one.scope)
    for one in said:
        print(_elsewhere(one), file=sys.stderr)
    if missing:
        print(f"没有编号为 {'、'.join(missing)} 的资料，编号见 shenbao docs list", file=sys.stderr)
    return USAGE if missing or said else 0


def _elsewhere(document: Document) -> str:
    """Where what a bureau says itself is taken back: its own record would go on saying that it stands."""
    kind, _, name = document.name.removeprefix(DESK).partition("/")
    bureau = document.scope.bureau or PROVINCE
    if kind == "faq":
        entry = say(f"faq.called_{document.authority}", number=name)
        how = f"是{entry}，请用 shenbao faq withdraw {name} --bureau {bureau} 撤回"
    elif kind == "doc":
        how = f"是工作台收的资料{name}（{bureau}），请在工作台说“撤回资料 {name}”"
    else:
        how = f"来自工信局的设置，请用 shenbao bureau add {bureau} {OPTIONS[name]} … 改，或在工作台说“{CLEARED[name]}”"
    return f"没有删除“{document.title}”（{document.id}）：它{how}"


def _reindex(tools: Tools, _arguments: Namespace) -> int:
    for scope in tools.store.documents.scopes():
        _indexed(tools, scope, anew=True)
    kept = tools.store.documents.all()
    print(f"索引已重建：{len(kept)}份，{sum(one.passages for one in kept)}段。")
    return 0


def _said(configured: Settings, arguments: Namespace) -> Said:
    whose = asker(arguments.bureau, wiring.pack(configured).call)
    if len(arguments.collection) > LONGEST or arguments.collection.startswith("@"):
        raise UsageError(f"--collection 最多 {LONGEST} 个字，不以 @ 开头")
    points = (*_points(configured, arguments.ruling), *_items(configured, arguments.item))
    return Said(
        Scope(arguments.collection.strip(), whose),
        arguments.title.strip(),
        arguments.issuer.strip(),
        _day(arguments.date, "--date"),
        _day(arguments.valid_until, "--valid-until"),
        "ruling" if points else "guide",
        points,
    )


def _points(configured: Settings, questions: Sequence[str]) -> tuple[str, ...]:
    """The questions a ruling answers, each with the word under which its point is found."""
    if not questions:
        return ()
    with closing(AnswerEngine.open(wiring.pack(configured), configured.data)) as engine:
        points = {question: engine.point(question) for question in questions}
    for question, point in points.items():
        if not point:
            raise UsageError(f"“{question}”看不出问的是通知的哪一点，请换个问法")
    return (*questions, *(ruling_on(point) for point in points.values()))


def _items(configured: Settings, named: Sequence[str]) -> tuple[str, ...]:
    """The items of the form a note speaks of, each with the word under which it is found."""
    call = wiring.pack(configured).call
    found = {name: place(name, call) for name in named}
    for name, item in found.items():
        if not item:
            raise UsageError(f"申报书里没有“{name}”这一项，请照申报书写，例如：联系人电话、实施方案")
    return (*named, *(ruling_on(note_on(item)) for item in found.values()))


def _day(text: str, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{option} 应写成 2026-04-03 的日期") from None


def _line(kept: Kept) -> str:
    one = kept.document
    parts = [f"{one.id}  {one.source}  {kept.passages}段"]
    parts += [f"集合 {one.scope.collection}"] * bool(one.scope.collection)
    parts += [f"只给 {one.scope.bureau}"] * bool(one.scope.bureau)
    parts += ["口径"] * (one.authority == "ruling")
    parts += [f"有效至 {one.valid_until}"] * bool(one.valid_until)
    return "  ".join(parts)


ACTIONS: Final = {"add": _add, "list": _list, "remove": _remove, "reindex": _reindex}
