"""Built-in collectors, one folder each under its domain; ``table`` and ``attestation`` serve every domain.

Imports ``plugin`` (the contract alone), ``documents``, ``model`` and ``language``.
What only the host knows (isolation, admission, rules, the log) is out of reach, as for an agency's collector.
"""
