#!/usr/bin/env python3
"""Runs the command line's cases and compares what they print with the golden transcripts.

A case is a file `cases/NAME.sh` of shell commands, one a line (a here-document takes the lines that it
needs). Each command is run on its own, in order, in one scratch folder that only this case has. The
transcript, `golden/NAME.txt`, shows every command with its stdout, its stderr (lines that begin with
`! `) and its exit code, where that is not 0 (`[2]`). Comments of the case stand in it, too.

    run.py --reg build/dev/reg            all cases
    run.py --reg build/dev/reg list ctx   these
    run.py --reg build/dev/reg --update   writes the transcripts anew; read the diff before you commit it

Without --update nothing is written, and a case that has no transcript fails.
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
DATA = HERE.parent / "data"
TIMEOUT_SECONDS = 120


def commands_of(script):
    """The commands and comments of a case: single lines, or a here-document with its lines."""
    lines = iter(script.splitlines())
    for line in lines:
        block = [line]
        document = re.search(r"<<-?\s*'?(\w+)'?", line)
        if document and not line.startswith("#"):
            for more in lines:
                block.append(more)
                if more == document.group(1):
                    break
        yield "\n".join(block)


def environment_for(scratch, reg):
    """The same for everyone: nothing of the caller's environment but where programs are."""
    tools = scratch / "bin"
    tools.mkdir()
    (tools / "reg").symlink_to(reg)
    keep = {k: v for k, v in os.environ.items() if k.startswith(("ASAN_", "UBSAN_", "TSAN_", "LSAN_"))}
    return keep | {
        "PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(scratch),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        "DATA": str(DATA),
        "CLI": str(HERE),
    }


def printed(text, scratch, prefix=""):
    """Output as it stands in a transcript: no place of this machine, no raw control character."""
    text = text.replace(str(scratch / "work"), "WORKSPACE").replace(str(DATA), "DATA")
    if text and not text.endswith("\n"):
        text += "␄\n"  # says that the last newline is missing
    visible = "".join(c if c >= " " and c != "\x7f" or c == "\n" else f"<{ord(c):02X}>" for c in text)
    return "".join(f"{prefix}{line}\n" for line in visible.split("\n")[:-1])


def run_command(command, scratch, environment):
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=scratch / "work",
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    out = done.stdout.decode(errors="backslashreplace")
    err = done.stderr.decode(errors="backslashreplace")
    exit_line = f"[{done.returncode}]\n" if done.returncode else ""
    return printed(out, scratch) + printed(err, scratch, "! ") + exit_line


def transcript_of(case, reg, scratch):
    environment = environment_for(scratch, reg)
    (scratch / "work").mkdir()
    parts = []
    for block in commands_of(case.read_text()):
        if block and not block.startswith("#"):
            block = f"$ {block}\n" + run_command(block, scratch, environment)
        parts.append(block.rstrip("\n") + "\n")
    return "".join(parts)


def check(case, reg, update):
    """Returns whether the case passes; its scratch folder is kept if it does not."""
    golden = HERE / "golden" / f"{case.stem}.txt"
    scratch = pathlib.Path(tempfile.mkdtemp(prefix=f"reg-cli-{case.stem}-")).resolve()
    found = transcript_of(case, reg, scratch)
    if update:
        golden.write_text(found)
    expected = golden.read_text() if golden.exists() else None
    if found == expected:
        subprocess.run(["chmod", "-R", "u+rwX", str(scratch)], check=False)
        shutil.rmtree(scratch)
        return True
    print(f"FAILED {case.stem}; its folder is {scratch}")
    names = (f"golden/{golden.name}", "found")
    if expected is None:
        print(f"{names[0]} is missing; --update writes it")
    before = (expected or "").splitlines(True)
    sys.stdout.writelines(difflib.unified_diff(before, found.splitlines(True), *names))
    return False


def main():
    parser = argparse.ArgumentParser(description="Runs the command line's cases.")
    parser.add_argument("--reg", required=True, type=pathlib.Path, help="the program to test")
    parser.add_argument("--update", action="store_true", help="write the transcripts anew")
    parser.add_argument("cases", nargs="*", help="names of cases; all if none is given")
    options = parser.parse_args()
    cases = [HERE / "cases" / f"{name}.sh" for name in options.cases]
    cases = cases or sorted((HERE / "cases").glob("*.sh"))
    results = [check(case, options.reg.resolve(), options.update) for case in cases]
    print(f"{sum(results)} of {len(results)} cases passed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
