#!/usr/bin/env python3
"""Tries what the help shows: every example, in a copy of this repository's workspace, and every line's width.

The commands are those that `reg help` lists. Each example has a copy of its own, in which all sources are
registered, and must end with 0.

    examples.py --reg build/dev/reg
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WIDTH = 80
NEED_ETCD = {"reg publish", "reg follow --once", "reg fleet"}  # tests/fleet runs these
TIMEOUT_SECONDS = 120


def run(command, folder, reg):
    environment = {"PATH": f"{reg.parent}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    sanitizers = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
    return subprocess.run(["sh", "-c", command], cwd=folder, env=environment | sanitizers, capture_output=True,
                          text=True, stdin=subprocess.DEVNULL, timeout=TIMEOUT_SECONDS, check=False)


def help_of(command, reg):
    done = run(f"reg help {command}", ROOT, reg)
    if done.returncode != 0:
        sys.exit(f"reg help {command}: {done.stderr}")
    return done.stdout


def make_workspace(folder, reg):
    """What registry.toml names, a cache of it, and a pin, in a git repository's first commit."""
    shutil.copy(ROOT / "registry.toml", folder)
    shutil.copytree(ROOT / "tests/data", folder / "tests/data")
    for command in ("reg auto-register", "reg pin Kernel/gemm libgemm.so:make_naive --reason 'to be tried'",
                    "git init -q && git add registry.toml manual.reg.json tests",
                    "git -c user.name=n -c user.email=e commit -q -m first"):
        done = run(command, folder, reg)
        if done.returncode != 0:
            sys.exit(f"{command}: {done.stderr}")


def problems_of(text, made, reg):
    """What is wrong with one help text: lines that are too wide, and examples that fail."""
    yield from (f"wider than {WIDTH}: {line}" for line in text.splitlines() if len(line) > WIDTH)
    examples = re.findall(r"^Example:\n((?:  .*\n)+)", text, re.MULTILINE)
    if not examples:
        yield "no example"
    if "\nExit codes besides 0:\n" not in text:
        yield "no exit codes"
    for example in "".join(examples).splitlines():
        if example.strip() in NEED_ETCD:
            continue
        with tempfile.TemporaryDirectory(prefix="reg-example-") as scratch:
            folder = pathlib.Path(scratch).resolve() / "workspace"
            shutil.copytree(made, folder)
            done = run(example, folder, reg)
            if done.returncode != 0 or "warning:" in done.stderr:
                yield f"{example.strip()} [{done.returncode}]\n{done.stderr}"


def main():
    parser = argparse.ArgumentParser(description="Tries what the help shows.")
    parser.add_argument("--reg", required=True, type=pathlib.Path, help="the program to test")
    reg = parser.parse_args().reg.resolve()
    general = help_of("", reg)
    commands = re.findall(r"^  ([a-z-]+) {2,}\S", general.split("\nOptions")[0], re.MULTILINE)
    found = 0
    with tempfile.TemporaryDirectory(prefix="reg-examples-") as scratch:
        made = pathlib.Path(scratch).resolve()
        make_workspace(made, reg)
        for command in ["", *commands]:
            for problem in problems_of(help_of(command, reg) if command else general, made, reg):
                print(f"reg help {command}: {problem}")
                found += 1
    print(f"{len(commands)} commands, {found} problems")
    return 1 if found or len(commands) < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
