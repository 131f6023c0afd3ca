"""The client of etcd's gateway against real servers: what it asks is what was meant, and what becomes of it when members,
logins, certificates, revisions, leases or room are gone."""

import fcntl
import json
import os
import pty
import shutil
import subprocess
import termios
import time

from etcd_cluster import Cluster, environment, main, needs_etcd, prefix_end, wait_for
from probe import PROBE, Case, Failed, Probe

# No byte for 3 s is the client's patience; what else it takes is this machine's load.
PATIENCE_SECONDS = 3
FAILOVER_SECONDS = 6


@needs_etcd
class OneMember(Case):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster(1).__enter__()
        cls.addClassCleanup(cls.cluster.close)

    def setUp(self):
        self.probe = self.enterContext(Probe(self.cluster))
        self.at = f"/{self.id().rpartition('.')[2]}/"

    def test_a_range_has_the_keys_in_order_and_counts_all_of_them(self):
        keys = [f"{self.at}{letter}" for letter in "cab"]
        revisions = {key: self.cluster.put(key, key.upper()) for key in keys}
        found = self.probe.range(self.at, prefix=True)
        self.assertEqual([kv["key"] for kv in found["kvs"]], sorted(keys))
        self.assertEqual({kv["key"]: kv["modified"] for kv in found["kvs"]}, revisions)
        self.assertEqual(found["kvs"][0]["value"], sorted(keys)[0].upper())
        self.assertEqual((found["count"], found["more"]), (3, False))
        self.assertGreaterEqual(found["revision"], max(revisions.values()))
        # What lies outside is not seen.
        self.cluster.put(self.at[:-1], "before")
        self.cluster.put(prefix_end(self.at), "behind")
        self.assertEqual(self.probe.range(self.at, prefix=True)["count"], 3)

    def test_limits_keys_only_and_revisions_are_kept_to_and_the_count_is_of_all(self):
        first = self.cluster.put(self.at + "a", "1")
        second = self.cluster.put(self.at + "b", "2")
        self.cluster.put(self.at + "a", "3")
        page = self.probe.range(self.at, prefix=True, limit=1)
        self.assertEqual((len(page["kvs"]), page["more"], page["count"]), (1, True, 2))
        names = self.probe.range(self.at, prefix=True, keys_only=True)
        self.assertEqual([kv["value"] for kv in names["kvs"]], ["", ""])
        self.assertGreater(names["kvs"][0]["modified"], 0)
        self.assertEqual(self.probe.range(self.at + "a", revision=first)["kvs"][0]["value"], "1")
        changed = self.probe.range(self.at, prefix=True, min_mod_revision=second + 1)
        self.assertEqual([kv["key"] for kv in changed["kvs"]], [self.at + "a"])
        self.assertEqual(changed["count"], 2)

    def test_a_transaction_compares_puts_reads_and_deletes(self):
        key = self.at + "a"
        absent = {"key": key, "what": "create", "revision": 0}
        done = self.probe.txn([{"put": key, "value": "1"}], [absent])
        self.assertTrue(done["succeeded"])
        # Once more it is there; what is done instead reads it.
        again = self.probe.txn([{"put": key, "value": "2"}], [absent], [{"get": key}, {"get": self.at + "none"}])
        self.assertFalse(again["succeeded"])
        self.assertEqual([each["kvs"][0]["value"] if each["kvs"] else None for each in again["gets"]], ["1", None])
        # A key that is not there was modified at 0.
        self.assertTrue(self.probe.txn([], [{"key": self.at + "none", "what": "mod", "revision": 0}])["succeeded"])
        self.assertTrue(self.probe.txn([], [{"key": key, "how": ">", "revision": done["revision"] - 1}])["succeeded"])
        self.assertFalse(self.probe.txn([], [{"key": key, "how": ">", "revision": done["revision"]}])["succeeded"])
        self.probe.txn([{"delete": self.at, "end": prefix_end(self.at)}])
        self.assertEqual(self.cluster.keys(self.at), [])

    def test_eight_mebibytes_come_in_one_answer_and_soon(self):
        for i in range(8):
            self.probe.txn([{"put": f"{self.at}{i}", "size": 1 << 20}])
        found = self.probe.txn([{"get": f"{self.at}{i}"} for i in range(8)])
        self.assertEqual([each["kvs"][0]["value"] for each in found["gets"]], [1 << 20] * 8)
        print(f"8 MiB in {self.probe.seconds:.3f} s", flush=True)
        self.assertLess(self.probe.seconds, 3)

    def test_what_is_too_large_is_said_to_be(self):
        self.fails("too-large", lambda: self.probe.txn([{"put": self.at, "size": 1_600_000}]), "too large")
        self.fails("too-large", lambda: self.probe.txn([{"put": self.at, "size": 3 << 20}]), "--max-request-bytes")
        many = [{"put": f"{self.at}{i}", "value": ""} for i in range(129)]
        self.fails("too-large", lambda: self.probe.txn(many), "--max-txn-ops")
        for i in range(50):
            self.cluster.put(f"{self.at}{i}", bytes(1_400_000))
        self.fails("too-large", lambda: self.probe.range(self.at, prefix=True), "64 MiB")
        self.cluster.call("/v3/kv/deleterange", {"key": "AA==", "range_end": "AA=="})

    def test_a_revision_that_is_compacted_or_still_to_come_is_not_there(self):
        first = self.cluster.put(self.at, "1")
        now = self.cluster.put(self.at, "2")
        self.cluster.compact(now)
        self.fails("compacted", lambda: self.probe.range(self.at, revision=first), self.cluster.urls[0])
        self.fails("compacted", lambda: self.probe.txn([{"get": self.at, "revision": first}]))
        self.fails("compacted", lambda: self.probe.range(self.at, revision=now + 1000))

    def test_a_lease_that_is_over_takes_its_keys_along_and_is_told_from_one_that_lives(self):
        granted = self.probe.ask("grant", ttl=1)
        lease = granted["lease"]
        self.probe.txn([{"put": self.at, "value": "1", "lease": lease}])
        self.assertEqual(self.probe.range(self.at)["kvs"][0]["lease"], lease)
        self.assertEqual(self.probe.ask("keep_alive", lease=lease), granted["ttl"])
        wait_for("the lease is over", lambda: self.cluster.get(self.at) is None)
        self.assertIsNone(self.probe.ask("keep_alive", lease=lease))
        self.fails("no-lease", lambda: self.probe.txn([{"put": self.at, "value": "1", "lease": lease}]))
        self.probe.ask("revoke", lease=lease)
        other = self.probe.ask("grant", ttl=60)["lease"]
        self.probe.txn([{"put": self.at, "value": "1", "lease": other}])
        self.probe.ask("revoke", lease=other)
        self.assertIsNone(self.cluster.get(self.at))

    def test_a_watch_says_that_something_changed_and_nothing_else(self):
        self.probe.watch(self.at)
        self.assertEqual(self.probe.wait(300), {"said": False, "ended": False})
        self.cluster.put("/elsewhere", "1")
        self.assertEqual(self.probe.wait(300), {"said": False, "ended": False})
        revision = self.cluster.put(self.at, "1")
        self.assertEqual(self.probe.wait(5000), {"said": True, "ended": False})
        self.assertEqual(self.probe.wait(300), {"said": False, "ended": False})
        self.cluster.delete(self.at)
        self.assertEqual(self.probe.wait(5000), {"said": True, "ended": False})
        # From a revision on that has been, and with values of any size.
        self.cluster.put(self.at, bytes(1_000_000))
        self.probe.watch(self.at, revision + 1)
        self.assertEqual(self.probe.wait(5000), {"said": True, "ended": False})

    def test_a_watch_from_a_compacted_revision_ends(self):
        first = self.cluster.put(self.at, "1")
        self.cluster.put(self.at, "2")
        self.cluster.compact()
        self.probe.watch(self.at, first)
        self.assertEqual(self.probe.wait(5000), {"said": True, "ended": True})

    def test_a_watch_goes_on_through_compaction_and_defragmentation(self):
        self.probe.watch(self.at)
        self.probe.wait(100)
        for value in "123":
            self.cluster.put(self.at, value)
            self.assertEqual(self.probe.wait(5000), {"said": True, "ended": False})
            self.cluster.compact()
            self.cluster.defragment()

    def test_what_is_no_server_is_refused_before_it_is_asked(self):
        for url, words in (("ftp://host", "neither http"), ("http://user:word@host:1", "a user"),
                           ("http://host/v3", "more than a host"), ("nothing", "no URL"), ("http://", "no URL")):
            with self.subTest(url=url):
                self.fails("input", lambda url=url: Probe([url]).__enter__(), words)
        self.fails("input", lambda: Probe(self.cluster, ca="/nowhere/ca.pem").__enter__(), "remote.ca", "/nowhere/ca.pem")

    def test_neither_proxies_nor_answers_of_others_are_followed(self):
        proxied = environment() | {"http_proxy": "http://127.0.0.1:1", "all_proxy": "http://127.0.0.1:1"}
        done = subprocess.run([PROBE, json.dumps({"endpoints": self.cluster.urls})], env=proxied, text=True,
                              input=json.dumps({"do": "range", "key": "/a"}) + "\n", capture_output=True, timeout=60)
        self.assertIn("count", done.stdout)


