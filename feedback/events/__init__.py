"""Conferences, meetings, assessments, interventions: that they took place, of what kind, and who by role had a say.

Must not know who answered about them: that is the sealed link, in `identity/`.
"""
