"""What went wrong with a database, in one Chinese line each: what it is and what to do."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import exc
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

DAMAGED: Final = "已损坏：文件没有改动，请换上备份，或把它移走后重新启动"

# By the start of SQLite's name for the error; {} is the file.
SQLITE: Final = {
    "SQLITE_NOTADB": "数据库 {} 已损坏或不是数据库：文件没有改动，请换上备份，或把它移走后重新启动",
    "SQLITE_CORRUPT": f"数据库 {{}} {DAMAGED}",
    "SQLITE_CANTOPEN": "数据库 {} 打不开：请检查文件夹的权限，或改 SHENBAO_DATA",
    "SQLITE_READONLY": "数据库 {} 不能写入：请检查文件的权限，或改 SHENBAO_DATA",
    "SQLITE_FULL": "磁盘已满，数据库 {} 写不进去：请腾出空间",
    "SQLITE_IOERR": "读写数据库 {} 时磁盘出错：请检查磁盘",
    "SQLITE_BUSY": "数据库 {} 正被别的程序占用：请稍后再试",
}

AWAY: Final = "数据库服务连不上：请看它是否在运行，再检查 SHENBAO_DATABASE_URL 里的主机和端口"
PASSWORD: Final = "数据库不认这个用户或密码：请检查 SHENBAO_DATABASE_URL"
NO_DATABASE: Final = "数据库服务上没有这个数据库：请先建好，或检查 SHENBAO_DATABASE_URL 最后的库名"
FULL: Final = "数据库服务器的磁盘已满，写不进去：请腾出空间"
CROWDED: Final = "数据库服务的连接已用满：请稍后再试，或让它多开一些连接"
READ_ONLY: Final = "数据库现在只能读，写不进去：请检查它是不是备用机，或被设成了只读"
FORBIDDEN: Final = "数据库用户的权限不够：要能建表、读、写"
SLOW: Final = "数据库太慢，没有等到结果：请看它是否太忙，或有程序锁住了表"

# By the start of the server's five-character code.
POSTGRESQL: Final = {
    "08": AWAY, "57P": AWAY, "28": PASSWORD, "3D": NO_DATABASE, "3F": NO_DATABASE, "531": FULL, "53300": CROWDED,
    "25006": READ_ONLY, "42501": FORBIDDEN, "57014": SLOW, "55P03": SLOW, "40": SLOW,
}  # fmt: skip

# A connection that never came about has no code, only words.
REFUSED: Final = {
    "authentication failed": PASSWORD,
    "no password supplied": PASSWORD,
    "role ": PASSWORD,
    "database ": NO_DATABASE,
    "too many": CROWDED,
    "remaining connection slots": CROWDED,
}


def sentence(url: URL, error: SQLAlchemyError) -> str:
    """The line for an error; it holds neither what was asked of the database nor a password."""
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    if url.get_backend_name() == "sqlite":
        name = getattr(cause, "sqlite_errorname", "")
        return _started(SQLITE, name).format(url.database) or f"数据库 {url.database} 出错（{name or _kind(cause)}）"
    if isinstance(error, exc.TimeoutError):
        return SLOW
    code = getattr(cause, "sqlstate", None) or ""
    return _started(POSTGRESQL, code) or _refusal(error) or f"数据库出错（{code or _kind(cause)}）：请看它的日志"


def _started(table: dict[str, str], name: str) -> str:
    """The entry with the longest start of a name, "" when there is none."""
    return table[max(found, key=len)] if (found := [start for start in table if name.startswith(start)]) else ""


def _refusal(error: SQLAlchemyError) -> str:
    if not isinstance(error, DBAPIError) or not (error.connection_invalidated or error.statement is None):
        return ""
    last = str(error.orig).rpartition("FATAL:")[2]
    return next((line for words, line in REFUSED.items() if words in last and "FATAL:" in str(error.orig)), AWAY)


def _kind(cause: object) -> str:
    return type(cause).__name__
