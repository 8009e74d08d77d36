"""The drill: defects of every class, planted in a copy of a program, and what stopped each of them.

Imports every room below: it composes runs as ``workflow`` does, and plants in files alone. No run or report may import
it. Nothing here writes to the program's own folder except the one record of the result.
"""
