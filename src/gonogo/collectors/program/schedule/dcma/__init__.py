"""The rest of DCMA's 14 points, and what they leave out: baseline, load, acquisitions, scope of both sides.

Points 1, 2, 3, 5, 8 and 9 are in ``quality``, 13 and 14 in ``golive``; 4, 6, 7, 10, 11 and 12 are here. Each measure
says its numerator, its denominator and what it leaves out, after DCMA-EA PAM 200.1 and GAO-16-89G. Imports the
schedule room, gonogo.plugin, gonogo.model. No format detail belongs here.
"""
