"""Who had a say in an event, and what is released about that"""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('participations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('who', sa.String(), nullable=False),
    sa.Column('was_told', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(), nullable=True),
    sa.Column('told_by', sa.String(), nullable=True),
    sa.Column('advocate_offered', sa.Boolean(), nullable=False),
    sa.Column('attendance', sa.String(), nullable=False),
    sa.Column('took_part', sa.String(), nullable=False),
    sa.Column('why_not', sa.String(), nullable=True),
    sa.Column('needs_language', sa.Boolean(), nullable=False),
    sa.Column('is_disabled', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_participations_event_id_events'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participations'))
    )
    with op.batch_alter_table('participations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participations_event_id'), ['event_id'], unique=False)
    op.create_table('participation_releases',
    sa.Column('quarter', sa.String(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('computed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('quarter', name=op.f('pk_participation_releases'))
    )


def downgrade() -> None:
    op.drop_table('participation_releases')
    with op.batch_alter_table('participations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_participations_event_id'))
    op.drop_table('participations')
