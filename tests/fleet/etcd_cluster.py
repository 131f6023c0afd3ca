"""Clusters of real etcd servers on the loopback, for tests: members that are killed, stopped and restarted, TLS, users,
quotas, compaction.

    with Cluster(3) as cluster:
        cluster.put("/a", "1")
        cluster.leader().kill()

Nothing of it outlives the test, whatever becomes of that. Only the standard library is needed, and `etcd`: from PATH, or
from build/packages, where scripts/setup puts it. A test case that needs a cluster stands below @needs_etcd.
"""

import base64
import ctypes
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
UNPACKED = REPOSITORY / "build/packages/etcd/usr/bin/etcd"
ETCD = shutil.which("etcd") or (str(UNPACKED) if UNPACKED.exists() else None)
needs_etcd = unittest.skipUnless(ETCD, "there is no etcd: scripts/setup test fetches it")

HEALTHY_SECONDS = 30
CALL_SECONDS = 10
PR_SET_PDEATHSIG = 1


def environment():
    """Without what would lead etcd, or a client of it, elsewhere."""
    return {name: value for name, value in os.environ.items()
            if not name.upper().startswith("ETCD") and not name.lower().endswith("_proxy")}


def to_64(value):
    return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()


def from_64(text):
    return base64.b64decode(text or "")


def prefix_end(prefix):
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def wait_for(what, ask, seconds=HEALTHY_SECONDS):
    """Asks until something true comes back, and returns that."""
    end = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.02)


def free_ports(count):
    """Ports that nobody listens on for now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


class Refused(Exception):
    """What etcd answers in place of what was asked for."""


class Certificates:
    """A CA, and what it signed: server, client, expired; each NAME.crt and NAME.key. `other-ca` signed nothing."""

    def __init__(self, folder):
        self.folder = folder
        for ca in ("ca", "other-ca"):
            self._key(ca)
            self._openssl("req", "-x509", "-key", self.key(ca), "-subj", f"/CN={ca}", "-days", "2", "-out", self.crt(ca))
        for name, days in (("server", 2), ("expired-server", -1), ("client", 2), ("expired", -1)):
            self._key(name)
            self._openssl("req", "-new", "-key", self.key(name), "-subj", f"/CN={name}", "-out", folder / "request")
            (folder / "extensions").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
            self._openssl("x509", "-req", "-in", folder / "request", "-CA", self.crt("ca"), "-CAkey", self.key("ca"),
                          "-CAcreateserial", "-days", str(days), "-extfile", folder / "extensions", "-out", self.crt(name))

    def crt(self, name):
        return str(self.folder / f"{name}.crt")

    def key(self, name):
        return str(self.folder / f"{name}.key")

    def _key(self, name):
        self._openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.key(name))

    @staticmethod
    def _openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, timeout=60)


class Member:
    """One server. Its data stays when it is killed."""

    def __init__(self, cluster, name, client_port, peer_port):
        self.cluster, self.name = cluster, name
        scheme = "https" if cluster.certificates else "http"
        self.url = f"{scheme}://127.0.0.1:{client_port}"
        self.peer_url = f"http://127.0.0.1:{peer_port}"
        self.data = cluster.folder / name
        self.log = cluster.folder / f"{name}.log"
        self.process = None

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self._command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env=environment(), cwd=self.cluster.folder, start_new_session=True,
                                            preexec_fn=_die_with_parent)
        return self

    def _command(self):
        everyone = ",".join(f"{member.name}={member.peer_url}" for member in self.cluster.members)
        options = {"name": self.name, "data-dir": self.data,
                   "listen-client-urls": self.url, "advertise-client-urls": self.url,
                   "listen-peer-urls": self.peer_url, "initial-advertise-peer-urls": self.peer_url,
                   "initial-cluster": everyone, "initial-cluster-state": "new",
                   "initial-cluster-token": self.cluster.folder.name, "bcrypt-cost": 4,
                   "logger": "zap", "log-level": "warn", **self.cluster.options}
        if self.cluster.certificates:
            served, certificates = self.cluster.server_certificate, self.cluster.certificates
            options |= {"cert-file": certificates.crt(served), "key-file": certificates.key(served),
                        "trusted-ca-file": certificates.crt("ca")}
            if self.cluster.client_certificates:
                options["client-cert-auth"] = "true"
        return [ETCD, *(f"--{name}={value}" for name, value in options.items())]

    def kill(self):
        """As a loss of power to the process: SIGKILL."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
        return self

    def stop(self):
        """As a partition: it is silent, and its connections stay open."""
        os.kill(self.process.pid, signal.SIGSTOP)
        return self

    def cont(self):
        os.kill(self.process.pid, signal.SIGCONT)
        return self

    def restart(self):
        self.kill().start()
        self.wait_until_healthy()
        return self

    def call(self, path, body, token=None):
        """POSTs JSON to the gateway. Throws Refused, or OSError where nobody answers."""
        answer = self._request("POST", path, json.dumps(body), {"Authorization": token} if token else {})
        if "error" in answer:
            raise Refused(answer.get("message") or str(answer["error"]))
        return answer

    def _request(self, method, path, body=None, headers=None):
        parts = urllib.parse.urlsplit(self.url)
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=CALL_SECONDS,
                                                     context=self.cluster.tls())
        else:
            connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=CALL_SECONDS)
        try:
            connection.request(method, path, body, headers or {})
            return json.loads(connection.getresponse().read() or b"{}")
        finally:
            connection.close()

    def is_healthy(self):
        if self.process.poll() is not None:
            raise AssertionError(f"etcd {self.name} has ended:\n{self.log.read_text(errors='replace')[-2000:]}")
        try:
            return self._request("GET", "/health").get("health") == "true"
        except (OSError, http.client.HTTPException, ValueError):
            return False

    def wait_until_healthy(self):
        wait_for(f"etcd {self.name} is healthy", self.is_healthy)

    def status(self):
        """Its own view: `leader`, `dbSize`, `header`."""
        return self.call("/v3/maintenance/status", {})

    def is_leader(self):
        status = self.status()
        return status.get("leader", "0") == status["header"]["member_id"]

    def defragment(self):
        self.call("/v3/maintenance/defragment", {}, self.cluster.token)


