"""Meetings in preparation and their documents.

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "meeting_plan",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("draft_id", _ID, nullable=True),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_meeting_plan_community_id_community")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_meeting_plan_created_by_staff")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["meeting_draft.id"], name=op.f("fk_meeting_plan_draft_id_meeting_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_plan")),
    )
    op.create_index(op.f("ix_meeting_plan_community_id"), "meeting_plan", ["community_id"])
    op.create_table(
        "plan_document",
        sa.Column("id", _ID, nullable=False),
        sa.Column("plan_id", _ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["meeting_plan.id"], name=op.f("fk_plan_document_plan_id_meeting_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_document")),
    )
    op.create_index(op.f("ix_plan_document_plan_id"), "plan_document", ["plan_id"])


def downgrade() -> None:
    """Drop the tables; meetings in preparation are lost."""
    op.drop_table("plan_document")
    op.drop_table("meeting_plan")
