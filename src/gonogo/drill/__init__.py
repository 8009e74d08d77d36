"""The drill: defects of every class, planted in a copy of a program, and what stopped each of them.

It composes runs as ``workflow`` does, imports the rooms below it, and plants in files alone. No run or report may
import it. Nothing here writes to the program's own folder except the one record of the result.
"""
