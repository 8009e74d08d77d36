"""Personal data: recognizing it, taking it out of what is recorded, and stand-ins for keys.

Imports the model, and the numbers of people that `text` knows.
A new word or shape that points to people goes into ``recognize``, no matter which room needs it.
"""
