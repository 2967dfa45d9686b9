"""Databases as the program made them before it had migrations: three versions, each with something in it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, text

FIRST: Final = """
CREATE TABLE schema_version (version INTEGER NOT NULL);
CREATE TABLE drafts (id VARCHAR(32) NOT NULL, owner TEXT NOT NULL, call TEXT NOT NULL, facts TEXT NOT NULL,
    version INTEGER NOT NULL, updated FLOAT NOT NULL, PRIMARY KEY (id));
CREATE TABLE draft_events (draft VARCHAR(32) NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL,
    at FLOAT NOT NULL, who TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (draft, version, position),
    FOREIGN KEY(draft) REFERENCES drafts (id) ON DELETE CASCADE);
CREATE TABLE conversations (chat TEXT NOT NULL, state TEXT NOT NULL, draft VARCHAR(32), version INTEGER NOT NULL,
    updated FLOAT NOT NULL, PRIMARY KEY (chat), FOREIGN KEY(draft) REFERENCES drafts (id) ON DELETE SET NULL);
CREATE TABLE consents (id {number} NOT NULL, chat TEXT NOT NULL, who TEXT NOT NULL, version TEXT NOT NULL,
    at FLOAT NOT NULL, PRIMARY KEY (id));
CREATE INDEX ix_consents_chat ON consents (chat);
CREATE TABLE inbox (id {number} NOT NULL, channel TEXT NOT NULL, bot TEXT NOT NULL, update_id BIGINT NOT NULL,
    chat TEXT NOT NULL, payload TEXT NOT NULL, received FLOAT NOT NULL, claimed FLOAT, tries INTEGER NOT NULL,
    done FLOAT, dead TEXT, PRIMARY KEY (id), UNIQUE (channel, bot, update_id));
CREATE INDEX inbox_open ON inbox (channel, bot) WHERE done IS NULL;
CREATE TABLE outbox (id {number} NOT NULL, channel TEXT NOT NULL, chat TEXT NOT NULL, board TEXT NOT NULL,
    payload TEXT NOT NULL, state VARCHAR(8) NOT NULL, not_before FLOAT NOT NULL, tries INTEGER NOT NULL, message TEXT,
    why TEXT, updated FLOAT NOT NULL, PRIMARY KEY (id));
CREATE INDEX outbox_chat ON outbox (channel, chat, state);
INSERT INTO drafts VALUES ('d1', 'tg:5', 'yunxi_2031', '{{"lead": "甲"}}', 1, 1000.5);
INSERT INTO draft_events VALUES ('d1', 1, 0, 1000.5, 'tg:5', '{{"set": "甲"}}');
INSERT INTO conversations VALUES ('tg:5', '{{"n": 1}}', 'd1', 3, 1000.5);
INSERT INTO consents (chat, who, version, at) VALUES ('tg:5', 'tg:5', '2026-11', 1000.5);
INSERT INTO inbox (channel, bot, update_id, chat, payload, received, tries)
    VALUES ('telegram', '7', 9000000001, 'tg:5', '{{"text": "hi"}}', 1000.5, 0);
INSERT INTO outbox (channel, chat, board, payload, state, not_before, tries, updated)
    VALUES ('telegram', 'tg:5', '', '{{"text": "1"}}', 'queued', 0, 0, 1000.5)
"""

SECOND: Final = """
CREATE TABLE answers (id {number} NOT NULL, chat TEXT NOT NULL, who TEXT NOT NULL, at FLOAT NOT NULL,
    status VARCHAR(16) NOT NULL, pack VARCHAR(64) NOT NULL, model TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (id));
CREATE INDEX ix_answers_chat ON answers (chat);
INSERT INTO answers (chat, who, at, status, pack, model, record) VALUES ('tg:5', 'tg:5', 1000.5, 'answered', '', '',
    '{{"question": "问", "text": "答", "status": "answered", "citations": [], "passages": [], "history": []}}')
"""

THIRD: Final = """
CREATE TABLE documents (id VARCHAR(32) NOT NULL, collection TEXT NOT NULL, bureau TEXT NOT NULL, name TEXT NOT NULL,
    version TEXT NOT NULL, title TEXT NOT NULL, issuer TEXT NOT NULL, dated VARCHAR(10) NOT NULL,
    valid_until VARCHAR(10) NOT NULL, authority VARCHAR(16) NOT NULL, passages INTEGER NOT NULL, added FLOAT NOT NULL,
    PRIMARY KEY (id));
CREATE INDEX documents_scope ON documents (collection, bureau);
CREATE TABLE passages (document VARCHAR(32) NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL,
    locator TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL, ways TEXT NOT NULL, PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE);
CREATE TABLE scopes (collection TEXT NOT NULL, bureau TEXT NOT NULL, revision INTEGER NOT NULL,
    PRIMARY KEY (collection, bureau));
INSERT INTO documents VALUES ('k1', '', '', 'a.md', 'v', '解读', '', '', '', 'guide', 1, 1000.5);
INSERT INTO passages VALUES ('k1', 0, 'p1', '一', '解读', '原文', '[]');
INSERT INTO scopes VALUES ('', '', 1000)
"""

PARTS: Final = (FIRST, SECOND, THIRD)


def make(address: str, version: int) -> None:
    """A database of that version of the old counting."""
    engine = plain(address)
    with engine.begin() as connection:
        for part in PARTS[:version]:
            _run(connection, part)
        connection.execute(text("INSERT INTO schema_version VALUES (:version)"), {"version": version})
    engine.dispose()


def plain(address: str) -> Engine:
    """An engine without anything of ours."""
    if address.startswith("sqlite:///"):
        Path(address.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return create_engine(address.replace("postgresql://", "postgresql+psycopg://"))


def _run(connection: Connection, part: str) -> None:
    number = "INTEGER" if connection.dialect.name == "sqlite" else "BIGSERIAL"
    for statement in part.format(number=number).split(";\n"):
        connection.exec_driver_sql(statement)
