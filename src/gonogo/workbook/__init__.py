"""Workbooks that people fill in: what they must state, who holds which seat, action plans and waivers.

Imports the program, what plugins declare, and ``documents.xlsx``, which writes the sheets with the extra ``office`` and
reads them back for the attestation collector and for the files beside ``gonogo.yaml``.
How a filled sheet is read does not belong here: nothing here is needed to judge a program.
"""
