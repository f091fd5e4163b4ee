"""letters by e-mail: the outbox towards clients, texts."""

revision = "0004_mail"
down_revision = "0003_steps"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""


def downgrade() -> None:
    """Take this step back."""
