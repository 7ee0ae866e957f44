"""Tokens of other issuers, made with PyJWT: who is let in, as whom, and why others are not."""
import base64
import contextlib
import hashlib
import hmac
import http.server
import json
import os
import socketserver
import threading
import time

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from support import Service, holds, same, strata

AUDIENCE = "api://strata"
WEB = "/api/data/v9.2/"


class Issuer:
    """Publishes keys on this machine; `asked` counts how often."""

    def __init__(self):
        self.keys, self.asked, self.status = {}, 0, 200
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                if self.path == "/.well-known/openid-configuration":
                    told = {"issuer": issuer.name, "jwks_uri": f"{issuer.name}/keys"}
                else:
                    issuer.asked += 1
                    told = {"keys": [key.published for key in issuer.keys.values()]}
                self.send_response(issuer.status)
                body = json.dumps(told).encode()
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.name = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def token(self, key="rsa", algorithm="RS256", header=None, **changes):
        """`changes` are claims; None takes one out."""
        claims = {"iss": self.name, "aud": AUDIENCE, "sub": "s-1", "oid": "o-1", "upn": "anna@example.com",
                  "roles": ["Import"], "exp": int(time.time()) + 300, **changes}
        claims = {name: value for name, value in claims.items() if value is not None}
        own = self.keys[key] if isinstance(key, str) else key
        return jwt.encode(claims, own.private, algorithm, headers={"kid": own.id, **(header or {})})


class Key:
    def __init__(self, id, kind="RSA"):
        self.id = id
        if kind == "RSA":
            self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            told = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        else:
            self.private = ec.generate_private_key(ec.SECP384R1() if kind == "P-384" else ec.SECP256R1())
            told = ECAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        told.pop("key_ops", None)
        self.published = {**told, "kid": id, "use": "sig"}

    @property
    def pem(self):
        return self.private.public_key().public_bytes(serialization.Encoding.PEM,
                                                      serialization.PublicFormat.SubjectPublicKeyInfo)


def encoded(value):
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def users(folder, issuer, **more):
    path = os.path.join(folder, "issuers.json")
    told = {
        "users": [{"name": "olga", "role": "owner", "sha256": hashlib.sha256(b"owner-token").hexdigest()}],
        "issuers": [{"issuer": issuer.name, "audiences": [AUDIENCE], "roles": [
            {"claim": "roles", "value": "Import", "role": "importer"},
            {"claim": "roles", "value": "Read", "role": "viewer"},
            {"claim": "oid", "value": "o-9", "role": "owner"}], **more}],
    }
    with open(path, "w") as file:
        json.dump(told, file)
    return ["--tokens-file", path]


def run(tally, folder):
    issuer = Issuer()
    for key in (Key("rsa"), Key("ec", "P-256"), Key("ec3", "P-384")):
        issuer.keys[key.id] = key
    try:
        with Service(folder, "issuers", more=users(folder, issuer)) as service:
            admitted(tally, service, issuer)
            refused(tally, service, issuer)
            signed_in(tally, service, issuer)
            rotated(tally, service, issuer)
            with tally.step("the log holds no token"):
                with open(service.log.name) as log:
                    assert "eyJ" not in log.read()
        published(tally, folder, issuer)
        system_users(tally, folder, issuer)
    finally:
        issuer.close()


def ask(service, token, path=WEB + "WhoAmI", method="GET", body=None):
    return service.ask(method, path, body, token=token)


