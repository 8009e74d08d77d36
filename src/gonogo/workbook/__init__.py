"""Workbooks that people fill in: what they must state, who holds which seat, action plans and waivers.

Written by xlsxwriter, which is the extra ``office`` and is imported here only, when a workbook is written. The same
sheets are read back by the attestation collector and by the loader of the files beside ``gonogo.yaml``.
"""
