"""What is different between two recorded runs, and whether it is worse. Pure functions.

Imports the core's wording and the model.
How a difference is printed belongs in ``report``; which run is compared with which, in ``workflow``.
"""
