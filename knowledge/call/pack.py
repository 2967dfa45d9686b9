"""A call pack as read from its folder: the call, the notice word for word, the register and the thesaurus."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from knowledge.call.definition import Call
from knowledge.errors import SentenceError

SHIPPED = Path(__file__).parents[1] / "calls"
DEFAULT = SHIPPED / "jiangsu_2026"
BLANK = re.compile(r"\s+")


class PackError(SentenceError):
    """A pack that can't be used; the text is one line for the operator, in Chinese."""


@dataclass(frozen=True)
class Pack:
    """A pack in memory; `folder` is where its blank form and other files lie."""

    folder: Path
    call: Call
    notice: str

    @property
    def blank_form(self) -> Path:
        """Where the issuer's blank form lies."""
        return self.folder / "form.docx"


def squeeze(text: str) -> str:
    """The text without white space, the form in which quotes are compared with their source."""
    return BLANK.sub("", text)


def locate(name: str) -> Path:
    """The folder meant by a setting: a path, or the name of a shipped pack; empty means the default pack."""
    if not name:
        return DEFAULT
    return SHIPPED / name if (SHIPPED / name).is_dir() else Path(name)


def load(folder: Path) -> Pack:
    """The pack in `folder`; PackError names the first thing that makes it unusable."""
    notice = _text(folder / "notice.txt")
    return Pack(folder, _call(folder / "call.toml"), notice)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise PackError(f"读不到 {path.name}：{path.parent}（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise PackError(f"{path.name} 不是 UTF-8 文本：{path.parent}") from error


def _call(path: Path) -> Call:
    try:
        return Call.model_validate(tomllib.loads(_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{path.name} 格式有误：{error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise PackError(f"{path.name} 的 {'.'.join(map(str, first['loc']))} 有误：{first['msg']}") from error


def check(pack: Pack) -> list[str]:
    """What is missing or inconsistent in a pack, a line each; an empty list when it is sound."""
    return [
        *_quotes(pack),
        *_numbers(pack.call),
        *_sections(pack.call),
        *_summary(pack.call),
        *_files(pack),
    ]


def _strings(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every (path, text) whose last key promises a run of the notice."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _strings(getattr(value, name), f"{key}.{name}".lstrip("."))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, f"{key}.{name}")
    elif isinstance(value, tuple):
        for position, item in enumerate(value, 1):
            yield from _strings(item, f"{key}[{position}]")
    elif isinstance(value, str) and re.search(
        r"(\.clause|^clauses\..*|indicator|tasks\[\d+\]\.text|statements\[\d+\]|^summary\..*(?<!holds))$", key
    ):
        yield key, value


def _quotes(pack: Pack) -> Iterator[str]:
    source = squeeze(pack.notice)
    for key, text in _strings(pack.call):
        if squeeze(text) not in source:
            yield f"{key}：通知里没有这段原文：{text[:30]}"


def _numbers(call: Call) -> Iterator[str]:
    if [task.number for task in call.tasks] != list(range(1, len(call.tasks) + 1)):
        yield "tasks：任务编号应从1起连续"
    if [cluster.number for cluster in call.clusters] != list(range(1, len(call.clusters) + 1)):
        yield "clusters：集群序号应从1起连续"
    chains = [chain for cluster in call.clusters for chain in cluster.chains]
    yield from (f"clusters：产业链“{chain}”重复" for chain in sorted({one for one in chains if chains.count(one) > 1}))
    yield from (f"products：对照表里没有产业链“{name}”" for name in sorted(set(call.products) - set(chains)))
    yield from (f"tasks[{task.number}]：有量化指标而没有单位" for task in call.tasks if task.starred and not task.units)
    if call.period.start >= call.period.end:
        yield "period：起始应早于结束"


def _sections(call: Call) -> Iterator[str]:
    ids = [section.id for section in call.sections] + list(call.field_by_id)
    yield from (f"sections：编号“{one}”重复" for one in sorted({one for one in ids if ids.count(one) > 1}))
    yield from (f"cover：没有“{one}”这个栏目" for one in call.cover if one not in call.field_by_id)
    kinds = [section.kind for section in call.sections]
    yield from (f"sections：“{kind}”只能有一个" for kind in ("tasks", "members") if kinds.count(kind) > 1)
    if call.tasks and "tasks" not in kinds:
        yield "sections：有任务表而没有任务部分"


def _summary(call: Call) -> Iterator[str]:
    table = call.summary
    if table is None:
        return
    known = {"rank", "members", "units", *call.field_by_id}
    yield from (f"summary：没有“{one.holds}”这个栏目" for one in table.columns if one.holds not in known)
    if table.city not in table.title:
        yield f"summary：标题里没有“{table.city}”"
    if call.call.summary_title not in table.title:
        yield "summary：标题与 call.summary_title 不一致"


def _files(pack: Pack) -> Iterator[str]:
    if not pack.blank_form.is_file():
        yield f"缺空白申报书 {pack.blank_form.name}"
