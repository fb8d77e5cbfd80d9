"""Accounts of public money: entries that the database itself keeps from change, statements, matches.

Revision: 0008
Follows: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = (
    "bank_match_link",
    "bank_match",
    "bank_line",
    "bank_statement",
    "account_words",
    "account_posting",
    "account_entry",
    "bank_account",
)
_KEPT = {"account_entry": ("community_id", "number"), "account_posting": ("entry_id", "position")}
_REASON = "what is posted is never changed"


def upgrade() -> None:
    """Add the tables and the triggers that refuse changes to entries and postings."""
    _ledger_tables()
    _statement_tables()
    _guard()


def _ledger_tables() -> None:
    op.create_table(
        "bank_account",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("fund", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("number_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("masked", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_bank_account_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
        sa.UniqueConstraint("community_id", "code", name=op.f("uq_bank_account_community_id_code")),
        sa.UniqueConstraint("community_id", "ordinal", name=op.f("uq_bank_account_community_id_ordinal")),
        sa.UniqueConstraint(
            "community_id", "number_key", name=op.f("uq_bank_account_community_id_number_key")
        ),
    )
    op.create_table(
        "account_entry",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("words_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("payment", sa.LargeBinary(length=32), nullable=True),
        sa.Column("reverses", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_account_entry_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_entry")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_account_entry_community_id_number")),
        sa.UniqueConstraint("community_id", "reverses", name=op.f("uq_account_entry_community_id_reverses")),
    )
    op.create_table(
        "account_posting",
        sa.Column("id", _ID, nullable=False),
        sa.Column("entry_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("entrance", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["account_entry.id"], name=op.f("fk_account_posting_entry_id_account_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_posting")),
        sa.UniqueConstraint("entry_id", "position", name=op.f("uq_account_posting_entry_id_position")),
    )
    op.create_index(op.f("ix_account_posting_account"), "account_posting", ["account"])
    op.create_table(
        "account_words",
        sa.Column("entry_id", _ID, autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["account_entry.id"], name=op.f("fk_account_words_entry_id_account_entry")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_account_words")),
    )


def _statement_tables() -> None:
    op.create_table(
        "bank_statement",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bank_account_id", _ID, nullable=False),
        sa.Column("file_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("opening", sa.BigInteger(), nullable=False),
        sa.Column("closing", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_account_id"],
            ["bank_account.id"],
            name=op.f("fk_bank_statement_bank_account_id_bank_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statement")),
        sa.UniqueConstraint(
            "bank_account_id", "file_key", name=op.f("uq_bank_statement_bank_account_id_file_key")
        ),
    )
    op.create_table(
        "bank_line",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bank_account_id", _ID, nullable=False),
        sa.Column("statement_id", _ID, nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_account_id"], ["bank_account.id"], name=op.f("fk_bank_line_bank_account_id_bank_account")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["bank_statement.id"], name=op.f("fk_bank_line_statement_id_bank_statement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint("bank_account_id", "key", name=op.f("uq_bank_line_bank_account_id_key")),
    )
    op.create_index(op.f("ix_bank_line_statement_id"), "bank_line", ["statement_id"])
    op.create_table(
        "bank_match",
        sa.Column("id", _ID, nullable=False),
        sa.Column("bank_account_id", _ID, nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bank_account_id"], ["bank_account.id"], name=op.f("fk_bank_match_bank_account_id_bank_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_match")),
    )
    op.create_index(op.f("ix_bank_match_bank_account_id"), "bank_match", ["bank_account_id"])
    op.create_table(
        "bank_match_link",
        sa.Column("id", _ID, nullable=False),
        sa.Column("match_id", _ID, nullable=False),
        sa.Column("line_id", _ID, nullable=True),
        sa.Column("posting_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["match_id"], ["bank_match.id"], name=op.f("fk_bank_match_link_match_id_bank_match")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["bank_line.id"], name=op.f("fk_bank_match_link_line_id_bank_line")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["account_posting.id"], name=op.f("fk_bank_match_link_posting_id_account_posting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_match_link")),
        sa.UniqueConstraint("line_id", name=op.f("uq_bank_match_link_line_id")),
        sa.UniqueConstraint("posting_id", name=op.f("uq_bank_match_link_posting_id")),
    )
    op.create_index(op.f("ix_bank_match_link_match_id"), "bank_match_link", ["match_id"])


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END"
        for table, (one, other) in _KEPT.items():
            there = f"{one} = NEW.{one} AND {other} = NEW.{other}"
            known = f"SELECT 1 FROM {table} WHERE id = NEW.id OR ({there})"  # noqa: S608  names of columns
            op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
            op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
            op.execute(
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({known}) {refuse}"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION posted_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REASON}'; END $$"
    )
    for table in _KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION posted_stays()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_stays_whole BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION posted_stays()"
        )


def downgrade() -> None:
    """Drop them: the ledger, the statements and what was matched are gone."""
    for table in _TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION posted_stays()")
