"""A recorded decision as a signed statement, and the checks by which a deploy job believes one, or does not.

What is said is derived from the log alone. Nothing here collects, judges, or asks the host for the time.
"""
