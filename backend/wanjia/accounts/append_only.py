"""Triggers that let the database refuse changes to what is posted, whoever asks."""

from sqlalchemy import DDL, FromClause, Table, event

FUNCTION = """CREATE OR REPLACE FUNCTION posted_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what is posted is never changed'; END $$"""
"""PostgreSQL's function behind the triggers."""


def statements(table: str, dialect: str, key: tuple[str, str]) -> list[str]:
    """Give the statements that guard a table: no update, no delete, on PostgreSQL no truncate either.

    SQLite's INSERT OR REPLACE deletes without asking the trigger for it: a row whose ``key`` is there is refused too.
    """
    if dialect == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'what is posted is never changed'); END"
        there = " AND ".join(f"{column} = NEW.{column}" for column in key)
        known = f"SELECT 1 FROM {table} WHERE id = NEW.id OR ({there})"  # noqa: S608  names of columns
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({known}) {refuse}",
        ]
    return [
        f"CREATE TRIGGER {table}_{name} BEFORE {deeds} ON {table} FOR EACH {each} EXECUTE FUNCTION posted_stays()"
        for name, deeds, each in (
            ("stays", "UPDATE OR DELETE", "ROW"),
            ("stays_whole", "TRUNCATE", "STATEMENT"),
        )
    ]


def guard(table: FromClause, key: tuple[str, str]) -> None:
    """Guard a table from the moment it is made (the migration does the same for a running system)."""
    if not isinstance(table, Table):
        raise TypeError("only a table can be guarded")
    for dialect in ("sqlite", "postgresql"):
        first = [FUNCTION] if dialect == "postgresql" else []
        for statement in [*first, *statements(table.name, dialect, key)]:
            event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]
