"""Built-in collectors, one folder each under its domain; ``table`` and ``attestation`` serve every domain.

They import the contract of a plugin (``plugin.spec``), the readers in ``documents``, the model and the language.
What only the host knows (isolation, admission, rules, the log) is out of reach, as for an agency's collector.
"""
