"""Branch coverage of the suite, room by room: ``make coverage``.

Each worker measures what its own process runs. What runs in a child is not counted: a child of gonogo sees nothing of
the environment and may write nothing. A number says what no test runs, never that what runs is tested: that is what
``make mutants`` is for.
"""
