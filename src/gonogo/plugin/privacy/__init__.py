"""Personal data: recognizing it, taking it out of what is recorded, and stand-ins for keys.

Imports the model.
A new word or shape that tells of people goes into ``recognize``, whoever needs it.
"""
