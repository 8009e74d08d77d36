"""The classes of defects, one file for each kind of source or paper that they are planted in.

A class plants through the scratch copy that it is handed and says where; it never runs or judges anything. What a class
needs that this program has not is a ``NotPlanted`` with the reason, and never a defect that counts as stopped.
"""
