"""Charts as SVG inside of the page: title, description and a table of values with each; no script, no color alone.

Imports ``core`` and ``model``, and of ``report`` the view and its words. Every figure is in the record; this draws it.
Lines differ by their dashes, and everything takes the color of the text around it, so that gray paper and forced colors
lose nothing.
"""