@needs_etcd
class ThreeMembers(Case):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster(3).__enter__()
        cls.addClassCleanup(cls.cluster.close)
        cls.cluster.put("/a", "1")

    def tearDown(self):
        for member in self.cluster.members:
            if member.process is None:
                member.start()
            else:
                member.cont()
        self.cluster.wait_until_healthy()

    def probe_at(self, member, **options):
        """One that asks that member first."""
        urls = self.cluster.urls
        at = self.cluster.members.index(member)
        return self.enterContext(Probe(urls[at:] + urls[:at], **options))

    def test_a_stopped_member_is_left_after_three_seconds_and_for_good(self):
        member = self.cluster.follower()
        probe = self.probe_at(member)
        probe.range("/a")
        member.stop()
        self.assertEqual(probe.range("/a")["kvs"][0]["value"], "1")
        self.assertLess(probe.seconds, FAILOVER_SECONDS)
        self.assertGreater(probe.seconds, 0.9 * PATIENCE_SECONDS)
        probe.range("/a")
        self.assertLess(probe.seconds, PATIENCE_SECONDS)
        self.assertIn(f"{member.url}: no answer within 3 s; asking ", probe.close())

    def test_a_killed_member_is_left_at_once(self):
        member = self.cluster.follower()
        probe = self.probe_at(member)
        probe.range("/a")
        member.kill()
        self.assertEqual(probe.range("/a")["kvs"][0]["value"], "1")
        self.assertLess(probe.seconds, PATIENCE_SECONDS)

    def test_a_member_that_restarts_is_asked_again_without_a_word(self):
        member = self.cluster.members[0]
        probe = self.enterContext(Probe([member.url]))
        probe.range("/a")
        member.restart()
        self.assertEqual(probe.range("/a")["kvs"][0]["value"], "1")

    def test_another_leader_is_waited_for(self):
        leader = self.cluster.leader()
        probe = self.probe_at(self.cluster.follower())
        leader.kill()

        def answered():
            try:
                return probe.txn([{"put": "/b", "value": "2"}])["succeeded"]
            except Failed as failed:
                self.assertEqual(failed.reason, "unreachable")
                return False
        wait_for("a transaction with another leader", answered)

    def test_a_member_without_the_others_answers_nothing(self):
        alone, *others = self.cluster.members
        for member in others:
            member.kill()
        probe = self.enterContext(Probe([alone.url]))
        self.fails("unreachable", lambda: probe.range("/a"), alone.url)
        self.assertLess(probe.seconds, FAILOVER_SECONDS)

    def test_where_nobody_answers_all_are_named(self):
        for member in self.cluster.members:
            member.kill()
        probe = self.enterContext(Probe(self.cluster))
        failed = self.fails("unreachable", lambda: probe.range("/a"), "no member of etcd answers", "remote.etcd")
        for url in self.cluster.urls:
            self.assertIn(url, failed.message)

    def test_a_watch_ends_with_its_member_and_with_the_leader(self):
        member = self.cluster.follower()
        probe = self.probe_at(member)
        probe.range("/a")
        probe.watch("/a")
        self.assertEqual(probe.wait(300), {"said": False, "ended": False})
        member.kill()
        self.assertEqual(probe.wait(5000), {"said": True, "ended": True})

        member = self.cluster.follower() if len(self.cluster.live()) == 3 else self.cluster.live()[0]
        probe = self.probe_at(member)
        probe.watch("/a")
        probe.wait(300)
        for other in self.cluster.live():
            if other is not member:
                other.kill()
        self.assertEqual(probe.wait(20000), {"said": True, "ended": True})

    def test_a_watch_at_a_stopped_member_is_silent_until_another_one_answers(self):
        member = self.cluster.follower()
        probe = self.probe_at(member)
        probe.range("/a")
        probe.watch("/a")
        probe.wait(300)
        member.stop()
        self.assertEqual(probe.wait(500), {"said": False, "ended": False})
        probe.range("/a")
        self.assertEqual(probe.wait(500), {"said": True, "ended": True})
        probe.watch("/a")
        probe.wait(300)
        probe.txn([{"put": "/a", "value": "1"}])
        self.assertEqual(probe.wait(5000), {"said": True, "ended": False})


