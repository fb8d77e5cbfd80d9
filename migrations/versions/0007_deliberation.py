"""Deliberation: residents, households, concerns with all that is said about them, daily roots, the grid.

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = (
    "grid_assignment",
    "concern_day",
    "concern_follow",
    "concern_support",
    "concern_photo",
    "concern_entry",
    "concern",
    "household_invitation",
)


def upgrade() -> None:
    """Add the tables, and whose log-in a session of a household is."""
    op.create_table(
        "concern_day",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_concern_day_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_day")),
        sa.UniqueConstraint("community_id", "day", name=op.f("uq_concern_day_community_id_day")),
    )
    op.create_table(
        "resident",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("person_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("invited_by", _ID, nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("entrance", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_resident_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["resident.id"], name=op.f("fk_resident_invited_by_resident")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident")),
        sa.UniqueConstraint("community_id", "person_hash", name=op.f("uq_resident_community_id_person_hash")),
    )
    op.create_index(op.f("ix_resident_community_id"), "resident", ["community_id"])
    op.create_index(op.f("ix_resident_invited_by"), "resident", ["invited_by"])
    op.create_table(
        "concern",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("resident_id", _ID, nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("entrance", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("hidden_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_by", _ID, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("first_answer_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_concern_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_concern_resident_id_resident")
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["staff.id"], name=op.f("fk_concern_taken_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_concern_community_id_number")),
        sa.UniqueConstraint("resident_id", "request", name=op.f("uq_concern_resident_id_request")),
    )
    op.create_index(
        op.f("ix_concern_community_id_state_due_at"), "concern", ["community_id", "state", "due_at"]
    )
    op.create_table(
        "grid_assignment",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("staff_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_grid_assignment_community_id_community")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_grid_assignment_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_assignment")),
        sa.UniqueConstraint(
            "community_id", "building", name=op.f("uq_grid_assignment_community_id_building")
        ),
    )
    op.create_index(op.f("ix_grid_assignment_staff_id"), "grid_assignment", ["staff_id"])
    op.create_table(
        "household_invitation",
        sa.Column("id", _ID, nullable=False),
        sa.Column("resident_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", _ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_household_invitation_resident_id_resident")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"], ["resident.id"], name=op.f("fk_household_invitation_taken_by_resident")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_household_invitation_token_hash")),
    )
    op.create_index(op.f("ix_household_invitation_resident_id"), "household_invitation", ["resident_id"])
    op.create_table(
        "concern_entry",
        sa.Column("id", _ID, nullable=False),
        sa.Column("concern_id", _ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("resident_id", _ID, nullable=True),
        sa.Column("staff_id", _ID, nullable=True),
        sa.Column("about", _ID, nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hidden_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["about"], ["concern_entry.id"], name=op.f("fk_concern_entry_about_concern_entry")
        ),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_concern_entry_concern_id_concern")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_concern_entry_resident_id_resident")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_concern_entry_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_entry")),
    )
    op.create_index(op.f("ix_concern_entry_at"), "concern_entry", ["at"])
    op.create_index(op.f("ix_concern_entry_concern_id"), "concern_entry", ["concern_id"])
    op.create_table(
        "concern_follow",
        sa.Column("concern_id", _ID, nullable=False),
        sa.Column("resident_id", _ID, nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_concern_follow_concern_id_concern")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_concern_follow_resident_id_resident")
        ),
        sa.PrimaryKeyConstraint("concern_id", "resident_id", name=op.f("pk_concern_follow")),
    )
    op.create_index(op.f("ix_concern_follow_resident_id"), "concern_follow", ["resident_id"])
    op.create_table(
        "concern_support",
        sa.Column("concern_id", _ID, nullable=False),
        sa.Column("resident_id", _ID, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_concern_support_concern_id_concern")
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name=op.f("fk_concern_support_resident_id_resident")
        ),
        sa.PrimaryKeyConstraint("concern_id", "resident_id", name=op.f("pk_concern_support")),
    )
    op.create_index(op.f("ix_concern_support_resident_id"), "concern_support", ["resident_id"])
    op.create_table(
        "concern_photo",
        sa.Column("id", _ID, nullable=False),
        sa.Column("entry_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["concern_entry.id"], name=op.f("fk_concern_photo_entry_id_concern_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_photo")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_concern_photo_entry_id_number")),
    )
    with op.batch_alter_table("login_session") as session:
        session.add_column(sa.Column("resident_id", _ID, nullable=True))
        session.create_foreign_key(
            op.f("fk_login_session_resident_id_resident"), "resident", ["resident_id"], ["id"]
        )


def downgrade() -> None:
    """Drop them: what was raised and answered is lost, the roots on the chain stay."""
    for name in _TABLES:
        op.drop_table(name)
    op.execute("DELETE FROM login_session WHERE resident_id IS NOT NULL")
    with op.batch_alter_table("login_session") as session:
        session.drop_constraint(op.f("fk_login_session_resident_id_resident"), type_="foreignkey")
        session.drop_column("resident_id")
    op.drop_table("resident")
