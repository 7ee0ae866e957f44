"""What people with bad intent send; after each the service answers as before, within its memory."""
import http.client
import json
import os
import socket
import ssl
import time

from support import API, FIRST, Service, busy, holds, same, strata, together
from tls import certificate

MOST_MB = 600


def run(tally, folder):
    with Service(folder, "hostile", users=True) as service:
        service.install(FIRST)
        paths(tally, service)
        hosts(tally, service)
        forged(tally, service)
        bodies(tally, service)
        garbage(tally, service)
        streams(tally, service)
        with tally.step(f"the service still answers, and never held more than {MOST_MB} MB"):
            service.api("GET", "/status", wanted=200)
            assert service.memory() < MOST_MB, f"{service.memory():.0f} MB"
        with tally.step("the log has one line for each request, whatever was asked for"):
            with open(service.log.name, "rb") as log:
                text = log.read()
            assert b"\x1b" not in text and all(line[:5] in (b"info ", b"error", b"warni", b"notic") for line in text.splitlines()), \
                [line for line in text.splitlines() if line[:5] not in (b"info ", b"error")][:3]
        with tally.step("SIGTERM ends it with status 0 all the same"):
            same(service.stop(), 0)
    crowd(tally, folder)
    proxied(tally, folder)
    encrypted(tally, folder)


def paths(tally, service):
    with tally.step("no address leads out of what is served"):
        for path in ["/assets/../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd", "/assets/%2e%2e/%2e%2e/etc/passwd",
                     "/plans/../../../etc/passwd", f"{API}/plans/..%2f..%2ftest.strata", f"{API}/packages/..%2fx",
                     f"{API}/packages/%00", f"{API}/jobs/..%2f..%2fx", "/solutions/..%2f..%2f", "/%00", "/history/-1",
                     "/component?of=..%2f..%2f", "/tables/..%2f..%2fx"]:
            answer = service.ask("GET", path)
            assert 400 <= answer.status < 500, f"{path}: {answer.status}"
            assert b"root:" not in answer.body, path
    with tally.step("a package that is called like a path stays in its folder"):
        with open(FIRST, "rb") as file:
            service.api("POST", "/packages?file=..%2f..%2f..%2fescaped.zip", file.read(), 201)
        assert not os.path.exists(os.path.join(service.folder, "..", "escaped.zip"))
        names = os.listdir(f"{service.path}.service/packages")
        assert all(len(name) == 64 for name in names), names
    with tally.step("a link with a token leads to nobody else"):
        for path in ["//elsewhere.example/", "/%5celsewhere.example/", "/\\elsewhere.example", "///elsewhere.example"]:
            answer = service.ask("GET", f"{path}?token=viewer-token", token="")
            place = answer.headers.get("Location", "/")
            assert place.startswith("/") and not place.startswith(("//", "/\\")), f"{path} leads to {place}"
    with tally.step("an answer obeys nobody else: its headers keep scripts, frames and caches out"):
        headers = service.ask("GET", "/").headers
        holds("default-src 'none'", headers["Content-Security-Policy"])
        same(headers["X-Content-Type-Options"], "nosniff")
        same(headers["Cache-Control"], "no-store")


def hosts(tally, service):
    with tally.step("other names that lead here are refused"):
        for host in ["evil.example", "127.0.0.1.evil.example", "", "localhost.", "[::2]:80", "127.0.0.1:1@evil.example"]:
            status = service.ask("GET", "/", headers={"Host": host}).status
            assert status in (400, 403), f"{host}: {status}"


