"""Workbooks that people fill in: what they must state, who holds which seat, action plans and waivers.

Imports ``audit``, ``collectors``, ``plugin``, ``program``, ``report``, ``ruleset``, ``core``, ``documents`` and
``model``. It asks plugins what they declare, reads days of an export by the formats of ``collectors.columns``, and
``documents.xlsx`` writes the sheets (extra ``office``) and reads them back.
How a filled sheet is read does not belong here: nothing here is needed to judge a program.
"""
