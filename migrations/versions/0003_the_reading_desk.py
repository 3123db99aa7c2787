"""The reading desk"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('clock_records',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('is_flagged', sa.Boolean(), nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_records'))
    )
    with op.batch_alter_table('clock_records', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clock_records_month'), ['month'], unique=False)

    op.create_table('alert_moves',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('before', sa.String(), nullable=True),
    sa.Column('after', sa.String(), nullable=False),
    sa.Column('by', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('sealed_note', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['alert_id'], ['alerts.id'], name=op.f('fk_alert_moves_alert_id_alerts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by'], ['people.id'], name=op.f('fk_alert_moves_by_people'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_moves'))
    )
    with op.batch_alter_table('alert_moves', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_moves_alert_id'), ['alert_id'], unique=False)

    op.create_table('desk_claims',
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_desk_claims_comment_id_comments'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_desk_claims_person_id_people'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('comment_id', name=op.f('pk_desk_claims'))
    )
    op.create_table('readings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('read_by', sa.Integer(), nullable=True),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('tone', sa.String(), nullable=False),
    sa.Column('sealed_redacted', sa.LargeBinary(), nullable=False),
    sa.Column('may_be_quoted', sa.Boolean(), nullable=False),
    sa.Column('is_second', sa.Boolean(), nullable=False),
    sa.Column('wants_second', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_readings_comment_id_comments'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['read_by'], ['people.id'], name=op.f('fk_readings_read_by_people'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_readings')),
    sa.UniqueConstraint('comment_id', 'is_second', name=op.f('uq_readings_comment_id'))
    )
    with op.batch_alter_table('readings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_readings_level'), ['level'], unique=False)
        batch_op.create_index(batch_op.f('ix_readings_wants_second'), ['wants_second'], unique=False)

    op.create_table('translations',
    sa.Column('comment_id', sa.Integer(), nullable=False),
    sa.Column('sealed_text', sa.LargeBinary(), nullable=False),
    sa.Column('interpreter', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_translations_comment_id_comments'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('comment_id', name=op.f('pk_translations'))
    )
    op.create_table('read_themes',
    sa.Column('reading_id', sa.Integer(), nullable=False),
    sa.Column('theme', sa.String(), nullable=False),
    sa.Column('tone', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['reading_id'], ['readings.id'], name=op.f('fk_read_themes_reading_id_readings'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('reading_id', 'theme', name=op.f('pk_read_themes'))
    )
    with op.batch_alter_table('alerts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('code', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('raised_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('times_escalated', sa.Integer(), server_default='0', nullable=False))
        batch_op.create_index(batch_op.f('ix_alerts_state'), ['state'], unique=False)

    with op.batch_alter_table('desk_items', schema=None) as batch_op:
        batch_op.add_column(sa.Column('times_escalated', sa.Integer(), server_default='0', nullable=False))
        batch_op.create_index(batch_op.f('ix_desk_items_is_read'), ['is_read'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('desk_items', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_desk_items_is_read'))
        batch_op.drop_column('times_escalated')

    with op.batch_alter_table('alerts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alerts_state'))
        batch_op.drop_column('times_escalated')
        batch_op.drop_column('raised_at')
        batch_op.drop_column('code')

    op.drop_table('read_themes')
    op.drop_table('translations')
    with op.batch_alter_table('readings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_readings_wants_second'))
        batch_op.drop_index(batch_op.f('ix_readings_level'))

    op.drop_table('readings')
    op.drop_table('desk_claims')
    with op.batch_alter_table('alert_moves', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alert_moves_alert_id'))

    op.drop_table('alert_moves')
    with op.batch_alter_table('clock_records', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clock_records_month'))

    op.drop_table('clock_records')
