"""Fill a workbook in LibreOffice as a person would: text typed into cells, then saved as XLSX.

Run by the system's Python, which has the UNO bridge:  python3 office_fill.py SOFFICE IN OUT < cells.json
where cells.json is {sheet: {cell: text}}. Typing goes through the cells' number recognition, protection included.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def desktop(pipe, started):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # noqa: BLE001  # not up yet; whatever the bridge raises, the deadline decides
            if started.poll() is not None:
                raise SystemExit("soffice ended before it answered") from None
            time.sleep(0.1)


def main(soffice, source, target):
    cells = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as home:
        pipe = f"gonogo{os.getpid()}"
        command = [
            soffice,
            "--headless",
            "--norestore",
            "--nologo",
            f"-env:UserInstallation=file://{home}/profile",
            f"--accept=pipe,name={pipe};urp;",
        ]
        started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            calc = desktop(pipe, started)
            book = calc.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (prop("Hidden", True),))
            for sheet, typed in cells.items():
                for name, text in typed.items():
                    book.Sheets.getByName(sheet).getCellRangeByName(name).FormulaLocal = text
            book.storeToURL(uno.systemPathToFileUrl(target), (prop("FilterName", "Calc MS Excel 2007 XML"),))
            book.close(True)
            calc.terminate()
            started.wait(30)
        finally:
            if started.poll() is None:
                started.kill()


main(*sys.argv[1:])
