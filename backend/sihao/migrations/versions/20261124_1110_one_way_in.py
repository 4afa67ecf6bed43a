"""a person's grants are read in one place, whoever opens the context

Revises: 20261124_1028
"""

from alembic import op

from sihao.migrations import rls

revision = "20261124_1110"
down_revision = "20261124_1028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for function in (rls.PERSON, rls.OPEN, rls.ASKER):
        op.execute(function)
    op.execute("REVOKE ALL ON FUNCTION open_person_context FROM public")


def downgrade() -> None:
    """What the functions do is the same as before."""
