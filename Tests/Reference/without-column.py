#!/usr/bin/env python3
"""Copies a package without one column: without-column.py PACKAGE LOGICAL-NAME OUTPUT."""
import re
import sys
import zipfile

source, column, output = sys.argv[1:]
with zipfile.ZipFile(source) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
    for entry in old.infolist():
        content = old.read(entry)
        if entry.filename == "customizations.xml":
            text = content.decode("utf-8-sig")
            pattern = rf'<attribute PhysicalName="{column}">.*?</attribute>'
            text, count = re.subn(pattern, "", text, flags=re.DOTALL | re.IGNORECASE)
            assert count > 0, f"{source} has no column {column}"
            content = text.encode()
        new.writestr(entry.filename, content)
