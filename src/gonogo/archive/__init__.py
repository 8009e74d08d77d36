"""The record as one file: packed with a page that says how to check it, and unpacked into a folder again.

Imports ``audit``, ``signing`` and ``model``. It copies and counts; it never judges, renders or asks a clock.
What is rendered for people is handed in. Nothing that collects or decides belongs here.
"""
