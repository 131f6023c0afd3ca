#!/usr/bin/env python3
"""Runs the sessions that README.md shows, and compares what they show with it.

The sessions are the `console` blocks of the sections that play in this repository's workspace, in order, in one copy
of it, on a terminal of 80 columns; `cd` holds for the commands that follow. A line `…` stands for any lines, and
/home/you/reg for where the workspace is.

    readme.py --reg build/dev/reg
"""

import argparse
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SECTIONS = ("A tour", "Commands", "Keeping the cache up to date", "Lint", "Expectations")
SHOWN_AS = "/home/you"
TIMEOUT_SECONDS = 120


def sessions(readme, sections=SECTIONS):
    """Each command with the output that is shown under it."""
    for section in re.split(r"^## ", readme, flags=re.MULTILINE)[1:]:
        title, _, text = section.partition("\n")
        if title in sections:
            for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
                for session in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                    command, _, shown = session.partition("\n")
                    yield command, shown


def run(command, folder, home, reg):
    environment = {"PATH": f"{reg.parent}:/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8",
                   "NO_COLOR": "1", "TERM": "dumb"}
    environment |= {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
    done = subprocess.run([sys.executable, HERE / "on_terminal.py", "--columns", "80", "sh", "-c", command], cwd=folder,
                          env=environment, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    return done.stdout + done.stderr


def fits(shown, printed):
    lines = (r"(?:.*\n)*" if line.strip() == "…" else re.escape(line) + r"\n" for line in shown.splitlines())
    return re.fullmatch("".join(lines), printed)


def main():
    parser = argparse.ArgumentParser(description="Runs the sessions of README.md.")
    parser.add_argument("--reg", required=True, type=pathlib.Path, help="the program to test")
    reg = parser.parse_args().reg.resolve()
    found = list(sessions((ROOT / "README.md").read_text()))
    failed = 0
    with tempfile.TemporaryDirectory(prefix="reg-readme-") as scratch:
        folder = pathlib.Path(scratch).resolve() / "reg"
        shutil.copytree(ROOT / "tests/data", folder / "tests/data")
        shutil.copy(ROOT / "registry.toml", folder)
        home, place = folder.parent, folder
        for command, shown in found:
            if command.startswith("cd "):
                place = (place / command[3:].replace("~", str(home))).resolve()
                continue
            printed = run(command, place, home, reg).replace(str(home), SHOWN_AS)
            if not fits(shown, printed):
                print(f"$ {command}")
                sys.stdout.writelines(difflib.unified_diff(shown.splitlines(True), printed.splitlines(True),
                                                           "README.md", "printed"))
                failed += 1
    print(f"{len(found)} commands, {failed} differ")
    return 1 if failed or len(found) < 8 else 0


if __name__ == "__main__":
    sys.exit(main())
