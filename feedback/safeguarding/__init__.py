"""The reading desk: what waits to be read by a person, and the alerts that put some of it first.

Promises that nothing is closed automatically and no alert is lost. Must not know who wrote.
"""
