"""Environments on a PostgreSQL server that is killed, cut off, full, replaced by its standby, or used by many at once.

After each fault the environment is what it was before the command or after it, `verify` finds nothing, and the next command
works. `STRATA_LONG=1` tries more points, and takes some minutes.
"""
import contextlib
import glob
import json
import os
import pwd
import random
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time

from support import FIRST, PROGRAM, SECOND, holds, same, together

LONG = bool(os.environ.get("STRATA_LONG"))
#: At which parts of a command's messages its connection is cut, and the server killed, beside the last of them.
CUTS = [n / 16 for n in range(1, 16)] if LONG else [0.2, 0.7]
KILLS = [n / 8 for n in range(1, 8)] if LONG else [0.4]
CLIENTS = 64 if LONG else 16
ROUNDS = 8 if LONG else 3
#: Over three servers.
FLEET = 30 if LONG else 6


def run(tally, folder):
    tools = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb")) or [shutil.which("initdb") or ""]
    if not tools[-1]:
        return print("server: there is no PostgreSQL server here", flush=True)
    bin = os.path.dirname(tools[-1])
    with Server(bin) as server, Proxy(server) as proxy:
        world = World(server, proxy, folder)
        for name, make, words in world.commands():
            with tally.step(f"{name}: its connection is cut at some message, and it is done or not at all"):
                world.faults(make, words, CUTS, proxy.cut)
            with tally.step(f"{name}: the server is killed at some message, and it is done or not at all"):
                world.faults(make, words, KILLS, world.kill)
        with tally.step(f"{CLIENTS} clients write, read, upgrade and roll back, and nothing is lost"):
            world.many()
    with tally.step(f"{FLEET} environments on three servers, one of which is killed again and again: the others do not notice"):
        fleet(bin, folder)
    with tally.step("a standby is promoted, and what was told to be done is there"):
        promoted(bin, folder)
    with tally.step("the server's disk is full: nothing is changed, and with room again all goes on"):
        full(bin, folder)


class Server:
    """A server of its own, as somebody without rights, on a socket and a port."""

    def __init__(self, bin, folder=None, more="", initial=True):
        self.bin = bin
        self.folder = folder or tempfile.mkdtemp(prefix="strata-server-", dir="/tmp")
        self.data = os.path.join(self.folder, "data")
        self.user = []
        if os.getuid() == 0:
            try:
                who = pwd.getpwnam("postgres")
            except KeyError:
                who = pwd.getpwnam("nobody")
            self.user = ["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"]
            os.chown(self.folder, who.pw_uid, who.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.more = more
        if initial:
            self.tool("initdb", "-D", self.data, "-U", "strata", "--auth=trust", "--encoding=UTF8",
                      "--locale=C.UTF-8", "--no-sync", "--wal-segsize=4")
            self.start()

    def tool(self, name, *words):
        done = subprocess.run([*self.user, os.path.join(self.bin, name), *words], cwd="/", text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            log = os.path.join(self.folder, "log")
            told = ""
            if os.path.exists(log):
                with open(log, errors="replace") as file:
                    told = file.read()[-700:]
            raise AssertionError(f"{name}: {done.stdout[-700:]}{told}")

    def start(self):
        # What a killed process has written is in the system's memory, so nothing has to reach the disk.
        self.tool("pg_ctl", "-D", self.data, "-l", os.path.join(self.folder, "log"), "-w", "-t", "60", "start", "-o",
                  f"-k {self.folder} -p {self.port} -h 127.0.0.1 -F -c max_connections=200 -c shared_buffers=64MB "
                  f"-c max_locks_per_transaction=256 {self.more}")

    def kill(self):
        """At once, with all that it has started."""
        with contextlib.suppress(OSError, ValueError):
            with open(os.path.join(self.data, "postmaster.pid")) as file:
                pid = int(file.readline())
            # So that it starts nothing more.
            os.kill(pid, signal.SIGSTOP)
            with open(f"/proc/{pid}/task/{pid}/children") as file:
                children = [int(word) for word in file.read().split()]
            for one in [pid, *children]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
            end = time.monotonic() + 10
            while time.monotonic() < end and any(os.path.exists(f"/proc/{one}") and not gone(one) for one in [pid, *children]):
                time.sleep(0.02)
        # Where nobody has waited for the process yet, its number is still somebody's.
        for left in [os.path.join(self.data, "postmaster.pid"), *glob.glob(f"{self.folder}/.s.PGSQL.*")]:
            with contextlib.suppress(FileNotFoundError):
                os.remove(left)

    def address(self, schema, port=None):
        return (f"postgres://strata@127.0.0.1:{port or self.port}/postgres?schema={schema}"
                "&sslmode=disable&gssencmode=disable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def gone(pid):
    with contextlib.suppress(OSError):
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] == "Z"
    return True


class Proxy:
    """Stands between, counts what clients say, and does something at one of their messages."""

    def __init__(self, server):
        self.server, self.lock = server, threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.pairs, self.count, self.wanted, self.act, self.isAfter = [], 0, None, None, False
        self.hasBegun, self.done = False, threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def expect(self, number, act, after):
        """`act` at the message with this number, before or after it has reached the server; None for nothing."""
        with self.lock:
            self.count, self.wanted, self.act, self.isAfter = 0, number, act, after
            self.hasBegun = False
            self.done.clear()

    def cut(self):
        for pair in list(self.pairs):
            for one in pair:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def _accept(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.server.port), 5)
                server.settimeout(None)
            except OSError:
                client.close()
                continue
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            pair = (client, server)
            self.pairs.append(pair)
            threading.Thread(target=self._say, args=pair, daemon=True).start()
            threading.Thread(target=self._answer, args=pair, daemon=True).start()

    def _say(self, client, server):
        isFirst = True
        with contextlib.suppress(OSError, EOFError):
            while True:
                head = exactly(client, 4 if isFirst else 5)
                rest = exactly(client, struct.unpack("!I", head[-4:])[0] - 4)
                isFirst = False
                with self.lock:
                    self.count += 1
                    act, isAfter = self.act if self.count == self.wanted else None, self.isAfter
                    self.hasBegun |= act is not None
                if isAfter or not act:
                    server.sendall(head + rest)
                if act:
                    # Behind a message long enough for the server to do it, and mostly too short for its answer to be read.
                    time.sleep(0.005 if isAfter else 0)
                    act()
                    self.done.set()
        self._close(client, server)

    def _answer(self, client, server):
        with contextlib.suppress(OSError):
            while data := server.recv(1 << 16):
                client.sendall(data)
        self._close(client, server)

    def _close(self, *pair):
        for one in pair:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()
        self.cut()


def exactly(source, count):
    data = b""
    while len(data) < count:
        part = source.recv(min(count - len(data), 1 << 16))
        if not part:
            raise EOFError
        data += part
    return data


def strata(*words, wanted=0):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=120)
    if wanted is not None and done.returncode != wanted:
        raise AssertionError(f"strata {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}"[:1500])
    return done


