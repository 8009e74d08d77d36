"""The drill: defects of every class, planted in a copy of a program, and what stopped each of them.

It composes runs as ``workflow`` does and plants in files alone. No run or report may import it, and nothing here may
write to the program's own folder but the one record of the result.
"""
