"""The evidence that m3-hardened asks for: one module for each domain, each source beside the binding that reads it."""
