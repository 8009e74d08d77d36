"""From replies to a decision: admit, scope, compile, observe, find, decide. Pure functions.

Imports ``model`` and ``language``. Equal input gives an equal result.
No clock, file, environment or random number may be read here, and no float be made.
"""
