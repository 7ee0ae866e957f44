#!/usr/bin/env python3
"""Counts the rows of an environment's tables by its tables of names alone, and hashes their values.

    rows.py ENVIRONMENT

Prints, sorted, `TABLE ROWS HASH` for each table in use that a solution brought or the system has with rows in it, and
`TABLE.COLUMN VALUES` for each of its columns. Shares nothing with the program but the file.
"""
import hashlib
import sqlite3
import sys

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
current = "EXISTS (SELECT 1 FROM tenure WHERE tenure.incarnation = incarnation.id AND closed IS NULL)"
places = {name: (place, stored) for place, name, stored in database.execute(
    f"SELECT id, table_name, stored_name FROM incarnation WHERE place IS NULL AND {current}")}
for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'data\\_%' ESCAPE '\\'"):
    if "~" not in name and name[5:] not in places and not database.execute(
            "SELECT 1 FROM incarnation WHERE stored_name = ? AND place IS NULL", (name,)).fetchone():
        places[name[5:]] = (0, name)
for table, (place, stored) in sorted(places.items()):
    tracked = dict(database.execute(
        f"SELECT stored_name, substr(key, length(table_name) + 2) FROM incarnation JOIN component "
        f"ON component.id = incarnation.component WHERE place = ? AND table_name = ? AND {current}", (place, table)))
    dropped = {name for (name,) in database.execute(
        f"SELECT stored_name FROM incarnation WHERE place = ? AND table_name = ? AND NOT {current}", (place, table))}
    columns = []
    for (name,) in database.execute("SELECT name FROM pragma_table_info(?)", (stored,)):
        base, colon, companion = name.partition(":")
        if base not in dropped:
            columns.append((tracked.get(base, base) + colon + companion, name))
    columns.sort()
    names = ", ".join('"%s"' % stored_name.replace('"', '""') for _, stored_name in columns)
    rows = sorted(repr(row) for row in database.execute(f'SELECT {names} FROM "{stored}"'))
    if not rows:
        continue
    digest = hashlib.sha256("\n".join([repr([c for c, _ in columns])] + rows).encode()).hexdigest()
    print(table, len(rows), digest[:16])
    for logical, stored_name in columns:
        count = database.execute(f'SELECT COUNT("{stored_name}") FROM "{stored}"').fetchone()[0]
        print(f"{table}.{logical}", count)
