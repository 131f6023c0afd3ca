"""A publisher that is killed at any system call it makes leaves the old generation or the new one, whole, and what it left
besides is removed by the next.

REG_TRUST_FULL=1 tries every single call; without it, a sample of each name."""

import collections
import os
import re
import unittest

from etcd_cluster import Cluster, main, needs_etcd
from versioned_host import NAME, VersionedHost, figure

FULL = os.environ.get("REG_TRUST_FULL") == "1"
# What cannot leave a trace anywhere.
UNINTERESTING = {"execve", "exit_group", "exit", "arch_prctl", "set_tid_address", "set_robust_list", "rseq", "brk",
                 "prlimit64", "mprotect", "munmap", "mmap", "getrandom", "rt_sigaction", "rt_sigprocmask", "sched_yield",
                 "madvise", "futex", "clone3", "restart_syscall"}
COUNT = 12


def calls_of(host):
    log = host.folder / "strace.log"
    done = host.strace(["publish"], "-o", log)
    if done.returncode != 0:
        raise AssertionError(done.stderr.decode())
    by_thread = collections.Counter(re.findall(r"^(\d+) +(\w+)\(", log.read_text(), re.MULTILINE))
    calls = collections.Counter()
    for (_, name), count in by_thread.items():
        calls[name] = max(calls[name], count)
    return {name: count for name, count in calls.items() if name not in UNINTERESTING}


def chosen(count):
    return range(1, count + 1) if FULL else sorted({1, (count + 1) // 2, count})


@needs_etcd
class PublishCrashTest(unittest.TestCase):
    def test_killed_at_every_call(self):
        with Cluster(1) as cluster, VersionedHost(cluster.urls, "host-1", lease="60s") as host, \
                VersionedHost(cluster.urls) as other:
            host.declare_version(1, COUNT)
            host.reg("publish", "-q")
            other.reg("follow", "--once", "-q")
            host.declare_version(2, COUNT)
            calls = calls_of(host)
            self.assertTrue({"connect", "sendto", "rename"} & set(calls), calls)
            version, tried = 2, 0
            for name, count in sorted(calls.items()):
                for when in chosen(count):
                    host.declare_version(version + 1, COUNT)
                    host.strace(["publish"], "-o", "/dev/null", "-e", f"inject={name}:signal=SIGKILL:when={when}")
                    other.reg("follow", "--once", "-q")
                    with self.subTest(call=name, when=when):
                        self.assertIn(other.seen()["host-1"], [([version], COUNT), ([version + 1], COUNT)])
                    # Its head is lost, and put again: nobody sees what is older than what was seen.
                    (seen,), _ = other.seen()["host-1"]
                    cluster.delete(f"/reg/{NAME}/heads/host-1")
                    host.reg("follow", "--once", "-q")
                    other.reg("follow", "--once", "-q")
                    with self.subTest(call=name, when=when, after="it was put again"):
                        (again,), count = other.seen()["host-1"]
                        self.assertGreaterEqual((again, count), (seen, COUNT))
                    host.reg("publish", "-q")
                    other.reg("follow", "--once", "-q")
                    version += 1
                    with self.subTest(call=name, when=when, after="the next"):
                        self.assertEqual(other.seen(), {"host-1": ([version], COUNT)})
                        self.assertEqual(len(cluster.keys(f"/reg/{NAME}/chunks/")), 1)
                        self.assertEqual(host.leftovers(), [])
                    tried += 1
            figure("publishers killed at a system call", tried)
            self.assertGreater(tried, 30)


if __name__ == "__main__":
    main()
