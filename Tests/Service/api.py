"""Each endpoint of the API, as its own description promises it; errors as documents; what each role may."""
import os

import packages
from support import API, FIRST, ROLES, SECOND, Service, busy, holds, same, together

def run(tally, folder):
    with Service(folder, "api", users=True) as service:
        described(tally, service)
        planned_and_applied(tally, service)
        answered(tally, service)
        refused(tally, service)
        roles(tally, service)
        with tally.step("SIGTERM ends the service with status 0"):
            same(service.stop(), 0)

def described(tally, service):
    with tally.step("the description is valid OpenAPI 3.1"):
        from openapi_spec_validator import validate
        validate(service.api("GET", "/openapi.json", wanted=200).json)

def planned_and_applied(tally, service):
    with tally.step("a package is handed in, planned, and applied by the digest of its plan"):
        package = service.upload(FIRST)
        plan = service.plan(verb="import", packages=[package])
        same(service.api("GET", f"/plans/{plan['digest']}", wanted=200).json["digest"], plan["digest"])
        job = service.apply(plan, [])
        same((job["state"], job["operation"], job["percent"]), ("done", 1, 100))
    with tally.step("a plan of before is refused as stale, at once, and nothing is done"):
        answer = service.api("POST", f"/plans/{plan['digest']}/apply", {}, 409).json
        same(answer["code"], "stale-plan")
        same(service.api("GET", "/status", wanted=200).json["revision"], 1)
    upgrade = service.plan(verb="import", packages=[service.upload(SECOND)], action="upgrade")
    with tally.step("what destroys is refused without consent, and the job says so"):
        job = service.apply(upgrade, [])
        same((job["state"], job["failure"]["code"]), ("refused", "consent-missing"))
    with tally.step("a plan that waits for its turn while another is applied is refused as stale"):
        with busy(service.path):
            answer = service.api("POST", f"/plans/{upgrade['digest']}/apply", {"consent": ["all"]}, 202)
            other = service.api("POST", f"/plans/{upgrade['digest']}/apply", {"consent": ["all"]}, 202)
        ended = sorted([service.wait(answer.json["id"])["state"], service.wait(other.json["id"])["state"]])
        same(ended, ["done", "refused"])
        same(service.api("GET", "/status", wanted=200).json["revision"], 2)
    with tally.step("a plan that is refused names what stands in the way, and is not applied"):
        path = packages.write(os.path.join(service.folder, "lower.zip"), "FieldService", "0.9.0.0", {"new_x": {}})
        plan = service.plan(verb="import", packages=[service.upload(path)])
        assert [f for f in plan["findings"] if f["severity"] == "error"], plan["findings"]
        job = service.apply(plan)
        same((job["state"], job["failure"]["code"]), ("refused", "refused"))

def answered(tally, service):
    """What every endpoint gives, asked for by what the environment holds."""
    service.install(packages.write(os.path.join(service.folder, "work.zip"), "Work", "1.0.0.0", {"new_w": {"new_a": 5}},
                                   managed=False))
    solution = next(one["uniqueName"] for one in service.api("GET", "/solutions").json["solutions"] if not one["managed"])
    trash = service.api("GET", "/trash", wanted=200).json["items"][0]["number"]

    table = "fab_workorder"
    handed = service.api("POST", "/files?file=a.csv", "fab_name\nx\n", 201).json
    rows = service.api("POST", "/rows-plans", {"verb": "import", "table": table, "file": {
        "sha256": handed["sha256"], "file": handed["file"]}}, 201).json["digest"]
    values = {"{name}": solution, "/rows-plans/{digest}": f"/rows-plans/{rows}", "{table}": table,
              "/trash/{number}": f"/trash/{trash}", "{number}": "1",
              "{digest}": plan_of(service)["digest"],
              "{sha256}": service.upload(FIRST)["sha256"], "{id}": service.api("GET", "/jobs").json["jobs"][0]["id"]}
    queries = {"component": f"entity:{table}", "text": "work", "of": f"entity:{table}"}
    described = service.api("GET", "/openapi.json").json["paths"]
    for path, methods in described.items():
        if "get" not in methods:
            continue
        with tally.step(f"GET {path} gives what its description says"):
            response = methods["get"]["responses"]["200"]
            kind, promised = next(iter(response["content"].items()))
            asked = path
            for place, value in values.items():
                asked = asked.replace(place, value)
            assert "{" not in asked, f"no value for {asked}"
            wanted = [p["name"] for p in methods["get"]["parameters"] if p["in"] == "query"]
            asked += "?" + "&".join(f"{name}={queries[name]}" for name in wanted if name in queries)
            answer = service.api("GET", asked, wanted=200)
            same(answer.headers["Content-Type"].split(";")[0], kind)
            if kind == "application/json":
                same(answer.json["format"], promised["schema"]["properties"]["format"]["const"])
            assert answer.headers["X-Request-Id"], "no X-Request-Id"

