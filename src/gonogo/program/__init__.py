"""The program file and the files beside it: releases, bindings, people, RACI, action plans and waivers.

Imports ``ruleset``, against which a program is checked, ``signing``, ``profiles``, ``documents`` and ``model``.
Judging a waiver or a plan belongs in ``core``; asking for one, in ``requests``.
"""
