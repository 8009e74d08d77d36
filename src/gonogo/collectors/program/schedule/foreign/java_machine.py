"""Starts Java in this process and lets MPXJ read one plan. Nothing else here knows how Java is reached.

The machine lives inside the walls of the child: it opens no file but Java's own, MPXJ's and what lies in the scratch
folder, reaches no network and starts no process. It never ends before the child does.
"""

from __future__ import annotations

from typing import Any, Final

from gonogo.collectors.program.schedule.activities import unprovable
from gonogo.plugin.spec import CollectorRefusal, Input

HEAP_MB: Final = 640
OPTIONS: Final = (
    f"-Xmx{HEAP_MB}m",
    "-Xss1m",
    "-XX:+UseSerialGC",
    "-XX:CompressedClassSpaceSize=64m",
    "-XX:ReservedCodeCacheSize=64m",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-Xshare:auto",
    "-Xrs",
    "-Djava.awt.headless=true",
    "-Djdk.xml.entityExpansionLimit=1",
)
"""What fits into a child's address space, takes no signal of the process, and expands no entity of a document."""
INSTEAD: Final = (
    "or, without Java: in Microsoft Project save the plan as XML (File, Save As, XML Format) and bind that to "
    "`schedule:mspdi`; in P6 export it as XER (File, Export, Primavera PM (XER)) and bind that to `schedule:xer`; in "
    "another tool export Microsoft Project XML"
)
NO_EXTRA: Final = (
    "this kind of plan is read by MPXJ, which is not installed: `pip install 'gonogo[schedule]'` on a machine with "
    f"Java 11 or later, {INSTEAD}"
)
NO_JAVA: Final = (
    "this kind of plan is read by MPXJ, and no Java was found: install Java 11 or later in the system's usual place, "
    f"or set JAVA_HOME and let the binding pass it (`env: [JAVA_HOME]`), {INSTEAD}"
)


def read_projects(source: Input, scratch: str) -> list[Any]:
    """Return the projects that MPXJ finds in a file, as objects of Java.

    Raises:
        CollectorRefusal: MPXJ or Java is missing, or MPXJ cannot read the file.
    """
    jpype = _started(scratch)
    from_bytes = jpype.JClass("java.io.ByteArrayInputStream")
    reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")()
    try:
        found = reader.readAll(from_bytes(source.read()))
    except jpype.JException as error:
        raise CollectorRefusal(f"MPXJ cannot read it: {first_line(error)}") from None
    projects = [] if found is None else [project for project in found if project is not None]
    if not projects:
        raise unprovable(f"MPXJ knows no plan of this kind; {INSTEAD}")
    return projects


def first_line(error: Any) -> str:
    """Return what a Java exception and the first cause of it say, on one line."""
    said: list[str] = []
    while error is not None and len(said) < 5:
        said.append(" ".join(str(error.getMessage() or error.getClass().getSimpleName()).split())[:200])
        error = error.getCause()
    return said[0] if said[0] == said[-1] else f"{said[0]} ({said[-1]})"


def _started(scratch: str) -> Any:
    try:
        import jpype
        import mpxj  # noqa: F401  # puts its jars on the class path
    except ImportError:
        raise unprovable(NO_EXTRA) from None
    if jpype.isJVMStarted():
        return jpype
    try:
        place = jpype.getDefaultJVMPath()
    except jpype.JVMNotFoundException:
        raise unprovable(NO_JAVA) from None
    folder = (f"-Djava.io.tmpdir={scratch}",) if scratch else ()
    try:
        jpype.startJVM(place, *OPTIONS, *folder, convertStrings=False)
    except (OSError, RuntimeError, jpype.JException) as error:
        raise unprovable(f"Java does not start here ({' '.join(str(error).split())[:200]}); {INSTEAD}") from None
    return jpype


def java_class(name: str) -> Any:
    """Return a class of Java, once the machine runs."""
    import jpype

    return jpype.JClass(name)
