"""The lock of the criteria: what is frozen, who approved it, what differs from it, and what its history says.

Events in, values out: nothing here collects, judges, reads a clock or writes to a log. `workflow` composes it, and
reports render what it recorded.
"""
