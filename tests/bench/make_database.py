"""Makes an SQLite database of JSON lines, with the indexes that look-ups by oid and by registry and oid need.

Usage: make_database.py SYMBOLS.jsonl DATABASE
"""
import json
import sqlite3
import sys

lines, database = sys.argv[1:]
with sqlite3.connect(database) as db, open(lines, encoding="utf-8") as symbols:
    db.execute("CREATE TABLE symbols (registry TEXT, oid TEXT, target TEXT, info TEXT, predicate TEXT)")
    db.executemany(
        "INSERT INTO symbols VALUES (?, ?, ?, ?, ?)",
        (
            (s["registry"], s["oid"], s["target"], json.dumps(s["info"]), s.get("select"))
            for s in map(json.loads, symbols)
        ),
    )
    db.execute("CREATE INDEX by_oid ON symbols (oid)")
    db.execute("CREATE INDEX by_registry ON symbols (registry, oid)")
db.close()
