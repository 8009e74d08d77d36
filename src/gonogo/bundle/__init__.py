"""Evidence bundles: what another job collected, with the bytes of its sources or their digests, bound to a release.

Imports ``plugin``, ``signing``, ``core``, ``documents`` and ``model``. It packs and unpacks a bundle, and says what it
counts as by the trust file. Collecting what goes into one, and judging what comes out, belongs in ``workflow``.
"""
