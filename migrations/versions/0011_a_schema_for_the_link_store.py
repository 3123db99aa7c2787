"""A schema of its own for the link store, where the database knows schemas"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

SCHEMA = 'identity'
TABLES = ('identity_codes', 'identity_links')


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != 'postgresql':
        return
    if not sa.inspect(connection).has_schema(SCHEMA):
        op.execute(f'CREATE SCHEMA {SCHEMA}')
    for table in TABLES:
        op.execute(f'ALTER TABLE {table} SET SCHEMA {SCHEMA}')


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != 'postgresql':
        return
    default = connection.scalar(sa.text('SELECT quote_ident(current_schema())'))
    for table in TABLES:
        # The owner took its own rights away when the schema was given to its role (identity/role.py).
        op.execute(f'GRANT ALL ON {SCHEMA}.{table} TO CURRENT_USER')
        op.execute(f'ALTER TABLE {SCHEMA}.{table} SET SCHEMA {default}')
    op.execute(f'DROP SCHEMA {SCHEMA}')
