"""letters by e-mail: the outbox towards clients, texts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004_mail"
down_revision = "0003_steps"
branch_labels = None
depends_on = None

_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_INSTANT = sa.DateTime(timezone=True)
_TO_SEND = sa.text("state IN ('pending', 'sending')")


def _refers(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{table}.workspace_id", f"{table}.id"],
        name=op.f(f"fk_email_workspace_id_{column}"),
    )


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "email",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("to_sealed", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("body", _DOCUMENT, nullable=False),
        sa.Column("words_sealed", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("next_attempt_at", _INSTANT, nullable=False),
        sa.Column("attempted_at", _INSTANT, nullable=True),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("taken_until", _INSTANT, nullable=True),
        sa.Column("settled_at", _INSTANT, nullable=True),
        sa.Column("sent_sealed", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'unknown', 'refused', 'dead', 'cancelled',"
            " 'bounced')",
            name=op.f("ck_email_state"),
        ),
        _refers("client_id", "client"),
        _refers("contact_id", "contact"),
        _refers("person_id", "person"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_email_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_email")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_email_workspace_id_key")),
        sa.UniqueConstraint(
            "workspace_id", "message_id", name=op.f("uq_email_workspace_id_message_id")
        ),
    )
    op.create_index(
        "ix_email_to_send",
        "email",
        ["workspace_id", "next_attempt_at", "id"],
        sqlite_where=_TO_SEND,
        postgresql_where=_TO_SEND,
    )
    op.create_index("ix_email_client", "email", ["workspace_id", "client_id", "id"])
    op.create_table(
        "client_text",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_client_text_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_client_text")),
        sa.UniqueConstraint(
            "workspace_id",
            "key",
            "language",
            "version",
            name=op.f("uq_client_text_workspace_id_key_language_version"),
        ),
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("client_text")
    op.drop_index("ix_email_client", table_name="email")
    op.drop_index("ix_email_to_send", table_name="email")
    op.drop_table("email")
