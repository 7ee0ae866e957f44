"""What rows that are written over the Web API post to web hooks of enabled steps."""
import http.server
import json
import os
import threading
import time
import uuid

import packages
from support import Service, holds, same, strata

WEB = "/api/data/v9.2/"
MESSAGES = {"Create": "9ebdbb1b-ea3e-db11-86a7-000a3a5473e8", "Update": "20bebb1b-ea3e-db11-86a7-000a3a5473e8",
            "Delete": "a1bdbb1b-ea3e-db11-86a7-000a3a5473e8"}


class Receiver:
    """Keeps what is posted; answers as the path says: /ok, /flaky, /hang, /redirect, /refuse."""

    def __init__(self):
        self.calls = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                place = self.path.split("?")[0]
                receiver.calls.append((self.path, self.headers, json.loads(body)))
                tries = len([path for path, _, _ in receiver.calls if path == self.path])
                if place == "/hang":
                    time.sleep(30)
                status = {"/flaky": 503 if tries < 3 else 204, "/redirect": 307, "/refuse": 400}.get(place, 200)
                self.send_response(status)
                if place == "/redirect":
                    self.send_header("Location", f"{receiver.base}/ok")
                self.send_header("Content-Length", "0")
                self.end_headers()

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.place = f"127.0.0.1:{self.server.server_address[1]}"
        self.base = f"http://{self.place}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of(self, path):
        return [call for call in self.calls if call[0].split("?")[0] == path]

    def wait(self, path, count, seconds=20):
        deadline = time.monotonic() + seconds
        while len(self.of(path)) < count:
            assert time.monotonic() < deadline, f"{len(self.of(path))} of {count} calls of {path}"
            time.sleep(0.05)
        return self.of(path)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def package(folder, hooks):
    """`hooks`: table, address, and columns of the filter by messages."""
    parts, steps, endpoints = [], "", ""
    for table, address, messages in hooks:
        hook = str(uuid.uuid4())
        parts.append((95, hook))
        endpoints += (f'<ServiceEndpoint ServiceEndpointId="{{{hook}}}" Name="hook of {table}"><Contract>8</Contract>'
                      f"<AuthType>4</AuthType><Url>{address}</Url></ServiceEndpoint>")
        for message, columns in messages.items():
            step = str(uuid.uuid4())
            parts.append((92, step))
            steps += (
                f'<SdkMessageProcessingStep Name="{message} of {table}" SdkMessageProcessingStepId="{{{step}}}">'
                f"<SdkMessageId>{{{MESSAGES[message]}}}</SdkMessageId><PrimaryEntity>{table}</PrimaryEntity>"
                f"<FilteringAttributes>{columns}</FilteringAttributes><Mode>1</Mode><Rank>1</Rank><Stage>40</Stage>"
                f"<EventHandler>{{{hook}}}</EventHandler><EventHandlerTypeCode>4618</EventHandlerTypeCode>"
                "</SdkMessageProcessingStep>")
    return packages.write(
        os.path.join(folder, "hooks.zip"), "Hooks", "1.0.0.0", {table: {"new_a": 50, "new_b": 50} for table, _, _ in hooks},
        parts=parts, sections=f"<SdkMessageProcessingSteps>{steps}</SdkMessageProcessingSteps>"
        f"<ServiceEndpoints>{endpoints}</ServiceEndpoints>")


def run(tally, folder):
    receiver, other = Receiver(), Receiver()
    every = {"Create": "", "Update": "new_b", "Delete": ""}
    file = package(folder, [
        ("new_ok", f"{receiver.base}/ok?code=secret", every), ("new_flaky", f"{receiver.base}/flaky", every),
        ("new_hang", f"{receiver.base}/hang", every), ("new_redirect", f"{receiver.base}/redirect", every),
        ("new_refuse", f"{receiver.base}/refuse", every), ("new_other", f"{other.base}/ok", every)])
    try:
        with Service(folder, "hooks", more=["--webhook-host", receiver.place]) as service:
            enabling(tally, service, receiver, file)
            delivered(tally, service, receiver)
            troubled(tally, service, receiver, other)
            ending(tally, service, receiver)
        with tally.step("nothing is posted anywhere where no host is allowed"):
            before = len(receiver.calls) + len(other.calls)
            with Service(folder, "hooks") as service:
                write(service, "POST", "new_ok", {"new_a": "x"})
                time.sleep(1)
                same(len(receiver.calls) + len(other.calls), before)
        with tally.step("a host is a host: an address is refused when the service starts"):
            for wrong in (receiver.base, "a.example/x", "", "a.example:0", "*"):
                done = strata("serve", "--env", service.path, "--webhook-host", wrong, check=False)
                same(done.returncode, 64, done.stderr)
    finally:
        receiver.close()
        other.close()


