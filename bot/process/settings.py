"""All settings in one frozen class, read once from the environment and a `.env` file."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from knowledge.errors import SentenceError

PREFIX: Final = "SHENBAO_"
ENV_FILE: Final = Path(".env")
TRACING: Final = ("LANGSMITH_", "LANGCHAIN_")
MOST_A_DAY: Final = 1_000_000_000
WEB: Final = r"^https?://\S+$"
LOCAL: Final = r"^[\w.-]+:\d{1,5}$"
UNGUARDED: Final = (
    "SHENBAO_CHROMA_URL 是另一台机器的 http:// 地址，内容和向量会明文经过网络："
    "请改用 https:// 或本机地址；网络可信时，设 SHENBAO_CHROMA_PLAIN=on"
)


class SettingsError(SentenceError):
    """A setting that can't be used; the text is one Chinese line with the variable and what is allowed."""


def home() -> Path:
    """Where data lies unless told otherwise: one place per person, so no draft depends on the folder one starts in."""
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "shenbao"


def _say(english: str, chinese: str, allowed: str) -> Any:
    return {"description": english, "json_schema_extra": {"chinese": chinese, "allowed": allowed}}


def _daily(default: int, english: str, chinese: str) -> Any:
    """How often a day; none at all is a number like any other."""
    said = _say(f"{english} (default {default:,}; 0: none)", f"{chinese}（默认 {default}）", "0 或正整数")
    return Field(default=default, ge=0, le=MOST_A_DAY, **said)