@needs_etcd
class Users(Case):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster(1, options={"auth-token-ttl": 1}).__enter__()
        cls.addClassCleanup(cls.cluster.close)
        with Probe(cls.cluster, user="somebody", password="needless") as early:
            early.range("/reg/a")
            cls.cluster.enable_users("reg", "secret \"word\" é", "/reg/")
            cls.cluster.add_user("reader", "look", "/reg/", "READ")

    def probe(self, user="reg", password="secret \"word\" é", **options):
        return self.enterContext(Probe(self.cluster, user=user, password=password, **options))

    def test_a_user_may_do_what_its_role_may(self):
        probe = self.probe()
        self.assertTrue(probe.txn([{"put": "/reg/a", "value": "1"}])["succeeded"])
        self.fails("denied", lambda: probe.txn([{"put": "/other", "value": "1"}]), "permission denied", "remote.user")
        reader = self.probe("reader", "look")
        self.assertEqual(reader.range("/reg/a")["count"], 1)
        self.fails("denied", lambda: reader.txn([{"put": "/reg/a", "value": "2"}]))

    def test_a_wrong_password_and_none_are_told_apart(self):
        self.fails("denied", lambda: self.probe(password="wrong").range("/reg/a"), "invalid user ID or password",
                   "remote.password_file")
        nobody = self.enterContext(Probe(self.cluster))
        self.fails("denied", lambda: nobody.range("/reg/a"), "set remote.user")

    def test_a_login_that_is_over_is_made_again_once(self):
        probe = self.probe()
        probe.range("/reg/a")
        self.cluster.members[0].restart()  # which forgets all logins
        self.assertEqual(probe.range("/reg/nothing")["count"], 0)
        time.sleep(2.5)  # as the token's time goes by
        self.assertEqual(probe.range("/reg/nothing")["count"], 0)
        self.assertIn("logging in again", probe.close())

    def test_a_watch_needs_a_login_too(self):
        probe = self.probe()
        probe.range("/reg/a")
        probe.watch("/reg/")
        probe.wait(300)
        probe.txn([{"put": "/reg/a", "value": "3"}])
        self.assertEqual(probe.wait(5000), {"said": True, "ended": False})
        nobody = self.enterContext(Probe(self.cluster))
        nobody.watch("/reg/", revision=1)
        self.assertEqual(nobody.wait(5000), {"said": True, "ended": True})


