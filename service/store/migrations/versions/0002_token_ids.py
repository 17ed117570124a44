"""Ids of tokens that have been used."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "token_ids",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_token_ids"),
    )
    op.create_index("ix_token_ids_expires_at", "token_ids", ["expires_at"])


def downgrade() -> None:
    op.drop_table("token_ids")
