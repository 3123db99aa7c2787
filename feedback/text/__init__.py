"""What can be said about a piece of writing: language, tone, themes, concerns, and what to hide.

Knows words and nothing else: no Flask, no database, no network, nothing of ours outside this folder.
"""
