"""What was done about what families said, or a plain reason why not; by whom and when; with its history.

Promises that no action is kept without a measure, an owner and a date. Must not know a single answer: whether things
changed is read from releases, in `reports/effects.py`.
"""
