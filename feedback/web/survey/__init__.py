"""The one survey flow: which pages in which order, what each takes in, how it is sent.

Knows no audience: `public/` and `advocate/` say whom it speaks to.
"""
