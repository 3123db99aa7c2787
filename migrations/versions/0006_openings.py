"""Openings"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('identity_openings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('response_id', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('sealed_words', sa.LargeBinary(), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at_once', sa.Boolean(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_agreed', sa.Boolean(), nullable=True),
    sa.Column('open_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('times_opened', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_identity_openings_asked_by_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_identity_openings_decided_by_people'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['response_id'], ['responses.id'], name=op.f('fk_identity_openings_response_id_responses'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_openings'))
    )
    with op.batch_alter_table('identity_codes', schema=None) as batch_op:
        batch_op.add_column(sa.Column('forget_on', sa.Date(), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('identity_codes', schema=None) as batch_op:
        batch_op.drop_column('forget_on')

    op.drop_table('identity_openings')
