"""What the engine found in each comment, with its version; re-runnable at any time. And themes models learnt here.

Promises that pending work is computed, never remembered; that a themes model learnt from readers' corrections replaces
the one in use only when it is not worse, judges what comes in from then on, and can be taken back. Must not decide
anything: findings order a person's reading.
"""