SETS = {}


def write(service, method, table, body=None, key="", wanted=204):
    if table not in SETS:
        found = service.ask("GET", f"{WEB}EntityDefinitions(LogicalName='{table}')?$select=EntitySetName")
        SETS[table] = found.json["EntitySetName"]
    answer = service.ask(method, f"{WEB}{SETS[table]}{key and f'({key})'}", body)
    same(answer.status, wanted, answer.text)
    return (answer.headers.get("OData-EntityId") or "").split("(")[-1].rstrip(")")


def counted(service, outcome):
    for line in service.ask("GET", "/metrics").text.splitlines():
        if line.startswith(f'strata_webhooks_total{{outcome="{outcome}"}}'):
            return int(line.split()[-1])
    return 0


def ended(service, table, outcome):
    """How many calls for rows of this table ended so: the log tells them apart, the counters do not."""
    with open(service.log.name) as log:
        return sum("webhook " in line and f" of {table} " in line and f"outcome={outcome}" in line for line in log)


def become(service, table, outcome, count, seconds=20):
    """Waits, since a receiver has a call before the service has its answer."""
    deadline = time.monotonic() + seconds
    while ended(service, table, outcome) < count:
        assert time.monotonic() < deadline, f"{ended(service, table, outcome)} of {count} {outcome} of {table}"
        time.sleep(0.05)
    same(ended(service, table, outcome), count, f"{outcome} of {table}")


def enabling(tally, service, receiver, file):
    with tally.step("steps that an import did not enable post nothing"):
        service.install(file)
        write(service, "POST", "new_ok", {"new_a": "x"})
        time.sleep(1)
        same(receiver.calls, [])
    with tally.step("the same import with steps enabled makes them post"):
        service.install(file, enableSteps=True)
        write(service, "POST", "new_ok", {"new_a": "x"})
        receiver.wait("/ok", 1)
        same(len(receiver.calls), 1)


def delivered(tally, service, receiver):
    with tally.step("a row is posted when it is created, changed and deleted, with the context of the platform"):
        receiver.calls.clear()
        row = write(service, "POST", "new_ok", {"new_a": "one"})
        (path, headers, context), = receiver.wait("/ok", 1)
        same(path, "/ok?code=secret")
        same((headers["x-ms-dynamics-request-name"], headers["x-ms-dynamics-entity-name"]), ("Create", "new_ok"))
        same(headers["x-ms-dynamics-organization"], f"{service.host}:{service.port}")
        same(headers["x-ms-correlation-request-id"], context["CorrelationId"])
        holds("application/json", headers["Content-Type"])
        same((context["MessageName"], context["Stage"], context["Mode"]), ("Create", 40, 1))
        same((context["PrimaryEntityName"], context["PrimaryEntityId"]), ("new_ok", row))
        who = service.ask("GET", WEB + "WhoAmI").json
        same((context["UserId"], context["OrganizationId"]), (who["UserId"], who["OrganizationId"]))
        target, = context["InputParameters"]
        attributes = {one["key"]: one["value"] for one in target["value"]["Attributes"]}
        same(attributes, {"new_a": "one", "new_okid": row})
        write(service, "PATCH", "new_ok", {"new_b": "two"}, key=row)
        write(service, "DELETE", "new_ok", key=row)
        calls = sorted(receiver.wait("/ok", 3), key=lambda call: call[2]["OperationCreatedOn"])
        same(sorted(call[2]["MessageName"] for call in calls), ["Create", "Delete", "Update"])
        gone = next(call[2] for call in calls if call[2]["MessageName"] == "Delete")["InputParameters"][0]["value"]
        same((gone["__type"].split(":")[0], gone["Id"], gone["LogicalName"]), ("EntityReference", row, "new_ok"))
    with tally.step("an update that states no column of the filter is not posted"):
        receiver.calls.clear()
        row = write(service, "POST", "new_ok", {"new_a": "x"})
        write(service, "PATCH", "new_ok", {"new_a": "y"}, key=row)
        write(service, "PATCH", "new_ok", {"new_b": "z"}, key=row)
        same({call[2]["MessageName"] for call in receiver.wait("/ok", 2)}, {"Create", "Update"})
        time.sleep(0.5)
        same(len(receiver.calls), 2)
    with tally.step("a change set that fails posts nothing, and one that is done posts each of its rows"):
        receiver.calls.clear()

        def batch(*bodies):
            parts = "".join(
                f"--c\r\nContent-Type: application/http\r\nContent-ID: {n}\r\n\r\nPOST {WEB}{SETS['new_ok']} HTTP/1.1\r\n"
                f"Content-Type: application/json\r\n\r\n{json.dumps(body)}\r\n" for n, body in enumerate(bodies, 1))
            return service.ask("POST", WEB + "$batch", f"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n{parts}--c--\r\n--b--\r\n",
                               headers={"Content-Type": "multipart/mixed; boundary=b"})

        same(batch({"new_a": "a"}, {"new_nothing": 1}).status, 400)
        same(batch({"new_a": "b"}, {"new_a": "c"}).status, 200)
        calls = receiver.wait("/ok", 2)
        time.sleep(0.5)
        same((len(receiver.calls), len({call[2]["CorrelationId"] for call in calls})), (2, 1))


