#!/usr/bin/env python3
"""Builds the files that README.md shows in its section about plugins, with an installed reg, and runs the session there.

    guide.py --prefix INSTALLED --compiler g++ [--launcher ccache] [--generator Ninja] [--build-type Release]
"""

import argparse
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/cli"))
import readme  # noqa: E402

SECTION = "Plugins"
TIMEOUT_SECONDS = 300


def files_in(text):
    """The name in back-ticks that stands before a block is its file's."""
    section = text.split(f"\n## {SECTION}\n")[1].split("\n## ")[0]
    return re.findall(r"^`([\w.]+)`[^\n]*:\n```\w+\n(.*?)^```", section, re.MULTILINE | re.DOTALL)


def environment_for(options):
    given = {"CMAKE_PREFIX_PATH": str(options.prefix), "CXX": options.compiler, "CMAKE_GENERATOR": options.generator,
             "CMAKE_BUILD_TYPE": options.build_type, "CMAKE_CXX_COMPILER_LAUNCHER": options.launcher}
    kept = {k: v for k, v in os.environ.items() if k in ("HOME", "CCACHE_DIR") or k.endswith("SAN_OPTIONS")}
    return kept | {"PATH": f"{options.prefix}/bin:/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"} | {
        key: value for key, value in given.items() if value}


def run(command, folder, environment):
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT_SECONDS, check=False)
    if done.returncode != 0 and command.startswith("cmake"):
        sys.exit(f"$ {command}\n{done.stdout}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser(description="Builds and runs what README.md says about plugins.")
    parser.add_argument("--prefix", required=True, type=pathlib.Path, help="where reg is installed")
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--launcher", default="")
    parser.add_argument("--generator", default="")
    parser.add_argument("--build-type", default="")
    options = parser.parse_args()
    text = (ROOT / "README.md").read_text()
    files = files_in(text)
    found = list(readme.sessions(text, (SECTION,)))
    failed = 0
    with tempfile.TemporaryDirectory(prefix="reg-guide-") as scratch:
        for name, content in files:
            (pathlib.Path(scratch) / name).write_text(content)
        for command, shown in found:
            printed = run(command, scratch, environment_for(options))
            if not readme.fits(shown, printed):
                print(f"$ {command}")
                sys.stdout.writelines(difflib.unified_diff(shown.splitlines(True), printed.splitlines(True),
                                                           "README.md", "printed"))
                failed += 1
    print(f"{len(files)} files, {len(found)} commands, {failed} differ")
    return 1 if failed or len(files) != 6 or len(found) < 6 else 0


if __name__ == "__main__":
    sys.exit(main())
