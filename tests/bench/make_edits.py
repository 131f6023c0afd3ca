"""Writes a workspace in which every declaration acts on another one.

    make_edits.py FOLDER KIND COUNT

KIND is `replaces` (COUNT symbols, each of which takes another one out) or `merge` (a merge by force of COUNT symbols
into a registry that has an unconditional one under each of their oids).
"""

import json
import pathlib
import sys


def symbol(registry, number, target, **more):
    return {"registry": registry, "oid": f"o{number:06}", "target": f"{target}.t{number:06}", **more}


def replaces(count):
    old = [symbol("R", n, "old", select=f"a == {n}") for n in range(count)]
    # In another order, so that no search is short by chance.
    new = [symbol("R", n, "new", select=f"a == {n}", replaces=f"old.t{n * 7919 % count:06}") for n in range(count)]
    return {"symbols": old + new}


def merge(count):
    return {"symbols": [symbol(registry, n, registry) for registry in "AB" for n in range(count)],
            "merge": [{"into": "B", "from": ["A"], "force": True}]}


def main():
    folder, kind, count = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "registry.toml").write_text('[workspace]\nsources = ["."]\n')
    (folder / "edits.reg.json").write_text(json.dumps({"replaces": replaces, "merge": merge}[kind](count)))


if __name__ == "__main__":
    main()