def troubled(tally, service, receiver, other):
    with tally.step("a receiver that hangs keeps neither the row nor other receivers waiting"):
        began = time.monotonic()
        for _ in range(3):
            write(service, "POST", "new_hang", {"new_a": "x"})
        receiver.wait("/hang", 3)
        receiver.calls.clear()
        write(service, "POST", "new_ok", {"new_a": "x"})
        receiver.wait("/ok", 1)
        assert time.monotonic() - began < 8, time.monotonic() - began
    with tally.step("a receiver that fails twice has it at the third time, a little later each time"):
        began = time.monotonic()
        write(service, "POST", "new_flaky", {"new_a": "x"})
        calls = receiver.wait("/flaky", 3)
        assert time.monotonic() - began > 5, time.monotonic() - began
        same(len({json.dumps(call[2]) for call in calls}), 1)
        become(service, "new_flaky", "posted", 1)
        time.sleep(1)
        same(len(receiver.of("/flaky")), 3)
    with tally.step("what a receiver refuses is not posted again, and nothing follows a redirect"):
        posted = len(receiver.of("/ok"))
        for table in ("new_refuse", "new_redirect"):
            write(service, "POST", table, {"new_a": "x"})
            receiver.wait(f"/{table[4:]}", 1)
            become(service, table, "failed", 1)
        time.sleep(1.5)
        same((len(receiver.of("/refuse")), len(receiver.of("/redirect")), len(receiver.of("/ok"))), (1, 1, posted))
    with tally.step("a host that is not allowed is not called, and is counted"):
        write(service, "POST", "new_other", {"new_a": "x"})
        become(service, "new_other", "forbidden", 1)
        same((other.calls, counted(service, "forbidden")), ([], 1))
    with tally.step("the log says what became of each call, and no secret of an address"):
        with open(service.log.name) as file:
            log = file.read()
        holds('webhook Create of new_flaky attempts=3 host=127.0.0.1 outcome=posted', log)
        holds("webhook Create of new_other", log)
        assert "secret" not in log
    with tally.step("the counters count what the log says"):
        with open(service.log.name) as file:
            log = file.read()
        for outcome in ("posted", "forbidden"):
            same(counted(service, outcome), log.count(f"outcome={outcome}"), outcome)


def ending(tally, service, receiver):
    with tally.step("a service that ends posts what came in last, and waits for nobody who hangs for long"):
        receiver.calls.clear()
        write(service, "POST", "new_ok", {"new_a": "last"})
        began = time.monotonic()
        same(service.stop(40), 0)
        assert time.monotonic() - began < 30
        same(len(receiver.of("/ok")), 1)
