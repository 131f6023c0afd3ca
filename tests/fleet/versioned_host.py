"""Hosts whose symbols say which generation they are of, so that half a generation can be told."""

import json
import signal
import subprocess

from etcd_cluster import environment
from hosts import REG, Host

NAME = "shared"


def figure(what, count):
    """Prints what `scripts/check --trust` collects."""
    print(f"figure: {what}: {count}", flush=True)


class VersionedHost(Host):
    """Without an origin it only follows."""

    def __init__(self, urls, origin=None, **settings):
        only_follows = {} if origin else {"publish": None}
        super().__init__(urls, origin or "nobody", **only_follows, **settings)
        self.origin = origin
        self.follower = None

    def declare_version(self, version, count):
        """All of a generation's symbols say which it is."""
        self.write_symbols([{"registry": "Kernel", "oid": f"o{k}", "target": f"{self.origin}.k{k}",
                             "info": {"version": version}, "select": "yes(1)"} for k in range(count)])

    def write_symbols(self, symbols):
        (self.folder / "kernels.reg.json").write_text(json.dumps({
            "registries": {"Kernel": {"fields": ["version", "tile", "dtype"]}}, "symbols": symbols}))

    def start(self, *words):
        return subprocess.Popen([REG, *words], cwd=self.folder, env=environment(), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def strace(self, command, *options):
        """Runs reg quietly under strace; the leak sanitizer cannot work in a traced process."""
        return subprocess.run(["strace", "-f", "-qq", *map(str, options), REG, *command, "-q"], cwd=self.folder,
                              env=environment() | {"ASAN_OPTIONS": "detect_leaks=0"}, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=120, check=False)

    def follow_on(self):
        self.follower = self.follow()
        return self

    def end(self, how=signal.SIGTERM):
        """Ends the follower, and returns its exit code."""
        if self.follower is None:
            return None
        code, self.follower = self.follower.stop(how), None
        return code

    def seen(self):
        """For each origin the versions and the number of symbols that a query tells; {} where there is none."""
        done = self.run("list", "Kernel", "-o", "json", "-q")
        if done.returncode == 3 or (done.returncode == 5 and "there is no cache" in done.stderr):
            return {}  # nothing has been brought yet
        if done.returncode != 0:
            raise AssertionError(f"a query ended with {done.returncode}: {done.stderr}")
        versions, counts = {}, {}
        for each in json.loads(done.stdout):
            origin = each["info"].get("origin", "")
            versions.setdefault(origin, set()).add(each["info"]["version"])
            counts[origin] = counts.get(origin, 0) + 1
        return {origin: (sorted(found), counts[origin]) for origin, found in versions.items()}

    def remote_files(self):
        return {path.name: path.read_bytes() for path in sorted((self.folder / ".reg/remote").glob("*.reg.json"))}

    def leftovers(self):
        """Temporary files that a writer left behind."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.tmp"))