def admitted(tally, service, issuer):
    with tally.step("a signed token lets in whoever it names, and the history has them"):
        answer = ask(service, issuer.token(), WEB + "accounts", "POST", {"name": "by a token"})
        same(answer.status, 204, answer.text)
        told = service.api("GET", "/history", wanted=200).text
        holds("anna@example.com [o-1] (API)", told)
    with tally.step("every way of signing that is taken is taken"):
        for key, algorithm in (("rsa", "RS256"), ("rsa", "RS384"), ("rsa", "RS512"), ("rsa", "PS256"),
                               ("ec", "ES256"), ("ec3", "ES384")):
            same(ask(service, issuer.token(key, algorithm)).status, 200, algorithm)
    with tally.step("the highest role counts, and no role means no"):
        for roles, oid, wanted in ((["Read"], "o-1", 403), (["Read", "Import"], "o-1", 204), (["Read"], "o-9", 204)):
            token = issuer.token(roles=roles, oid=oid)
            same(ask(service, token, WEB + "accounts", "POST", {"name": "x"}).status, wanted, f"{roles} {oid}")
        answer = ask(service, issuer.token(roles=["Other"]))
        same(answer.status, 403)
        holds("has no role here", answer.text)
        same(ask(service, issuer.token(roles=None), "/api/strata/v1/solutions").json["code"], "not-allowed")
    with tally.step("tokens of the service itself are taken beside them"):
        same(ask(service, "owner-token").status, 200)


ROLE = "5c000000-0000-4000-8000-000000000001"
PERSON = "5c000000-0000-4000-8000-0000000000%02d"


def system_users(tally, folder, issuer):
    """Whoever a token stands for works as a user of the environment, held to that user's security roles."""
    issuing = users(folder, issuer, systemUsers=True)
    with open(issuing[1]) as file:
        told = json.load(file)
    told["users"].append({"name": "ben", "role": "owner", "systemUser": "BEN@contoso.com",
                          "sha256": hashlib.sha256(b"ben-token").hexdigest()})
    with open(issuing[1], "w") as file:
        json.dump(told, file)
    with Service(folder, "people", more=issuing) as service:
        def owner(path, body, method="POST"):
            return ask(service, "owner-token", WEB + path, method, body)

        def ben(path, method="GET", body=None):
            return ask(service, "ben-token", WEB + path, method, body)

        with tally.step("a role is made, and given to users who are known by their names or by a directory"):
            same(owner("roles", {"roleid": ROLE, "name": "Clerk"}).status, 204)
            for number, name in ((1, "ben"), (2, "anna")):
                row = {"systemuserid": PERSON % number, "fullname": name, "domainname": f"{name}@contoso.com",
                       "azureactivedirectoryobjectid": PERSON % (number + 10)}
                same(owner("systemusers", row).status, 204)
                account = {"name": f"of {name}", "ownerid@odata.bind": f"systemusers({PERSON % number})"}
                same(owner("accounts", account).status, 204)
            same(ben("WhoAmI").status, 403)
            link = f"systemusers({PERSON % 1})/systemuserroles_association/$ref"
            same(owner(link, {"@odata.id": f"{WEB}roles({ROLE})"}).status, 204)
            same(ben("WhoAmI").json["UserId"], PERSON % 1)
        with tally.step("a user sees and writes what the role says, and nothing else"):
            holds("prvReadaccount", ben("accounts").text)
            path = os.path.join(folder, "clerk.yaml")
            with open(path, "w") as file:
                file.write(f"solution: Default\nroles:\n  Clerk:\n    id: {ROLE}\n    tables: {{account: "
                           "{read: user, create: user, write: user}}\n")
            strata("customize", "--from", path, "--env", service.path)
            same([row["name"] for row in ben("accounts?$select=name").json["value"]], ["of ben"])
            same(ben("accounts", "POST", {"name": "new"}).status, 204)
            same(len(ben("accounts").json["value"]), 2)
            same(len(owner("accounts", None, "GET").json["value"]), 3)
            same(ben("EntityDefinitions", "POST", {}).status, 403)
        with tally.step("pages and other addresses, which know of no security roles, are closed to users"):
            for path in ("/", "/api/strata/v1/solutions", "/rows/account", "/metrics", "/x/api/data2/v9.2/accounts"):
                same(ask(service, "ben-token", path).status, 403, path)
        with tally.step("a signed token stands for the user whom the directory knows by it"):
            same(ask(service, issuer.token(oid=PERSON % 12)).status, 403)
            same(owner(f"systemusers({PERSON % 2})/systemuserroles_association/$ref",
                       {"@odata.id": f"roles({ROLE})"}).status, 204)
            same(ask(service, issuer.token(oid=PERSON % 12)).json["UserId"], PERSON % 2)
            holds("not a member of the organization", ask(service, issuer.token(oid=PERSON % 13)).text)
            holds("not a member of the organization", ask(service, issuer.token(oid=None, upn="ben@contoso.com")).text)


