"""The action plan, its words for families, its history"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('actions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('term', sa.String(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('measure', sa.String(), nullable=False),
    sa.Column('plan', sa.String(), nullable=False),
    sa.Column('owner_role', sa.String(), nullable=False),
    sa.Column('owner_person', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('others', sa.String(), nullable=False),
    sa.Column('themes', sa.JSON(), nullable=False),
    sa.Column('construct', sa.String(), nullable=True),
    sa.Column('for_group', sa.String(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('why_not', sa.String(), nullable=False),
    sa.Column('heard_in', sa.String(), nullable=False),
    sa.Column('changed_on', sa.Date(), nullable=True),
    sa.Column('claim', sa.String(), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_actions')),
    sa.UniqueConstraint('number', name=op.f('uq_actions_number'))
    )
    op.create_table('action_texts',
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('version', sa.String(), nullable=False),
    sa.Column('heard', sa.String(), nullable=False),
    sa.Column('answered', sa.String(), nullable=False),
    sa.Column('changed', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_action_texts_action_id_actions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('action_id', 'language', 'version', name=op.f('pk_action_texts'))
    )
    op.create_table('action_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.Integer(), nullable=True),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_action_changes_action_id_actions'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by'], ['people.id'], name=op.f('fk_action_changes_by_people'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_changes'))
    )
    with op.batch_alter_table('action_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_changes_action_id'), ['action_id'], unique=False)
    op.create_table('not_fixed',
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.String(), nullable=False),
    sa.Column('taps', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_not_fixed_action_id_actions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('action_id', 'quarter', name=op.f('pk_not_fixed'))
    )


def downgrade() -> None:
    op.drop_table('not_fixed')
    with op.batch_alter_table('action_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_changes_action_id'))
    op.drop_table('action_changes')
    op.drop_table('action_texts')
    op.drop_table('actions')
