#!/usr/bin/env python3
"""Runs a command whose standard output nobody reads, and prints its exit code and its stderr."""

import os
import signal
import subprocess
import sys


def main():
    command = sys.argv[1:]
    ignore = command[0] == "--ignore-sigpipe"
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command[1:] if ignore else command,
        stdout=writer,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN if ignore else signal.SIG_DFL),
        check=False,
    )
    print(f"exit {done.returncode}, stderr {done.stderr!r}")


if __name__ == "__main__":
    main()
