"""Facts of a live environment: pulled from the service through a guard that lets only reading pass, and planned with."""
import http.client
import http.server
import json
import os
import subprocess
import sys
import threading

from support import DISPATCH, FIRST, PROGRAM, SECOND, Service, holds, same, strata

TOKEN = "owner-token"


class Guard(http.server.ThreadingHTTPServer):
    """Stands before a service: hands on what reads, remembers what else came, throttles some and breaks off when told to."""

    daemon_threads = True

    def __init__(self, service):
        super().__init__(("127.0.0.1", 0), Handler)
        self.service = service
        self.lock = threading.Lock()
        self.count, self.until, self.throttle = 0, None, set()
        self.wrong, self.targets = [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def begin(self, until=None, throttle=()):
        self.count, self.until, self.throttle, self.targets = 0, until, set(throttle), []


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle_any(self):
        guard = self.server
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # Whoever asked was killed half way: that is no request.
            self.close_connection = True
            return
        if not reads(self.command, self.path, body):
            guard.wrong.append(f"{self.command} {self.path}")
            return self.answer(405, {}, b"{}")
        with guard.lock:
            number = guard.count
            guard.count += 1
            guard.targets.append(self.path)
        if guard.until is not None and number >= guard.until:
            self.close_connection = True
            return self.connection.close()
        if number in guard.throttle:
            guard.throttle.discard(number)
            return self.answer(429, {"Retry-After": "1", "Content-Type": "application/json"},
                               b'{"error":{"code":"0x80072322","message":"Number of requests exceeded"}}')
        connection = http.client.HTTPConnection(guard.service.host, guard.service.port, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        connection.request(self.command, self.path, body=body or None, headers=headers)
        told = connection.getresponse()
        self.answer(told.status, {"Content-Type": told.headers.get("Content-Type") or "text/plain"}, told.read())
        connection.close()

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        try:
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:  # Who has broken off does not listen any more.
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = handle_any


def reads(method, target, body):
    """A GET, or a batch of which every part is one."""
    if method == "GET":
        return not body
    if method != "POST" or not target.endswith("/$batch"):
        return False
    lines = [line for line in body.decode().split("\r\n") if line.endswith(" HTTP/1.1")]
    return bool(lines) and all(line.startswith("GET ") for line in lines)


def pull(guard, out, *words, check=True):
    environment = {**os.environ, "STRATA_TOKEN": TOKEN}
    done = subprocess.run([PROGRAM, "facts", "pull", "--url", guard.url, "--out", out, *words],
                          capture_output=True, text=True, timeout=300, env=environment)
    if check and done.returncode:
        raise AssertionError(f"{done.returncode}\n{done.stdout}{done.stderr}\n{guard.targets[-3:]}")
    if TOKEN in done.stdout + done.stderr:
        raise AssertionError("the token is printed")
    return done


def document(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if TOKEN in text:
        raise AssertionError("the token is kept")
    return json.loads(text)


def planned(*words):
    return json.loads(strata("plan", *words, "--json", check=False).stdout)


def told(plan):
    """What a plan says of components, whoever told it."""
    return [(change["action"], change["component"]["kind"], change["component"]["name"], change["maskedBy"])
            for change in plan["changes"]]


def errors(plan):
    return sorted((finding["code"], finding["subject"]) for finding in plan["findings"] if finding["severity"] == "error")


def run(tally, folder):
    with Service(folder) as service:
        service.install(FIRST)
        service.install(DISPATCH)
        guard = Guard(service)
        facts = os.path.join(folder, "facts.json")
        with tally.step("A dry run says what it would ask, and asks nothing"):
            done = pull(guard, facts, "--for", SECOND, "--dry-run")
            holds("what every solution lists", done.stdout)
            same((guard.count, os.path.exists(facts)), (0, False))
        with tally.step("Facts are pulled by reading alone, and nothing is left beside them"):
            pull(guard, facts, "--for", SECOND)
            shape = document(facts)
            same(guard.wrong, [])
            same(os.path.exists(facts + ".part"), False)
            same([solution["uniqueName"] for solution in shape["solutions"]], ["FieldService", "NorthwindDispatch"])
            holds("FieldService 1.0.0.0", strata("facts", "show", facts).stdout)
        requests = guard.count
        on_environment = planned(SECOND, "--env", service.path)
        with tally.step("With all packages given, a plan is what it is on the environment itself"):
            plan = planned(SECOND, "--against", FIRST, "--against", DISPATCH, "--facts", facts)
            same(told(plan), told(on_environment))
            same(errors(plan), errors(on_environment))
            same(plan["facts"]["url"], guard.url)
        for given in ([FIRST], [DISPATCH], []):
            with tally.step(f"With {len(given)} of 2 packages, what blocks a deletion blocks it, or is not known"):
                plan = planned(SECOND, *(word for file in given for word in ("--against", file)), "--facts", facts)
                gone = {f"{change['component']['kind']}:{change['component']['name']}"
                        for change in plan["changes"] if change["action"] == "delete"}
                known = {subject for _, subject in errors(plan)} | {
                    line.split(": ")[0] for finding in plan["findings"] if finding["code"] == "strata.not-known"
                    for line in finding["because"]}
                same([subject for _, subject in errors(on_environment) if subject in gone - known], [])
        with tally.step("Throttled, a pull waits and tells the same"):
            guard.begin(throttle={1, 4, requests - 1})
            other = os.path.join(folder, "throttled.json")
            pull(guard, other, "--for", SECOND)
            same({**document(other), "at": ""}, {**shape, "at": ""})
        with tally.step("Cut off at every request and resumed, a pull tells the same"):
            for cut in range(0, requests, 3):
                other = os.path.join(folder, f"cut-{cut}.json")
                guard.begin(until=cut)
                same(pull(guard, other, "--for", SECOND, check=False).returncode, 1)
                same(os.path.exists(other), False)
                guard.begin()
                pull(guard, other, "--for", SECOND)
                same({**document(other), "at": ""}, {**shape, "at": ""}, cut)
                same(os.path.exists(other + ".part"), False)
        with tally.step("Facts of another environment take the place of none"):
            guard.begin()
            strange = {**shape, "organizationId": "00000000-0000-4000-8000-00000000000f"}
            with open(facts, "w", encoding="utf-8") as file:
                json.dump(strange, file)
            done = pull(guard, facts, "--for", SECOND, check=False)
            same(done.returncode, 1)
            holds("rests on", done.stderr)
            pull(guard, facts, "--for", SECOND, "--force")
            same(document(facts)["organizationId"], shape["organizationId"])
        with tally.step("Redacted, names of others are gone, and a plan is refused for the same"):
            hidden = os.path.join(folder, "hidden.json")
            strata("facts", "redact", facts, "-o", hidden, "--keep", FIRST, "--keep", SECOND)
            with open(hidden, encoding="utf-8") as file:
                same("Northwind" in file.read(), False)
            plan = planned(SECOND, "--against", FIRST, "--facts", hidden)
            same(errors(plan), errors(planned(SECOND, "--against", FIRST, "--facts", facts)))
        with tally.step("Nobody but a reader is ever needed, and what is no token is told so"):
            done = subprocess.run([PROGRAM, "facts", "pull", "--url", guard.url, "--out", facts, "--force"],
                                  capture_output=True, text=True, timeout=60,
                                  env={**os.environ, "STRATA_TOKEN": "wrong"})
            same((done.returncode, "wrong" in done.stderr), (1, False))
        same(guard.wrong, [])
        guard.shutdown()
