"""How often somebody was told that an opening waits too long"""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('identity_openings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('times_escalated', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('identity_openings', schema=None) as batch_op:
        batch_op.drop_column('times_escalated')
