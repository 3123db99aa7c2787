"""What managers, families and inspectors may read: figures computed once, gated, frozen and shown alike everywhere.

Promises that no page, file or sentence lets anybody be recognised, and that every figure says how sure it is or why it
is withheld. Must not know who a respondent is, whose code was used, or any word that a person has not released.
"""
