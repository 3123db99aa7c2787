"""How many cards were made for an event's people"""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('event_cards',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('audience', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_event_cards_event_id_events'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'audience', name=op.f('pk_event_cards'))
    )


def downgrade() -> None:
    op.drop_table('event_cards')
