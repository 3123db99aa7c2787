"""Messages waiting to be sent: written in the same transaction as the fact they tell, sent by the worker.

Promises that a message is delivered at least once, or is seen to be stuck. Must never hold a word that a family wrote.
"""
