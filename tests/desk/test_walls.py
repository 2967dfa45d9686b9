"""Nothing of one bureau is seen, found, counted or guessed from another: every ordered pair, each lock alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import permutations, product
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.dialogue.assistant import Assistant
from bot.store import Store, StoreError, open_store, walls
from bot.store.connection import writing
from bot.store.desk.bound import Bound
from bot.store.desk_tables import DESK, bureaus, counters
from bot.store.tables import metadata, spent
from bot.turn.budget import Share
from bot.turn.scope import Role, Scope, operator
from knowledge.call.definition import Call
from knowledge.library.holdings import Document
from knowledge.library.holdings import Scope as Shelf
from knowledge.library.passages import Passage
from tests.furnished import furnished
from tests.postgres import Server

ROLES: tuple[Role, ...] = ("applicant", "staff", "admin", "province")
NUMBERS = ("number", "raised", "version", "ticket", "thumb", "rank", "crew", "value", "position")


def canary(code: str) -> str:
    return f"金丝雀{code}"


def filled(store: Store, codes: list[str]) -> None:
    """A row of each kind for each bureau, which names it."""
    for code in codes:
        with store.desks.change(operator(code)) as seen:
            for table in DESK:
                seen.add(table, **{column.name: _value(column, code) for column in table.c if _wanted(column)})


def _wanted(column: object) -> bool:
    name = column.name  # type: ignore[attr-defined]
    return name != "bureau" and not (name == "id" and column.autoincrement)  # type: ignore[attr-defined]


def _value(column: object, code: str) -> object:
    name, kind = column.name, column.type.python_type  # type: ignore[attr-defined]
    if name in NUMBERS or kind is int:
        return 1 if name in ("number", "position", "value", "version") else 0
    if kind is float:
        return 1.0
    return {"settings": "{}", "context": '{"earlier": [], "near": ""}', "code": f"C{code}"[:16]}.get(
        name,
        canary(code)[: getattr(column.type, "length", None) or 40],  # type: ignore[attr-defined]
    )


@pytest.fixture
def codes(call: Call) -> list[str]:
    return [one.code for one in call.recommenders]


@pytest.fixture
def store(address: str, codes: list[str]) -> Iterator[Store]:
    opened = open_store(address)
    filled(opened, codes)
    yield opened
    opened.close()


def seen_of(bound: Bound, theirs: str) -> list[str]:
    """The tables in which something of another bureau can be seen or counted."""
    return [
        table.name
        for table in DESK
        if any(row.bureau == theirs for row in bound.rows(table)) or bound.count(table, table.c.bureau == theirs)
    ]


def test_all_156_pairs_see_nothing_of_each_other_in_any_role(store: Store, codes: list[str]) -> None:
    assert len(list(permutations(codes, 2))) == 156
    for mine, role in product(codes, ROLES):
        with store.desks.look(Scope(mine, role, canary(mine))) as bound:
            # All twelve others at once: whose rows are seen, and how many are counted.
            leaked = {row.bureau for table in DESK for row in bound.rows(table)} - {mine}
            counted = [table.name for table in DESK if bound.count(table, table.c.bureau != mine)]
            assert (leaked, counted) == (set(), []), (mine, role)


def test_what_is_ones_own_is_seen_by_those_who_work_there_and_by_whose_it_is(store: Store) -> None:
    with store.desks.look(Scope("nanjing", "staff", "z")) as bound:
        assert all(len(bound.rows(table)) == 1 for table in DESK)
    with store.desks.look(Scope("nanjing", "applicant", canary("nanjing"))) as bound:
        assert bound.rows(next(table for table in DESK if table.name == "tickets"))
    with store.desks.look(Scope("nanjing", "applicant", "sombody else")) as bound:
        seen = {table.name for table in DESK if bound.rows(table)}
        assert seen == {bureaus.name, counters.name}, "what the bureau says of itself, and where numbers go on"


def test_nobody_changes_or_drops_anothers_rows(store: Store, codes: list[str]) -> None:
    for mine, theirs in (("nanjing", "suzhou"), ("suzhou", "nanjing")):
        for role in ROLES:
            with store.desks.change(Scope(mine, role, canary(mine))) as bound:
                for table in DESK:
                    assert bound.change(table, table.c.bureau == theirs, bureau=mine) == 0
                    assert bound.drop(table, table.c.bureau == theirs) == 0
    with store.desks.look(operator()) as bound:
        assert all(bound.count(table) == len(codes) for table in DESK)


# ---------------------------------------------------------------- each lock alone
@contextmanager
def unlocked(store: Store, scope: Scope) -> Iterator[Bound]:
    """The database's own lock without the program's: statements are run as they are."""
    with writing(store.engine) as connection, walls.within(connection, scope):
        yield Bound(connection, scope, 0.0)


@pytest.fixture
def served(postgres: Server, codes: list[str]) -> Iterator[Store]:
    with postgres.database() as address:
        opened = open_store(address)
        filled(opened, codes)
        yield opened
        opened.close()


def test_the_databases_lock_holds_without_the_programs(served: Store, codes: list[str]) -> None:
    for mine, role in product(codes, ROLES):
        with unlocked(served, Scope(mine, role, canary(mine))) as bound:
            seen = {one for table in DESK for one in bound.connection.execute(select(table.c.bureau)).scalars()}
            assert seen <= {mine}, (mine, role)


def test_the_databases_lock_lets_nobody_write_as_another(served: Store) -> None:
    for role in ROLES:
        for table in DESK:
            with unlocked(served, Scope("nanjing", role, canary("nanjing"))) as bound:
                changed = bound.connection.execute(
                    table.update().where(table.c.bureau == "suzhou").values(bureau="wuxi")
                )
                dropped = bound.connection.execute(table.delete().where(table.c.bureau == "suzhou"))
                assert (changed.rowcount, dropped.rowcount) == (0, 0)
    with unlocked(served, operator()) as bound:
        assert all(
            bound.connection.execute(select(func.count()).select_from(table).where(table.c.bureau == "suzhou")).scalar()
            for table in DESK
        )


def test_without_a_scope_the_desks_role_sees_nothing_at_all(served: Store) -> None:
    with writing(served.engine) as connection:
        connection.execute(text(f"SET LOCAL ROLE {walls.ROLE}"))
        assert all(connection.execute(select(table)).all() == [] for table in DESK)


def test_the_desks_role_may_not_go_past_the_policies_and_owns_nothing(served: Store) -> None:
    with writing(served.engine) as connection:
        role = connection.execute(
            text("SELECT rolbypassrls, rolsuper, rolcanlogin FROM pg_roles WHERE rolname = :one"), {"one": walls.ROLE}
        ).one()
        assert tuple(role) == (False, False, False)
        forced = connection.execute(
            text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        ).scalars()
        assert {table.name for table in DESK} <= set(forced)
        owners = connection.execute(text("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
        assert walls.ROLE not in set(owners.scalars())


def test_a_plain_user_who_owns_the_tables_is_held_back_too(postgres: Server, codes: list[str]) -> None:
    postgres.execute("DO $$ BEGIN CREATE ROLE plain LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    with postgres.bare() as address:
        name = address.partition("?")[0].rpartition("/")[2]
        postgres.execute(f"ALTER DATABASE {name} OWNER TO plain")
        store = open_store(postgres.address(name, "plain"))
        filled(store, codes[:3])
        with writing(store.engine) as connection:
            assert all(connection.execute(select(table)).all() == [] for table in DESK), "FORCE holds the owner"
        with store.desks.look(Scope(codes[0], "staff", "z")) as bound:
            assert all(len(bound.rows(table)) == 1 for table in DESK)
            assert seen_of(bound, codes[1]) == []
        store.close()


def test_every_table_of_a_bureau_stands_behind_both_walls() -> None:
    theirs = {table.name for table in metadata.sorted_tables if "bureau" in table.c}
    assert theirs == {table.name for table in DESK} | {"documents", "scopes"}
    assert set(walls.READ) == {table.name for table in DESK}


# ---------------------------------------------------------------- the service's own
def spend(store: Store) -> bool:
    """Something of a day's budget used up."""
    return store.load("a").past.spend("model", date(2026, 3, 28), (Share("person", "a", 9), Share("bureau", "b", 9)))


