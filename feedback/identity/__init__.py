"""The sealed link between a code and an event, and between a response and a code, under keys of its own.

Promises that no other feature reads its tables. Must never hold an answer.
"""
