"""The two evaluators: durable-rules in a child process, and an independent one beside it. They must agree.

Imports ``isolate``, ``model`` and ``language``. The only importer of durable-rules.
No criterion text, file or clock belongs here: an evaluator sees integers and what is to be concluded.
"""
