"""Values: what is declared, collected, judged, decided and recorded. Frozen, strict, with one wire form.

Imports ``language``.
No file, clock or rule belongs here: a value checks only that it is one.
"""
