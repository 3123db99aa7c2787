"""What signing in needs: temporary passwords, used codes, a manager's services"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('password_is_temporary', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('totp_counter', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('services', sa.JSON(), nullable=True))




def downgrade() -> None:

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('services')
        batch_op.drop_column('totp_counter')
        batch_op.drop_column('password_is_temporary')


