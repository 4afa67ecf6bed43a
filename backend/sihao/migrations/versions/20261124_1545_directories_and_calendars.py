"""Directories keep accounts; calendars have private addresses."""

import sqlalchemy as sa
from alembic import op

from sihao.migrations import rls

revision = "20261124_1545"
down_revision = "20261124_1300"
branch_labels = None
depends_on = None

_ROLES = (
    "unit.lead",
    "unit.deputy",
    "unit.office",
    "unit.member",
    "committee.officer",
    "committee.inspector",
    "committee.leader",
    "coassessor",
    "leadership",
    "dept.receiver",
    "admin.system",
    "admin.security",
    "admin.audit",
    "system",
)


def upgrade() -> None:
    op.create_table(
        "directory_person",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_directory_person_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_directory_person")),
    )
    op.create_index(op.f("ix_directory_person_external_id"), "directory_person", ["external_id"])
    roles = ", ".join(f"'{one}'" for one in _ROLES)
    op.create_table(
        "directory_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(f"role IN ({roles})", name=op.f("ck_directory_group_role")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_directory_group_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_group")),
    )
    op.create_index(op.f("ix_directory_group_unit_id"), "directory_group", ["unit_id"])
    op.create_index(
        "uq_directory_group_name", "directory_group", [sa.text("lower(name)")], unique=True
    )
    op.create_table(
        "directory_member",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["directory_group.id"], name=op.f("fk_directory_member_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_directory_member_person_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "person_id", name=op.f("pk_directory_member")),
    )
    op.create_index(op.f("ix_directory_member_person_id"), "directory_member", ["person_id"])
    op.create_table(
        "calendar_address",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_address_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_address_secret_hash")),
    )
    directory = ("directory_person", "directory_group", "directory_member")
    tables = ", ".join((*directory, "calendar_address"))
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {rls.APP}")
    for table in directory:
        for statement in rls.protect_directory(table):
            op.execute(statement)
    for statement in rls.protect_own("calendar_address"):
        op.execute(statement)
    op.execute(rls.PROVISIONING)
    op.execute("REVOKE ALL ON FUNCTION open_provisioning FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION open_provisioning TO {rls.APP}")


def downgrade() -> None:
    op.execute("DROP FUNCTION open_provisioning")
    for table in ("calendar_address", "directory_member", "directory_group", "directory_person"):
        op.drop_table(table)
