"""What schemathesis makes of the description of our own API: values that are in it, at its edges, and outside of it."""
import os
import subprocess
import sys

from support import API, FIRST, Service, same, strata

#: Of what is made by chance, for each operation; the seed says what, so that a run is like the last one.
EXAMPLES, SEED = 25, 20261130


def run(tally, folder):
    with Service(folder, "fuzz", more=["--quiet"]) as service:
        service.install(FIRST)
        # Streams end when whoever listens goes; each of the others is asked.
        words = [
            os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", f"{service.base}{API}/openapi.json",
            "--header", f"Authorization: Bearer {service.token}", "--checks", "not_a_server_error,content_type_conformance",
            "--max-examples", str(EXAMPLES), "--seed", str(SEED), "--generation-deterministic",
            "--phases", "examples,coverage,fuzzing", "--request-timeout", "20", "--exclude-path-regex", "events|stream",
            "--continue-on-failure", "--suppress-health-check", "all", "--warnings", "off", "--no-color",
        ]
        done = subprocess.run(words, capture_output=True, text=True, cwd=folder)
        with tally.step("schemathesis finds no answer of 500 and none of another kind than is said"):
            assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]
        with tally.step("after it the service answers, and its environment is whole"):
            same(service.api("GET", "/status").status, 200)
            strata("verify", "--env", service.path)
