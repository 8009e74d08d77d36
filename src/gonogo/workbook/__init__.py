"""Workbooks that people fill in: what they must state, who holds which seat, action plans and waivers.

Imports ``audit``, ``exports``, ``plugin``, ``program``, ``report``, ``ruleset``, ``core``, ``documents`` and ``model``.
It asks plugins what they declare, and ``documents.xlsx`` writes the sheets (extra ``office``) and reads them back.
How a filled sheet is read does not belong here: nothing here is needed to judge a program.
"""
