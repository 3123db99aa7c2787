"""Questionnaires as documents: written in English as TOML, frozen once published, the same item ids everywhere.

Promises that a published version never changes. Must not know who answers, nor how a page looks.
"""