def plan_of(service):
    return service.plan(verb="import", packages=[service.upload(FIRST)])

def refused(tally, service):
    digest = plan_of(service)["digest"]
    cases = [
        ("401 without a token", 401, "not-signed-in", "GET", "/status", None, {"token": ""}),
        ("401 with a token that nobody has", 401, "not-signed-in", "GET", "/status", None, {"token": "x"}),
        ("403 for a role that may not", 403, "not-allowed", "POST", "/plans", {"verb": "rollback"},
         {"token": "viewer-token"}),
        ("404 for a plan that is not there", 404, "no-such-plan", "GET", f"/plans/{'0' * 64}", None, {}),
        ("404 for a solution that is not there", 404, "not-installed", "GET", "/solutions/Nothing", None, {}),
        ("404 for a job that is not there", 404, "no-such-job", "GET", "/jobs/x", None, {}),
        ("404 for an address that is not there", 404, "no-such-page", "GET", "/nothing", None, {}),
        ("404 for a method that an address does not take", 404, "no-such-page", "DELETE", "/status", None, {}),
        ("400 for a body that is no JSON", 400, "usage", "POST", "/plans", "{", {}),
        ("400 for a verb that there is not", 400, "usage", "POST", "/plans", {"verb": "destroy"}, {}),
        ("400 for a number that is none", 400, "usage", "GET", "/history?limit=many", None, {}),
        ("400 for a text with a NUL", 400, "usage", "GET", "/layers?component=a%00b", None, {}),
        ("400 for a NUL in a body", 400, "usage", "POST", "/plans", {"verb": "activate", "components": ["a\0b"]}, {}),
        ("413 for a body that is too long", 413, "too-much", "POST", "/plans", " " * (1 << 21), {}),
        ("422 for what is no package", 422, None, "POST", "/packages?file=a.zip", b"no package", {}),
    ]
    for sentence, status, code, method, path, body, more in cases:
        with tally.step(f"{sentence}, with a document that says why"):
            answer = service.api(method, path, body, status, **more)
            same(answer.json["format"], "strata.error")
            assert answer.json["message"], answer.text
            if code:
                same(answer.json["code"], code)
    with tally.step("sixteen who hand in the same package at one time all have it"):
        with open(FIRST, "rb") as file:
            content = file.read()
        found = together(16, lambda _: service.api("POST", "/packages?file=a.zip", content))
        same([getattr(answer, "status", answer) for answer in found], [201] * 16)
    with tally.step("what is no package is not kept"):
        kept = os.listdir(f"{service.path}.service/packages")
        assert not [name for name in kept if name.endswith(".part")], kept
    with tally.step("HEAD is answered like GET, without the body"):
        answer = service.ask("HEAD", f"{API}/plans/{digest}")
        same((answer.status, answer.body), (200, b""))

def roles(tally, service):
    """Each role asks for everything that takes a role; only what is below it is let through."""
    plan = plan_of(service)["digest"]
    asked = [
        ("viewer", "GET", f"{API}/status", None), ("viewer", "GET", f"{API}/plans/{plan}", None),
        ("viewer", "GET", "/history", None), ("planner", "POST", f"{API}/plans", {"verb": "rollback", "operation": 1}),
        ("planner", "POST", f"{API}/packages?file=x.zip", b"x"), ("planner", "GET", "/import", None),
        ("importer", "POST", f"{API}/plans/{'0' * 64}/apply", {}),
        ("owner", "POST", f"{API}/plans/{plan}/apply", {"consent": ["all"]}),
    ]
    for role in ROLES:
        with tally.step(f"{role} may do what the role says, and nothing else"):
            for needed, method, path, body in asked:
                if role == "owner" and needed == "owner":
                    continue  # That it may is shown above.
                status = service.ask(method, path, body, token=f"{role}-token").status
                may = ROLES.index(role) >= ROLES.index(needed)
                same(status != 403, may, f"{role}: {method} {path} gives {status}")
    with tally.step("a rollback is planned and applied like anything else, and the history says who did it"):
        same(service.apply(service.plan(verb="rollback", operation=2))["state"], "done")
        newest = service.api("GET", "/history?limit=1").json["operations"][0]
        holds("owner", newest["who"])
