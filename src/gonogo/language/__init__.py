"""The language of requirements: tokens, parser, tree, and the tree written out again. Pure functions.

Imports no other room.
What names and units mean is checked in ``ruleset``; what a comparison gives is observed in ``core``.
"""
