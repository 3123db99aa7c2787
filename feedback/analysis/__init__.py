"""What the engine found in each comment, with its version; re-runnable at any time.

Promises that pending work is computed, never remembered. Must not decide anything: findings order a person's reading.
"""