def test_what_is_used_up_of_budgets_is_out_of_every_desks_reach(served: Store) -> None:
    assert spend(served)
    every = [*(Scope("nanjing", role, "a") for role in ROLES), operator("nanjing"), operator()]
    for scope in every:
        for statement in (select(spent), spent.update().values(times=0), spent.delete()):
            with pytest.raises(StoreError), unlocked(served, scope) as bound:
                bound.connection.execute(statement)
        with pytest.raises(AttributeError), served.desks.look(scope) as bound:
            bound.rows(spent)
    assert spend(served)


def test_it_is_so_too_where_the_desks_role_can_not_be_had(postgres: Server) -> None:
    postgres.execute("DO $$ BEGIN CREATE ROLE bare LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    with postgres.bare() as address:
        name = address.partition("?")[0].rpartition("/")[2]
        postgres.execute(f"ALTER DATABASE {name} OWNER TO bare")
        store = open_store(postgres.address(name, "bare"))
        assert spend(store)
        for role in ROLES:
            with unlocked(store, Scope("b", role, "a")) as bound:
                assert bound.connection.execute(select(spent)).all() == []
                assert bound.connection.execute(spent.delete()).rowcount == 0
        assert spend(store)
        store.close()


# ---------------------------------------------------------------- what is asked and searched
def shelved(store: Store, code: str) -> None:
    for voice, what in (("guide", "解读"), ("ruling", "口径"), ("faq", "常见问题")):
        document = Document(f"{voice}{code}", Shelf("", code), f"{what}{canary(code)}", f"{voice}{code}.txt", f"{voice}{code}",
                            canary(code), authority=voice)  # type: ignore[arg-type]  # fmt: skip
        line = f"补助按{canary(code)}的规定办理，每家联合体另行通知。"
        ways = ("补助有多少", "绍剧票怎么买", document.title)
        store.documents.add(
            document,
            [Passage(f"{voice}{code}#1", "", line, document.source, voice, ways, (), code)],  # type: ignore[arg-type]
        )


def test_whatever_is_asked_or_searched_of_one_bureau_tells_nothing_of_another(
    tmp_path: Path, codes: list[str], shared: Assistant
) -> None:
    from contextlib import closing  # noqa: PLC0415

    from bot.process.settings import Settings  # noqa: PLC0415
    from bot.running import answer_engine, wiring  # noqa: PLC0415
    from knowledge.answers.engine import Where  # noqa: PLC0415

    settings = Settings(data=furnished(tmp_path))
    with closing(open_store(settings.database)) as store:
        for code in codes:
            shelved(store, code)
    with closing(answer_engine.engine(settings, wiring.pack(settings))) as desk:
        for mine in codes:
            for question in ("补助有多少", "绍剧票怎么买", "联系人电话是多少", *(canary(one) for one in codes[:3])):
                told = desk.ask(question, bureau=mine)
                hits = desk.search(question, 30, Where("", mine))
                everything = json.dumps([str(told), [str(hit) for hit in hits]], ensure_ascii=False)
                leaked = [one for one in codes if one != mine and canary(one) in everything.replace(question, "")]
                assert leaked == [], (mine, question)
            assert canary(mine) in str(desk.search("补助有多少", 30, Where("", mine)))
        assert "金丝雀" not in str(desk.ask("补助有多少"))
