"""The client of etcd's gateway against servers that are no etcd, or a hostile one: what they say is refused, and takes
neither memory nor time without end."""

import http.server
import threading
import time

from etcd_cluster import main
from probe import Case, Probe


class StrangeServers(Case):
    def serve(self, answer):
        """A server that hands each request, read whole, to a function."""
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                try:
                    answer(self)
                except OSError:
                    pass  # the client has gone

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_address[1]}"

    def served(self, status, body, **headers):
        def answer(request):
            request.send_response(status)
            for name, value in headers.items():
                request.send_header(name, value)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)
        return self.serve(answer)

    def probe(self, *urls, **options):
        return self.enterContext(Probe(list(urls), **options))

    GOOD = (b'{"header":{"cluster_id":"5","revision":"6"},"count":"1",'
            b'"kvs":[{"key":"L2E=","create_revision":"3","mod_revision":"3","version":"1"}]}')

    def endless(self, piece):
        def answer(request):
            request.send_response(200)
            request.end_headers()
            while True:
                request.wfile.write(piece)
        return self.serve(answer)

    @staticmethod
    def peak_mebibytes(probe):
        with open(f"/proc/{probe.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024

    def test_what_is_no_answer_of_etcd_is_said_and_another_member_asked(self):
        good = self.served(200, self.GOOD)
        for status, body, reason, words in (
                (200, b"<html>hello</html>", "malformed", "no JSON"), (200, b"{}", "malformed", "which cluster"),
                (404, b"Not Found\n", "malformed", "404: Not Found"), (200, self.GOOD[:-1], "malformed", "no JSON"),
                (502, b"", "unreachable", "HTTP status 502")):
            with self.subTest(status=status, body=body):
                url = self.served(status, body)
                self.fails(reason, lambda url=url: self.probe(url).range("/a"), words, url)
                self.assertEqual(self.probe(url, good).range("/a")["count"], 1)

    def test_a_redirect_is_not_followed(self):
        good = self.served(200, self.GOOD)
        self.fails("malformed", lambda: self.probe(self.served(302, b"", Location=good)).range("/a"), "HTTP status 302")

    def test_an_endless_answer_is_cut_off(self):
        probe = self.probe(self.endless(b'{"kvs":[' + 1_000_000 * b" "))
        self.fails("too-large", lambda: probe.range("/a"), "64 MiB")
        self.assertLess(self.peak_mebibytes(probe), 300)

    def test_an_answer_that_stands_for_much_takes_no_more_than_itself(self):
        for piece in (b"[", b"{},", b'{"key":"YQ==","mod_revision":"1"},', b'{"x":1},'):
            with self.subTest(piece=piece):
                body = b'{"header":{"cluster_id":"5","revision":"6"},"kvs":[' + (30_000_000 // len(piece)) * piece
                probe = self.probe(self.served(200, body))
                self.fails("malformed", lambda probe=probe: probe.range("/a"))
                self.assertLess(self.peak_mebibytes(probe), 600)

    def test_who_trickles_is_waited_for_and_who_is_silent_is_not(self):
        def trickle(request):
            request.send_response(200)
            request.end_headers()
            for byte in self.GOOD[:20]:
                request.wfile.write(bytes([byte]))
                time.sleep(0.05)
            request.wfile.write(self.GOOD[20:])
        silent = threading.Event()
        self.addCleanup(silent.set)
        probe = self.probe(self.serve(trickle), patience=500)
        self.assertEqual(probe.range("/a")["count"], 1)
        self.assertGreater(probe.seconds, 0.9)
        probe = self.probe(self.serve(lambda _: silent.wait(30)), patience=500)
        self.fails("unreachable", lambda: probe.range("/a"), "no answer within 0.5 s")
        self.assertLess(probe.seconds, 2)

    def test_a_watch_keeps_nothing_of_a_line_that_does_not_end(self):
        probe = self.probe(self.endless(1_000_000 * b"x"))
        probe.watch("/a", revision=1)
        for _ in range(20):
            probe.wait(50)
        self.assertLess(self.peak_mebibytes(probe), 60)

    def test_a_watch_of_what_is_none_ends(self):
        for status, body in ((404, b"Not Found\n"), (200, b"hello\n"), (302, b""), (401, b'{"error":"x","code":16}')):
            with self.subTest(status=status):
                probe = self.probe(self.served(status, body))
                probe.watch("/a", revision=1)
                self.assertEqual(probe.wait(5000), {"said": True, "ended": True})


if __name__ == "__main__":
    main()
