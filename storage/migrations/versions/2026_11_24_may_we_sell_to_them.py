"""may we sell to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002_solvency"
down_revision = "0001_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table('group_link',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('siren', sa.String(), nullable=False),
    sa.Column('parent_siren', sa.String(), nullable=False),
    sa.Column('share_percent', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('as_of', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_group_link_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_group_link')),
    sa.UniqueConstraint('workspace_id', 'siren', 'parent_siren', name=op.f('uq_group_link_workspace_id_siren_parent_siren'))
    )
    op.create_table('insurer_cover',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('siren', sa.String(), nullable=False),
    sa.Column('insurer', sa.String(), nullable=False),
    sa.Column('policy', sa.String(), nullable=False),
    sa.Column('granted_minor', sa.BigInteger(), nullable=False),
    sa.Column('insured_percent', sa.Integer(), nullable=False),
    sa.Column('grade', sa.String(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('valid_until', sa.Integer(), nullable=True),
    sa.Column('as_of', sa.Integer(), nullable=False),
    sa.CheckConstraint('granted_minor >= 0', name=op.f('ck_insurer_cover_granted_minor')),
    sa.CheckConstraint('insured_percent BETWEEN 0 AND 100', name=op.f('ck_insurer_cover_insured_percent')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_insurer_cover_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_insurer_cover')),
    sa.UniqueConstraint('workspace_id', 'siren', 'insurer', 'policy', name=op.f('uq_insurer_cover_workspace_id_siren_insurer_policy'))
    )
    op.create_table('outside_grade',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('siren', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('grade', sa.String(), nullable=False),
    sa.Column('as_of', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_outside_grade_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_outside_grade')),
    sa.UniqueConstraint('workspace_id', 'siren', 'agency', name=op.f('uq_outside_grade_workspace_id_siren_agency'))
    )
    op.create_table('company_rating',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('siren', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('town', sa.String(), nullable=False),
    sa.Column('rating', sa.String(), nullable=False),
    sa.Column('confidence', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.String(), nullable=False),
    sa.Column('terms_days', sa.Integer(), nullable=False),
    sa.Column('limit_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('flags', sa.String(), nullable=False),
    sa.Column('usage_said', sa.Integer(), nullable=False),
    sa.Column('usage_said_on', sa.Integer(), nullable=True),
    sa.Column('is_prospect', sa.Boolean(), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('priority_by_id', sa.BigInteger(), nullable=True),
    sa.Column('owner_id', sa.BigInteger(), nullable=True),
    sa.Column('review_on', sa.Integer(), nullable=True),
    sa.Column('as_of', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'owner_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_company_rating_workspace_id_owner_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'priority_by_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_company_rating_workspace_id_priority_by_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_company_rating_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_company_rating')),
    sa.UniqueConstraint('workspace_id', 'siren', name=op.f('uq_company_rating_workspace_id_siren'))
    )
    with op.batch_alter_table('company_rating', schema=None) as batch_op:
        batch_op.create_index('ix_company_rating_prospect', ['workspace_id', 'owner_id'], unique=False, sqlite_where=sa.text('is_prospect = 1'), postgresql_where=sa.text('is_prospect'))
        batch_op.create_index('ix_company_rating_review', ['workspace_id', 'review_on'], unique=False)

    op.create_table('event_decision',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('siren', sa.String(), nullable=False),
    sa.Column('notice_id', sa.String(), nullable=False),
    sa.Column('course', sa.String(), nullable=False),
    sa.Column('words_sealed', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by_id', sa.BigInteger(), nullable=True),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claimed_on', sa.Integer(), nullable=True),
    sa.CheckConstraint("course IN ('', 'continue', 'conditions', 'stop')", name=op.f('ck_event_decision_course')),
    sa.ForeignKeyConstraint(['workspace_id', 'decided_by_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_event_decision_workspace_id_decided_by_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'lifted_by_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_event_decision_workspace_id_lifted_by_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_event_decision_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_event_decision')),
    sa.UniqueConstraint('workspace_id', 'siren', 'notice_id', name=op.f('uq_event_decision_workspace_id_siren_notice_id'))
    )
    op.create_table('risk_flag',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('siren', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('search_name', sa.String(), nullable=False),
    sa.Column('group_siren', sa.String(), nullable=True),
    sa.Column('is_person', sa.Boolean(), nullable=False),
    sa.Column('reason_sealed', sa.String(), nullable=False),
    sa.Column('by_id', sa.BigInteger(), nullable=True),
    sa.Column('flagged_on', sa.Integer(), nullable=False),
    sa.Column('expires_on', sa.Integer(), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'by_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_risk_flag_workspace_id_by_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_risk_flag_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_risk_flag'))
    )
    with op.batch_alter_table('risk_flag', schema=None) as batch_op:
        batch_op.create_index('ix_risk_flag_name', ['workspace_id', 'search_name'], unique=False)
        batch_op.create_index('ix_risk_flag_siren', ['workspace_id', 'siren'], unique=False)

    op.create_table('source_answer',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('body', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_source_answer_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_source_answer')),
    sa.UniqueConstraint('workspace_id', 'source', 'key', name=op.f('uq_source_answer_workspace_id_source_key'))
    )
    op.create_table('watch',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('siren', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_watch_workspace_id_person_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_watch_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_watch')),
    sa.UniqueConstraint('workspace_id', 'siren', 'person_id', name=op.f('uq_watch_workspace_id_siren_person_id'))
    )
    op.create_table('cover_deadline',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('client_id', sa.BigInteger(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('until_on', sa.Integer(), nullable=False),
    sa.Column('covered_until', sa.Integer(), nullable=False),
    sa.Column('minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('is_alarming', sa.Boolean(), nullable=False),
    sa.Column('declared_on', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'client_id'], ['client.workspace_id', 'client.id'], name=op.f('fk_cover_deadline_workspace_id_client_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_cover_deadline_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_cover_deadline')),
    sa.UniqueConstraint('workspace_id', 'client_id', name=op.f('uq_cover_deadline_workspace_id_client_id'))
    )
    op.create_table('watched_day',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('day', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_watched_day_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_watched_day')),
    sa.UniqueConstraint('workspace_id', 'day', name=op.f('uq_watched_day_workspace_id_day'))
    )
    op.create_table('read_company',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('siren', sa.String(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_read_company_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_read_company')),
    sa.UniqueConstraint('workspace_id', 'siren', name=op.f('uq_read_company_workspace_id_siren'))
    )
    op.create_table('siren_link',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('client_id', sa.BigInteger(), nullable=False),
    sa.Column('siren', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('town', sa.String(), nullable=False),
    sa.Column('evidence', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('suggested', 'confirmed', 'rejected')", name=op.f('ck_siren_link_state')),
    sa.ForeignKeyConstraint(['workspace_id', 'client_id'], ['client.workspace_id', 'client.id'], name=op.f('fk_siren_link_workspace_id_client_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'decided_by_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_siren_link_workspace_id_decided_by_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_siren_link_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_siren_link')),
    sa.UniqueConstraint('workspace_id', 'client_id', 'siren', name=op.f('uq_siren_link_workspace_id_client_id_siren'))
    )
    op.create_table('siren_search',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('client_id', sa.BigInteger(), nullable=False),
    sa.Column('searched_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'client_id'], ['client.workspace_id', 'client.id'], name=op.f('fk_siren_search_workspace_id_client_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_siren_search_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_siren_search')),
    sa.UniqueConstraint('workspace_id', 'client_id', name=op.f('uq_siren_search_workspace_id_client_id'))
    )
    op.create_table('solvency_request',
    sa.Column('workspace_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('siren', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('client_id', sa.BigInteger(), nullable=True),
    sa.Column('by_id', sa.BigInteger(), nullable=True),
    sa.Column('order_minor', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('question_sealed', sa.String(), nullable=False),
    sa.Column('shown', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('granted_minor', sa.BigInteger(), nullable=True),
    sa.Column('terms', sa.String(), nullable=False),
    sa.Column('valid_until', sa.Integer(), nullable=True),
    sa.Column('words_sealed', sa.String(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('ts', sa.String(), nullable=False),
    sa.CheckConstraint("state IN ('open', 'granted', 'refused', 'withdrawn', 'expired')", name=op.f('ck_solvency_request_state')),
    sa.CheckConstraint('order_minor >= 0', name=op.f('ck_solvency_request_order_minor')),
    sa.ForeignKeyConstraint(['workspace_id', 'by_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_solvency_request_workspace_id_by_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'client_id'], ['client.workspace_id', 'client.id'], name=op.f('fk_solvency_request_workspace_id_client_id')),
    sa.ForeignKeyConstraint(['workspace_id', 'decided_by_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_solvency_request_workspace_id_decided_by_id')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_solvency_request_workspace_id')),
    sa.PrimaryKeyConstraint('workspace_id', 'id', name=op.f('pk_solvency_request')),
    sa.UniqueConstraint('workspace_id', 'key', name=op.f('uq_solvency_request_workspace_id_key'))
    )
    with op.batch_alter_table('solvency_request', schema=None) as batch_op:
        batch_op.create_index('ix_solvency_request_siren', ['workspace_id', 'siren', 'state'], unique=False)



def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table('solvency_request', schema=None) as batch_op:
        batch_op.drop_index('ix_solvency_request_siren')

    op.drop_table('solvency_request')
    op.drop_table('siren_search')
    op.drop_table('siren_link')
    op.drop_table('read_company')
    op.drop_table('watched_day')
    op.drop_table('cover_deadline')
    op.drop_table('watch')
    op.drop_table('source_answer')
    with op.batch_alter_table('risk_flag', schema=None) as batch_op:
        batch_op.drop_index('ix_risk_flag_siren')
        batch_op.drop_index('ix_risk_flag_name')

    op.drop_table('risk_flag')
    op.drop_table('event_decision')
    with op.batch_alter_table('company_rating', schema=None) as batch_op:
        batch_op.drop_index('ix_company_rating_review')
        batch_op.drop_index('ix_company_rating_prospect', sqlite_where=sa.text('is_prospect = 1'), postgresql_where=sa.text('is_prospect'))

    op.drop_table('company_rating')
    op.drop_table('outside_grade')
    op.drop_table('insurer_cover')
    op.drop_table('group_link')
