"""A scratch workspace for tests that run `reg` as a process. Kept, and its path printed, if the test fails."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

REG = os.path.abspath(os.environ["REG_PROGRAM"]) if "REG_PROGRAM" in os.environ else "reg"
DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
CONFIG = '[workspace]\nname = "test"\nsources = ["."]\n'


class Workspace:
    """A folder with a registry.toml; a context manager."""

    def __init__(self, config=CONFIG):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="reg-test-"))
        self.root.chmod(0o755)
        self.cache = self.root / ".reg" / "registry_cache.json"
        self.write("registry.toml", config)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            shutil.rmtree(self.root, ignore_errors=True)
        else:
            print(f"the workspace is kept: {self.root}", file=sys.stderr)

    def write(self, path, content):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, (dict, list)):
            content = json.dumps(content)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def environment(self, **extra):
        return {**os.environ, "REG_WORKSPACE": str(self.root), "NO_COLOR": "1", **extra}

    def start(self, *arguments, **options):
        return subprocess.Popen([REG, *map(str, arguments)], cwd=self.root, env=self.environment(),
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def run(self, *arguments, expect=0, timeout=60, **options):
        """Runs reg and returns its output; fails if the exit code is not `expect` (None: any). The other options are
        those of subprocess.run."""
        done = subprocess.run([REG, *map(str, arguments)], cwd=self.root, env=self.environment(), timeout=timeout,
                              stdin=subprocess.DEVNULL, capture_output=True, **options)
        if expect is not None and done.returncode != expect:
            raise AssertionError(f"reg {' '.join(map(str, arguments))}: exit {done.returncode}, not {expect}\n"
                                 f"{done.stdout.decode(errors='replace')}{done.stderr.decode(errors='replace')}")
        return done

    def strace(self, command, *options, stdin=subprocess.DEVNULL):
        """Runs reg quietly under strace."""
        # The leak sanitizer cannot work in a traced process.
        environment = self.environment(ASAN_OPTIONS="detect_leaks=0")
        return subprocess.run(["strace", "-f", "-qq", *map(str, options), REG, *command, "-q"], cwd=self.root,
                              env=environment, stdin=stdin, capture_output=True, timeout=60)

    def json(self, *arguments, expect=0):
        return json.loads(self.run(*arguments, "-o", "json", expect=expect).stdout)

    def targets(self, registry):
        done = self.run("list", registry, "-o", "json", expect=None)
        return {symbol["target"] for symbol in json.loads(done.stdout)} if done.returncode == 0 else set()

    def leftovers(self):
        """Temporary files that a writer left behind."""
        return sorted(str(p.relative_to(self.root)) for p in self.root.rglob("*.tmp"))


def symbol(registry, oid, target, **more):
    return {"registry": registry, "oid": oid, "target": target, **more}


def figure(what, count):
    """Prints what `scripts/check --trust` collects."""
    print(f"figure: {what}: {count}", flush=True)


def main():
    unittest.main(verbosity=2)
