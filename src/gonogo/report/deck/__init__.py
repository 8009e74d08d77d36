"""GSA's own decks, filled in: cells of tables in a copy of an agency's template; notes name the source of each figure.

Imports ``core`` and ``model``, and of ``report`` the view and its words. It is the only room that knows python-pptx.
What a template asks for and a record does not hold stays as it was, and the notes say so.
"""
