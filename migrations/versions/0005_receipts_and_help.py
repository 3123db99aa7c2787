"""Receipts and asking for help"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('day_keys',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_day_keys'))
    )
    op.create_table('help_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('sealed_details', sa.LargeBinary(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('times_escalated', sa.Integer(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_requests'))
    )
    op.create_table('receipt_tries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address_hash', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipt_tries'))
    )
    with op.batch_alter_table('receipt_tries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_receipt_tries_address_hash'), ['address_hash'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('receipt_tries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_receipt_tries_address_hash'))

    op.drop_table('receipt_tries')
    op.drop_table('help_requests')
    op.drop_table('day_keys')
