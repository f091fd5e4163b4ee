"""the journal of every action."""

revision = "0010_journal"
down_revision = "0009_item_states"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""


def downgrade() -> None:
    """Take this step back."""
