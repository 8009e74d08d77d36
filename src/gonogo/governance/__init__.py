"""The lock of the criteria: what is frozen, who approved it, what differs from it, and what its history says.

Imports ``ruleset``, ``signing``, ``core``, ``documents`` and ``model``. Events in, values out. Nothing that collects,
judges, reads a clock or writes to a log belongs here: ``workflow`` composes it, and reports render what it recorded.
"""
