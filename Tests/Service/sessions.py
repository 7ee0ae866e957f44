"""What programs of the platform send, word by word (sessions.txt), replayed against a service."""
import os
import re
import time
import urllib.parse

from support import FIRST, Service, holds, same, strata

ROOT = "/api/data/v9.2/"
METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE", "WAIT")


def sessions():
    """Title and lines of each."""
    found = []
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "sessions.txt"), encoding="utf-8") as file:
        for line in file.read().split("\n"):
            if line.startswith("## "):
                found.append((line[3:], []))
            elif line.strip() and not line.startswith("#"):
                found[-1][1].append(line)
    return found


class Replay:
    """One client: what it keeps is there in its later sessions."""

    def __init__(self, service):
        self.service, self.kept = service, {}

    def filled(self, text):
        return re.sub(r"\{([a-z]+)\}", lambda found: self.kept.get(found[1], found[0]), text)

    def send(self, method, path, headers, body):
        # Clients escape what their libraries escape; percent signs that are there stay.
        asked = ROOT + urllib.parse.quote(path, safe="/?&=$@(),;:'!*%\"+")
        return self.service.ask("GET" if method == "WAIT" else method, asked, body, headers=headers)

    def answered(self, request):
        method, path, headers, body = request
        answer = self.send(method, path, headers, body)
        for _ in range(100 if method == "WAIT" else 0):
            if '"completedon":null' not in answer.text:
                break
            time.sleep(0.1)
            answer = self.send(method, path, headers, body)
        spelled = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
        return answer.status, f"{spelled}\n{answer.text}"

    def play(self, lines):
        request, told = None, None
        for line in lines:
            first = line.split(" ", 1)[0]
            if first in METHODS:
                request, told = [first, self.filled(line.split(" ", 1)[1]), {}, None], None
            elif line[0] in "{[":
                request[3] = self.filled(line).encode()
                request[2].setdefault("Content-Type", "application/json; charset=utf-8")
            elif line.startswith("= "):
                told = self.answered(request)
                status, _, words = line[2:].partition(" ")
                same(told[0], int(status), f"{request[0]} {request[1]}: {told[1][:1500]}")
                for part in filter(None, words.split(" | ")):
                    holds(self.filled(part), told[1])
            elif " < " in line:
                name, pattern = line.split(" < ", 1)
                found = re.search(pattern, told[1])
                assert found, f"{pattern} is not in {told[1][:1500]}"
                self.kept[name] = found[1]
            else:
                name, value = line.split(": ", 1)
                request[2][name] = self.filled(value)


def run(tally, folder):
    with Service(folder, "sessions") as service:
        service.install(FIRST)
        replay = Replay(service)
        for title, lines in sessions():
            with tally.step(title):
                replay.play(lines)
        with tally.step("The environment verifies after all sessions"):
            service.stop()
            same(strata("verify", "--env", service.path).returncode, 0)
