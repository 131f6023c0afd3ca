"""Checks that the compiler warns of exactly those lines of a source that end with "// dropped".

    dropped.py SOURCE COMPILER [OPTION…]
"""

import pathlib
import re
import subprocess
import sys


def main():
    source, compiler = sys.argv[1:3]
    done = subprocess.run(
        [compiler, "-std=c++20", "-fsyntax-only", "-Wunused-result", *sys.argv[3:], source],
        capture_output=True, text=True, check=False,
    )
    lines = pathlib.Path(source).read_text(encoding="utf-8").splitlines()
    wanted = {number for number, line in enumerate(lines, 1) if line.endswith("// dropped")}
    warned = re.findall(r"dropped\.cpp:(\d+):\d+: warning: .*nodiscard", done.stderr)
    wrong = wanted ^ {int(number) for number in warned}
    for number in sorted(wrong):
        said = "not warned of" if number in wanted else "warned of"
        print(f"{said}: {lines[number - 1].strip()}")
    if done.returncode:
        print(done.stderr)
    return 1 if wrong or done.returncode or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
