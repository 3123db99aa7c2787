"""What people told us: stored answers and sealed words, and drafts of what they are still telling us.

Promises no IP address, no user agent, no exact time. Must not know which event an answer is about.
"""
