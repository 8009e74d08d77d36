"""What is still needed, from whom and by when: its logic, and its texts, workbook and calendar.

Imports the core, the model and the report's words.
Who is waited for in a decision is decided in ``core``; nothing here changes a verdict.
"""
