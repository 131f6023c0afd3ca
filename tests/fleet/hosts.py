"""Hosts of a fleet for tests: workspaces that share a registry, each with the identity of a machine of its own."""

import json
import os
import pathlib
import signal
import shutil
import subprocess
import tempfile

from etcd_cluster import environment, wait_for

REG = os.environ.get("REG_PROGRAM", "reg")
SECONDS = 60


class Host:
    """A workspace with `[remote]`. What it declares is registry `Kernel`, in kernels.reg.json."""

    def __init__(self, urls, origin, **settings):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"reg-host-{origin}-")).resolve()
        self.settings = {"etcd": urls, "name": "shared", "origin": origin, "publish": ["*.reg.json"], "poll": "200ms", **settings}
        self.followers = []
        self.write_settings()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        for follower in self.followers:
            follower.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def write_settings(self, **changed):
        self.settings |= changed
        lines = [f"{name} = {json.dumps(value)}" for name, value in self.settings.items() if value is not None]
        (self.folder / "registry.toml").write_text('[workspace]\nsources = ["*.reg.json"]\n\n[remote]\n' + "\n".join(lines) + "\n")

    def declare(self, *oids, registry="Kernel", **info):
        fields = sorted(info) or ["sm"]
        (self.folder / "kernels.reg.json").write_text(json.dumps({
            "registries": {registry: {"fields": fields}},
            "symbols": [{"registry": registry, "oid": oid, "target": f"lib{oid}.so:make", "info": info} for oid in oids]}))

    def run(self, *words, **options):
        return subprocess.run([REG, *words], cwd=self.folder, env=environment() | options.pop("env", {}), text=True,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=False, **options)

    def reg(self, *words, code=0):
        """What it prints on stdout."""
        done = self.run(*words)
        if done.returncode != code:
            raise AssertionError(f"reg {' '.join(words)}: {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
        return done.stdout

    def publish(self, *oids, **info):
        self.declare(*oids, **info)
        return self.reg("publish")

    def oids(self, registry="Kernel"):
        done = self.run("list", registry, "-o", "name", "--no-headers")
        return sorted(line.split("/")[-1] for line in done.stdout.split()) if done.returncode == 0 else []

    def fleet(self):
        return {row["origin"]: row for row in json.loads(self.reg("fleet", "-o", "json"))}

    def cache(self):
        return (self.folder / ".reg/registry_cache.json").read_bytes()

    def follow(self, **options):
        follower = Running(self, **options)
        self.followers.append(follower)
        return follower

    def wait_for_oids(self, *oids, seconds=30):
        wait_for(f"{self.folder.name} has {oids}, and not {self.oids()}", lambda: self.oids() == sorted(oids), seconds)


class Running:
    """`reg follow` in a host."""

    def __init__(self, host, **options):
        # A shell that has the tests in the background ignores it, and who is started so goes on doing that.
        options.setdefault("preexec_fn", lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.log = host.folder / f"follow-{len(host.followers)}.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([REG, "follow"], cwd=host.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env=environment() | options.pop("env", {}), **options)

    def said(self):
        return self.log.read_text(errors="replace")

    def wait_until_said(self, text, seconds=30):
        wait_for(f"{text!r} in {self.log}:\n{self.said()}", lambda: text in self.said(), seconds)

    def stop(self, sign=signal.SIGTERM):
        """Ends it as it is meant to be; returns its exit code."""
        self.process.send_signal(sign)
        return self.process.wait(timeout=5)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
