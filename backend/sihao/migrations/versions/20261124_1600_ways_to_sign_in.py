"""How somebody signed in and when he proved it; one-time codes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from sihao.migrations import rls

revision = "20261124_1600"
down_revision = "20261124_1547"
branch_labels = None
depends_on = None

_OWN = (
    "person_id = (SELECT sihao_person())"
    " OR (SELECT sihao_has('admin.security') OR sihao_has('system'))"
)


def upgrade() -> None:
    op.add_column(
        "login_session",
        sa.Column("way", sa.String(length=32), server_default="password", nullable=False),
    )
    op.alter_column("login_session", "way", server_default=None)
    op.create_check_constraint(
        op.f("ck_login_session_way"), "login_session", "way IN ('password', 'oidc', 'cas')"
    )
    op.add_column(
        "login_session", sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "one_time_codes",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_step", sa.Integer(), nullable=False),
        sa.Column("recovery_hashes", postgresql.ARRAY(sa.String(length=64)), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_one_time_codes_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_one_time_codes")),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON one_time_codes TO {rls.APP}")
    op.execute("ALTER TABLE one_time_codes ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE one_time_codes FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY one_time_codes_own ON one_time_codes USING ({_OWN}) WITH CHECK ({_OWN})"
    )


def downgrade() -> None:
    op.drop_table("one_time_codes")
    op.drop_column("login_session", "proved_at")
    op.drop_column("login_session", "way")
