"""Where numbers go: slopes with an interval, shares as counts, the day a threshold is crossed; the go-live date drawn.

Imports ``model``. The only importer of numpy: points, counts and a network go in, days and shares come out.
Nothing here is evidence or a judgement, and no sentence belongs here: ``workflow`` says it.
"""
