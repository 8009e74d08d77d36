"""What an export says of a register's open items beyond their keys: shares, workarounds, days; nobody's signature.

Imports ``collectors``, ``core``, ``documents``, ``isolate`` and ``model``. Drafts of acceptances are made of it, and a
run compares accepted shares with it, in a walled child. What counts as an acceptance does not belong here.
"""