def forged(tally, service):
    cookie, token = service.sign_in("owner-token")
    form = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    body = f"form-token={token}&verb=rollback&operation=1"

    def ask(headers, body=body, path="/plan"):
        return service.ask("POST", path, body, token="", headers=headers).status

    with tally.step("a form of our own page is taken"):
        same(ask({**form, "Origin": service.base, "Sec-Fetch-Site": "same-origin"}), 302)
    for sentence, headers, text in [
        ("without a form token", form, "verb=rollback&operation=1"),
        ("with a wrong form token", form, f"form-token={'0' * 64}&verb=rollback&operation=1"),
        ("with the origin of another page", {**form, "Origin": "http://evil.example"}, body),
        ("with an origin that hides itself", {**form, "Origin": "null"}, body),
        ("that a browser says another site made", {**form, "Sec-Fetch-Site": "cross-site"}, body),
        ("that a browser says another port made", {**form, "Sec-Fetch-Site": "same-site"}, body),
    ]:
        with tally.step(f"a form {sentence} is refused"):
            same(ask(headers, text), 403)
    with tally.step("the form token of another user is refused"):
        other, _ = service.sign_in("viewer-token")
        same(ask({**form, "Cookie": other}), 403)
    with tally.step("a cookie alone speaks for nobody over the API"):
        same(ask({"Cookie": cookie, "Content-Type": "application/json"}, '{"verb": "rollback"}', f"{API}/plans"), 403)
    with tally.step("a cookie that nobody was given is not let in, and one that was signed out no more"):
        same(ask({**form, "Cookie": f"strata_session={'0' * 64}"}), 401)
        same(ask(form, "", "/sign-out"), 302)
        same(ask(form), 401)
    with tally.step("a viewer's cookie does what a viewer may"):
        cookie, token = service.sign_in("viewer-token")
        same(ask({**form, "Cookie": cookie}, f"form-token={token}&verb=rollback&operation=1"), 403)
    with tally.step("another page cannot sign somebody in"):
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://evil.example"}
        same(ask(headers, "token=viewer-token", "/sign-in"), 403)


def raw(service, text, seconds=5):
    """What a socket answers; b"" where it is closed without a word."""
    with socket.create_connection((service.host, service.port), timeout=seconds) as connection:
        answer = b""
        try:
            connection.sendall(text)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(65536):
                answer += piece
        except (TimeoutError, ConnectionError):
            pass
        return answer


def bodies(tally, service):
    head = (f"POST {API}/plans HTTP/1.1\r\nHost: {service.host}\r\nAuthorization: Bearer owner-token\r\n").encode()
    with tally.step("a body that says it is short and goes on without end is cut off"):
        with socket.create_connection((service.host, service.port), timeout=20) as connection:
            connection.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
            sent, start = 0, time.monotonic()
            try:
                while time.monotonic() - start < 15:
                    connection.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")
                    sent += 65536
            except OSError:
                pass
        assert time.monotonic() - start < 15, f"it took {sent >> 20} MB, and goes on"
    with tally.step("a stranger's long body is cut off"):
        with socket.create_connection((service.host, service.port), timeout=20) as connection:
            connection.sendall(f"POST {API}/packages?file=a.zip HTTP/1.1\r\nHost: {service.host}\r\n"
                               f"Content-Length: {1 << 40}\r\n\r\n".encode())
            sent, start = 0, time.monotonic()
            try:
                while time.monotonic() - start < 15:
                    connection.sendall(b" " * 65536)
                    sent += 65536
            except OSError:
                pass
        assert time.monotonic() - start < 15, f"it took {sent >> 20} MB, and goes on"
    with tally.step("a hundred bodies that never come hold nobody up"):
        waiting = [socket.create_connection((service.host, service.port)) for _ in range(100)]
        for connection in waiting:
            connection.sendall(head + b"Content-Length: 1000\r\n\r\n{")
        start = time.monotonic()
        service.api("GET", "/status", wanted=200)
        assert time.monotonic() - start < 5
        for connection in waiting:
            connection.close()
    with tally.step("a package that ends before it should leaves nothing behind"):
        raw(service, f"POST {API}/packages?file=a.zip HTTP/1.1\r\nHost: {service.host}\r\nAuthorization: "
                     f"Bearer owner-token\r\nContent-Length: 100000\r\n\r\nPK".encode(), 2)
        folder, end = f"{service.path}.service/packages", time.monotonic() + 10
        while [name for name in os.listdir(folder) if name.endswith(".part")] and time.monotonic() < end:
            time.sleep(0.1)
        same([name for name in os.listdir(folder) if name.endswith(".part")], [])