def state(env):
    """Revision, fingerprint and rows of what stands there, which is sound."""
    proof = json.loads(strata("verify", "--rows", "--json", "--env", env).stdout)
    same(proof["broken"], [])
    # Each operation has left a state that was proven.
    return proof["proven"], proof["fingerprint"], proof["rows"]


class World:
    def __init__(self, server, proxy, folder):
        self.server, self.proxy, self.folder, self.number = server, proxy, folder, 0
        self.known = {}
        self.rows = os.path.join(folder, "rows.csv")
        with open(self.rows, "w") as file:
            file.write("fab_name\n" + "".join(f"order {n}\n" for n in range(5_000 if LONG else 1_000)))

    def commands(self):
        """What is tried: its name, what is there before, and its words."""
        agreed = ["--allow-destroy", "all", "--quiet"]
        first, rows = ["import", FIRST, "--quiet"], ["rows", "import", "fab_workorder", self.rows, "--quiet"]
        upgrade = ["import", SECOND, *agreed]
        return [("import", [], first), ("upgrade", [first, rows], upgrade),
                ("rollback", [first, rows, upgrade], ["rollback", *agreed]), ("rows", [first], rows)]

    def made(self, make):
        self.number += 1
        if not os.path.exists(os.path.join(self.server.data, "postmaster.pid")):
            self.server.start()
        env = self.server.address(f"env{self.number}")
        strata("init", "--env", env, "--quiet")
        for words in make:
            strata(*words, "--env", env)
        return env

    def through(self, env):
        return env.replace(f":{self.server.port}/", f":{self.proxy.port}/")

    def kill(self):
        self.server.kill()

    def through_once(self, make, words):
        """How many messages a command says, and what is there before and after it."""
        if tuple(words) not in self.known:
            env = self.made(make)
            before = state(env)
            self.proxy.expect(None, None, False)
            strata(*words, "--env", self.through(env))
            count, after = self.proxy.count, state(env)
            assert count > 10 and before != after, (count, before, after)
            self.known[tuple(words)] = count, before, after
        return self.known[tuple(words)]

    def faults(self, make, words, points, act):
        """The command with a fault at parts of what it says."""
        count, before, after = self.through_once(make, words)
        env = self.made(make)
        # The last ones end the transaction and the session; cut behind its end, nobody hears that it is done.
        ends = [(count - 2, False), (count - 2, True), (count - 1, True)]
        for number, isAfter in [(max(2, round(count * part)), False) for part in points] + ends:
            self.proxy.expect(number, act, isAfter)
            done = strata(*words, "--env", self.through(env), wanted=None)
            if self.proxy.hasBegun:
                assert self.proxy.done.wait(20), "the fault does not end"
            isDown = self.proxy.hasBegun and act == self.kill
            self.proxy.expect(None, None, False)
            self.proxy.cut()
            if isDown:
                self.server.start()
            found = state(env)
            if found[1:] == after[1:] and found[0] == after[0]:
                env = self.made(make)
            else:
                same(found, before, f"at message {number} of {count}")
                assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)
                assert "Error:" in done.stderr and "\n  → " in done.stderr, done.stderr
        strata(*words, "--wait", "20", "--env", env)
        same(state(env)[1:], after[1:])

    def many(self):
        """Some write rows, one upgrades and rolls back, the others read; each row that was told to be written is there."""
        env = self.made([["import", FIRST, "--quiet"]])
        written, lock = [0], threading.Lock()

        def one(number):
            chance = random.Random(number)
            for turn in range(ROUNDS):
                if number == 0:
                    strata("import", SECOND, "--allow-destroy", "all", "--wait", "100", "--quiet", "--env", env)
                    last = json.loads(strata("history", "--json", "--limit", "1000", "--env", env).stdout)["operations"]
                    mine = next(done["number"] for done in last if done["verb"] == "import")
                    assert mine > 1, last
                elif number % 2:
                    own = os.path.join(self.folder, f"ten{number}.csv")
                    with open(own, "w") as file:
                        file.write("fab_name\n" + "".join(f"{number} {turn} {n}\n" for n in range(10)))
                    strata("rows", "import", "fab_workorder", own, "--wait", "100", "--quiet", "--env", env)
                    with lock:
                        written[0] += 10
                else:
                    words = chance.choice([["list"], ["status"], ["verify", "--quick"], ["rows", "count"], ["history"],
                                           ["plan", SECOND]])
                    strata(*words, "--env", env, wanted=None if words[0] == "plan" else 0)

        failed = [error for error in together(CLIENTS, one) if error is not None]
        same(failed[:2], [])
        count = json.loads(strata("rows", "count", "fab_workorder", "--json", "--env", env).stdout)
        same(count["tables"]["fab_workorder"]["rows"], written[0])
        state(env)
        strata("rollback", "1", "--allow-destroy", "all", "--quiet", "--env", env)
        state(env)


