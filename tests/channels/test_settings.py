"""Settings from the environment and a file: right ones are read, wrong ones named in one line."""

import os
from datetime import date
from pathlib import Path

import pytest

from bot.process.settings import Settings, SettingsError, load, quiet, table, unknown

CANARY = "12345:canary-secret"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("SHENBAO_"):
            monkeypatch.delenv(name)


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_nothing_set_is_enough(env_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    settings = load(env_file)
    assert settings.data == tmp_path / "shenbao"
    assert settings.database == f"sqlite:///{tmp_path}/shenbao/shenbao.db"
    assert settings.telegram_drafting
    assert settings.secrets == ()


def test_the_environment_goes_before_the_file_and_empty_is_unset(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file.write_text("SHENBAO_BUREAU=nanjing\nSHENBAO_TODAY=2026-04-01\nSHENBAO_CALL=x\nOTHER=1\n")
    monkeypatch.setenv("SHENBAO_CALL", "y")
    monkeypatch.setenv("SHENBAO_BUREAU", "")
    settings = load(env_file)
    assert (settings.bureau, settings.today, settings.call) == ("nanjing", date(2026, 4, 1), "y")


def test_paths_are_absolute_and_addresses_bare(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHENBAO_DATA", "here")
    monkeypatch.setenv("SHENBAO_TELEGRAM_API", "http://127.0.0.1:8081/bot/")
    settings = load(env_file)
    assert settings.data == Path.cwd() / "here"
    assert settings.telegram_api == "http://127.0.0.1:8081"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TODAY", "tomorrow"),
        ("TODAY", "2026-13-01"),
        ("TELEGRAM_DRAFTING", "maybe"),
        ("TELEGRAM_API", "localhost:80"),
        ("CHROMA_URL", "chroma"),
        ("CHROMA_URL", "http://127.0.0.1:http"),
        ("MODEL_URL", "ftp://x"),
    ],
)
def test_a_wrong_value_is_one_line_with_its_name(
    name: str, value: str, env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"SHENBAO_{name}", value)
    with pytest.raises(SettingsError, match=f"SHENBAO_{name} 的值不对：应为.+“{value}”") as caught:
        load(env_file)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("name", "value"), [("TELEGRAM_TOKEN", "canary"), ("DATABASE_URL", "mysql://u:canary@h/d")])
def test_a_wrong_secret_is_not_repeated(name: str, value: str, env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"SHENBAO_{name}", value)
    with pytest.raises(SettingsError, match=f"SHENBAO_{name}") as caught:
        load(env_file)
    assert "canary" not in str(caught.value)


def test_secrets_never_show(env_file: Path) -> None:
    env_file.write_text(f"SHENBAO_TELEGRAM_TOKEN={CANARY}\nSHENBAO_DATABASE_URL=postgresql://u:canary@h/d\n")
    settings = load(env_file)
    assert "canary" not in f"{settings!r}{settings}{settings.model_dump()}"
    assert settings.secrets == (CANARY, "postgresql://u:canary@h/d")


def test_a_file_that_is_no_text_is_one_line(env_file: Path) -> None:
    env_file.write_bytes(b"SHENBAO_CALL=\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        load(env_file)


def test_slips_of_the_pen_are_named(env_file: Path) -> None:
    env_file.write_text("SHENBAO_TOKEN=1\nSHENBAO_DATA=x\n")
    assert unknown({"SHENBAO_MODLE": "x", "HOME": "/"}, env_file) == ["SHENBAO_MODLE", "SHENBAO_TOKEN"]


def test_tracing_to_third_parties_is_switched_off() -> None:
    environ = {"LANGSMITH_TRACING": "true", "LANGCHAIN_API_KEY": "x", "PATH": "y"}
    quiet(environ)
    assert environ == {"PATH": "y"}


def test_the_table_names_every_variable_in_two_languages() -> None:
    rows = table()
    assert [row[0] for row in rows] == [f"SHENBAO_{name.upper()}" for name in Settings.model_fields]
    assert all(english.isascii() and not chinese.isascii() for _, english, chinese in rows)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000", "https://chroma.example"]
)
def test_a_chroma_server_here_or_behind_tls_is_taken(url: str, env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHENBAO_CHROMA_URL", url)
    assert load(env_file).chroma_url == url


@pytest.mark.parametrize("url", ["http://chroma.example:8000", "http://10.0.0.7:8000", "http://127.0.0.1.example"])
def test_a_plain_one_elsewhere_only_when_told(url: str, env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHENBAO_CHROMA_URL", url)
    with pytest.raises(SettingsError, match="SHENBAO_CHROMA_PLAIN=on") as caught:
        load(env_file)
    assert "\n" not in str(caught.value)
    monkeypatch.setenv("SHENBAO_CHROMA_PLAIN", "on")
    assert load(env_file).chroma_plain


def test_the_password_of_a_chroma_server_is_a_secret(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHENBAO_CHROMA_URL", "https://user:canary@chroma.example")
    assert load(env_file).secrets == ("canary",)