@needs_etcd
class Tls(Case):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster(1, certificates=True, client_certificates=True).__enter__()
        cls.addClassCleanup(cls.cluster.close)
        cls.cluster.put("/a", "1")

    def probe(self, ca="ca", client="client", urls=None):
        certificates = self.cluster.certificates
        own = {"cert": certificates.crt(client), "key": certificates.key(client)} if client else {}
        return self.enterContext(Probe(urls or self.cluster, ca=certificates.crt(ca), **own))

    def test_both_sides_show_certificates(self):
        probe = self.probe()
        self.assertEqual(probe.range("/a")["kvs"][0]["value"], "1")
        probe.watch("/a")
        probe.wait(300)
        self.cluster.put("/a", "1")
        self.assertEqual(probe.wait(5000), {"said": True, "ended": False})

    def test_an_expired_certificate_is_named_as_such(self):
        self.fails("denied", lambda: self.probe(client="expired").range("/a"), "remote.cert")

    def test_no_certificate_and_an_unknown_ca_are_refused_with_what_to_set(self):
        self.fails("denied", lambda: self.probe(client=None).range("/a"), "remote.cert")
        self.fails("denied", lambda: self.probe(ca="other-ca").range("/a"), "remote.ca")

    def ask_alone(self, options, before=(), **how):
        """A range by a process of its own; what it answers."""
        certificates = self.cluster.certificates
        options = {"endpoints": self.cluster.urls, "ca": certificates.crt("ca"), "cert": certificates.crt("client"),
                   "key": certificates.key("client"), **options}
        done = subprocess.run([*before, PROBE, json.dumps(options)], input='{"do": "range", "key": "/a"}\n', text=True,
                              capture_output=True, timeout=30, check=False, env=environment(), **how)
        return done.stdout

    def test_the_ca_that_is_named_is_believed_and_not_the_systems_besides(self):
        certificates = self.cluster.certificates
        system = certificates.folder / "system"
        system.mkdir()
        shown = subprocess.run(["openssl", "x509", "-hash", "-noout", "-in", certificates.crt("ca")], check=True,
                               capture_output=True, text=True)
        shutil.copy(certificates.crt("ca"), system / f"{shown.stdout.strip()}.0")
        # The system's folder is that one, for one process.
        within = ["unshare", "-rm", "sh", "-c", f'mount --bind {system} /etc/ssl/certs && exec "$0" "$@"']
        if subprocess.run([*within, "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("nothing can be mounted here")
        self.assertIn('"count":1', self.ask_alone({}, within))
        self.assertIn("remote.ca names the CA", self.ask_alone({"ca": certificates.crt("other-ca")}, within))

    def test_a_key_that_is_encrypted_is_an_error_and_asks_nobody(self):
        certificates = self.cluster.certificates
        locked = certificates.folder / "locked.key"
        subprocess.run(["openssl", "ec", "-in", certificates.key("client"), "-aes128", "-passout", "pass:secret", "-out", locked],
                       check=True, capture_output=True)
        ours, theirs = pty.openpty()

        def with_a_terminal():
            os.setsid()
            fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

        answer = self.ask_alone({"key": str(locked)}, preexec_fn=with_a_terminal)
        self.assertIn("belong together", answer)
        os.set_blocking(ours, False)
        with self.assertRaises(BlockingIOError, msg="something was printed there"):
            os.read(ours, 100)
        os.close(theirs)
        os.close(ours)

    def test_the_wrong_scheme_has_a_hint(self):
        plain = self.cluster.urls[0].replace("https:", "http:")
        self.fails("unreachable", lambda: self.probe(urls=[plain]).range("/a"), "https:// only")
        with Cluster(1) as other:
            secret = other.urls[0].replace("http:", "https:")
            self.fails("unreachable", lambda: self.probe(urls=[secret]).range("/a"), "remote.etcd")

    def test_a_server_with_an_expired_certificate_is_not_asked_but_others_are(self):
        # A plain one stands for the others.
        with Cluster(1, certificates=self.cluster.certificates, server_certificate="expired-server") as old, \
                Cluster(1) as other:
            self.fails("denied", lambda: self.probe(urls=old.urls).range("/a"), "expired", "etcd's certificate")
            self.assertEqual(self.probe(urls=old.urls + other.urls).range("/a")["count"], 0)


@needs_etcd
class Full(Case):
    def test_a_full_database_is_told_with_what_makes_room(self):
        with Cluster(1, options={"quota-backend-bytes": 4_000_000}) as cluster, Probe(cluster) as probe:
            probe.txn([{"put": "/a", "value": "1"}])
            cluster.fill()
            self.fails("no-space", lambda: probe.txn([{"put": "/a", "value": "2"}]), "etcdctl alarm disarm")
            self.assertEqual(probe.range("/a")["kvs"][0]["value"], "1")
            self.assertEqual(probe.txn([{"delete": "/none"}])["succeeded"], True)
            cluster.make_room()
            self.assertTrue(probe.txn([{"put": "/a", "value": "2"}])["succeeded"])


if __name__ == "__main__":
    main()
