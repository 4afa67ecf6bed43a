"""Results of merged assessments are read by their units once they are released."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1252"
down_revision = "20261124_1240"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What belongs to published results is released."""
    op.add_column("co_assessment_result", sa.Column("released_at", sa.DateTime(timezone=True)))
    op.execute("SELECT open_system_context()")
    op.execute(
        "UPDATE co_assessment_result c SET released_at = r.published_at"
        " FROM co_assessment a, annual_result r"
        " WHERE a.id = c.co_assessment_id AND r.campaign_id = a.campaign_id"
        " AND r.unit_id = c.unit_id AND r.state = 'published'"
    )


def downgrade() -> None:
    """Everything is read at once."""
    op.drop_column("co_assessment_result", "released_at")
