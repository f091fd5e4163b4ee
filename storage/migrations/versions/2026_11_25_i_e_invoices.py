"""electronic invoices."""

import sqlalchemy as sa
from alembic import op

revision = "0011_e_invoices"
down_revision = "0010_journal"
branch_labels = None
depends_on = None

_BARE = (
    "replace(replace(replace(replace(replace(replace(upper(number),"
    " ' ', ''), '-', ''), '/', ''), '.', ''), '_', ''), '0', '')"
)


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "e_invoice",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("entity_id", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("type_code", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Integer(), nullable=True),
        sa.Column("due_from", sa.String(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("left_minor", sa.BigInteger(), nullable=False),
        sa.Column("buyer_siren", sa.String(), nullable=False),
        sa.Column("buyer_name_sealed", sa.String(), nullable=False),
        sa.Column("buyer_town_sealed", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("document_sealed", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bare_number", sa.String(), sa.Computed(_BARE, persisted=True), nullable=True),
        sa.CheckConstraint(
            "due_from IN ('', 'stated', 'terms')", name=op.f("ck_e_invoice_due_from")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["client.workspace_id", "client.id"],
            name=op.f("fk_e_invoice_workspace_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "entity_id"],
            ["entity.workspace_id", "entity.id"],
            name=op.f("fk_e_invoice_workspace_id_entity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_e_invoice_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_e_invoice")),
        sa.UniqueConstraint(
            "workspace_id",
            "entity_id",
            "number",
            "type_code",
            "issued_on",
            name=op.f("uq_e_invoice_workspace_id_entity_id_number_type_code_issued_on"),
        ),
    )
    op.create_index("ix_e_invoice_client", "e_invoice", ["workspace_id", "client_id"])
    op.create_index(
        "ix_e_invoice_bare_number", "e_invoice", ["workspace_id", "entity_id", "bare_number"]
    )
    op.create_table(
        "prospect_list",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("outcome_sealed", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'rating', 'rated', 'refused')",
            name=op.f("ck_prospect_list_state"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_prospect_list_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_prospect_list_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_prospect_list")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_prospect_list_workspace_id_key")),
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("prospect_list")
    op.drop_table("e_invoice")
