"""What is still needed, from whom and by when: its logic, and its texts, workbook and calendar.

Imports ``report``, ``core``, ``documents`` and ``model``. The only importer of icalendar.
Who is waited for in a decision is decided in ``core``; nothing here changes a verdict.
"""
