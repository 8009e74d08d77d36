"""From the HTML page to a PDF: Chromium prints it with tags, and pikepdf gives it title, language and its mark.

Imports ``errors`` alone. What the page says is decided elsewhere; nothing here reads a record.
"""
