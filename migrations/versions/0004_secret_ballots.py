"""Secret meetings: where their contracts are, what the index knows of them, trustees' acts, ballots' fresh points.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PLACES = ("secret_meeting_address", "trustee_board_address")


def upgrade() -> None:
    """Add the columns and tables. Every meeting so far is an open one."""
    for name in _PLACES:
        op.add_column("community", sa.Column(name, sa.String(length=42), nullable=True))
        op.create_index(op.f(f"ix_community_{name}"), "community", [name], unique=True)
    for column in (
        sa.Column("ballots", sa.String(length=8), nullable=False, server_default="open"),
        sa.Column("context", sa.LargeBinary(length=32), nullable=True),
        sa.Column("keys", sa.JSON(), nullable=True),
        sa.Column("seal_hash", sa.LargeBinary(length=32), nullable=True),
    ):
        op.add_column("indexed_meeting", column)
    with op.batch_alter_table("indexed_ballot") as ballot:
        ballot.alter_column("choices", existing_type=sa.BigInteger(), nullable=True)
    op.create_table(
        "ballot_point",
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("meeting", sa.BigInteger(), nullable=False),
        sa.Column("point", sa.LargeBinary(length=64), nullable=False),
        sa.Column("ballot_hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_ballot_point_community_id_community")
        ),
        sa.PrimaryKeyConstraint("community_id", "meeting", "point", name=op.f("pk_ballot_point")),
    )
    op.create_table(
        "trustee_act",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("meeting", sa.BigInteger(), nullable=False),
        sa.Column("sender", sa.String(length=42), nullable=False),
        sa.Column("nonce", sa.BigInteger(), nullable=False),
        sa.Column("function", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_trustee_act_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trustee_act")),
        sa.UniqueConstraint("digest", name=op.f("uq_trustee_act_digest")),
    )
    op.create_index(op.f("ix_trustee_act_sender"), "trustee_act", ["sender"])


def downgrade() -> None:
    """Drop them; what the index knew of secret meetings is lost, the chain still has it."""
    op.drop_table("trustee_act")
    op.drop_table("ballot_point")
    op.execute("DELETE FROM indexed_ballot WHERE choices IS NULL")
    with op.batch_alter_table("indexed_ballot") as ballot:
        ballot.alter_column("choices", existing_type=sa.BigInteger(), nullable=False)
    for name in ("seal_hash", "keys", "context", "ballots"):
        op.drop_column("indexed_meeting", name)
    for name in _PLACES:
        op.drop_index(op.f(f"ix_community_{name}"), "community")
        op.drop_column("community", name)
