"""A shell on a terminal of its own, whose screen can be read."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

import pyte

COLUMNS, LINES = 120, 50
# Far more than any answer takes: nothing waits that long unless it fails.
PATIENCE_SECONDS = 60


class Terminal:
    def __init__(self, command, environment, folder):
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.ByteStream(self.screen)
        self.child, self.descriptor = pty.fork()
        if self.child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            os.chdir(folder)
            os.execvpe(command[0], command, environment)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.descriptor)
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)

    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    def text(self):
        return "\n".join(self.lines()).rstrip()

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def wait_for(self, holds, what):
        """Reads until the screen is as it should be."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            ready, _, _ = select.select([self.descriptor], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise AssertionError(f"{what} never came on the screen:\n{self.text()}")
            try:
                self.stream.feed(os.read(self.descriptor, 65536))
            except OSError as error:  # how Linux says that the shell has ended
                raise AssertionError(f"the shell ended before {what}:\n{self.text()}") from error
