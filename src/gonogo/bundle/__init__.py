"""Evidence bundles: what another job collected, with the bytes of its sources or their digests, bound to a release.

Packs and unpacks a bundle, and says what it counts as by the trust file. Imports plugin, signing, documents and model.
Collecting what goes into one, and judging what comes out, belongs in the workflow.
"""
