"""A recorded decision as a signed statement, and the checks by which a deploy job believes one, or does not.

Imports ``audit``, ``report``, ``signing``, ``core``, ``documents`` and ``model``. A statement follows from the log
alone. Nothing here collects, judges, reads a file or asks for the time: the commands hand these over.
"""
