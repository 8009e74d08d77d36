"""Personal data: what a program says about it, taking it out of what is recorded, and stand-ins for keys.

Imports the model, and the numbers of people that `text` knows.
A new word or shape that points to people goes into ``model/about_people``, no matter which room needs it.
"""
