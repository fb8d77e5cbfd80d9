"""Roll files handed in at the desk, objections to published rolls.

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "roll_upload",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("staff_id", _ID, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("parking", sa.Boolean(), nullable=False),
        sa.Column("storerooms", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("refusal", sa.JSON(), nullable=True),
        sa.Column("import_id", _ID, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_roll_upload_community_id_community")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_roll_upload_staff_id_staff")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roll_import.id"], name=op.f("fk_roll_upload_import_id_roll_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_upload")),
    )
    op.create_index(op.f("ix_roll_upload_community_id"), "roll_upload", ["community_id"])
    op.create_table(
        "roll_objection",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("meeting", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", _ID, nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("entrance", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by", _ID, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_roll_objection_community_id_community")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_roll_objection_owner_id_owner")),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["staff.id"], name=op.f("fk_roll_objection_answered_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_objection")),
    )
    op.create_index("ix_roll_objection_meeting", "roll_objection", ["community_id", "meeting"])
    op.create_index("ix_roll_objection_owner_id", "roll_objection", ["owner_id"])


def downgrade() -> None:
    """Drop the tables; objections are lost, rolls in force stay."""
    op.drop_table("roll_objection")
    op.drop_table("roll_upload")
