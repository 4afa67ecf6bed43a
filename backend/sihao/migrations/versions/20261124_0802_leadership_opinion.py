"""the leadership's opinion on a list and a referral; why a team within the places is left out

Revises: 20261124_0800
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_0802"
down_revision = "20261124_0800"
branch_labels = None
depends_on = None

TEXTS = (
    ("comparison", "departure", 4000),
    ("comparison", "leadership_opinion", 4000),
    ("comparison", "leadership_by", 200),
    ("referral", "leadership_opinion", 4000),
    ("referral", "leadership_by", 200),
)


def upgrade() -> None:
    for table, name, length in TEXTS:
        column = sa.Column(name, sa.String(length=length), nullable=False, server_default="")
        op.add_column(table, column)
        op.alter_column(table, name, server_default=None)
    for table in ("comparison", "referral"):
        column = sa.Column("leadership_at", sa.DateTime(timezone=True), nullable=True)
        op.add_column(table, column)


def downgrade() -> None:
    for table in ("comparison", "referral"):
        op.drop_column(table, "leadership_at")
    for table, name, _ in TEXTS:
        op.drop_column(table, name)
