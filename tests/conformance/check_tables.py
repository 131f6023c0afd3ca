"""Checks that every test that README.md names is there.

    check_tables.py FOLDER_OF_THE_TESTS

A row's last cell names tests in backquotes, `file.cpp: its name`; a name alone is a CTest name.
"""

import pathlib
import re
import sys


def named_tests(readme):
    for number, line in enumerate(readme.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("|") or line.startswith(("| ---", "| operation")):
            continue
        cell = line.rstrip(" |").rsplit("|", 1)[-1]
        names = re.findall(r"`([^`]+)`", cell)
        if not names:
            yield number, None
        for name in names:
            yield number, name


def is_there(name, tests):
    if name.startswith("conformance."):
        folder = tests / "conformance"
        program = folder / f"{name.removeprefix('conformance.')}.cpp"
        return program.exists() or name in (folder / "CMakeLists.txt").read_text(encoding="utf-8")
    file, _, title = name.partition(": ")
    found = list(tests.rglob(file))
    return any(f'TEST_CASE("{title}")' in joined(path) for path in found)


def joined(path):
    """The source with string literals that the formatter broke put together."""
    return re.sub(r'"\s*\n\s*"', "", path.read_text(encoding="utf-8"))


def main():
    tests = pathlib.Path(sys.argv[1])
    readme = tests / "conformance/README.md"
    missing = [
        f"README.md:{number}: {name or 'no test is named'}"
        for number, name in named_tests(readme)
        if name is None or not is_there(name, tests)
    ]
    print("\n".join(missing) or "every test is there")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
