#!/usr/bin/env python3
"""Runs a command on a terminal of its own and prints what that terminal got."""

import os
import pty
import sys


def main():
    shown = bytearray()

    def read(descriptor):
        data = os.read(descriptor, 65536)
        shown.extend(data)
        return b""

    status = pty.spawn(sys.argv[1:], read)
    sys.stdout.buffer.write(bytes(shown).replace(b"\r\n", b"\n"))
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
