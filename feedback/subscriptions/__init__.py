"""Who wishes to be told by e-mail, each month or each quarter, that there are figures to read.

Promises a link and never a figure, once a period. Must not know what the figures say.
"""