def fleet(bin, folder):
    """Work on many environments by name, while one of their servers is killed and comes back."""
    with contextlib.ExitStack() as servers:
        all = [servers.enter_context(Server(bin)) for _ in range(3)]
        names = os.path.join(folder, "fleet.yaml")
        with open(names, "w") as file:
            file.write("environments:\n" + "".join(
                f"  e{n}: {all[n % 3].address(f'e{n}')}\n" for n in range(FLEET)))

        def ask(name, *words, wanted=0):
            done = subprocess.run([PROGRAM, *words, "--env", name], capture_output=True, text=True, timeout=120,
                                  env={**os.environ, "STRATA_ENVIRONMENTS": names})
            assert wanted is None or done.returncode == wanted, (name, words, done.returncode, done.stderr)
            return done

        def proven(name):
            proof = json.loads(ask(name, "verify", "--rows", "--json").stdout)
            same(proof["broken"], [])
            return proof["proven"], proof["fingerprint"]

        rows = os.path.join(folder, "fleet.csv")
        with open(rows, "w") as file:
            file.write("fab_name\n" + "".join(f"order {n}\n" for n in range(500)))
        steps = [["init"], ["import", FIRST], ["rows", "import", "fab_workorder", rows],
                 ["import", SECOND, "--allow-destroy", "all"], ["rollback", "--allow-destroy", "all"]]
        over = threading.Event()

        def disturb():
            while not over.wait(2):
                all[2].kill()
                time.sleep(0.5)
                all[2].start()

        def work(worker):
            for number in range(worker, FLEET, 6):
                name, isSafe = f"e{number}", number % 3 != 2
                for place, words in enumerate(steps):
                    before = proven(name) if isSafe and place else None
                    while ask(name, *words, "--quiet", wanted=0 if isSafe else None).returncode:
                        # Done and not told, or not done at all: what stands there says which.
                        time.sleep(0.3)
                        told = ask(name, "history", "--json", wanted=None)
                        if told.returncode == 0 and len(json.loads(told.stdout)["operations"]) >= max(place, 0) + (place == 0):
                            break
                    assert before is None or proven(name)[0] == before[0] + 1, (name, words)

        disturber = threading.Thread(target=disturb)
        disturber.start()
        try:
            failed = [error for error in together(6, work) if error is not None]
        finally:
            over.set()
            disturber.join()
        same(failed[:2], [])
        # All of them have come to the same end.
        ends = {proven(f"e{number}") for number in range(FLEET)}
        same(len(ends), 1, str(ends))


