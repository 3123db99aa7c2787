"""Staff: who they are, which roles they hold, what a role may do.

Promises that a person without a permission sees nothing. Must never hold a family's data.
"""
