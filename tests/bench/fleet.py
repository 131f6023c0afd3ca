#!/usr/bin/env python3
"""A fleet on one machine: what a crowd sees and how soon, and what a first and a small round of following take.

    fleet.py crowd [--seconds 60] [--followers 50] [--publishers 20]
    fleet.py sync  [--origins 100] [--symbols 10000]

Needs REG_PROGRAM. Prints figures; times are of this run alone, ratios are to be compared.
"""

import argparse
import os
import pathlib
import random
import re
import statistics
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "fleet"))

from etcd_cluster import Cluster, wait_for  # noqa: E402
from versioned_host import VersionedHost  # noqa: E402


class Seen:
    """When each follower's folder had each version of each origin: their files are looked at, not asked for."""

    VERSION = re.compile(rb'"version":(\d+)')

    def __init__(self, followers):
        self.followers = followers
        self.stamps, self.times = {}, {}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.look)
        self.thread.start()

    def look(self):
        while not self.over.is_set():
            for number, host in enumerate(self.followers):
                self.look_at(number, host.folder / ".reg/remote")
            time.sleep(0.005)

    def look_at(self, number, folder):
        try:
            entries = list(os.scandir(folder))
        except FileNotFoundError:
            return
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                stamp = entry.stat().st_mtime_ns
                if self.stamps.get((number, entry.name)) == stamp:
                    continue
                text = pathlib.Path(entry.path).read_bytes()
            except FileNotFoundError:
                continue
            self.stamps[number, entry.name] = stamp
            if found := self.VERSION.search(text, text.find(b'"symbols"')):
                self.times.setdefault((entry.name, int(found[1])), {})[number] = time.monotonic()

    def stop(self):
        self.over.set()
        self.thread.join()


def crowd(seconds, follower_count, publisher_count):
    rng = random.Random(1)
    with Cluster(3) as cluster:
        publishers = [VersionedHost(cluster.urls, f"host-{i:02}") for i in range(publisher_count)]
        followers = [VersionedHost(cluster.urls, poll="2s").follow_on() for _ in range(follower_count)]
        try:
            seen, published, versions = Seen(followers), {}, [0] * publisher_count
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                number = rng.randrange(publisher_count)
                versions[number] += 1
                publishers[number].declare_version(versions[number], 20)
                publishers[number].reg("publish", "-q")
                published[f"host-{number:02}.reg.json", versions[number]] = time.monotonic()
            last = [(f"host-{i:02}.reg.json", version) for i, version in enumerate(versions) if version]
            quiet = time.monotonic()
            wait_for("everybody has everything",
                     lambda: all(len(seen.times.get(each, {})) == follower_count for each in last), 120)
            settled = time.monotonic() - quiet
            wait_for("the same cache everywhere",
                     lambda: len({host.cache() for host in followers}) == 1, 60)
            seen.stop()
            waits = sorted(max(0.0, at - published[key]) for key, times in seen.times.items() if key in published
                           for at in times.values())
            whole = sorted(max(times.values()) - published[key] for key, times in seen.times.items()
                           if key in published and len(times) == follower_count)
            print(f"{follower_count} followers, {publisher_count} publishers, three members, {seconds} s")
            print(f"published: {len(published)}; seen by followers: {len(waits)}, of generations that were not passed over")
            print(f"to a follower: median {statistics.median(waits):.2f} s, 99 %: {waits[int(len(waits) * 0.99)]:.2f} s")
            print(f"to the last follower: median {statistics.median(whole):.2f} s, 99 %: {whole[int(len(whole) * 0.99)]:.2f} s")
            print(f"after quiet all had the same within {settled:.1f} s; lost: 0")
        finally:
            for host in publishers + followers:
                host.__exit__(None, None, None)


def timed(host, *arguments):
    started = time.monotonic()
    done = host.run(*arguments)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return time.monotonic() - started, done.stderr


def declare_many(host, count, changed=0):
    """`changed` symbols are of another version than 0."""
    host.write_symbols([
        {"registry": "Kernel", "oid": f"gemm{k % 1000}", "target": f"lib{host.origin}.so:k{k}",
         "select": "device == 'cuda' & sm >= 80 & yes(2)", "doc": f"kernel {k}",
         "info": {"version": 1 if k < changed else 0, "tile": [64, 64, 32], "dtype": "f16"}} for k in range(count)])


def sync(origins, symbols):
    with Cluster(1, options={"quota-backend-bytes": 8_000_000_000}) as cluster:
        follower = VersionedHost(cluster.urls)
        try:
            with VersionedHost(cluster.urls, "origin") as host:
                for i in range(origins):
                    host.origin = f"host-{i:03}"
                    host.write_settings(origin=host.origin)
                    declare_many(host, symbols)
                    host.reg("publish", "-q")
                first, _ = timed(follower, "follow", "--once", "-q")
                full, _ = timed(follower, "auto-register", "--full", "-q")
                bytes_all = sum(len(content) for content in follower.remote_files().values())
                print(f"{origins} origins of {symbols} symbols, {bytes_all / 1e6:.0f} MB of manifests")
                print(f"first round of following: {first / full:.2f} x a full auto-register of the same files "
                      f"({first:.1f} s, {full:.1f} s)")
                nothing, _ = timed(follower, "follow", "--once", "-q")
                declare_many(host, symbols, changed=10)
                host.reg("publish", "-q")
                small, said = timed(follower, "follow", "--once")
                print(said.strip())
                # The same change as a local one: a manifest of the same size among all others.
                follower.origin = "local"
                declare_many(follower, symbols)
                follower.reg("auto-register", "-q")
                declare_many(follower, symbols, changed=10)
                local, _ = timed(follower, "auto-register", "-q")
                print(f"one changed origin: {small / local:.2f} x a local change ({small:.2f} s, {local:.2f} s); "
                      f"nothing new: {nothing / local:.2f} x")
        finally:
            follower.__exit__(None, None, None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("crowd", "sync"))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--followers", type=int, default=50)
    parser.add_argument("--publishers", type=int, default=20)
    parser.add_argument("--origins", type=int, default=100)
    parser.add_argument("--symbols", type=int, default=10_000)
    given = parser.parse_args()
    if given.what == "crowd":
        crowd(given.seconds, given.followers, given.publishers)
    else:
        sync(given.origins, given.symbols)


if __name__ == "__main__":
    main()
