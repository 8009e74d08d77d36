"""What is different between two recorded runs, and whether it is worse. Pure functions.

Imports ``core``, ``model`` and ``language``.
How a difference is printed belongs in ``report``; which run is compared with which, in ``workflow``.
"""
