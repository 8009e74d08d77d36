"""Export profiles: what a well-known tool's export looks like and how its columns become facts, as data.

Imports ``documents`` and ``model``. A profile is a YAML file: those of gonogo are in ``shipped/``, beside an example
each; a program, an overlay or a distribution carries more. Nothing here reads evidence: a profile becomes settings of
the table collector, and that collector reads.
"""
