"""what happens next: scenarios, steps and holds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003_steps"
down_revision = "0002_solvency"
branch_labels = None
depends_on = None

_PROFILES = (
    "'punctual', 'late_by_habit', 'drifting', 'erratic', 'new', 'disputing', 'in_difficulty'"
)
_STATES = "'due', 'drafted', 'queued', 'sent', 'done', 'skipped', 'cancelled', 'overtaken'"
_OUTCOMES = "'due', 'waiting', 'held', 'finished', 'uncovered'"


def upgrade() -> None:
    """Apply this step."""
    _scenario()
    _step()
    _next_step()
    op.create_table(
        "step_planning",
        *_keys(),
        sa.Column("planned_on", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        *_constraints("step_planning"),
        sa.UniqueConstraint("workspace_id", name=op.f("uq_step_planning_workspace_id")),
    )


def _scenario() -> None:
    op.create_table(
        "scenario",
        *_keys(),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", _json(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activated_by", sa.String(), nullable=False),
        sa.CheckConstraint(f"profile IN ({_PROFILES})", name=op.f("ck_scenario_profile")),
        *_constraints("scenario"),
        sa.UniqueConstraint(
            "workspace_id",
            "profile",
            "version",
            name=op.f("uq_scenario_workspace_id_profile_version"),
        ),
    )


def _step() -> None:
    texts = ("step_key", "profile", "actor", "channel", "tone", "mode", "contact", "text_key")
    op.create_table(
        "step",
        *_keys(),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("offset_days", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("without_address", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("item_ids", _json(), nullable=False),
        sa.Column("totals", _json(), nullable=False),
        sa.Column("planned_on", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Integer(), nullable=True),
        sa.Column("done_by_id", sa.BigInteger(), nullable=True),
        sa.Column("words_sealed", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *_step_checks(),
        *_constraints("step", client_id="client", person_id="person", done_by_id="person"),
        sa.UniqueConstraint(
            "workspace_id",
            "client_id",
            "episode",
            "step_key",
            name=op.f("uq_step_workspace_id_client_id_episode_step_key"),
        ),
    )
    waits = sa.text("state IN ('due', 'drafted', 'queued')")
    op.create_index(
        "ix_step_waiting",
        "step",
        ["workspace_id", "person_id"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_index("ix_step_changed", "step", ["workspace_id", "changed_at"])


def _step_checks() -> tuple[sa.CheckConstraint, ...]:
    return (
        sa.CheckConstraint("actor IN ('goodcop', 'sales', 'finance')", name=op.f("ck_step_actor")),
        sa.CheckConstraint(
            "channel IN ('email', 'call', 'letter', 'decision')", name=op.f("ck_step_channel")
        ),
        sa.CheckConstraint("mode IN ('draft', 'automatic', 'off')", name=op.f("ck_step_mode")),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_step_state")),
    )


def _next_step() -> None:
    op.create_table(
        "next_step",
        *_keys(),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("look_on", sa.Integer(), nullable=True),
        sa.Column("step_key", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("without_address", sa.Boolean(), nullable=False),
        sa.Column("planned_on", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"outcome IN ({_OUTCOMES})", name=op.f("ck_next_step_outcome")),
        *_constraints("next_step", client_id="client"),
        sa.UniqueConstraint(
            "workspace_id", "client_id", name=op.f("uq_next_step_workspace_id_client_id")
        ),
    )
    op.create_index("ix_next_step_look_on", "next_step", ["workspace_id", "look_on", "client_id"])


def _json() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _keys() -> tuple[sa.Column[int], ...]:
    return (
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
    )


def _constraints(table: str, **refers: str) -> tuple[sa.Constraint, ...]:
    """Return a tenant's key and the keys to rows of the same tenant."""
    return (
        *(
            sa.ForeignKeyConstraint(
                ["workspace_id", column],
                [f"{other}.workspace_id", f"{other}.id"],
                name=op.f(f"fk_{table}_workspace_id_{column}"),
            )
            for column, other in refers.items()
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f(f"fk_{table}_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_table("step_planning")
    op.drop_index("ix_next_step_look_on", table_name="next_step")
    op.drop_table("next_step")
    op.drop_index("ix_step_changed", table_name="step")
    op.drop_index("ix_step_waiting", table_name="step")
    op.drop_table("step")
    op.drop_table("scenario")