def garbage(tally, service):
    host = f"Host: {service.host}\r\n"
    with tally.step("what is no HTTP is answered with 400 or not at all"):
        for text in [b"\0" * 5000, b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc" + os.urandom(500),
                     b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                     f"GET / HTTP/1.1\r\n{host}Content-Length: -5\r\n\r\n".encode(),
                     f"GET / HTTP/1.1\r\n{host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".encode(),
                     f"POST /sign-in HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nZZ\r\n".encode(),
                     os.urandom(20000)]:
            answer = raw(service, text)
            assert not answer or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4", b"HTTP/1.1 302")), (text[:60], answer)
    with tally.step("floods of headers are refused"):
        many = "".join(f"X-{n}: {'y' * 100}\r\n" for n in range(20000))
        answer = raw(service, f"GET /health HTTP/1.1\r\n{host}{many}\r\n".encode())
        assert not answer or answer.startswith(b"HTTP/1.1 4"), answer[:80]
        answer = raw(service, f"GET /health HTTP/1.1\r\n{host}X-Long: {'y' * (4 << 20)}\r\n\r\n".encode())
        assert not answer or answer.startswith(b"HTTP/1.1 4"), answer[:80]
    with tally.step("an address of a megabyte is refused"):
        answer = raw(service, f"GET /{'a' * (1 << 20)} HTTP/1.1\r\n{host}\r\n".encode())
        assert not answer or answer.startswith(b"HTTP/1.1 4"), answer[:80]
    with tally.step("ten thousand fields of a form, and ten thousand words behind a question mark, are only ignored"):
        fields = "&".join(f"a{n}=b" for n in range(10000))
        assert service.ask("GET", f"/find?{fields}&text=work").status < 500
        assert service.ask("POST", "/plan", fields * 5).status < 500


def streams(tally, service):
    plan = service.plan(verb="rollback", operation=1)
    with busy(service.path):
        job = service.api("POST", f"/plans/{plan['digest']}/apply", {"consent": ["all"]}, 202).json["id"]
        opened = []

        def follow(_):
            connection = http.client.HTTPConnection(service.host, service.port, timeout=30)
            connection.request("GET", f"{API}/jobs/{job}/events", headers={"Authorization": "Bearer viewer-token"})
            response = connection.getresponse()
            opened.append(connection)
            if response.status == 200:
                assert response.readline().startswith(b"event: job")
            return response.status

        with tally.step("of 300 streams of events as many are opened as there may be, and the others are told so"):
            statuses = together(300, follow)
            same({status: statuses.count(status) for status in (200, 429)}, {200: 128, 429: 172})
        with tally.step("while they are open, others are answered at once"):
            start = time.monotonic()
            for _ in range(20):
                service.api("GET", "/status", wanted=200)
                same(service.ask("GET", "/").status, 200)
            assert time.monotonic() - start < 10, f"{time.monotonic() - start:.1f} s"
        for connection in opened:
            connection.close()
        with tally.step("streams that were left are noticed, and there is room again"):
            end = time.monotonic() + 30
            while "strata_streams_open 0" not in service.ask("GET", "/metrics").text:
                assert time.monotonic() < end, service.ask("GET", "/metrics").text
                time.sleep(0.5)
    with tally.step("the job ends all the same, once"):
        same(service.wait(job)["state"], "done")


def crowd(tally, folder):
    """With few files that it may open."""
    with Service(folder, "crowd", files=160) as service:
        held = []
        with tally.step("five hundred connections to a service that may open 160 files do not end it"):
            for _ in range(500):
                opened = socket.socket()
                opened.setblocking(False)
                opened.connect_ex((service.host, service.port))
                held.append(opened)
            time.sleep(1)
            assert service.process.poll() is None, "it ended"
        for connection in held:
            connection.close()
        with tally.step("and it answers once they are gone"):
            service.api("GET", "/status", wanted=200, timeout=20)
            same(service.stop(), 0)