def promoted(bin, folder):
    """Synchronous replication: what the first server has told to be done, the second one has."""
    with Server(bin, more="-c wal_level=replica -c max_wal_senders=4") as first:
        second = Server(bin, more="", initial=False)
        try:
            second.tool("pg_basebackup", "-D", second.data, "-R", "-h", first.folder, "-p", str(first.port), "-U", "strata",
                        "--checkpoint=fast", "--no-sync")
            second.start()
            subprocess.run(["psql", "-q", first.address("x").split("?")[0], "-c",
                            "ALTER SYSTEM SET synchronous_standby_names = '*'", "-c", "SELECT pg_reload_conf()"],
                           check=True, stdout=subprocess.DEVNULL)
            both = (f"postgres://strata@127.0.0.1:{first.port},127.0.0.1:{second.port}/postgres?schema=both"
                    "&target_session_attrs=read-write&sslmode=disable&gssencmode=disable")
            strata("init", "--env", both, "--quiet")
            strata("import", FIRST, "--quiet", "--env", both)
            told = state(both)
            # Who only reads may ask the standby.
            end = time.monotonic() + 20
            while time.monotonic() < end and state(second.address("both")) != told:
                time.sleep(0.1)
            same(state(second.address("both")), told)
            refused = strata("import", SECOND, "--allow-destroy", "all", "--env", second.address("both"), wanted=None)
            same(refused.returncode, 1)
            holds("standby", refused.stderr)
            running = subprocess.Popen([PROGRAM, "import", SECOND, "--allow-destroy", "all", "--quiet", "--env", both],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.2)
            first.kill()
            second.tool("pg_ctl", "-D", second.data, "-w", "promote")
            status = running.wait(60)
            found = state(both)
            assert found[0] in (1, 2) and (status != 0 or found[0] == 2), (status, found)
            if found[0] == 1:
                same(found, told)
                strata("import", SECOND, "--allow-destroy", "all", "--quiet", "--env", both)
            strata("rollback", "--allow-destroy", "all", "--quiet", "--env", both)
            same(state(both)[1:], told[1:])
        finally:
            second.__exit__()


def full(bin, folder):
    """A server whose disk is a small one in memory."""
    disk = tempfile.mkdtemp(prefix="strata-disk-", dir="/tmp")
    if os.getuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160m,mode=755", "tmpfs", disk],
                                     stderr=subprocess.DEVNULL).returncode:
        os.rmdir(disk)
        return print("server: no disk in memory can be made here, so none was full", flush=True)
    try:
        with Server(bin, disk, "-c min_wal_size=8MB -c max_wal_size=16MB") as server:
            env, rows = server.address("full"), os.path.join(folder, "many.csv")
            with open(rows, "w") as file:
                file.write("fab_name\n" + "".join(f"{n} {'long ' * 16}\n" for n in range(20_000)))
            strata("init", "--env", env, "--quiet")
            strata("import", FIRST, "--quiet", "--env", env)
            before = state(env)
            ballast = os.path.join(disk, "ballast")
            with open(ballast, "wb") as file:
                left = os.statvfs(disk)
                file.write(b"\0" * max(0, left.f_bavail * left.f_frsize - (3 << 20)))
            done = strata("rows", "import", "fab_workorder", rows, "--quiet", "--env", env, wanted=1)
            assert "full" in done.stderr or "connection" in done.stderr, done.stderr
            os.remove(ballast)
            with contextlib.suppress(AssertionError):
                # Where there is no room for its log, it has ended itself.
                server.start()
            same(state(env)[1:], before[1:])
            strata("rows", "import", "fab_workorder", rows, "--wait", "20", "--quiet", "--env", env)
            same(state(env)[2], before[2] + 20_000)
    finally:
        subprocess.run(["umount", "-l", disk])
        with contextlib.suppress(OSError):
            os.rmdir(disk)
