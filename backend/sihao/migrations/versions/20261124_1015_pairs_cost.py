"""Reading a text again costs more than an index, and no second process

Revises: 20261124_1010
"""

from alembic import op

revision = "20261124_1015"
down_revision = "20261124_1010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER FUNCTION pairs(text) COST 5000 PARALLEL RESTRICTED")


def downgrade() -> None:
    op.execute("ALTER FUNCTION pairs(text) COST 100 PARALLEL SAFE")
