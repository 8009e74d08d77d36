"""Plans of other tools (.mpp, P6 XML, Phoenix, MPX and more), read by MPXJ in a Java machine inside the child.

MPXJ's model becomes the activity model of the schedule room; everything that measures it is shared. Imports the
schedule room, gonogo.plugin, gonogo.model; jpype and mpxj inside of ``java_machine`` alone, and only in the child. What
a measure means does not belong here.
"""
