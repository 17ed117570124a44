"""Feedback knows the CDS Service that it was sent to, and how the reason was shown."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feedback", sa.Column("service", sa.String(64)))
    op.add_column("feedback", sa.Column("reason_display", sa.String(200)))


def downgrade() -> None:
    op.drop_column("feedback", "reason_display")
    op.drop_column("feedback", "service")