def refused(tally, service, issuer):
    def told(token):
        answer = ask(service, token)
        same(answer.status, 401, answer.text)
        same(len(answer.headers["x-ms-service-request-id"]), 36)
        header = answer.headers["WWW-Authenticate"]
        holds(f"Bearer authorization_uri={issuer.name}, resource_id={service.base}/", header)
        holds('error="invalid_token", error_description="', header)
        return header.split('error_description="')[1]

    now = int(time.time())
    own = issuer.keys["rsa"]
    with tally.step("a token without a signature is refused"):
        parts = issuer.token().split(".")
        for algorithm in ("none", "None", "NONE", ""):
            header = encoded({"alg": algorithm, "kid": "rsa"})
            for signature in ("", parts[2]):
                holds("signed in a way that is not taken", told(f"{header}.{parts[1]}.{signature}"))
        holds("signature of the token is wrong", told(f"{parts[0]}.{parts[1]}."))
    with tally.step("a token that is signed with the public key as a secret is refused"):
        claims = issuer.token().split(".")[1]
        for secret in (own.pem, json.dumps(own.published).encode(), own.published["n"].encode()):
            signed = f"{encoded({'alg': 'HS256', 'kid': 'rsa'})}.{claims}"
            signature = encoded(hmac.new(secret, signed.encode(), hashlib.sha256).digest())
            holds("signed in a way that is not taken", told(f"{signed}.{signature}"))
    with tally.step("a token for others, of others, too late or too early is refused, and says why"):
        for changes, why in (({"aud": "api://other"}, "for another audience"), ({"aud": None}, "for another audience"),
                             ({"aud": ["a", "b"]}, "for another audience"),
                             ({"iss": issuer.name + "/"}, "of an issuer that is not known"),
                             ({"iss": "https://other.example"}, "of an issuer that is not known"),
                             ({"exp": now - 61}, "has expired"), ({"nbf": now + 90}, "not valid yet"),
                             ({"exp": None}, "cannot be read"), ({"sub": None, "oid": None}, "names nobody")):
            holds(why, told(issuer.token(**changes)))
        same(ask(service, issuer.token(exp=now - 30, nbf=now + 30)).status, 200)
    with tally.step("a token of another key is refused, whatever it says of itself"):
        for kind, algorithm, id in (("RSA", "RS256", "rsa"), ("P-256", "ES256", "ec")):
            holds("signature of the token is wrong", told(issuer.token(Key(id, kind), algorithm)))
        holds("signed in a way that is not taken", told(issuer.token(Key("ec", "RSA"))))
        holds("key that its issuer does not publish", told(issuer.token(Key("stranger"))))
        brought = Key("rsa")
        told(issuer.token(brought, header={"jwk": brought.published, "jku": "http://127.0.0.1:1/keys", "x5u": "x"}))
    with tally.step("a token whose claims were changed is refused"):
        head, claims, signature = issuer.token(roles=["Read"]).split(".")
        changed = json.loads(base64.urlsafe_b64decode(claims + "=="))
        changed["roles"] = ["Import"]
        holds("signature of the token is wrong", told(f"{head}.{encoded(changed)}.{signature}"))
    with tally.step("a token that is huge, or no token at all, is refused"):
        holds("cannot be read", told(issuer.token(padding="x" * 20_000)))
        for token in ("a.b.c", "..", "eyJhbGciOiJSUzI1NiJ9.e30.", "." * 5000, f"{encoded('[' * 3000)}.e30.AA"):
            told(token)
        status = ask(service, "x" * 200_000 + ".").status
        assert status in (400, 401, 431), status


def signed_in(tally, service, issuer):
    with tally.step("a browser is signed in with a token, for no longer than it lasts"):
        answer = service.ask("GET", f"/?token={issuer.token(exp=int(time.time()) + 40)}", token="")
        same(answer.status, 302)
        age = int(answer.headers["Set-Cookie"].split("Max-Age=")[1].split(";")[0])
        assert 60 < age <= 100, age
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        same(service.ask("GET", "/", token="", headers={"Cookie": cookie}).status, 200)
        answer = service.ask("GET", f"/?token={issuer.token(exp=1)}", token="")
        same(answer.headers["Location"], "/sign-in?refused=true")