class Settings(BaseModel):
    """What the operator decides; every field is the environment variable of its name with SHENBAO_ before it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    data: Path = Field(
        default_factory=home, **_say("data folder (default `~/.local/share/shenbao`)", "数据文件夹", "文件夹路径")
    )
    database_url: SecretStr | None = Field(
        default=None,
        **_say(
            "database; default is SQLite in the data folder",
            "数据库地址，不填就用数据文件夹里的 SQLite",
            "以 sqlite:/// 或 postgresql:// 开头的地址",
        ),
    )
    chroma_url: str = Field(
        default="",
        pattern=WEB,
        **_say(
            "Chroma server; default is a folder in the data folder",
            "Chroma 服务地址，不填就用数据文件夹",
            "以 http:// 或 https:// 开头的地址",
        ),
    )
    chroma_plain: bool = Field(
        default=False,
        validate_default=True,
        **_say(
            "whether a Chroma server on another machine may be reached without TLS: `on` or `off`",
            "另一台机器上的 Chroma 服务能不能用 http://（不加密），默认 off",
            "on 或 off",
        ),
    )
    telegram_token: SecretStr | None = Field(
        default=None,
        **_say(
            "token of the Telegram bot, from @BotFather",
            "Telegram 机器人的令牌，向 @BotFather 领取",
            "“数字:字母数字”形式的令牌",
        ),
    )
    telegram_api: str = Field(
        default="https://api.telegram.org",
        pattern=WEB,
        **_say(
            "base address of the Bot API", "Bot API 的地址，自建服务或代理时改", "以 http:// 或 https:// 开头的地址"
        ),
    )
    telegram_webhook: str = Field(
        default="",
        pattern=r"^https://\S+$",
        **_say(
            "public https address at which Telegram delivers updates; default is to fetch them",
            "Telegram 推送消息的公网地址，不填就由机器人去取",
            "以 https:// 开头的地址",
        ),
    )
    listen: str = Field(
        default="127.0.0.1:8080",
        pattern=LOCAL,
        **_say(
            "host and port where deliveries to that address arrive (default 127.0.0.1:8080)",
            "推送到达本机的地址和端口",
            "形如 127.0.0.1:8080 的地址",
        ),
    )
    metrics: str = Field(
        default="",
        pattern=LOCAL,
        **_say(
            "host and port of `/metrics` (Prometheus) and `/healthz`; default is none",
            "运行指标（Prometheus）和健康检查的地址和端口，不填就没有",
            "形如 127.0.0.1:9090 的地址",
        ),
    )
    logs: Literal["text", "json"] = Field(
        default="text", **_say("shape of log lines: `text` or `json`", "日志每行的样子", "text 或 json")
    )
    telegram_drafting: bool = Field(
        default=True,
        **_say(
            "whether applications may be drafted on Telegram: `on` or `off`",
            "Telegram 上能不能写申报书，off 时只答问",
            "on 或 off",
        ),
    )
    model: str = Field(
        default="",
        **_say(
            "chat model that words answers and helps with drafting",
            "组织语言、帮写申报书的大模型，不填就不用",
            "模型名称",
        ),
    )
    model_url: str = Field(
        default="",
        pattern=WEB,
        **_say(
            "OpenAI-compatible address of the model",
            "大模型的服务地址（OpenAI 兼容）",
            "以 http:// 或 https:// 开头的地址",
        ),
    )
    model_key: SecretStr | None = Field(default=None, **_say("key for the model", "大模型的密钥", "密钥"))
    model_seconds: float = Field(
        default=12,
        gt=0,
        le=120,
        **_say(
            "seconds the model has for an answer, after which the exact one is sent; four times that for a section "
            "(default 12)",
            "等大模型的秒数，到时改发原文答案；写一个部分等四倍",
            "大于 0、不超过 120 的数",
        ),
    )
    model_per_person: int = _daily(
        200,
        "calls of the model a day for one person; then answers are exact",
        "一个人一天用大模型几次，用完改发原文答案，0 为不用",
    )
    model_per_bureau: int = _daily(
        5000, "calls of the model a day for all who ask one bureau", "问同一个工信局的人一天一共用大模型几次，0 为不用"
    )
    model_per_day: int = _daily(
        20_000, "calls of the model a day for everybody together", "所有人一天一共用大模型几次，0 为不用"
    )
    files_per_person: int = _daily(
        50, "applications read a day for one person", "一个人发来的申报书一天读几份，0 为不读"
    )
    files_per_bureau: int = _daily(
        1000,
        "applications read a day for all who ask one bureau",
        "问同一个工信局的人发来的，一天一共读几份，0 为不读",
    )
    embeddings: str = Field(
        default="",
        **_say(
            "embedding model at the same address, `name@address` for another one, or a folder with `model.onnx` and "
            "`tokenizer.json`",
            "向量模型：同一地址上的名称，或“名称@地址”，或有 model.onnx 和 tokenizer.json 的文件夹；不填就用字词检索",
            "模型名称或文件夹",
        ),
    )
    retention_days: int = Field(
        default=0,
        ge=0,
        **_say(
            "days of silence after which a person is erased (default 0: never)",
            "多少天没有来往就删除这个人的数据，0 为不删",
            "0 或正整数",
        ),
    )
    office: bool = Field(
        default=True,
        **_say(
            "whether an export also gives a PDF and a picture, where LibreOffice is installed: `on` or `off`",
            "导出时要不要另出 PDF 和图片（装了 LibreOffice 才有）",
            "on 或 off",
        ),
    )
    today: date | None = Field(
        default=None,
        **_say("a fixed day, for trying things out", "固定的“今天”，试用时填", "写成 2026-04-03 的日期"),
    )
    call: str = Field(
        default="",
        **_say("call pack: name of a shipped one, or a folder", "申报通知包：自带的名称或文件夹", "名称或文件夹路径"),
    )
    bureau: str = Field(
        default="",
        **_say("bureau this bot speaks for: code, city or name", "本机器人代表的工信局", "编号、市名或全称"),
    )

    @field_validator("data")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _known(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(("sqlite:///", "postgresql://", "postgresql+")):
            raise ValueError("neither SQLite nor PostgreSQL")
        return value

    @field_validator("chroma_url")
    @classmethod
    def _parsed(cls, value: str) -> str:
        urlsplit(value).port  # noqa: B018 - a port that is none raises
        return value

    @field_validator("chroma_plain")
    @classmethod
    def _guarded(cls, value: bool, known: ValidationInfo) -> bool:
        url = known.data.get("chroma_url", "")
        if not value and url.startswith("http://") and remote(url):
            raise PydanticCustomError("sentence", UNGUARDED)
        return value

    @field_validator("telegram_token")
    @classmethod
    def _shaped(cls, value: SecretStr | None) -> SecretStr | None:
        number, _, rest = value.get_secret_value().partition(":") if value else ("1", "", "x")
        if not (number.isascii() and number.isdigit() and rest.replace("-", "").replace("_", "").isalnum()):
            raise ValueError("no token")
        return value

    @field_validator("telegram_api")
    @classmethod
    def _bare(cls, value: str) -> str:
        return value.rstrip("/").removesuffix("/bot").rstrip("/")

    @property
    def database(self) -> str:
        """The database's address as SQLAlchemy reads it; it may hold a password, so it is never printed."""
        return self.database_url.get_secret_value() if self.database_url else f"sqlite:///{self.data / 'shenbao.db'}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed."""
        held = (self.telegram_token, self.model_key, self.database_url)
        password = urlsplit(self.chroma_url).password
        return (*(one.get_secret_value() for one in held if one), *((password,) if password else ()))


