"""A package, so that these tests share the makers of conftest.py."""
