"""Hosts of a fleet: workspaces with a [remote], whose followers run as processes."""

import json
import os
import pathlib
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "process"))

from etcd_cluster import environment  # noqa: E402
from sandbox import Workspace, symbol  # noqa: E402

NAME = "fleet"


class Host(Workspace):
    """A workspace that publishes what is below `kernels`, or, without an origin, only follows."""

    def __init__(self, urls, origin=None, **remote):
        self.origin = origin
        self.follower = None
        settings = {"etcd": list(urls), "name": NAME, "poll": "200ms", **remote}
        if origin:
            settings |= {"origin": origin, "publish": ["kernels"]}
        lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
        super().__init__('[workspace]\nname = "w"\nsources = ["kernels"]\n[remote]\n' + "\n".join(lines) + "\n")
        (self.root / "kernels").mkdir()
        self.log = self.root / "follow.log"

    def __exit__(self, kind, error, trace):
        self.end(signal.SIGKILL)
        if kind is not None and self.log.exists():
            print(f"the end of {self.log}:\n{self.log.read_text(errors='replace')[-1500:]}", file=sys.stderr)
        super().__exit__(kind, error, trace)

    def environment(self, **extra):
        return {**environment(), "REG_WORKSPACE": str(self.root), "NO_COLOR": "1", **extra}

    def declare(self, version, count=20):
        """All of a generation's symbols say which it is."""
        self.write("kernels/k.reg.json", {"symbols": [
            symbol("Kernel", f"o{k}", f"{self.origin}.k{k}", info={"version": version}, select="yes(1)") for k in range(count)]})

    def follow(self):
        log = open(self.log, "ab")
        self.follower = subprocess.Popen([os.path.abspath(os.environ["REG_PROGRAM"]), "follow"], cwd=self.root,
                                         env=self.environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        log.close()
        return self

    def end(self, how=signal.SIGTERM):
        """Ends the follower, and returns its exit code."""
        if self.follower is None:
            return None
        self.follower.send_signal(how)
        code = self.follower.wait(timeout=20)
        self.follower = None
        return code

    def seen(self):
        """For each origin the set of (version, number of symbols) that a query tells; {} where there is none."""
        done = self.run("list", "Kernel", "-o", "json", "-q", expect=None)
        if done.returncode == 3:
            return {}
        if done.returncode != 0:
            raise AssertionError(f"a query ended with {done.returncode}: {done.stderr.decode()}")
        versions, counts = {}, {}
        for each in json.loads(done.stdout):
            origin = each["info"].get("origin", "")
            versions.setdefault(origin, set()).add(each["info"]["version"])
            counts[origin] = counts.get(origin, 0) + 1
        return {origin: (sorted(found), counts[origin]) for origin, found in versions.items()}

    def remote_files(self):
        return {path.name: path.read_bytes() for path in sorted((self.root / ".reg/remote").glob("*.reg.json"))}
