"""What a column of a table says, and how its cells are read: settings of a column, patterns, and the SQL of a value.

The collector ``table`` reads by it and ``gonogo map`` proposes by it, so that what one prints the other accepts. It may
import the contract of a plugin, ``rows``, the model and the language. No file, no database, no row and no fact belongs
here.
"""
