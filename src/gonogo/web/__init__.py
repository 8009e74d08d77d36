"""The local page of ``gonogo open``: one program, one person, on this machine alone. The only importer of starlette.

Imports ``workflow``, ``first_week``, ``report``, ``audit``, ``program``, ``ruleset``, ``plugin`` (what may be loaded
after a plugin ran), ``documents`` and ``model``. What a page shows is worked out below; nothing here judges, and no
page is better news than the log. No script, no resource of another machine, and no route for another machine belongs
here.
"""
