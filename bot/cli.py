"""The command line: which command does what, loaded only when it is run."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from bot.commands import USAGE, UsageError
from knowledge.errors import SentenceError


@dataclass(frozen=True)
class Argument:
    """One argument of a command, as argparse takes it."""

    names: tuple[str, ...]
    options: dict[str, Any]


def arg(*names: str, **options: Any) -> Argument:
    """An argument of the table below."""
    return Argument(names, options)


@dataclass(frozen=True)
class Command:
    """A command: its use, its module, or `module:function`, with `run(arguments) -> exit code`, what it takes."""

    name: str
    text: str
    module: str
    arguments: tuple[Argument, ...] = ()


LINES: Final = "每行读一个 JSON，每行写一个 JSON"
JSONL: Final = arg("--jsonl", action="store_true", help=LINES)
BUREAU: Final = arg("--bureau", default="", metavar="工信局", help="代码、城市或全称")
FILES: Final = arg("files", nargs="+", metavar="文件", help="申报书（Word，或 JSON）")
OUT: Final = arg("--out", required=True, metavar="文件", help="写到哪个 Word 文件")

COMMANDS: Final = (
    Command("chat", "在终端里对话：问政策、填申报书", "chat", (
        arg("--jsonl", action="store_const", dest="module", const="chat_lines", help=LINES), BUREAU,
    )),
    Command("ask", "问一个政策问题", "ask", (arg("question", nargs="?", metavar="问题"), JSONL, BUREAU)),
    Command(
        "search",
        "看原文里哪些段落最相关",
        "search",
        (
            arg("question", nargs="?", metavar="词"), JSONL, BUREAU,
            arg("--top", type=int, default=5, metavar="N"),
            arg("--collection", default="", metavar="集合", help="只在这个集合里找"),
        ),
    ),
    Command("understand", "一句话里说了哪些填报内容", "understand", (JSONL,)),
    Command("check", "检查申报书，几份一起查还会互相对照", "check", (
        arg("files", nargs="+", metavar="文件", help="申报书（Word，或 JSON），或装着申报书的文件夹"),
        arg("--json", action="store_true", help="每个文件写一行 JSON"),
        arg("--scan", action="store_true", help="和 --json 同用，最后多写一行互相对照的结果"),
        arg("--report", default="", metavar="文件", help="另写一份 Word 检查报告"),
    )),
    Command("fill", "把申报内容填进空白申报书", "forms:fill", (
        arg("application", metavar="申报内容", help="JSON 文件"), OUT,
        arg("--blank", default="", metavar="空白表", help="另一份空白申报书"),
    )),
    Command("read", "读出申报书里填了什么", "forms:read", (arg("file", metavar="文件"),)),
    Command("summary", "做推荐汇总表，按给出的先后排名", "forms:summary", (
        FILES, arg("--bureau", required=True, metavar="推荐单位", help="代码、城市或全称"), OUT,
        arg("--contact", default="", metavar="姓名", help="表上的联系人，不给就留空"),
        arg("--phone", default="", metavar="电话", help="表上的联系电话，不给就留空"),
        arg("--with-errors", action="store_true", help="表内各栏有误的也列入，并逐个提醒"),
    )),
    Command("schema", "申报内容的 JSON Schema", "forms:schema"),
    Command("docs", "添加、列出、删除资料，重建索引", "docs", (
        arg("action", choices=["add", "list", "remove", "reindex"], metavar="add|list|remove|reindex"),
        arg("targets", nargs="*", metavar="文件或编号"), BUREAU,
        arg("--title", default="", metavar="标题"), arg("--issuer", default="", metavar="发布单位"),
        arg("--date", default="", metavar="日期", help="发布日期，如 2026-04-03"),
        arg("--valid-until", default="", metavar="日期", help="最后有效的一天"),
        arg("--collection", default="", metavar="集合", help="单独检索的集合"),
        arg("--ruling", action="append", default=[], metavar="问题", help="这份资料是口径，答的是这个问题；可写多次"),
        arg("--item", action="append", default=[], metavar="栏目", help="这份资料是填这一栏的提示；可写多次"),
    )),
    Command("telegram", "在 Telegram 上运行", "serve", (
        arg("--check", action="store_true", help="只试令牌和连接，不运行"),
    )),
    Command("bureau", "设立、查看工信局，邀请工作人员，收申报书、打包", "bureau", (
        arg("action", choices=["add", "list", "show", "invite", "stop", "take", "pack"],
            metavar="add|list|show|invite|stop|take|pack"),
        arg("bureau", nargs="?", default="", metavar="工信局", help="代码、城市或全称；省厅用 province"),
        arg("files", nargs="*", metavar="文件", help="take：邮寄来的申报书，或装着它们的文件夹"),
        arg("--out", default="", metavar="文件", help="pack：打包成哪个 zip"),
        arg("--with-errors", action="store_true", help="pack：有提醒也打包"),
        arg("--name", metavar="名称", help="机器人对外的名称"),
        arg("--inner-deadline", metavar="日期", help="市里收材料的最后一天，如 2026-03-30"),
        arg("--contact", metavar="姓名"), arg("--phone", metavar="电话"),
        arg("--priorities", metavar="方向", help="本市重点方向"),
        arg("--greeting", metavar="欢迎语"),
        arg("--tolerance", type=float, metavar="比例", help="各部分字数的容差，如 0.2"),
        arg("--wait-hours", type=float, metavar="小时", help="问题等多久提醒工作人员"),
        arg("--role", default="admin", choices=["admin", "staff"], metavar="admin|staff", help="邀请来做什么"),
    )),
    Command("faq", "常见问题和口径：查看、新增、导出导入、试运行、发布、退回上一版、撤回", "faq", (
        arg("action", choices=["list", "add", "export", "import", "trial", "publish", "rollback", "withdraw"],
            metavar="list|add|export|import|trial|publish|rollback|withdraw"),
        arg("targets", nargs="*", metavar="编号或文件"), BUREAU,
        arg("--question", default="", metavar="问题"), arg("--answer", default="", metavar="答案"),
        arg("--similar", action="append", default=[], metavar="问法", help="相似的问法；可写多次"),
        arg("--ruling", action="store_true", help="这一条是口径"),
        arg("--valid-until", default="", metavar="日期", help="最后有效的一天"),
        arg("--source", default="", metavar="依据", help="这样答的依据，如某份文件、某某的答复"),
        arg("--publish", action="store_true", help="导入后直接发布"),
        arg("--anyway", action="store_true", help="与通知或别的条目不一致也发布"),
    )),
    Command("backup", "把全部内容备份成一个文件，不用停机", "backup", (arg("file", metavar="文件"),)),
    Command("restore", "从备份恢复，SQLite 和 PostgreSQL 之间也行", "backup:back", (
        arg("file", metavar="文件"),
        arg("--replace", action="store_true", help="现有内容全部换掉"),
    )),
    Command("doctor", "看看配了什么、缺什么、有何影响", "doctor"),
    Command("pack", "检查通知资料包", "pack", (
        arg("action", choices=["check"], metavar="check"), arg("folder", nargs="?", default="", metavar="文件夹"),
    )),
)  # fmt: skip


USAGE_IS: Final = "用法："


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, USAGE_IS if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse with its few sentences in Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Help, **options})

    mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Options may stand anywhere among files: plain argparse stops taking files at the first option."""
        if self._subparsers is not None or self.mixing:
            return super().parse_known_args(args, namespace)
        self.mixing = True
        # Else it is cut from the usage line, by the length of the English word before it.
        self.usage = self.usage or self.format_usage().removeprefix(USAGE_IS).rstrip()
        return self.parse_known_intermixed_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{_explain(message)}。用法见 {self.prog} --help")


