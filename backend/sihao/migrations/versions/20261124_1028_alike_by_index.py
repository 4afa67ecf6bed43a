"""Similar passages are looked up in their index

Revises: 20261124_1025
"""

from alembic import op

revision = "20261124_1028"
down_revision = "20261124_1025"
branch_labels = None
depends_on = None
ALIKE = "alike_passages(jsonb, text, uuid, uuid)"


def upgrade() -> None:
    op.execute(f"ALTER FUNCTION {ALIKE} SET enable_seqscan = off")


def downgrade() -> None:
    op.execute(f"ALTER FUNCTION {ALIKE} RESET enable_seqscan")