def proxied(tally, folder):
    """As a proxy with TLS asks it: by a name of its own."""
    with tally.step("another address than this machine's is not listened on in the clear, unless a proxy is said to be there"):
        path = os.path.join(folder, "none.strata")
        for words in [["--host", "0.0.0.0"], ["--host", "::"], ["--behind-proxy"], ["--name", "a/b"],
                      ["--behind-proxy", "--name", "evil\r\nX: y"]]:
            same(strata("serve", "--env", path, *words, check=False).returncode, 64, words)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Service(folder, "proxied", port=port, more=["--behind-proxy", "--name", "strata.example"]) as service:
        with tally.step("behind a proxy the link is https, and so are cookies"):
            assert service.link.startswith("https://strata.example/?token="), service.link
            host = {"Host": "strata.example"}
            answer = service.ask("GET", f"/?token={service.token}", token="", headers=host)
            cookie = answer.headers["Set-Cookie"]
            holds("; Secure", cookie)
            holds("max-age", answer.headers["Strict-Transport-Security"])
        with tally.step("forms of the proxy's pages are taken, and of no other scheme or name"):
            cookie = cookie.split(";")[0]
            page = service.ask("GET", "/", token="", headers={**host, "Cookie": cookie}).text
            token = page.split('name="form-token" content="')[1].split('"')[0]
            form = {**host, "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            for origin, wanted in [("https://strata.example", 409), ("http://strata.example", 403),
                                   ("https://evil.example", 403)]:
                answer = service.ask("POST", "/plan", f"form-token={token}&verb=discard-upgrade&solution=None", token="",
                                     headers={**form, "Origin": origin})
                assert (answer.status == 403) == (wanted == 403), f"{origin}: {answer.status} {answer.text[:200]}"
            same(service.ask("GET", "/", headers={"Host": "other.example"}).status, 403)


def encrypted(tally, folder):
    """With a certificate of its own."""
    home = os.path.join(folder, "tls")
    other = os.path.join(folder, "other-tls")
    for place in (home, other):
        os.mkdir(place)
    paths = certificate(home)
    none = os.path.join(folder, "none.strata")
    strata("init", "--env", none)
    with tally.step("a certificate without its key, with another's, or that is none, is refused before anything is served"):
        broken = os.path.join(home, "broken.pem")
        with open(broken, "w") as file:
            file.write("-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n")
        for words, status, said in [
            (["--certificate", paths[0]], 64, "together"), (["--key", paths[1]], 64, "together"),
            (["--certificate", paths[0], "--key", paths[1], "--behind-proxy", "--name", "a.example"], 64, "one of them"),
            (["--certificate", paths[0], "--key", certificate(other)[1]], 1, "is not the key of"),
            (["--certificate", broken, "--key", paths[1]], 1, "broken.pem"),
            (["--certificate", paths[0], "--key", os.path.join(home, "gone.pem")], 1, "gone.pem"),
        ]:
            done = strata("serve", "--env", none, "--port", "0", *words, check=False)
            same((done.returncode, done.stdout), (status, ""), words)
            holds(said, done.stderr)
    trusted = ssl.create_default_context(cafile=paths[0])
    with Service(folder, "encrypted", more=["--certificate", paths[0], "--key", paths[1]]) as service:
        def ask(context=trusted, path="/", **headers):
            connection = http.client.HTTPSConnection(service.host, service.port, timeout=20, context=context)
            try:
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                return answer.status, answer.headers, answer.read().decode()
            finally:
                connection.close()

        with tally.step("with a certificate the service speaks TLS itself: links, cookies and addresses are https"):
            assert service.link.startswith("https://127.0.0.1:"), service.link
            status, headers, _ = ask(path=f"/?token={service.token}")
            holds("; Secure", headers["Set-Cookie"])
            bearer = {"Authorization": f"Bearer {service.token}"}
            same(ask(path=f"{API}/status", **bearer)[0], 200)
            context = json.loads(ask(path="/api/data/v9.2/WhoAmI", **bearer)[2])["@odata.context"]
            holds(f"https://127.0.0.1:{service.port}/api/data/v9.2/", context)
        with tally.step("who speaks in the clear, an old version or nothing at all gets no answer, and keeps nobody else from one"):
            held = [socket.create_connection((service.host, service.port)) for _ in range(40)]
            plain = socket.create_connection((service.host, service.port), timeout=20)
            plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try:
                assert not plain.recv(4096).startswith(b"HTTP/"), "it was answered in the clear"
            except ConnectionError:
                pass
            plain.close()
            old = ssl.create_default_context(cafile=paths[0])
            old.maximum_version = ssl.TLSVersion.TLSv1_1
            old.set_ciphers("ALL:@SECLEVEL=0")
            try:
                ask(old)
            except (ssl.SSLError, ConnectionError):
                pass
            else:
                raise AssertionError("TLS 1.1 was spoken")
            same(ask(path=f"{API}/status", **bearer)[0], 200)
            for connection in held:
                connection.close()
        with tally.step("SIGTERM ends it with status 0, TLS or not"):
            same(service.stop(), 0)