def _explain(message: str) -> str:
    for english, chinese in (
        ("the following arguments are required: ", "缺少参数："),
        ("unrecognized arguments: ", "没有这个参数："),
        ("invalid choice: ", "没有这个命令："),
        ("expected one argument", "后面要跟一个值"),
        ("invalid int value: ", "应为整数："),
        ("invalid float value: ", "应为数字："),
    ):
        if english in message:
            return chinese + message.split(english)[1].split(" (choose", maxsplit=1)[0]
    return message


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    top = _Parser(prog="shenbao", description="申报助手：问政策有原文，填申报书有人带。", add_help=False)
    top.add_argument("-h", "--help", action="help", help="显示这段说明")
    commands = top.add_subparsers(dest="command", metavar="命令", title="命令", required=True)
    for command in COMMANDS:
        own = commands.add_parser(command.name, help=command.text, description=command.text, add_help=False)
        own.add_argument("-h", "--help", action="help", help="显示这段说明")
        own.set_defaults(module=command.module)
        for one in command.arguments:
            own.add_argument(*one.names, **one.options)
    for each in (top, *commands.choices.values()):
        each._positionals.title, each._optionals.title = "内容", "选项"
        each.usage = None
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 2 for arguments or settings that can't be used."""
    try:
        given = parser().parse_args(arguments)
        module, _, function = given.module.partition(":")
        return int(getattr(importlib.import_module(f"bot.commands.{module}"), function or "run")(given))
    except SentenceError as error:
        return _complain(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def _complain(text: str) -> int:
    print(text, file=sys.stderr)
    return USAGE


if __name__ == "__main__":
    sys.exit(main())
