"""Reminders of actions, reports announced by e-mail, and who by age and ethnic group had a say"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('actions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_demo', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table('action_reminders',
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('written_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['actions.id'], name=op.f('fk_action_reminders_action_id_actions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('action_id', 'step', 'due_on', name=op.f('pk_action_reminders'))
    )
    op.create_table('subscriptions',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('rhythm', sa.String(), nullable=False),
    sa.Column('told_up_to', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_subscriptions_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_subscriptions'))
    )
    with op.batch_alter_table('participations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('age_band', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('ethnic_group', sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('participations', schema=None) as batch_op:
        batch_op.drop_column('ethnic_group')
        batch_op.drop_column('age_band')
    op.drop_table('subscriptions')
    op.drop_table('action_reminders')
    with op.batch_alter_table('actions', schema=None) as batch_op:
        batch_op.drop_column('is_demo')
