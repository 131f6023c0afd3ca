"""Checks that every room of the library includes only itself and the rooms before it.

    rooms.py REPOSITORY

The rooms, their order and the public headers that each of them gives are those of the table in
lib/README.md. lib/CMakeLists.txt has the same rooms in the same order; the command line includes
public headers only. Prints what is not so, a line each.
"""

import pathlib
import re
import sys


def read(path):
    return path.read_text(encoding="utf-8")


def rooms_of(readme):
    """The rooms in order, each with the names of its public headers."""
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|(.*)\|$", readme, flags=re.MULTILINE)
    return {room: re.findall(r"`([\w.]+)`", headers) for room, _, headers in rows}


def includes_of(path):
    return re.findall(r'^#include [<"]([^>"]+)[>"]', read(path), flags=re.MULTILINE)


class Library:
    def __init__(self, repository):
        self.repository = repository
        self.rooms = rooms_of(read(repository / "lib/README.md"))
        self.order = list(self.rooms)
        self.room_of_header = {
            header: room for room, headers in self.rooms.items() for header in headers
        }

    def room_of(self, include):
        """The room that gives an include; None if it is not this library's."""
        folder, _, name = include.partition("/")
        if include.startswith("reg/plugin"):
            return None  # for compilers: stands alone, see plugin_problems
        if folder == "reg":
            return self.room_of_header.get(name, f"no room: {include}")
        return folder if folder in self.rooms else None

    def public_headers(self):
        folder = self.repository / "lib/include/reg"
        return {path.name.removesuffix(".in"): path for path in sorted(folder.glob("*.h*")) if path.suffix != ".hpp"}

    def all_of_it(self):
        return includes_of(self.repository / "lib/include/reg/reg.h")

    def list_problems(self):
        listed = [header for headers in self.rooms.values() for header in headers]
        there = set(self.public_headers()) - {"reg.h"}
        for header in sorted(there ^ set(listed)):
            yield f"{header}: is not both a public header and in the table of lib/README.md"
        for header in sorted({header for header in listed if listed.count(header) > 1}):
            yield f"{header}: stands in the table of lib/README.md twice"
        for header in sorted(there ^ {name.removeprefix("reg/") for name in self.all_of_it()}):
            yield f"{header}: is not both a public header and included by reg/reg.h"
        cmake = re.search(r"foreach\(area IN ITEMS ([\w ]+)\)", read(self.repository / "lib/CMakeLists.txt"))
        if cmake is None or cmake[1].split() != self.order:
            yield "lib/CMakeLists.txt has other rooms than lib/README.md, or in another order"
        folders = {path.name for path in (self.repository / "lib/src").iterdir() if path.is_dir()}
        for folder in sorted(folders ^ set(self.order)):
            yield f"lib/src/{folder}: is not both a folder and in the table of lib/README.md"

    def sources(self):
        """Every file of the library with its room."""
        for name, path in self.public_headers().items():
            if name != "reg.h":
                yield path, self.room_of_header.get(name)
        for path in sorted((self.repository / "lib/src").glob("*/**/*")):
            if path.suffix in (".cpp", ".h"):
                yield path, path.relative_to(self.repository / "lib/src").parts[0]

    def include_problems(self):
        for path, room in self.sources():
            for include in includes_of(path):
                other = self.room_of(include)
                if other is None or room not in self.order:
                    continue
                if other not in self.order or self.order.index(other) > self.order.index(room):
                    name = path.relative_to(self.repository)
                    yield f"{name}: the room {room} includes {include} of the later room {other}"

    def plugin_problems(self):
        """Authors of plugins need these headers and the standard library alone."""
        folder = self.repository / "lib/include"
        for path in sorted([*folder.glob("reg/*.hpp"), *folder.glob("reg/plugin/*.hpp")]):
            for include in includes_of(path):
                ours = include.startswith("reg/plugin/") and (folder / include).exists()
                if not ours and re.search(r"[/.]", include):
                    yield f"{path.relative_to(self.repository)}: includes {include}, which authors of plugins may not have"

    def app_problems(self):
        for path in sorted((self.repository / "app").glob("**/*")):
            if path.suffix not in (".cpp", ".h"):
                continue
            for include in includes_of(path):
                folder = include.partition("/")[0]
                if folder in self.rooms and not (path.parent / include).exists():
                    yield f"{path.relative_to(self.repository)}: includes {include}, which is private to the library"


def main():
    library = Library(pathlib.Path(sys.argv[1]))
    problems = [*library.list_problems(), *library.include_problems(), *library.plugin_problems(), *library.app_problems()]
    print("\n".join(problems) or f"{len(library.order)} rooms, {len(library.room_of_header)} public headers")
    return 1 if problems or not library.order else 0


if __name__ == "__main__":
    sys.exit(main())
