"""The two evaluators: durable-rules in a child process, and an independent one beside it. They must agree.

Imports the model, the language and ``isolate``. The only importer of durable-rules.
No criterion text, file or clock: an evaluator sees integers and what is to be concluded.
"""
