"""What a run says while it takes its time: how far it is, and whom it waits for."""

import os
import pty
import re
import shutil
import signal
import subprocess
import unittest

from sandbox import CONFIG, REG, Workspace, main, symbol

NAME = os.path.basename(REG)
# A disk on which reading a source and writing a block take long enough to be noticed.
SLOW = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=read,write", "-e", "inject=read,write:delay_enter=20000"]


def read_all(descriptor):
    text = b""
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:  # how Linux says that the other end of a terminal is closed
            part = b""
        if not part:
            return text
        text += part


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class Progress(unittest.TestCase):
    def slow_workspace(self):
        workspace = Workspace()
        for number in range(60):
            entries = [symbol("R", f"o{number}.{k}", f"t{number}.{k}", doc="d" * 100) for k in range(600)]
            workspace.write(f"p{number}.reg.json", {"symbols": entries})
        return workspace

    def run_on_terminal(self, workspace, *command, kind="xterm", **more):
        """What the terminal shows as stderr, and what came to stdout."""
        terminal, other = pty.openpty()
        process = subprocess.Popen(SLOW + [REG, *command], cwd=workspace.root, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=other,
                                   env=workspace.environment(TERM=kind, ASAN_OPTIONS="detect_leaks=0", **more))
        os.close(other)
        shown = read_all(terminal).decode()
        os.close(terminal)
        with process.stdout as stdout:
            output = stdout.read()
        self.assertEqual(process.wait(60), 0, shown)
        return shown, output

    def test_on_a_terminal_a_long_run_shows_its_phases_in_order_and_removes_them(self):
        with self.slow_workspace() as workspace:
            shown, output = self.run_on_terminal(workspace, "auto-register", "--jobs", "2")
            self.assertEqual(output, b"")
            drawn = re.findall(r"\r(reading|linking|writing)([^\r]*)\x1b\[K", shown)
            self.assertEqual(list(dict.fromkeys(phase for phase, _ in drawn)), ["reading", "linking", "writing"], shown)
            for phase, rest in drawn:
                what = {"reading": r" \[#* *\] \d+ of 61 sources", "linking": "",
                        "writing": r" \[#* *\] [\d,]+ of 36,000 symbols"}[phase]
                self.assertRegex(rest, f"^{what}$")
            self.assertRegex(shown, r"\r\x1b\[Kregistered 36,000 symbols[^\r\n]*\r\n$")

    def test_what_is_drawn_is_narrower_than_the_terminal(self):
        with self.slow_workspace() as workspace:
            shown, _ = self.run_on_terminal(workspace, "auto-register", "--jobs", "2", COLUMNS="30")
            drawn = re.findall(r"\r([^\r\x1b]+)\x1b\[K", shown)
            self.assertIn("writing 0 of 36,000 symbols", drawn)
            self.assertLess(max(map(len, drawn)), 30, drawn)

    def test_a_short_or_a_quiet_run_shows_none(self):
        with self.slow_workspace() as workspace:
            self.assertEqual(self.run_on_terminal(workspace, "auto-register", "-q"), ("", b""))
            shown, _ = self.run_on_terminal(workspace, "auto-register")
            self.assertRegex(shown, r"^nothing changed: [^\r\n]*\r\n$")

    def test_nothing_of_it_appears_where_stderr_is_no_terminal_or_a_dumb_one(self):
        with self.slow_workspace() as workspace:
            done = subprocess.run(SLOW + [REG, "auto-register"], cwd=workspace.root, stdin=subprocess.DEVNULL,
                                  env=workspace.environment(TERM="xterm", ASAN_OPTIONS="detect_leaks=0"),
                                  capture_output=True, timeout=120)
            self.assertEqual((done.returncode, done.stdout), (0, b""))
            self.assertRegex(done.stderr.decode(), r"^registered 36,000 symbols[^\r\n]*\n$")
            workspace.run("cache", "clear")
            shown, _ = self.run_on_terminal(workspace, "auto-register", kind="dumb")
            self.assertRegex(shown, r"^registered 36,000 symbols[^\r\n]*\r\n$")


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class Waiting(unittest.TestCase):
    def stop_a_holder(self, workspace, command):
        """A run that holds its locks, stopped as it brings the new cache to the disk; with the process id of reg."""
        log = workspace.root / "holder.log"
        holder = subprocess.Popen(["strace", "-f", "-qq", "-o", log, "-e", "trace=fsync", "-e",
                                   "inject=fsync:signal=SIGSTOP:when=1", REG, *command, "-q"], cwd=workspace.root,
                                  env=workspace.environment(ASAN_OPTIONS="detect_leaks=0"), stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while "stopped by SIGSTOP" not in log.read_text() if log.exists() else True:
            self.assertIsNone(holder.poll(), "the holder has ended")
        return holder, int(re.search(r"^(\d+)", log.read_text())[1])

    def check_wait(self, holding, waiting, lock):
        with Workspace(CONFIG + "lock_timeout = 100.0\n") as workspace:
            workspace.run("auto-register", "-q")
            workspace.write("a.reg.json", {"symbols": [symbol("R", "o", "t")]})
            holder, number = self.stop_a_holder(workspace, holding)
            waiter = workspace.start(*waiting)
            try:
                # It comes while the holder is stopped, and so before the wait can end.
                line = waiter.stderr.readline().decode()
                self.assertEqual(line, f"waiting for the lock {workspace.root / '.reg' / lock}, which process {number} "
                                       f"({NAME} {holding[0]}) seems to hold\n")
                self.assertIsNone(waiter.poll())
            finally:
                os.kill(number, signal.SIGCONT)
                _, rest = waiter.communicate(timeout=60)
                holder.communicate(timeout=60)
            self.assertEqual((waiter.returncode, holder.returncode), (0, 0), rest)
            self.assertNotIn(b"waiting", rest)
            self.assertEqual(workspace.targets("R"), {"t", "pkg.T"})

    def test_who_waits_for_a_run_says_so_at_once_and_names_it(self):
        self.check_wait(["auto-register"], ["register", "R", "pkg.T"], "registry_cache.json.lock")

    def test_who_waits_for_a_registration_says_so_at_once_and_names_it(self):
        self.check_wait(["register", "R", "pkg.T"], ["auto-register"], "registry_cache.json.lock")

    def test_who_is_to_be_quiet_says_only_that_it_waited_in_vain(self):
        with Workspace(CONFIG + "lock_timeout = 0.2\n") as workspace:
            holder, number = self.stop_a_holder(workspace, ["auto-register"])
            try:
                error = workspace.run("auto-register", "-q", expect=5).stderr.decode()
            finally:
                os.kill(number, signal.SIGCONT)
                holder.communicate(timeout=60)
            self.assertNotIn("waiting", error)
            self.assertIn(f"process {number} ({NAME} auto-register)", error)
            self.assertEqual(holder.returncode, 0)


if __name__ == "__main__":
    main()
