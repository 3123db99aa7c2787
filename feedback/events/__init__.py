"""Conferences, meetings, assessments, interventions: that they took place, and of what kind.

Must not know who answered about them: that is the sealed link, in `identity/`.
"""
