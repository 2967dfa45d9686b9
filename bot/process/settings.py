"""All settings in one frozen class, read once from the environment and a `.env` file."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, MutableMapping
from datetime import date
from functools import cache
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


def _daily(default: int) -> Any:
    """How often a day; none at all is a number like any other."""
    return Field(default=default, ge=0, le=MOST_A_DAY)


class Settings(BaseModel):
    """What the operator decides; every field is the environment variable of its name with SHENBAO_ before it.

    What each means stands in `settings.toml`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    data: Path = Field(default_factory=home)
    database_url: SecretStr | None = None
    chroma_url: str = Field(default="", pattern=WEB)
    chroma_plain: bool = Field(default=False, validate_default=True)
    telegram_token: SecretStr | None = None
    telegram_api: str = Field(default="https://api.telegram.org", pattern=WEB)
    telegram_webhook: str = Field(default="", pattern=r"^https://\S+$")
    listen: str = Field(default="127.0.0.1:8080", pattern=LOCAL)
    metrics: str = Field(default="", pattern=LOCAL)
    logs: Literal["text", "json"] = "text"
    telegram_drafting: bool = True
    model: str = ""
    model_url: str = Field(default="", pattern=WEB)
    model_key: SecretStr | None = None
    model_seconds: float = Field(default=12, gt=0, le=120)
    model_per_person: int = _daily(200)
    model_per_bureau: int = _daily(5000)
    model_per_day: int = _daily(20_000)
    files_per_person: int = _daily(50)
    files_per_bureau: int = _daily(1000)
    embeddings: str = ""
    retention_days: int = Field(default=0, ge=0)
    office: bool = True
    today: date | None = None
    call: str = ""
    bureau: str = ""

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
    return f"设置 {PREFIX}{name.upper()} 的值不对：应为{_words()[name]['allowed']}{given}"


@cache
def _words() -> dict[str, dict[str, str]]:
    """What is said of each setting, by its name."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def unknown(environ: Mapping[str, str], env_file: Path = ENV_FILE) -> list[str]:
    """Variables that begin with SHENBAO_ and mean nothing, in order; most are slips of the pen."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = {name.upper() for name in (*environ, *dotenv_values(env_file)) if name.upper().startswith(PREFIX)}
    return sorted(given - known)


def table() -> list[tuple[str, str, str]]:
    """Every variable with its meaning in English and in Chinese: the README's table is made of this."""
    words = _words()
    return [(PREFIX + name.upper(), words[name]["english"], words[name]["chinese"]) for name in Settings.model_fields]
