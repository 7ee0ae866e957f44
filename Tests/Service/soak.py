"""Mixed requests for some minutes: nothing fails, and memory reaches a plateau."""
import os
import random
import threading
import time

from support import API, FIRST, SECOND, Service, same

WORKERS = 6
#: How much more it may hold at the end than after the first third.
GROWTH = 1.25


def run(tally, folder):
    seconds = 60 * float(os.environ.get("STRATA_MINUTES", "3"))
    with Service(folder, "soak", more=["--quiet"]) as service:
        service.install(FIRST)
        end = time.monotonic() + seconds
        counts, failures, lock = {}, [], threading.Lock()

        def work(number):
            chance = random.Random(number)
            while time.monotonic() < end:
                try:
                    said = one(service, chance)
                except Exception as error:
                    said = f"{type(error).__name__}: {error}"
                with lock:
                    counts[said] = counts.get(said, 0) + 1
                    if not str(said).isdigit() or int(said) >= 500:
                        failures.append(said)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(WORKERS)]
        threads.append(threading.Thread(target=change, args=(service, end, failures)))
        for thread in threads:
            thread.start()
        held = []
        while time.monotonic() < end:
            time.sleep(seconds / 60)
            held.append(resident(service))
        for thread in threads:
            thread.join(60)
        early, late = max(held[10:20]), max(held[-10:])
        print(f"soak: {sum(counts.values())} requests in {seconds / 60:g} minutes, {counts}; "
              f"{held[0]:.0f} MB at first, {early:.0f} after a third, {late:.0f} at the end, {service.memory():.0f} at most")
        with tally.step("no request failed"):
            same(failures[:5], [])
        with tally.step(f"at the end it held at most {GROWTH:g} times what it did after a third"):
            assert late <= early * GROWTH, f"{early:.0f} MB, then {late:.0f} MB"


def one(service, chance):
    """A request of somebody; its status."""
    path = chance.choice(["/", "/solutions/FieldService", "/history", "/component?of=entity:fab_workorder", "/find?text=work",
                          f"{API}/status", f"{API}/solutions", f"{API}/blame?component=entity:fab_workorder", "/nothing",
                          f"{API}/dependencies?component=entity:fab_workorder", "/tables", "/trash", "/tables/fab_workorder", "/compare?from=0&to=1",
                          f"{API}/tables/fab_workorder/rows.csv", f"{API}/data.zip", "upload", "plan", "rows", "sign-in"])
    if path == "upload":
        service.upload(chance.choice([FIRST, SECOND]))
        return 201
    if path == "plan":
        return service.api("POST", "/plans", {"verb": "uninstall", "solution": "FieldService"}).status
    if path == "rows":
        file = service.api("POST", "/files?file=a.csv", "fab_name\n" + "".join(f"x{n}\n" for n in range(500)), 201).json
        return service.api("POST", "/rows-plans", {"verb": "import", "table": "fab_workorder", "file": {
            "sha256": file["sha256"], "file": file["file"]}}).status
    if path == "sign-in":
        return service.ask("GET", f"/?token={service.token}", token="").status
    return service.ask("GET", path).status


def change(service, end, failures):
    """Upgrades and goes back, over and over."""
    while time.monotonic() < end:
        try:
            upgrade = service.plan(verb="import", packages=[service.upload(SECOND)], action="upgrade")
            same(service.apply(upgrade)["state"], "done")
            back = service.plan(verb="rollback")
            same(service.apply(back)["state"], "done")
        except Exception as error:
            failures.append(f"{type(error).__name__}: {error}")


def resident(service):
    """What it holds now, in MB."""
    with open(f"/proc/{service.process.pid}/status") as file:
        line = next(line for line in file if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