def remote(url: str) -> bool:
    """Whether an address is another machine's."""
    try:
        host = urlsplit(url).hostname or ""
        return host != "localhost" and not ip_address(host).is_loopback
    except ValueError:
        return True


def load(env_file: Path = ENV_FILE) -> Settings:
    """The settings in force; SettingsError names the first wrong one. Tracing to third parties is switched off."""
    quiet(os.environ)
    try:
        return Settings.model_validate(_given(os.environ, env_file))
    except ValidationError as error:
        raise SettingsError(_line(error.errors()[0])) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"读不了设置文件 {env_file}：应是 UTF-8 文本") from error


def _given(environ: Mapping[str, str], env_file: Path) -> dict[str, str]:
    """Every setting that has a value: the environment before the file, empty ones as if they weren't there."""
    if env_file.exists():
        env_file.read_text("utf-8")
    found = {
        name.upper(): value for source in (dotenv_values(env_file), environ) for name, value in source.items() if value
    }
    names = {PREFIX + name.upper(): name for name in Settings.model_fields}
    return {names[name]: value for name, value in found.items() if name in names}


def quiet(environ: MutableMapping[str, str]) -> None:
    """Remove the variables with which LangChain would send what people write to a third party."""
    for name in [name for name in environ if name.startswith(TRACING)]:
        del environ[name]


def _line(error: ErrorDetails) -> str:
    if error["type"] == "sentence":
        return error["msg"]
    name = str(error["loc"][0])
    field = Settings.model_fields[name]
    secret = "SecretStr" in str(field.annotation)
    given = "" if secret else f"，现在是“{error['input']}”"
    return f"设置 {PREFIX}{name.upper()} 的值不对：应为{_extra(name)['allowed']}{given}"


def _extra(name: str) -> dict[str, str]:
    extra = Settings.model_fields[name].json_schema_extra
    return {key: str(value) for key, value in extra.items()} if isinstance(extra, dict) else {}


def unknown(environ: Mapping[str, str], env_file: Path = ENV_FILE) -> list[str]:
    """Variables that begin with SHENBAO_ and mean nothing, in order; most are slips of the pen."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = {name.upper() for name in (*environ, *dotenv_values(env_file)) if name.upper().startswith(PREFIX)}
    return sorted(given - known)


def table() -> list[tuple[str, str, str]]:
    """Every variable with its meaning in English and in Chinese: the README's table is made of this."""
    return [
        (PREFIX + name.upper(), field.description or "", _extra(name)["chinese"])
        for name, field in Settings.model_fields.items()
    ]
