"""Seats that trustees of secret meetings take.

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "trustee_seat",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("meeting", sa.BigInteger(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account", sa.String(length=42), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_trustee_seat_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trustee_seat")),
        sa.UniqueConstraint(
            "community_id", "meeting", "seat", name=op.f("uq_trustee_seat_community_id_meeting_seat")
        ),
        sa.UniqueConstraint(
            "community_id", "meeting", "account", name=op.f("uq_trustee_seat_community_id_meeting_account")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_trustee_seat_token_hash")),
    )


def downgrade() -> None:
    """Drop it: who joined has to be invited again."""
    op.drop_table("trustee_seat")
