"""What is configured, what is missing and what that means, in plain words; asks nobody outside this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bot.outside.office import program
from bot.process.condition import Line
from bot.process.lock import several
from bot.process.settings import ENV_FILE, Settings, SettingsError, load, remote, unknown
from knowledge.answers import soundness
from knowledge.call import pack
from knowledge.errors import SentenceError


@dataclass(frozen=True)
class Outside:
    """Who is asked: `examine` raises a SentenceError for an unsound database, `alive` anything for no Chroma."""

    examine: Callable[[str], None]
    alive: Callable[[str], None]


def diagnose(outside: Outside, env_file: Path = ENV_FILE, environ: Mapping[str, str] = os.environ) -> list[Line]:
    """Everything there is to say; when the settings themselves are wrong, what is wrong with them."""
    slips = [Line("wrong", f"不认识的设置 {name}：没有起作用，请检查拼写") for name in _unknown(env_file, environ)]
    try:
        return [_file(env_file), *slips, *report(load(env_file), outside)]
    except SettingsError as error:
        return [*slips, Line("wrong", str(error))]


def report(settings: Settings, outside: Outside) -> list[Line]:
    """What the settings come to on this machine; no secret is in it, nothing is changed."""
    checks = (_data, _database, _call, _index, _chroma, _telegram, _model, _office, _day)
    return [line for check in checks for line in check(settings, outside)]


def _unknown(env_file: Path, environ: Mapping[str, str]) -> list[str]:
    try:
        return unknown(environ, env_file)
    except (OSError, UnicodeDecodeError):
        return []


def _file(env_file: Path) -> Line:
    if env_file.is_file():
        return Line("ok", f"设置文件：读了 {env_file}")
    return Line("missing", f"设置文件：这里没有 {env_file}，用环境变量和默认值")


def _data(settings: Settings, _outside: Outside) -> Iterator[Line]:
    folder = settings.data
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        yield Line("wrong", f"数据文件夹：{folder} 不能写入，什么都存不下来；请检查权限，或改 SHENBAO_DATA")
    elif there == folder:
        yield Line("ok", f"数据文件夹：{folder}")
    else:
        yield Line("ok", f"数据文件夹：{folder}，第一次用时建")


def _database(settings: Settings, outside: Outside) -> Iterator[Line]:
    if settings.database.startswith("postgresql"):
        yield from _server()
        return
    path = Path(settings.database.removeprefix("sqlite:///"))
    if not path.exists():
        yield Line("ok", "数据库：SQLite，第一次对话时建")
        return
    try:
        outside.examine(settings.database)
        yield Line("ok", f"数据库：SQLite，完好（{path}）")
    except SentenceError as error:
        yield Line("wrong", f"数据库：{error}")


def _server() -> Iterator[Line]:
    if find_spec("psycopg"):
        yield Line("ok", "数据库：PostgreSQL（这里不试连接）")
    else:
        yield Line("wrong", "数据库：设了 PostgreSQL，但没有装它的驱动 psycopg")


def _call(settings: Settings, _outside: Outside) -> Iterator[Line]:
    try:
        found = pack.load(pack.locate(settings.call))
    except pack.PackError as error:
        yield Line("wrong", f"申报通知：{error}；请检查 SHENBAO_CALL")
        return
    problems = [*pack.check(found), *soundness.check(found)]
    yield from (Line("wrong", f"申报通知：{problem}") for problem in problems)
    if not problems:
        yield Line("ok", f"申报通知：{found.call.call.short_title}（{found.folder.name}）")


def _index(settings: Settings, _outside: Outside) -> Iterator[Line]:
    folder = settings.data / "index"
    built = folder.is_dir() and any(folder.iterdir())
    yield Line("ok", "检索索引：已建" if built else "检索索引：第一次提问时自动建")


def _chroma(settings: Settings, outside: Outside) -> Iterator[Line]:
    if settings.chroma_url:
        yield _chroma_server(settings.chroma_url, outside)
        return
    if not find_spec("chromadb"):
        yield Line("wrong", "Chroma：没有装 chromadb，请重新安装")
        return
    yield Line("ok", "Chroma：用数据文件夹")
    if told := several(settings):
        yield Line("missing", f"Chroma：{told}")
    aside = settings.data / "chroma-1.5.damaged"
    if aside.exists():
        yield Line("missing", f"Chroma：损坏过一次，旧的移到了 {aside}，已按资料重建，旧的可以删掉")


def _chroma_server(url: str, outside: Outside) -> Line:
    if remote(url):
        return Line("ok", f"Chroma：用服务 {_address(url)}（这里不试连接）")
    try:
        outside.alive(url)
    except Exception as error:
        return Line("wrong", f"Chroma：服务 {_address(url)} 没有应答（{type(error).__name__}），先按字词检索")
    return Line("ok", f"Chroma：用服务 {_address(url)}，有应答")


def _telegram(settings: Settings, _outside: Outside) -> Iterator[Line]:
    if settings.telegram_token is None:
        yield Line("missing", "Telegram：没有令牌（SHENBAO_TELEGRAM_TOKEN），只能在终端里用")
        return
    number = settings.telegram_token.get_secret_value().partition(":")[0]
    drafting = "能写申报书" if settings.telegram_drafting else "只答问，不写申报书"
    yield Line("ok", f"Telegram：机器人 {number}，经 {_address(settings.telegram_api)}，{drafting}（这里不试连接）")


def _model(settings: Settings, _outside: Outside) -> Iterator[Line]:
    if settings.model:
        yield Line("ok", f"大模型：{settings.model}，经 {_address(settings.model_url) or '默认地址'}（这里不试连接）")
        if settings.model_key is None:
            yield Line("missing", "大模型：没有密钥（SHENBAO_MODEL_KEY），本机模型一般不用")
    elif settings.model_url or settings.model_key:
        yield Line("wrong", "大模型：设了地址或密钥，却没有设 SHENBAO_MODEL，所以不会用")
    else:
        yield Line("missing", "大模型：没有设，回答直接引原文，功能不缺")
    if settings.embeddings:
        yield Line("ok", f"向量模型：{settings.embeddings}")
    else:
        yield Line("missing", "向量模型：没有设，按字词检索")


def _office(settings: Settings, _outside: Outside) -> Iterator[Line]:
    if not settings.office:
        yield Line("missing", "LibreOffice：不用（SHENBAO_OFFICE=off），只出 Word 文件")
    elif program():
        yield Line("ok", "LibreOffice：有，导出时另出 PDF 和前几页的图片")
    else:
        yield Line("missing", "LibreOffice：没有装，只出 Word 文件，不出 PDF 和图片")


def _day(settings: Settings, _outside: Outside) -> Iterator[Line]:
    if settings.today:
        yield Line("ok", f"日期：固定为 {settings.today}，只供试用；正式用请去掉 SHENBAO_TODAY")
    if settings.bureau:
        yield Line("ok", f"工信局：{settings.bureau}")


def _address(url: str) -> str:
    """An address without the name and password that may stand in it."""
    scheme, mark, rest = url.partition("://")
    return scheme + mark + rest.rpartition("@")[2]
