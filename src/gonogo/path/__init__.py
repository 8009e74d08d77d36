"""What would flip a verdict: what settles each reason, and the smallest set of changes for a better one.

Imports ``core``, ``model`` and ``language``. The only importer of python-sat.
Everything here is a proposal. Nothing is decided or recorded here: ``workflow`` has both evaluators judge each set.
"""
