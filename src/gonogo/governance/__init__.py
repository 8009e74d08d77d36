"""The lock of the criteria: what is frozen, who approved it, what differs from it, and what its history says.

Events in, values out. It may import the rules, signatures, documents and the core, and nothing beside it. Nothing that
collects, judges, reads a clock or writes to a log may be put here: `workflow` composes it, and reports render what it
recorded.
"""
