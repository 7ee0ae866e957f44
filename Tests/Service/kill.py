"""SIGKILL at each step of an import: what is there afterwards, and what the job says of it; SIGTERM while one runs."""
import os
import signal
import socket
import threading
import time

import packages
from support import API, DISPATCH, FIRST, SECOND, Service, busy, same, strata

STEPS = ["claimed", "attempt-begun", "planned", "layers-written", "schema-written", "before-commit", "committed"]


def run(tally, folder):
    for step in STEPS:
        with tally.step(f"killed at {step}: the job says what happened, and the environment is before or after"):
            killed(folder, step)
    with tally.step("killed while the job waits for its turn: nothing was done, and the job says so"):
        waiting(folder)
    with tally.step("killed while a package comes in: nothing of it is kept"):
        uploading(folder)
    with tally.step("SIGTERM while a job runs: it is done first, then the service ends with status 0"):
        ended(folder)
    with tally.step("SIGTERM with somebody who asks for a long answer and never reads it ends it within half a minute"):
        unread(folder)
    with tally.step("SIGTERM with a stream open, and with a request that never ends, ends it too"):
        streaming(folder)


def killed(folder, step):
    name = f"at-{step}"
    with Service(folder, name) as service:
        service.install(FIRST)
        plan = service.plan(verb="import", packages=[service.upload(SECOND)], action="upgrade")
        service.stop()
    with Service(folder, name, failpoint=step) as service:
        try:
            job = service.api("POST", f"/plans/{plan['digest']}/apply", {"consent": ["all"]}).json
        except (OSError, ValueError):
            job = None  # It was gone before it could answer.
        same(service.ended(), -signal.SIGKILL)
    strata("verify", "--env", service.path)
    with Service(folder, name) as service:
        jobs = service.api("GET", "/jobs").json["jobs"]
        told = [one for one in jobs if one["plan"] == plan["digest"]]
        same(len(told), 1)
        assert job is None or told[0]["id"] == job["id"]
        version = service.api("GET", "/solutions/FieldService").json["solution"]["version"]
        if step == "committed":
            same((version, told[0]["state"], told[0]["operation"]), ("1.1.0.0", "done", 2))
        else:
            same((version, told[0]["state"]), ("1.0.0.0", "interrupted"))
            assert told[0]["failure"]["message"] and told[0]["ended"], told[0]
            same(service.apply(plan)["state"], "done")
        same(service.stop(), 0)
    strata("verify", "--env", service.path)


def waiting(folder):
    with Service(folder, "waiting") as service:
        plan = service.plan(verb="import", packages=[service.upload(FIRST)])
        with busy(service.path):
            job = service.api("POST", f"/plans/{plan['digest']}/apply", {}, 202).json["id"]
            time.sleep(0.3)
            service.kill()
    with Service(folder, "waiting") as service:
        same(service.api("GET", f"/jobs/{job}").json["state"], "interrupted")
        same(service.api("GET", "/status").json["revision"], 0)


def uploading(folder):
    with Service(folder, "uploading") as service:
        import http.client
        connection = http.client.HTTPConnection(service.host, service.port)
        connection.putrequest("POST", "/api/strata/v1/packages?file=a.zip")
        connection.putheader("Authorization", f"Bearer {service.token}")
        connection.putheader("Content-Length", "1000000")
        connection.endheaders(b"PK" * 1000)
        shelf, end = f"{service.path}.service/packages", time.monotonic() + 10
        while not os.listdir(shelf) and time.monotonic() < end:
            time.sleep(0.05)
        assert os.listdir(shelf), "nothing came in"
        service.kill()
        connection.close()
    with Service(folder, "uploading") as service:
        same(os.listdir(shelf), [])


def ended(folder):
    with Service(folder, "ended") as service:
        plan = service.plan(verb="import", packages=[service.upload(FIRST), service.upload(DISPATCH)])
        with busy(service.path):
            job = service.api("POST", f"/plans/{plan['digest']}/apply", {}, 202).json["id"]
            service.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            assert service.process.poll() is None, "it ended before what runs"
        same(service.ended(), 0)
    with Service(folder, "ended") as service:
        same(service.api("GET", f"/jobs/{job}").json["state"], "done")
        same(service.api("GET", "/status").json["revision"], 1)


def streaming(folder):
    import socket
    with Service(folder, "streaming") as service:
        plan = service.plan(verb="import", packages=[service.upload(FIRST)])
        with busy(service.path):
            job = service.api("POST", f"/plans/{plan['digest']}/apply", {}, 202).json["id"]
            threading.Thread(target=service.api, args=("GET", f"/jobs/{job}/events"), daemon=True).start()
            with socket.create_connection((service.host, service.port)) as half:
                half.sendall(f"POST /sign-in HTTP/1.1\r\nHost: {service.host}\r\nContent-Length: 10\r\n\r\n".encode())
                time.sleep(0.5)
                service.process.send_signal(signal.SIGTERM)
                time.sleep(0.5)
                assert service.process.poll() is None, "it ended before what runs"
        same(service.ended(40), 0)


def unread(folder):
    with Service(folder, "unread") as service:
        service.install(packages.write(f"{folder}/wide.zip", "Wide", "1.0.0.0", {"new_w": {"new_a": 4000}}))
        text = "new_a\n" + f"{'x' * 4000}\n" * 5000
        handed = service.api("POST", "/files?file=a.csv", text, 201).json
        plan = service.api("POST", "/rows-plans", {"verb": "import", "table": "new_w", "file": {
            "sha256": handed["sha256"], "file": "a.csv"}}, 201).json
        same(service.wait(service.api("POST", f"/rows-plans/{plan['digest']}/apply", {}, 202).json["id"])["state"], "done")
        held = []
        for _ in range(3):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect((service.host, service.port))
            connection.sendall(f"GET {API}/tables/new_w/rows.csv HTTP/1.1\r\nHost: {service.host}\r\n"
                               f"Authorization: Bearer {service.token}\r\n\r\n".encode())
            held.append(connection)
        for connection in held:
            assert connection.recv(10), "it answers"
        start = time.monotonic()
        same(service.stop(30), 0)
        assert time.monotonic() - start < 25, f"{time.monotonic() - start:.0f} s"
        for connection in held:
            connection.close()
