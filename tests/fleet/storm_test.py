"""A cluster of three members under whatever happens to it, and to those who publish and follow: nobody ever sees half a
generation, queries go on throughout, and after quiet all who only follow have the same cache, byte for byte.

REG_TEST_SECONDS says how long the storm lasts (20)."""

import os
import random
import signal
import subprocess
import threading
import time
import unittest

from etcd_cluster import Cluster, Refused, main, needs_etcd, wait_for
from versioned_host import VersionedHost, figure


SECONDS = float(os.environ.get("REG_TEST_SECONDS", "20"))
COUNT = 20
QUIET_SECONDS = 20


class Storm:
    def __init__(self, cluster, publishers, followers, seed):
        self.cluster, self.publishers, self.followers = cluster, publishers, followers
        self.rng = random.Random(seed)
        self.versions = {host.origin: 0 for host in publishers}
        self.problems, self.done = [], {}
        self.over = threading.Event()

    def count(self, what):
        self.done[what] = self.done.get(what, 0) + 1

    def look(self):
        """What queries tell is whole, whenever they are asked."""
        while not self.over.is_set():
            for host in self.followers:
                try:
                    for origin, (versions, count) in host.seen().items():
                        if len(versions) != 1 or count != COUNT:
                            self.problems.append(f"half a generation of {origin}: {versions}, {count} symbols")
                    self.count("queries")
                except AssertionError as error:
                    self.problems.append(str(error))
            time.sleep(0.02)

    def publish(self):
        host = self.rng.choice(self.publishers)
        self.versions[host.origin] += 1
        host.declare_version(self.versions[host.origin], COUNT)
        process = host.start("publish", "-q")
        killed = self.rng.random() < 0.3
        try:
            process.communicate(timeout=self.rng.random() * 0.5 if killed else 60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            self.count("publishers killed")
        self.count("published")

    def upset(self):
        """Something happens to a member; at most one is away at a time."""
        member = self.rng.choice([self.cluster.leader(), self.cluster.follower()])
        if self.rng.random() < 0.5:
            member.kill()
            self.publish()
            member.restart()
            self.count("members killed")
        else:
            member.stop()
            try:
                self.publish()
                time.sleep(self.rng.random() * 2)
            finally:
                member.cont()
            self.count("members stopped")

    def forget(self):
        try:
            self.cluster.compact()
            if self.rng.random() < 0.5:
                self.cluster.defragment()
            self.count("compactions")
        except (OSError, Refused):  # compacted already, or an election is going on
            pass

    def kill_follower(self):
        host = self.rng.choice(self.followers)
        host.end(signal.SIGKILL)
        host.follow_on()
        self.count("followers killed")

    def rage(self):
        looker = threading.Thread(target=self.look)
        looker.start()
        end = time.monotonic() + SECONDS
        try:
            while time.monotonic() < end and not self.problems:
                self.rng.choice([self.publish, self.publish, self.publish, self.upset, self.forget, self.kill_follower])()
        finally:
            self.over.set()
            looker.join()


@needs_etcd
class StormTest(unittest.TestCase):
    def test_after_the_storm_all_have_the_same(self):
        seed = int(os.environ.get("REG_TEST_SEED", "1"))
        with Cluster(3) as cluster:
            publishers = [VersionedHost(cluster.urls, f"host-{i}") for i in range(3)]
            followers = [VersionedHost(cluster.urls).follow_on() for _ in range(3)]
            try:
                storm = Storm(cluster, publishers, followers, seed)
                storm.rage()
                self.assertEqual(storm.problems, [], f"seed {seed}")
                cluster.wait_until_healthy()
                for host in publishers:
                    host.declare_version(1000, COUNT)
                    host.reg("publish", "-q")
                expected = {host.origin: ([1000], COUNT) for host in publishers}
                started = time.monotonic()
                wait_for("all followers have all", lambda: all(host.seen() == expected for host in followers), QUIET_SECONDS)
                figure("seconds until all were the same", round(time.monotonic() - started, 1))
                caches = {host.cache() for host in followers}
                self.assertEqual(len(caches), 1)
                for host in followers:
                    self.assertEqual(host.end(), 0)
                    host.reg("auto-register", "--full", "-q")
                    self.assertEqual({host.cache()}, caches)
                    self.assertEqual(host.leftovers(), [])
                for what, count in sorted(storm.done.items()):
                    figure(what, count)
            finally:
                for host in publishers + followers:
                    host.__exit__(None, None, None)


if __name__ == "__main__":
    main()
