"""The second wall between bureaus: row-level security on PostgreSQL, written down apart from the first one.

The first is `bot.store.desk.bound`. Each holds alone. Statements of a desk run under a role of its own, which owns
nothing and may not go past the policies, whatever rights the connection has.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, inspect, text

from bot.turn.scope import EVERY, PROVINCE, Scope

ROLE: Final = "shenbao_desk"
BUREAU: Final = "current_setting('shenbao.bureau', true)"
PERSON: Final = "current_setting('shenbao.person', true)"
AS: Final = "current_setting('shenbao.role', true)"
OWN: Final = f"(bureau = {BUREAU} OR ({BUREAU} = '{EVERY}' AND {AS} = 'operator'))"
WORKS: Final = f"({OWN} AND {AS} <> 'applicant')"
THEIRS: Final = f"({OWN} AND ({AS} <> 'applicant' OR person = {PERSON}))"
RAISED: Final = f"{THEIRS} OR ({AS} = 'province' AND raised = 1)"
# What each table shows: whose it is, or what anybody must be able to look up before it is known whose they are.
READ: Final = {
    "bureaus": OWN,
    "staff": f"{WORKS} OR person = {PERSON}",
    "staff_codes": f"{WORKS} OR code = current_setting('shenbao.code', true)",
    "groups": f"{WORKS} OR chat = current_setting('shenbao.chat', true)",
    "tickets": RAISED,
    "ticket_words": f"{THEIRS} OR ({AS} = 'province' AND EXISTS (SELECT 1 FROM tickets WHERE tickets.raised = 1"
    " AND tickets.bureau = ticket_words.bureau AND tickets.number = ticket_words.number))",
    "faqs": WORKS,
    "materials": WORKS,
    "submissions": THEIRS,
    "audit": WORKS,
    "asked": THEIRS,
    "stages": THEIRS,
    "subscriptions": THEIRS,
    "broadcasts": WORKS,
    "told": THEIRS,
    "counters": OWN,
}
# What may be written where it isn't what may be read.
WRITE: Final = {
    "bureaus": f"({OWN} AND ({AS} <> 'applicant' OR current_setting('shenbao.code', true) <> ''))",
    "audit": OWN,
    "staff": f"({OWN} AND ({AS} <> 'applicant' OR current_setting('shenbao.code', true) <> ''))",
    "groups": WORKS,
}
# The library is everybody's to search, each shelf by itself; from a desk only its own shelf is reached, from that of
# the province the common one.
SHELF: Final = f"({OWN} OR (bureau = '' AND {BUREAU} = '{PROVINCE}' AND {AS} <> 'applicant'))"
SHELVES: Final = {
    "documents": SHELF,
    "scopes": SHELF,
    "passages": f"EXISTS (SELECT 1 FROM documents WHERE documents.id = passages.document AND {SHELF})",
}
# The service's own: seen outside every desk only, and by whoever copies the whole database. The desk's role gets no
# right to them at all; the policy holds where that role can't be had.
RESERVED: Final = ("spent",)
OUTSIDE: Final = f"(coalesce({AS}, '') = '' OR ({BUREAU} = '{EVERY}' AND {AS} = 'operator'))"
SETTINGS: Final = ("bureau", "person", "role", "code", "chat")

_MAKE_ROLE: Final = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    CREATE ROLE {ROLE} NOLOGIN NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; WHEN insufficient_privilege THEN NULL;
END $$
"""
_JOIN_ROLE: Final = f"""
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    IF NOT pg_has_role(current_user, '{ROLE}', 'MEMBER') THEN
      GRANT {ROLE} TO CURRENT_USER;
    END IF;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$
"""


def build(connection: Connection) -> None:
    """Within a transaction: put the walls up around every table of a desk that is there; nothing on SQLite."""
    if connection.dialect.name != "postgresql":
        return
    there = set(inspect(connection).get_table_names())
    for statement in (_MAKE_ROLE, _JOIN_ROLE):
        connection.exec_driver_sql(statement)
    granted = may_become(connection)
    for name, shown in (READ | SHELVES).items():
        if name not in there:  # an earlier release's tables, on their way to this one
            continue
        connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        if name in READ:
            connection.exec_driver_sql(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
        for kind in ("read", "write", "change", "drop"):
            connection.exec_driver_sql(f"DROP POLICY IF EXISTS desk_{kind} ON {name}")
        kept = WRITE.get(name, shown)
        connection.exec_driver_sql(f"CREATE POLICY desk_read ON {name} FOR SELECT USING ({shown})")
        connection.exec_driver_sql(f"CREATE POLICY desk_write ON {name} FOR INSERT WITH CHECK ({kept})")
        connection.exec_driver_sql(
            f"CREATE POLICY desk_change ON {name} FOR UPDATE USING ({shown}) WITH CHECK ({kept})"
        )
        connection.exec_driver_sql(f"CREATE POLICY desk_drop ON {name} FOR DELETE USING ({kept})")
        if granted:
            connection.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {ROLE}")
    if granted:
        connection.exec_driver_sql(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")


def reserve(connection: Connection) -> None:
    """Within a transaction: keep every desk away from the service's own tables; nothing on SQLite."""
    if connection.dialect.name != "postgresql":
        return
    for name in RESERVED:
        connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        connection.exec_driver_sql(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
        connection.exec_driver_sql(f"CREATE POLICY outside ON {name} USING ({OUTSIDE}) WITH CHECK ({OUTSIDE})")


def may_become(connection: Connection) -> bool:
    """Whether this connection may act under the desk's role."""
    query = text("SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = :role")
    return bool(connection.execute(query, {"role": ROLE}).scalar())


@contextmanager
def within(connection: Connection, scope: Scope, code: str = "", chat: str = "") -> Iterator[None]:
    """Within the block the database shows this connection what the scope may see; on SQLite it is left as it is."""
    if connection.dialect.name != "postgresql":
        yield
        return
    values = dict(zip(SETTINGS, (scope.bureau, scope.user, scope.role, code, chat), strict=True))
    around: list[dict[str, str]] = connection.info.setdefault("walls", [])
    _enter(connection, values)
    around.append(values)
    try:
        yield
    finally:
        around.pop()
    # After an error nothing is set back: the transaction, or its part, is undone with what was set for it.
    if around:
        _enter(connection, around[-1])
        return
    if _role(connection):
        connection.exec_driver_sql("RESET ROLE")
    _set(connection, dict.fromkeys(SETTINGS, ""))


def _enter(connection: Connection, values: dict[str, str]) -> None:
    _set(connection, values)
    if _role(connection):
        connection.exec_driver_sql(f"SET LOCAL ROLE {ROLE}")


def open_all(connection: Connection) -> None:
    """For the rest of the transaction every bureau's rows are there, for what is done with the whole database."""
    if connection.dialect.name == "postgresql":
        _set(connection, dict(zip(SETTINGS, (EVERY, "", "operator", "", ""), strict=True)))


def _set(connection: Connection, values: dict[str, str]) -> None:
    clauses = ", ".join(f"set_config('shenbao.{name}', :{name}, true)" for name in values)
    connection.execute(text(f"SELECT {clauses}"), {name: value.replace("\0", "�") for name, value in values.items()})


def _role(connection: Connection) -> bool:
    """Whether the desk's role is there to be taken; asked once for each connection."""
    known = connection.info.get(ROLE)
    if known is None:
        known = connection.info[ROLE] = may_become(connection)
    return bool(known)
