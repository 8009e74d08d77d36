"""Values: what is declared, collected, judged, decided and recorded. Frozen, strict, with one wire form.

Imports the language.
No file, clock or rule: a value checks only that it is one.
"""
