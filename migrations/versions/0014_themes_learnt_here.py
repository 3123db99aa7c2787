"""Versions of the themes model learnt from corrections, and which one judged a comment"""

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

ONE_EACH = "state IN ('asked', 'learning', 'active')"


def upgrade() -> None:
    op.create_table('theme_models',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('engine', sa.String(), nullable=False),
    sa.Column('comments', sa.Integer(), nullable=True),
    sa.Column('micro', sa.Double(), nullable=True),
    sa.Column('macro', sa.Double(), nullable=True),
    sa.Column('beside', sa.Integer(), nullable=True),
    sa.Column('micro_beside', sa.Double(), nullable=True),
    sa.Column('macro_beside', sa.Double(), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_theme_models_made_by_people'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_theme_models')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('theme_models', schema=None) as batch_op:
        batch_op.create_index('ix_theme_models_one_each', ['state'], unique=True, sqlite_where=sa.text(ONE_EACH), postgresql_where=sa.text(ONE_EACH))
    op.create_table('theme_weights',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('weights', sa.LargeBinary(), nullable=False),
    sa.Column('header', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['number'], ['theme_models.number'], name=op.f('fk_theme_weights_number_theme_models'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('number', 'part', name=op.f('pk_theme_weights'))
    )
    with op.batch_alter_table('findings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('theme_model', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_findings_theme_model'), ['theme_model'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('findings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_findings_theme_model'))
        batch_op.drop_column('theme_model')
    op.drop_table('theme_weights')
    op.drop_table('theme_models')
