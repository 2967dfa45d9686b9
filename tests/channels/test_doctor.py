"""The doctor on folders, files and settings as they are met, good and bad."""

import os
from pathlib import Path

import pytest

from bot.commands.doctor import OUTSIDE
from bot.process.condition import Line
from bot.running.doctor import diagnose
from bot.store import open_store


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("SHENBAO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SHENBAO_DATA", str(tmp_path / "data"))


def diagnosed(tmp_path: Path, env: str = "") -> list[Line]:
    file = tmp_path / ".env"
    if env:
        file.write_text(env)
    return diagnose(OUTSIDE, file)


def find(lines: list[Line], start: str) -> Line:
    return next(line for line in lines if line.text.startswith(start))


def test_on_a_fresh_machine_nothing_is_wrong_and_nothing_is_made(tmp_path: Path) -> None:
    lines = diagnosed(tmp_path)
    assert [line for line in lines if line.state == "wrong" and "申报书" not in line.text] == []
    assert find(lines, "Telegram").state == "missing"
    assert find(lines, "大模型").state == "missing"
    assert "第一次" in find(lines, "数据库").text
    assert list(tmp_path.iterdir()) == []


def test_everything_set_is_named_without_its_secrets(tmp_path: Path) -> None:
    lines = diagnosed(
        tmp_path,
        "SHENBAO_TELEGRAM_TOKEN=12345:canary-token\nSHENBAO_TELEGRAM_API=http://user:canary@127.0.0.1:8081\n"
        "SHENBAO_TELEGRAM_DRAFTING=off\nSHENBAO_MODEL=qwen\nSHENBAO_MODEL_KEY=canary-key\nSHENBAO_EMBEDDINGS=bge\n"
        "SHENBAO_CHROMA_URL=https://user:canary@chroma.example\nSHENBAO_TODAY=2026-04-01\nSHENBAO_BUREAU=nanjing\n",
    )
    written = "\n".join(map(str, lines))
    assert "canary" not in written
    assert "✓ Telegram：机器人 12345，经 http://127.0.0.1:8081，只答问" in written
    for part in (
        "✓ 大模型：qwen",
        "✓ 向量模型：bge",
        "✓ Chroma：用服务 https://chroma.example",
        "2026-04-01",
        "nanjing",
    ):
        assert part in written


def test_slips_and_wrong_values_are_named(tmp_path: Path) -> None:
    lines = diagnosed(tmp_path, "SHENBAO_MODLE=x\nSHENBAO_TODAY=soon\n")
    assert [str(line) for line in lines] == [
        "✗ 不认识的设置 SHENBAO_MODLE：没有起作用，请检查拼写",
        "✗ 设置 SHENBAO_TODAY 的值不对：应为写成 2026-04-03 的日期，现在是“soon”",
    ]


def test_a_model_address_without_a_model_is_told(tmp_path: Path) -> None:
    assert find(diagnosed(tmp_path, "SHENBAO_MODEL_URL=http://127.0.0.1\n"), "大模型").state == "wrong"


def test_a_database_is_looked_through(tmp_path: Path) -> None:
    path = tmp_path / "data" / "shenbao.db"
    open_store(f"sqlite:///{path}").close()
    assert "完好" in find(diagnosed(tmp_path), "数据库").text
    path.write_bytes(b"x" * 5000)
    broken = find(diagnosed(tmp_path), "数据库")
    assert broken.state == "wrong"
    assert "已损坏" in broken.text


def test_postgresql_without_its_driver_is_told(tmp_path: Path) -> None:
    assert "PostgreSQL" in find(diagnosed(tmp_path, "SHENBAO_DATABASE_URL=postgresql://u:p@h/d\n"), "数据库").text


def test_a_data_folder_that_is_a_file_and_a_pack_that_is_none_are_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    lines = diagnosed(tmp_path, "SHENBAO_CALL=nowhere\n")
    assert find(lines, "数据文件夹").state == "wrong"
    assert find(lines, "申报通知").state == "wrong"
    assert "SHENBAO_CALL" in find(lines, "申报通知").text


def test_an_index_and_an_office_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "index").mkdir(parents=True)
    (tmp_path / "data" / "index" / "x.sqlite").touch()
    office = tmp_path / "soffice"
    office.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find(diagnosed(tmp_path), "检索索引").text.endswith("已建")
    assert find(diagnosed(tmp_path), "LibreOffice").state == "ok"
    office.unlink()
    assert find(diagnosed(tmp_path), "LibreOffice").state == "missing"


POSTGRES = "SHENBAO_DATABASE_URL=postgresql://u:p@127.0.0.1/shenbao\n"


@pytest.mark.parametrize(
    ("env", "told"),
    [(POSTGRES, True), ("", False), (POSTGRES + "SHENBAO_CHROMA_URL=https://chroma.example\n", False)],
)
def test_several_processes_need_a_chroma_server_is_told_where_there_may_be_several(
    tmp_path: Path, env: str, told: bool
) -> None:
    found = [line.text for line in diagnosed(tmp_path, env) if "要开几个进程" in line.text]
    assert [("SHENBAO_CHROMA_URL" in text, "SHENBAO_DATA" in text) for text in found] == [(True, True)] * told