def rotated(tally, service, issuer):
    with tally.step("ids of keys that are made up ask the issuer at most once a minute"):
        before = issuer.asked
        for number in range(20):
            same(ask(service, issuer.token(Key(f"made-up-{number}", "P-256"), "ES256")).status, 401)
        assert issuer.asked - before <= 1, issuer.asked - before


def published(tally, folder, issuer):
    """Keys at an address, in a file, and of an issuer that is not there yet."""
    kept, failing = issuer.keys, Issuer()
    failing.keys = {"ec": Key("ec", "P-256")}
    with contextlib.closing(failing), \
            Service(folder, "rotated", more=users(folder, issuer, keys=f"{issuer.name}/keys")) as rotated, \
            Service(folder, "failing", more=users(folder, failing)) as kept_on:
        own = failing.token("ec", "ES256")
        same((ask(rotated, issuer.token("ec", "ES256")).status, ask(kept_on, own).status), (200, 200))
        old = issuer.token("ec", "ES256")
        issuer.keys, failing.status = {"new": Key("new")}, 500
        with tally.step("a new key is taken within a minute once the issuer publishes it, and the old one is gone then"):
            asked, deadline = issuer.asked, time.monotonic() + 90
            while ask(rotated, issuer.token("new")).status != 200:
                assert time.monotonic() < deadline, "the new key is not taken"
                time.sleep(2)
            same(issuer.asked, asked + 1)
            same(ask(rotated, old).status, 401)
        with tally.step("old keys stay while the issuer does not answer"):
            deadline = time.monotonic() + 90
            log = ""
            while "were not read" not in log:
                assert time.monotonic() < deadline, "the issuer is not asked again"
                same(ask(kept_on, failing.token(Key("made-up", "P-256"), "ES256")).status, 401)
                with open(kept_on.log.name) as file:
                    log = file.read()
                time.sleep(2)
            same(ask(kept_on, own).status, 200)
    issuer.keys = kept | issuer.keys
    with tally.step("keys may be a file"):
        path = os.path.join(folder, "keys.json")
        with open(path, "w") as file:
            json.dump({"keys": [issuer.keys["rsa"].published]}, file)
        with Service(folder, "file", more=users(folder, issuer, keys=path)) as service:
            asked = issuer.asked
            same(ask(service, issuer.token()).status, 200)
            same(ask(service, issuer.token("new")).status, 401)
            same(issuer.asked, asked)
    with tally.step("an issuer that does not answer keeps nobody else out, and says so in the log"):
        issuer.status = 500
        with Service(folder, "silent", more=users(folder, issuer)) as service:
            answer = ask(service, issuer.token())
            same(answer.status, 401)
            holds("keys of the token's issuer could not be read", answer.headers["WWW-Authenticate"])
            same(ask(service, "owner-token").status, 200)
            with open(service.log.name) as log:
                holds("were not read: it answered 500", log.read())
        issuer.status = 200
    with tally.step("an issuer that hangs delays its own tokens for seconds, and nobody else's"):
        for drips in (False, True):
            with contextlib.closing(Hanging(drips)) as hanging, \
                    Service(folder, "hanging", more=users(folder, issuer, keys=f"{hanging.base}/keys")) as service:
                began = time.monotonic()
                waiting = threading.Thread(target=ask, args=(service, issuer.token()))
                waiting.start()
                same(ask(service, "owner-token").status, 200)
                assert time.monotonic() - began < 3
                waiting.join(20)
                assert not waiting.is_alive() and time.monotonic() - began < 12, time.monotonic() - began


class Hanging:
    """Takes connections and never answers, or never to the end."""

    def __init__(self, drips):
        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                self.request.recv(4096)
                if drips:
                    self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
                with contextlib.suppress(OSError):
                    for _ in range(60):
                        time.sleep(0.5)
                        self.request.sendall(b" " if drips else b"")

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
