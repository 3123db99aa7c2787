"""What a council changes without a programmer: names, numbers, hours, services, event types.

Promises sensible defaults on an empty database. Must not know what the values are used for.
"""
