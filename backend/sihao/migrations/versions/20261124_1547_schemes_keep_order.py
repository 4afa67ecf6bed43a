"""A scheme keeps the order its groups and classes are written in: json, since jsonb sorts keys."""

from alembic import op

revision = "20261124_1547"
down_revision = "20261124_1545"
branch_labels = None
depends_on = None


def _turn(kind: str) -> None:
    for table in ("scheme", "scheme_version"):
        op.execute(f"ALTER TABLE {table} ALTER COLUMN rules TYPE {kind} USING rules::{kind}")


def upgrade() -> None:
    """What is stored stays as it is; what is saved from now on keeps its order."""
    _turn("json")


def downgrade() -> None:
    """Sort the keys again."""
    _turn("jsonb")
