"""The client of etcd's gateway in a process of its own, driven line by line (etcd_probe.cpp)."""

import json
import os
import subprocess
import unittest

from etcd_cluster import environment, prefix_end

PROBE = os.environ.get("REG_ETCD_PROBE", "etcd_probe")


class Failed(Exception):
    def __init__(self, error):
        super().__init__(f"{error['reason']}: {error['message']}")
        self.reason, self.message, self.hint = error["reason"], error["message"], error["hint"]


class Probe:
    """A client in a process of its own; a context manager."""

    def __init__(self, cluster_or_urls, **options):
        self.options = {"endpoints": getattr(cluster_or_urls, "urls", cluster_or_urls), **options}
        self.seconds = 0.0

    def __enter__(self):
        self.process = subprocess.Popen([PROBE, json.dumps(self.options)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, env=environment())
        try:
            self._answer()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind, error, trace):
        self.close()

    def close(self):
        """Returns what was logged."""
        if self.process.stdin.closed:
            return self.logged
        self.process.stdin.close()
        self.logged = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        self.process.wait()
        return self.logged

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"the probe ended: {self.process.stderr.read()}")
        answer = json.loads(line)
        self.seconds = answer["seconds"]
        if "error" in answer:
            raise Failed(answer["error"])
        return answer["ok"]

    def ask(self, what, **request):
        print(json.dumps({"do": what, **request}), file=self.process.stdin, flush=True)
        return self._answer()

    def range(self, key, **request):
        return self.ask("range", key=key, **request)

    def txn(self, then, conditions=(), otherwise=()):
        return self.ask("txn", then=then, conditions=conditions, otherwise=otherwise)

    def watch(self, prefix, revision=0):
        return self.ask("watch", key=prefix, end=prefix_end(prefix), revision=revision)

    def wait(self, ms):
        return self.ask("wait", ms=ms)


class Case(unittest.TestCase):
    def fails(self, reason, ask, *words):
        """Returns the failure, whose message or hint has those words."""
        with self.assertRaises(Failed) as caught:
            ask()
        failed = caught.exception
        self.assertEqual(failed.reason, reason, failed)
        for word in words:
            self.assertIn(word, f"{failed.message}\n{failed.hint}")
        return failed