class Cluster:
    """`members` servers that know each other; a context manager, healthy from its beginning to its end.

    options: of the server, as {"quota-backend-bytes": 4000000}. certificates: of `Certificates`, or True for new ones:
    clients speak TLS; client_certificates: and must show a certificate."""

    def __init__(self, members=1, options=None, certificates=None, client_certificates=False, server_certificate="server"):
        if not ETCD:
            raise unittest.SkipTest("there is no etcd: scripts/setup test fetches it")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="reg-etcd-"))
        self.options = options or {}
        self.server_certificate, self.client_certificates = server_certificate, client_certificates
        self.token = None
        self.members = []
        self.certificates = Certificates(self.folder) if certificates is True else certificates
        self._count = members

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            for member in self.members:
                if member.log.exists():
                    print(f"the end of {member.log}:\n{member.log.read_text(errors='replace')[-1500:]}", file=sys.stderr)
        self.close()

    def _start(self, attempts=5):
        ports = free_ports(2 * self._count)
        self.members = [Member(self, f"m{i}", ports[2 * i], ports[2 * i + 1]) for i in range(self._count)]
        for member in self.members:
            member.start()
        try:
            self.wait_until_healthy()
        except AssertionError:
            # Somebody else has taken a port in the meantime, most of all.
            for member in self.members:
                member.kill()
                shutil.rmtree(member.data, ignore_errors=True)
            if attempts == 1:
                raise
            self._start(attempts - 1)

    def close(self):
        for member in self.members:
            member.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def tls(self):
        context = ssl.create_default_context(cafile=self.certificates.crt("ca"))
        # An expired server is to be reached by the fixture, too.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.load_cert_chain(self.certificates.crt("client"), self.certificates.key("client"))
        return context

    @property
    def urls(self):
        return [member.url for member in self.members]

    def wait_until_healthy(self):
        for member in self.members:
            member.wait_until_healthy()

    def live(self):
        return [member for member in self.members if member.process]

    def leader(self):
        """The member that leads by its own word."""
        def find():
            for member in self.live():
                try:
                    if member.is_leader():
                        return member
                except (OSError, Refused):
                    continue
            return None
        return wait_for("a leader", find)

    def follower(self):
        leader = self.leader()
        return next(member for member in self.members if member is not leader)

    def call(self, path, body):
        """Asks the members in turn."""
        problem = None
        for member in self.live():
            try:
                return member.call(path, body, self.token)
            except OSError as error:
                problem = error
        raise problem or AssertionError("no member is alive")

    def put(self, key, value, lease=0):
        """Returns the revision."""
        return int(self.call("/v3/kv/put", {"key": to_64(key), "value": to_64(value), "lease": str(lease)})["header"]["revision"])

    def get(self, key):
        """The value as bytes; None: there is none."""
        found = self.call("/v3/kv/range", {"key": to_64(key)}).get("kvs")
        return from_64(found[0].get("value")) if found else None

    def delete(self, key):
        self.call("/v3/kv/deleterange", {"key": to_64(key)})

    def all(self, prefix):
        """Keys with their values (bytes) below a prefix."""
        found = self.call("/v3/kv/range", {"key": to_64(prefix), "range_end": to_64(prefix_end(prefix))}).get("kvs", [])
        return {from_64(kv["key"]).decode(): from_64(kv.get("value")) for kv in found}

    def keys(self, prefix):
        return sorted(self.all(prefix))

    def revision(self):
        return int(self.call("/v3/kv/range", {"key": to_64("\0")})["header"]["revision"])

    def compact(self, revision=None):
        """Forgets what was before a revision: the last one, if none is given."""
        self.call("/v3/kv/compaction", {"revision": str(revision or self.revision()), "physical": True})

    def defragment(self):
        for member in self.live():
            member.defragment()

    def leases(self):
        return [int(lease["ID"]) for lease in self.call("/v3/lease/leases", {}).get("leases", [])]

    def revoke(self, lease):
        self.call("/v3/lease/revoke", {"ID": str(lease)})

    def fill(self, prefix="/filler/"):
        """Puts until the database is full (set the option quota-backend-bytes); the alarm NOSPACE is on then."""
        for i in range(1000):
            try:
                self.put(f"{prefix}{i}", os.urandom(500_000))
            except Refused as refused:
                if "space exceeded" in str(refused):
                    return
                raise
        raise AssertionError("the database does not become full")

    def make_room(self, prefix="/filler/"):
        """What somebody does against a full database."""
        for key in self.keys(prefix):
            self.delete(key)
        self.compact()
        self.defragment()
        for alarm in self.call("/v3/maintenance/alarm", {"action": "GET"}).get("alarms", []):
            self.call("/v3/maintenance/alarm", {"action": "DEACTIVATE", **alarm})

    def enable_users(self, user, password, prefix, permission="READWRITE", root_password="root"):
        """From then on everybody must log in; that user may do so much below a prefix. The fixture is root."""
        self.call("/v3/auth/user/add", {"name": "root", "password": root_password})
        self.call("/v3/auth/role/add", {"name": "root"})
        self.call("/v3/auth/user/grant", {"user": "root", "role": "root"})
        self.add_user(user, password, prefix, permission)
        self.call("/v3/auth/enable", {})
        self.log_in(root_password)

    def add_user(self, user, password, prefix, permission="READWRITE"):
        self.call("/v3/auth/user/add", {"name": user, "password": password})
        self.call("/v3/auth/role/add", {"name": user})
        self.call("/v3/auth/role/grant", {"name": user, "perm": {
            "permType": permission, "key": to_64(prefix), "range_end": to_64(prefix_end(prefix))}})
        self.call("/v3/auth/user/grant", {"user": user, "role": user})

    def log_in(self, root_password="root"):
        self.token = None
        self.token = self.call("/v3/auth/authenticate", {"name": "root", "password": root_password})["token"]


def _die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def main():
    unittest.main(verbosity=2)
