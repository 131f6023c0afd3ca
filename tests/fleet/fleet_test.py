"""`reg publish`, `reg follow` and `reg fleet` of several hosts on one etcd."""

import fcntl
import json
import os
import pty
import shutil
import signal
import socket
import subprocess
import time
from contextlib import ExitStack

from etcd_cluster import Cluster, main, needs_etcd, unittest, wait_for
from hosts import REG, Host

HEADS = "/reg/shared/heads/"


@needs_etcd
class Fleet(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = cls.enterClassContext(Cluster(1)) if hasattr(cls, "enterClassContext") else Cluster(1).__enter__()
        if not hasattr(cls, "enterClassContext"):
            cls.addClassCleanup(cls.cluster.close)

    def setUp(self):
        self.cluster.call("/v3/kv/deleterange", {"key": "AA==", "range_end": "AA=="})
        self.stack = ExitStack()
        self.addCleanup(self.stack.close)

    def host(self, origin, **settings):
        return self.stack.enter_context(Host(self.cluster.urls, origin, **settings))

    def test_two_hosts_publish_and_a_third_follows(self):
        a, b, c = self.host("a"), self.host("b"), self.host("c", publish=None)
        done = a.run("publish")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("nothing is registered", done.stderr)
        a.publish("gemm", "conv", sm=80)
        b.publish("fft", sm=90)
        c.reg("follow", "--once")
        self.assertEqual(c.oids(), ["conv", "fft", "gemm"])
        self.assertEqual({origin: row["state"] for origin, row in c.fleet().items()}, {"a": "fresh", "b": "fresh"})
        self.assertEqual(c.fleet()["a"]["symbols"], 2)
        self.assertEqual({origin: row["state"] for origin, row in a.fleet().items()}, {"a": "own", "b": "missing"})
        a.publish("gemm", sm=80)
        self.assertEqual(c.fleet()["a"]["state"], "stale")
        c.reg("follow", "--once")
        self.assertEqual(c.oids(), ["fft", "gemm"])
        b.reg("publish", "--withdraw")
        self.assertEqual(c.fleet()["b"]["state"], "gone")
        c.reg("follow", "--once")
        self.assertEqual(c.oids(), ["gemm"])
        self.assertEqual([key for key in self.cluster.keys("/reg/shared/") if "/b" in key], [])

    def test_what_did_not_change_is_not_put_again(self):
        a = self.host("a")
        a.publish("gemm")
        revision = self.cluster.revision()
        done = a.run("publish")
        self.assertIn("nothing changed: 1 symbol in 1 registry", done.stderr)
        self.assertEqual(self.cluster.revision(), revision)
        report = json.loads(a.reg("publish", "-o", "json"))
        self.assertEqual((report["symbols"], report["chunks_put"], report["changed"]), (1, 0, False))

    def test_followers_that_publish_nothing_have_the_same_cache(self):
        a, b = self.host("a"), self.host("b")
        first, second = self.host("x", publish=None), self.host("y", publish=None)
        second.write_settings(origin="x")  # all else about them is the same
        a.publish("gemm", "conv")
        first.reg("follow", "--once")
        b.publish("fft")
        a.publish("gemm", "tanh")
        first.reg("follow", "--once")
        second.reg("follow", "--once")
        self.assertEqual(first.cache(), second.cache())
        self.assertEqual(first.reg("follow", "--once"), "")

    def test_another_machines_origin_is_refused_unless_it_is_taken_over(self):
        a = self.host("a")
        a.publish("gemm")
        head = json.loads(self.cluster.get(HEADS + "a"))
        head["machine"] = "0" * len(head["machine"])
        self.cluster.put(HEADS + "a", json.dumps(head))
        a.declare("conv")
        done = a.run("publish")
        self.assertEqual(done.returncode, 2)
        self.assertIn("machine 00000000 published it at " + head["published"], done.stderr)
        self.assertIn("--force", done.stderr)
        self.assertEqual(a.run("publish", "--withdraw").returncode, 2)
        self.assertEqual(a.fleet()["a"]["state"], "wrong")
        a.reg("publish", "--force")
        self.assertEqual(a.fleet()["a"]["state"], "own")
        other = self.host("a")
        other.declare("fft")
        self.assertIn("another workspace of this machine", other.run("publish").stderr)

    def test_a_lease_that_nobody_keeps_ends_and_one_that_is_kept_does_not(self):
        a, b = self.host("a", lease="5s"), self.host("b", publish=None)
        a.declare("gemm")
        self.assertIn("nothing keeps alive", a.run("publish").stderr)
        b.reg("follow", "--once")
        self.assertEqual(b.oids(), ["gemm"])
        wait_for("the lease is over", lambda: self.cluster.keys("/reg/shared/") == [])
        b.reg("follow", "--once")
        self.assertEqual(b.oids(), [])
        follower = a.follow()
        follower.wait_until_said("is there again")
        time.sleep(7)
        self.assertEqual(self.cluster.keys(HEADS), [HEADS + "a"])
        self.assertEqual(a.run("publish").stderr.count("warning"), 0)
        follower.process.send_signal(signal.SIGSTOP)
        wait_for("the lease is over", lambda: self.cluster.keys("/reg/shared/") == [])
        follower.process.send_signal(signal.SIGCONT)
        wait_for("all is there again", lambda: self.cluster.keys(HEADS) == [HEADS + "a"])
        b.reg("follow", "--once")
        self.assertEqual(b.oids(), ["gemm"])
        a.reg("publish", "--withdraw")
        time.sleep(1)
        self.assertEqual(self.cluster.keys("/reg/shared/"), [])

    def steal(self, origin):
        """Its head becomes another machine's."""
        head = json.loads(self.cluster.get(HEADS + origin))
        self.cluster.put(HEADS + origin, json.dumps(head | {"machine": "0" * len(head["machine"])}))

    def test_a_lease_is_kept_while_the_follower_waits_for_a_lock(self):
        a, b = self.host("a", lease="5s"), self.host("b")
        a.publish("gemm")
        a.follow()
        time.sleep(1)
        (a.folder / "registry.toml").write_text((a.folder / "registry.toml").read_text().replace(
            "[workspace]\n", "[workspace]\nlock_timeout = 60\n"))
        with open(a.folder / ".reg/workspace.lock", "a+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            b.publish("fft")
            for _ in range(12):
                time.sleep(1)
                self.assertIn(HEADS + "a", self.cluster.keys(HEADS))
            self.assertEqual(a.oids(), ["gemm"])
        a.wait_for_oids("fft", "gemm")

    def test_an_origin_that_was_taken_over_does_not_come_back_from_the_old_machine(self):
        a = self.host("a")
        a.publish("gemm")
        follower = a.follow()
        time.sleep(0.5)
        self.steal("a")
        follower.wait_until_said('"a" is not published from here any more: machine 00000000')
        done = a.run("publish", "--withdraw", "--force")
        self.assertIn("machine 00000000 published it", done.stderr)
        self.assertIn("puts it again", done.stderr)
        time.sleep(1)
        self.assertEqual(self.cluster.keys(HEADS), [])
        self.assertEqual(follower.said().count("any more"), 1)

    def test_a_withdrawal_that_is_not_answered_is_not_undone(self):
        with Cluster(1) as cluster:
            a = self.stack.enter_context(Host(cluster.urls, "a"))
            a.publish("gemm")
            cluster.members[0].kill()
            self.assertEqual(a.run("publish", "--withdraw").returncode, 5)
            cluster.members[0].restart()
            cluster.call("/v3/kv/deleterange", {"key": "AA==", "range_end": "AA=="})
            a.reg("follow", "--once")
            self.assertEqual(cluster.keys(HEADS), [])

    def test_who_publishes_nothing_takes_the_origin_that_is_called_like_its_host(self):
        a, b = self.host("a"), self.host("a", publish=None)
        a.publish("gemm")
        b.reg("follow", "--once")
        self.assertEqual(b.oids(), ["gemm"])
        self.assertEqual(b.fleet()["a"]["state"], "fresh")
        b.reg("follow", "--once")
        self.assertEqual(b.oids(), ["gemm"])

    def test_a_hole_is_told_and_the_rest_is_not_fetched_again(self):
        a, b = self.host("a"), self.host("b", publish=None)
        a.publish("gemm")
        (chunk,) = self.cluster.keys("/reg/shared/chunks/a/")
        self.cluster.delete(chunk)
        done = b.run("follow", "--once")
        self.assertEqual(done.returncode, 5)
        self.assertIn("a chunk that it lists is not there", done.stderr)
        a.reg("publish")
        b.reg("follow", "--once")
        self.assertEqual(b.oids(), ["gemm"])

    def test_a_file_that_cannot_be_read_or_written_is_one_origins(self):
        a, b, c = self.host("a"), self.host("b"), self.host("c", publish=None)
        a.publish("gemm")
        b.publish("fft")
        c.reg("follow", "--once")
        file = c.folder / ".reg/remote/a.reg.json"
        file.unlink()
        file.symlink_to(file)  # replaced, as no link is followed
        b.publish("fft", "conv")
        c.reg("follow", "--once")
        self.assertEqual(c.oids(), ["conv", "fft", "gemm"])

    def test_what_is_changed_by_hand_is_put_right_by_a_follower_that_runs(self):
        a, b = self.host("a"), self.host("b", publish=None)
        a.publish("gemm")
        b.follow()
        b.wait_for_oids("gemm")
        file = b.folder / ".reg/remote/a.reg.json"
        good = file.read_text()
        time.sleep(0.5)
        file.write_text(good.replace("gemm", "conv"))
        wait_for("the file is right again", lambda: file.read_text() == good)

    def test_defines_stay_whatever_runs_beside(self):
        a, b = self.host("a"), self.host("b", publish=None)
        a.publish("gemm")
        (b.folder / "own.reg.json").write_text(json.dumps({"symbols": [
            {"registry": "Own", "oid": "o", "target": "o.so:o", "when": "build == \"x\""}]}))
        (b.folder / "registry.toml").write_text((b.folder / "registry.toml").read_text() + '\n[facts]\nbuild = "y"\n')
        b.reg("auto-register")
        with open(b.folder / ".reg/workspace.lock", "a+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            follower = b.follow()
            time.sleep(1)  # it waits for the workspace's lock by now
            b.reg("auto-register", "--define", "build=x")
            self.assertEqual(b.oids("Own"), ["o"])
        b.wait_for_oids("gemm")
        self.assertEqual(b.oids("Own"), ["o"])
        self.assertEqual(follower.stop(), 0)

    def test_what_may_be_read_but_not_written_is_told_once(self):
        with Cluster(1) as cluster:
            a = self.stack.enter_context(Host(cluster.urls, "a", lease="60s"))
            a.publish("gemm")
            cluster.delete(HEADS + "a")
            cluster.enable_users("writer", "secret", "/reg/")
            cluster.add_user("reader", "look", "/reg/", "READ")
            (a.folder / "password").write_text("look\n")
            (a.folder / "password").chmod(0o600)
            a.write_settings(user="reader", password_file="password")
            follower = a.follow()
            follower.wait_until_said("cannot be kept alive")
            time.sleep(4)
            self.assertEqual(follower.said().count("cannot be kept alive"), 1, follower.said())
            self.assertNotIn("answers again", follower.said())
            done = a.run("follow", "--once")
            self.assertEqual(done.returncode, 5)
            self.assertNotIn("nothing changed", done.stdout + done.stderr)
            self.assertIn("permission denied", done.stderr)

    def test_a_lease_that_is_another_one_by_now_is_kept_by_the_follower_that_runs(self):
        a = self.host("a")
        a.publish("gemm")
        follower = a.follow()
        time.sleep(0.5)
        a.write_settings(lease="5s")
        a.reg("publish")
        for _ in range(9):
            time.sleep(1)
            self.assertEqual(self.cluster.keys(HEADS), [HEADS + "a"])
        self.assertNotIn("there again", follower.said())

    def test_what_was_published_elsewhere_or_was_withdrawn_does_not_come_back(self):
        a = self.host("a")
        a.publish("gemm")
        a.write_settings(origin="b")
        a.reg("follow", "--once")
        self.assertEqual(self.cluster.keys(HEADS), [HEADS + "a"])
        self.assertIn('"a" of "shared" is still published from here', a.run("publish").stderr)
        self.assertNotIn("still published", a.run("publish").stderr)
        self.cluster.delete(HEADS + "b")
        self.assertIn("withdrawn elsewhere; `reg publish` puts it again", a.run("follow", "--once").stderr)
        self.assertEqual(a.run("follow", "--once").stderr.count("withdrawn"), 0)
        self.assertEqual(self.cluster.keys(HEADS), [HEADS + "a"])

    def test_another_workspaces_origin_is_not_withdrawn_unasked(self):
        a, b = self.host("a"), self.host("a")
        a.publish("gemm")
        done = b.run("publish", "--withdraw")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--force", done.stderr)
        b.reg("publish", "--withdraw", "--force")
        self.assertEqual(self.cluster.keys(HEADS), [])

    def test_a_password_is_one_line(self):
        a = self.stack.enter_context(Host(["http://127.0.0.1:1"], "a", publish=None, user="u", password_file="p"))
        for content, why in (("", "is empty"), ("\r\n", "is empty"), ("a\nb\n", "several lines")):
            (a.folder / "p").write_bytes(content.encode())
            self.assertIn(why, a.run("fleet").stderr)
        (a.folder / "p").write_bytes(b"secret\r\n")
        self.assertIn("etcd at", a.run("fleet").stderr)

    def test_a_password_in_the_clear_is_warned_of_but_on_the_loopback(self):
        a = self.stack.enter_context(Host(["http://etcd.invalid:1"], "a", publish=None, user="u", password_file="p"))
        (a.folder / "p").write_text("secret\n")
        (a.folder / "p").chmod(0o600)
        self.assertIn("in the clear", a.run("fleet").stderr)
        for url in ("http://127.0.0.1:1", "http://localhost:1", "https://etcd.invalid:1"):
            a.write_settings(etcd=[url])
            self.assertNotIn("in the clear", a.run("fleet").stderr)

    def test_without_reg_fleet_beside_reg_a_hint_says_what_is_missing(self):
        a = self.host("a")
        alone = a.folder / "bin"
        alone.mkdir()
        shutil.copy(os.path.realpath(REG), alone / "reg")
        for words in (("publish",), ("follow", "--once"), ("fleet",)):
            done = subprocess.run([alone / "reg", *words], cwd=a.folder, capture_output=True, text=True, check=False,
                                  stdin=subprocess.DEVNULL)
            self.assertEqual(done.returncode, 5, done.stderr)
            self.assertIn("hint", done.stderr)
            self.assertIn("reg-fleet", done.stderr)

    def test_nohup_is_respected(self):
        b = self.host("b", publish=None)
        follower = b.follow(preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        time.sleep(0.5)
        follower.process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        self.assertNotIn("read registry.toml again", follower.said())
        self.assertIsNone(follower.process.poll())

    def test_a_follower_in_a_terminal_ends_with_it(self):
        b = self.host("b", publish=None)
        ours, theirs = pty.openpty()
        process = subprocess.Popen([REG, "follow"], cwd=b.folder, stdin=theirs, stdout=theirs, stderr=theirs)
        self.addCleanup(process.kill)
        time.sleep(1)
        process.send_signal(signal.SIGHUP)
        self.assertEqual(process.wait(timeout=5), 0)
        os.close(ours)
        os.close(theirs)

    def test_a_follower_sees_changes_at_once_and_stops_when_it_is_told_to(self):
        a, b = self.host("a"), self.host("b", publish=None, poll="5s")
        follower = b.follow()
        a.publish("gemm")
        b.wait_for_oids("gemm")
        begin = time.monotonic()
        a.publish("gemm", "conv")
        b.wait_for_oids("gemm", "conv", seconds=4)
        self.assertLess(time.monotonic() - begin, 4, "a watch shortens the wait")
        second = b.run("follow")
        self.assertEqual(second.returncode, 5)
        self.assertIn("runs in this workspace already", second.stderr)
        for sign in (signal.SIGTERM, signal.SIGINT):
            begin = time.monotonic()
            self.assertEqual(follower.stop(sign), 0, follower.said())
            self.assertLess(time.monotonic() - begin, 1.5)
            follower = b.follow()
            time.sleep(0.5)

    def test_a_service_manager_is_told(self):
        b = self.host("b", publish=None)
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(manager.close)
        manager.bind(str(b.folder / "notify"))
        manager.settimeout(30)
        follower = b.follow(env={"NOTIFY_SOCKET": str(b.folder / "notify"), "WATCHDOG_USEC": "400000"})
        heard = [manager.recv(100) for _ in range(5)]
        self.assertIn(b"READY=1", heard[:2])
        self.assertGreaterEqual(heard.count(b"WATCHDOG=1"), 3)
        follower.stop()
        while heard[-1] != b"STOPPING=1":
            heard.append(manager.recv(100))

    def test_a_service_manager_is_told_of_readiness_when_all_is_in_place(self):
        a, b = self.host("a"), self.host("b", publish=None)
        a.publish("gemm")
        (b.folder / "own.reg.json").write_text("{")
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(manager.close)
        manager.bind(str(b.folder / "notify"))
        manager.settimeout(1)
        follower = b.follow(env={"NOTIFY_SOCKET": str(b.folder / "notify")})
        follower.wait_until_said("the cache was left as it was")
        with self.assertRaises(TimeoutError):
            manager.recv(100)
        manager.settimeout(30)
        (b.folder / "own.reg.json").unlink()
        self.assertEqual(manager.recv(100), b"READY=1")
        self.assertEqual(b.oids(), ["gemm"])

    def test_settings_are_read_again_and_broken_ones_are_not_taken(self):
        a, b = self.host("a", name="other"), self.host("b", publish=None)
        a.publish("gemm")
        follower = b.follow()
        time.sleep(0.5)
        good = (b.folder / "registry.toml").read_text()
        (b.folder / "registry.toml").write_text("[remote")
        follower.process.send_signal(signal.SIGHUP)
        follower.wait_until_said("the settings stay as they were")
        (b.folder / "registry.toml").write_text(good.replace('name = "shared"', 'name = "other"'))
        follower.process.send_signal(signal.SIGHUP)
        b.wait_for_oids("gemm")

    def test_what_cannot_be_taken_is_told_and_leaves_the_last_good(self):
        a, b, c = self.host("a"), self.host("b"), self.host("c", publish=None)
        a.publish("gemm")
        b.publish("fft")
        c.reg("follow", "--once")
        self.cluster.put(HEADS + "a", "no head")
        self.cluster.put(HEADS + "../../evil", "no head")
        b.publish("fft", "conv")
        done = c.run("follow", "--once")
        self.assertEqual(done.returncode, 5)
        self.assertIn(HEADS + "a: ", done.stderr)
        self.assertIn("2 origins could not be taken", done.stderr)
        self.assertEqual(c.oids(), ["conv", "fft", "gemm"])
        self.assertEqual(c.fleet()["a"]["state"], "wrong")

    def test_what_is_wrong_here_is_told_once_and_mended_without_a_restart(self):
        a, b = self.host("a"), self.host("b", publish=None)
        (b.folder / "own.reg.json").write_text("{")
        a.publish("gemm")
        follower = b.follow()
        follower.wait_until_said("the cache was left as it was")
        time.sleep(3)
        self.assertEqual(follower.said().count("the cache was left as it was"), 1, follower.said())
        (b.folder / "own.reg.json").unlink()
        b.wait_for_oids("gemm", seconds=60)

    def test_a_locked_cache_is_told_of_and_following_goes_on(self):
        a, b = self.host("a"), self.host("b", publish=None)
        b.reg("auto-register")
        b.reg("lock")
        a.publish("gemm")
        self.assertEqual(b.run("follow", "--once").returncode, 5)
        follower = b.follow()
        follower.wait_until_said("could not be put in place")
        b.reg("unlock")
        b.wait_for_oids("gemm", seconds=40)
        self.assertIsNone(follower.process.poll())

    def test_nobody_there_is_5_and_nothing_to_share_is_2(self):
        alone = self.stack.enter_context(Host(["http://127.0.0.1:1"], "a"))
        alone.declare("gemm")
        for words in (("publish",), ("follow", "--once"), ("fleet",)):
            done = alone.run(*words)
            self.assertEqual(done.returncode, 5, done.stderr)
        (alone.folder / "registry.toml").write_text('[workspace]\nsources = ["*.reg.json"]\n')
        for words in (("publish",), ("follow", "--once"), ("fleet",)):
            done = alone.run(*words)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("has no [remote]", done.stderr)
        only_follows = self.host("a", publish=None)
        self.assertEqual(only_follows.run("publish").returncode, 2)

    def test_etcd_that_is_away_is_told_once_when_it_goes_and_when_it_comes(self):
        with Cluster(1) as cluster:
            a = self.stack.enter_context(Host(cluster.urls, "a"))
            b = self.stack.enter_context(Host(cluster.urls, "b", publish=None))
            a.publish("gemm")
            follower = b.follow()
            b.wait_for_oids("gemm")
            cluster.members[0].kill()
            follower.wait_until_said("what was taken before stays")
            time.sleep(3)
            self.assertEqual(follower.said().count("what was taken before stays"), 1)
            self.assertEqual(b.oids(), ["gemm"])
            cluster.members[0].restart()
            follower.wait_until_said("etcd answers again")
            a.publish("gemm", "conv")
            b.wait_for_oids("gemm", "conv")

    def test_reg_fleet_knows_its_own_commands_only(self):
        program = os.path.join(os.path.dirname(os.path.realpath(REG)), "reg-fleet")
        done = subprocess.run([program, "list"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn('unknown command "list"', done.stderr)


if __name__ == "__main__":
    main()
