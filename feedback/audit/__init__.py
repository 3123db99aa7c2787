"""What happened and who did it: append-only, each line sealed to the one before.

Promises that a changed, removed or inserted line is found. Must never hold words that families wrote.
"""
