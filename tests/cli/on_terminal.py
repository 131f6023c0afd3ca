#!/usr/bin/env python3
"""Runs a command on a terminal of its own, and prints what that terminal got.

    on_terminal.py [--columns N] COMMAND…

The terminal is N columns wide; without --columns it does not say.
"""

import fcntl
import os
import pty
import struct
import sys
import termios


def read_all(terminal):
    shown = b""
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end is closed
            data = b""
        if not data:
            return shown
        shown += data


def set_columns(terminal, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


def main():
    command, columns = sys.argv[1:], 0
    if command[0] == "--columns":
        columns, command = int(command[1]), command[2:]
    child, terminal = pty.fork()
    if child == 0:
        set_columns(0, columns)
        os.execvp(command[0], command)
    shown = read_all(terminal)
    sys.stdout.buffer.write(shown.replace(b"\r\n", b"\n"))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
