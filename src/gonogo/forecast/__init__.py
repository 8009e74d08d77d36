"""Where numbers go at their present pace: slopes with an interval, shares as counts, the day a threshold is crossed.

Imports nothing of gonogo: points and counts go in, days and paces come out.
Nothing here is evidence or a judgement, and no sentence belongs here: ``workflow`` says it.
"""
