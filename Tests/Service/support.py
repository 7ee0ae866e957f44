"""What the tests of the service share: the program as it is started and asked, and what is counted."""
import contextlib
import fcntl
import hashlib
import http.client
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
import traceback
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("STRATA") or os.path.join(ROOT, ".build", "debug", "strata")
sys.path.insert(0, os.path.join(ROOT, "scripts"))
API = "/api/strata/v1"
ROLES = ["viewer", "planner", "importer", "owner"]


def example(name):
    return os.path.join(ROOT, "Examples", f"{name}.zip")


FIRST = example("FieldService_1_0_0_0_managed")
SECOND = example("FieldService_1_1_0_0_managed")
DISPATCH = example("NorthwindDispatch_1_0_0_0_managed")
UNMANAGED = example("FieldServiceDev_1_0_0_0")


class Tally:
    """Counts steps; each is a sentence that is true when it passes."""

    def __init__(self):
        self.passed = 0
        self.failed = []

    @contextlib.contextmanager
    def step(self, sentence):
        try:
            yield
        except Exception as error:  # One step that fails must not hide the others.
            where = traceback.extract_tb(error.__traceback__)[-1]
            told = f"{type(error).__name__}: {error}".strip()[:1500]
            self.failed.append(sentence)
            print(f"FAILED {sentence}\n  {os.path.basename(where.filename)}:{where.lineno}: {told}", flush=True)
        else:
            self.passed += 1


def same(found, wanted, about=""):
    if found != wanted:
        raise AssertionError(f"{found!r}, not {wanted!r} {about}"[:1500])


def holds(part, whole):
    if part not in whole:
        raise AssertionError(f"{part!r} is not in {whole[:1200]!r}")


def strata(*words, check=True):
    """The command line beside the service."""
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=120)
    if check and done.returncode:
        raise AssertionError(f"strata {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode(errors="replace")

    @property
    def json(self):
        return json.loads(self.body)


class Service:
    """`strata serve` on an environment of its own.

    `users`: with one token for each role, which is its name and `-token`. `failpoint`: the step at which it kills itself.
    """

    def __init__(self, folder, name="test", users=False, failpoint=None, files=None, more=(), port=0):
        self.folder, self.name = folder, name
        self.path = os.path.join(folder, f"{name}.strata")
        if not os.path.exists(self.path):
            strata("init", "--env", self.path)
        words = ["--env", self.path, "--port", str(port), *more]
        self.token = "owner-token"
        if users:
            words += ["--tokens-file", self._users()]
        environment = {**os.environ, "STRATA_TOKEN": self.token}
        environment.pop("STRATA_FAILPOINT", None)
        if failpoint:
            environment["STRATA_FAILPOINT"] = failpoint
        self.log = open(os.path.join(folder, f"{name}.log"), "ab")
        self.process = subprocess.Popen(
            [PROGRAM, "serve", *words], stdout=subprocess.PIPE, stderr=self.log, env=environment,
            preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))) if files else None)
        line = self.process.stdout.readline().decode().strip()
        if not line.startswith(("http://", "https://")):
            raise AssertionError(f"the service did not begin; see {self.log.name}")
        self.link = line
        address = urllib.parse.urlsplit(line)
        self.host, self.port = ("127.0.0.1", port) if port else (address.hostname, address.port)
        self.base = f"http://{self.host}:{self.port}"

    def _users(self):
        path = os.path.join(self.folder, "users.json")
        users = [{"name": role, "role": role, "sha256": hashlib.sha256(f"{role}-token".encode()).hexdigest()}
                 for role in ROLES]
        with open(path, "w") as file:
            json.dump({"users": users}, file)
        return path

    def ask(self, method, path, body=None, token=None, headers=None, timeout=60):
        """One request on a connection of its own; `token` "" for none."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        sent = dict(headers or {})
        token = self.token if token is None else token
        if token:
            sent.setdefault("Authorization", f"Bearer {token}")
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            sent.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, body=body, headers=sent)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def api(self, method, path, body=None, wanted=None, **more):
        answer = self.ask(method, API + path, body, **more)
        if wanted is not None:
            same(answer.status, wanted, answer.text)
        return answer

    # What tests do before they come to what they ask.

    def upload(self, file):
        with open(file, "rb") as opened:
            name = urllib.parse.quote(os.path.basename(file))
            answer = self.api("POST", f"/packages?file={name}", opened.read(), 201).json
        return {"sha256": answer["package"]["sha256"], "file": os.path.basename(file)}

    def plan(self, **order):
        return self.api("POST", "/plans", order, 201).json

    def apply(self, plan, consent=("all",)):
        """Until the job ends."""
        job = self.api("POST", f"/plans/{plan['digest']}/apply", {"consent": list(consent)}, 202).json
        return self.wait(job["id"])

    def wait(self, job, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            told = self.api("GET", f"/jobs/{job}", wanted=200).json
            if told["state"] != "running":
                return told
            time.sleep(0.05)
        raise AssertionError(f"the job runs after {seconds} s")

    def install(self, *files, **options):
        done = self.apply(self.plan(verb="import", packages=[self.upload(file) for file in files], **options))
        same(done["state"], "done", done)
        return done

    def sign_in(self, token):
        """What a browser has then: its cookie, and the token of its forms."""
        answer = self.ask("GET", f"/?token={token}", token="")
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        page = self.ask("GET", "/", token="", headers={"Cookie": cookie}).text
        return cookie, page.split('name="form-token" content="')[1].split('"')[0]

    # What becomes of the process.

    def memory(self):
        """The most that it held, in MB."""
        with open(f"/proc/{self.process.pid}/status") as file:
            line = next(line for line in file if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def stop(self, seconds=30):
        """As systemd does it; returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        finally:
            self._reap()

    def kill(self):
        self.process.kill()
        self._reap()

    def ended(self, seconds=60):
        """The status with which it ended by itself."""
        try:
            return self.process.wait(seconds)
        finally:
            self._reap()

    def _reap(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.returncode is None:
            status = self.process.poll()
            self._reap()
            if status is not None:
                with open(self.log.name, errors="replace") as log:
                    raise AssertionError(f"the service ended by itself with {status}: {log.read()[-1500:]}")


@contextlib.contextmanager
def busy(path):
    """Holds the turn of an environment, so that whatever else wants it waits."""
    import fcntl
    descriptor = os.open(f"{path}-lock", os.O_RDONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def together(count, work):
    """`work(n)` in so many threads at once; what came of each, errors too."""
    found = [None] * count

    def one(number):
        try:
            found[number] = work(number)
        except Exception as error:
            found[number] = error

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return found
