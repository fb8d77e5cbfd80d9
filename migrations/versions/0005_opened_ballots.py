"""Secret ballots that were opened to check the phone, and are void.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "opened_ballot",
        sa.Column("id", _ID, nullable=False),
        sa.Column("community_id", _ID, nullable=False),
        sa.Column("meeting", sa.BigInteger(), nullable=False),
        sa.Column("voter", sa.BigInteger(), nullable=False),
        sa.Column("ballot_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_opened_ballot_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened_ballot")),
        sa.UniqueConstraint("digest", name=op.f("uq_opened_ballot_digest")),
    )
    op.create_index("ix_opened_ballot_voter", "opened_ballot", ["community_id", "meeting", "voter"])
    op.create_index(op.f("ix_opened_ballot_ballot_hash"), "opened_ballot", ["ballot_hash"])


def downgrade() -> None:
    """Drop it: ballots that were opened are no longer known to be void."""
    op.drop_table("opened_ballot")
