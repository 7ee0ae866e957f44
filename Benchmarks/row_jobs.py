"""Jobs over rows of many types, for Benchmarks/rows: each beside the sqlite3 shell, or beside half or a fifth of itself.

Processor seconds, since both sides of a ratio run one after the other on a machine that others use as well.
"""
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile

TYPES = {
    "text": "<Type>nvarchar</Type><MaxLength>100</MaxLength>",
    "int": "<Type>int</Type>",
    "dec": "<Type>decimal</Type><Accuracy>10</Accuracy>",
    "real": "<Type>float</Type><Accuracy>5</Accuracy>",
    "when": "<Type>datetime</Type><Format>datetime</Format><Behavior>1</Behavior>",
}
KEPT = {"name": "text", "f": "int", "code": "text", "g": "text"}
GOING = {"a": "text", "b": "int", "c": "dec", "d": "when", "e": "text"}
COMING = {"text": "text", "int": "int", "dec": "dec", "real": "real"}
PAIRS = [("text", "a"), ("text", "b"), ("text", "c"), ("text", "real"), ("int", "b"), ("dec", "b"), ("dec", "c"),
         ("real", "b"), ("real", "c")]


def package(path, version, columns):
    """A solution with one table, an alternate key in it."""
    attributes = "".join(
        f'<attribute PhysicalName="big_{name}">{TYPES[kind]}<LogicalName>big_{name}</LogicalName>'
        "<IsCustomizable>1</IsCustomizable></attribute>" for name, kind in columns.items())
    key = ("<EntityKeys><EntityKey><Name>big_key</Name><LogicalName>big_key</LogicalName><EntityKeyAttributes>"
           "<AttributeName>big_code</AttributeName></EntityKeyAttributes></EntityKey></EntityKeys>")
    customizations = (
        '<ImportExportXml><Entities><Entity><Name LocalizedName="Row">big_row</Name><EntityInfo>'
        f'<entity Name="big_row"><attributes>{attributes}</attributes>'
        f"<OwnershipTypeMask>UserOwned</OwnershipTypeMask><IsCustomizable>1</IsCustomizable>{key}</entity>"
        "</EntityInfo></Entity></Entities></ImportExportXml>")
    manifest = (
        '<ImportExportXml version="9.2.0.0" SolutionPackageVersion="9.2" languagecode="1033"><SolutionManifest>'
        f"<UniqueName>Big</UniqueName><Version>{version}</Version><Managed>1</Managed><Publisher>"
        "<UniqueName>big</UniqueName><CustomizationPrefix>big</CustomizationPrefix>"
        "<CustomizationOptionValuePrefix>20000</CustomizationOptionValuePrefix></Publisher><RootComponents>"
        '<RootComponent type="1" schemaName="big_row" behavior="0"/></RootComponents><MissingDependencies/>'
        "</SolutionManifest></ImportExportXml>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("customizations.xml", customizations)
        archive.writestr("solution.xml", manifest)
        archive.writestr("[Content_Types].xml", "<Types></Types>")


def seconds(*words, feed=None):
    with open(feed or os.devnull) as source, open(os.devnull, "wb") as sink:
        child = subprocess.Popen(words, stdin=source, stdout=sink, stderr=subprocess.PIPE)
        errors = child.stderr.read().decode()
        _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(words)} gave {os.waitstatus_to_exitcode(status)}: {errors}")
    return usage.ru_utime + usage.ru_stime


class Jobs:
    """Ratios by job, with the most that they may be."""

    def __init__(self, program, folder, rows, rounds):
        self.program = program
        self.folder = folder
        self.count = rows
        self.rounds = rounds
        self.rows = []
        for name, version, columns in (("1", "1.0.0.0", {**KEPT, **GOING}),
                                       ("2", "1.1.0.0", {**KEPT, **GOING, **COMING}), ("3", "1.2.0.0", KEPT)):
            package(self.at(f"big{name}.zip"), version, columns)
        self.csv("all.csv", rows)
        self.strata("init", on="empty")
        self.strata("import", self.at("big1.zip"), "--quiet", on="empty")

    def at(self, name):
        return os.path.join(self.folder, name)

    def csv(self, name, count):
        with open(self.at(name), "w") as out:
            out.write("big_name,big_a,big_b,big_c,big_d,big_e,big_f,big_code,big_g\n")
            for i in range(count):
                e = f"e{i}" if i % 3 else ""
                out.write(f"name {i},some text of a row {i},{i},{i}.{i % 10000:04d},"
                          f"2026-01-{i % 28 + 1:02d}T10:00:00Z,{e},{i % 1000},K{i},g{i % 50}\n")

    def strata(self, *words, on="e"):
        return seconds(self.program, *words, "--env", self.at(on))

    def shell(self, text, database):
        with open(self.at("script.sql"), "w") as script:
            script.write(text)
        return seconds("sqlite3", self.at(database), feed=self.at("script.sql"))

    def copy(self, source, target):
        for suffix in ("-wal", "-shm", "-lock"):
            if os.path.exists(self.at(target + suffix)):
                os.remove(self.at(target + suffix))
        shutil.copy(self.at(source), self.at(target))

    def tell(self, job, ours, beside, theirs, bound):
        """The least of each side, of as many rounds."""
        self.rows.append((job, min(ours), beside, min(theirs), bound))

    def all(self):
        self.against_shell()
        self.deleting()
        self.purging()
        self.migrating()
        return self.rows

    def against_shell(self):
        times = {name: [] for name in ("import", ".import", "csv", "shell csv", "lines", "filter", "scan")}
        plain = "SELECT * FROM data_big_row"
        word = f"%{self.count - 1}%"
        for _ in range(self.rounds):
            self.copy("empty", "e")
            times["import"].append(self.strata("rows", "import", "big_row", self.at("all.csv"), "--quiet"))
            with contextlib.closing(sqlite3.connect(self.at("e"))) as database:
                shape = [text for text, in database.execute(
                    "SELECT sql FROM sqlite_schema WHERE tbl_name = 'data_big_row' AND sql IS NOT NULL "
                    "ORDER BY type DESC")]
            times["csv"].append(self.strata("rows", "export", "big_row", self.at("out.csv"), "--quiet"))
            times["lines"].append(self.strata("rows", "export", "big_row", self.at("out.jsonl"), "--quiet"))
            times["shell csv"].append(seconds("sqlite3", "-csv", "-header", self.at("e"), plain))
            seconds("sqlite3", "-csv", "-header", self.at("e"), f".output {self.at('whole.csv')}", plain)
            if os.path.exists(self.at("shell.db")):
                os.remove(self.at("shell.db"))
            times[".import"].append(self.shell(
                ";\n".join(shape) + f";\n.mode csv\n.import --skip 1 {self.at('whole.csv')} data_big_row\n",
                "shell.db"))
            times["filter"].append(
                self.strata("rows", "list", "big_row", "--where", f"big_name~{word}", "--select", "big_name"))
            times["scan"].append(self.shell(f"SELECT big_name FROM data_big_row WHERE big_name LIKE '{word}';", "e"))
        # A rate of at least 0.6.
        self.tell("import", times["import"], ".import", times[".import"], 1 / 0.6)
        self.tell("export CSV", times["csv"], "sqlite3 -csv", times["shell csv"], 3)
        self.tell("export JSON lines", times["lines"], "export CSV", times["csv"], 1.5)
        self.tell("filter without index", times["filter"], "the shell's scan", times["scan"], 1.5)

    def deleting(self):
        self.copy("e", "filled")
        ours, theirs = [], []
        for _ in range(self.rounds):
            self.copy("filled", "e")
            self.copy("filled", "shell.db")
            ours.append(self.strata("rows", "delete", "big_row", "--where", "big_f>=500", "--allow-destroy", "all",
                                    "--quiet"))
            theirs.append(self.shell("DELETE FROM data_big_row WHERE big_f >= 500;", "shell.db"))
        self.tell("delete half", ours, "DELETE", theirs, 3)

    def purging(self):
        self.copy("filled", "dropped")
        self.strata("import", self.at("big3.zip"), "--quiet", "--allow-destroy", "all", on="dropped")
        listed = subprocess.run([self.program, "trash", "--no-count", "--no-color", "--env", self.at("dropped")],
                                capture_output=True, text=True, check=True).stdout
        number = listed.split()[0]
        one, five = [], []
        for _ in range(self.rounds):
            self.copy("dropped", "e")
            one.append(self.strata("trash", "purge", number, "--allow-destroy", "all", "--quiet"))
            self.copy("dropped", "e")
            five.append(self.strata("trash", "purge", "--older-than", "0", "--allow-destroy", "all", "--quiet"))
        self.tell("purge of 5 columns", five, "purge of 1", one, 1.3)

    def migrating(self):
        """Every pair of types: twice the rows take twice the time."""
        times = {}
        halves = (self.count // 2, self.count)
        for part in halves:
            self.csv("part.csv", part)
            for _ in range(self.rounds):
                self.copy("empty", "e")
                self.strata("import", self.at("big2.zip"), "--quiet")
                self.strata("rows", "import", "big_row", self.at("part.csv"), "--quiet")
                self.strata("rows", "migrate", "big_row", "--set", "big_real=big_b", "--quiet")
                for new, old in PAIRS:
                    times.setdefault((new, old, part), []).append(self.strata(
                        "rows", "migrate", "big_row", "--set", f"big_{new}=big_{old}", "--replace",
                        "--allow-destroy", "all", "--quiet"))
        kinds = {**KEPT, **GOING, **COMING}
        for new, old in PAIRS:
            self.tell(f"migrate {kinds[old]} to {kinds[new]}", times[new, old, halves[1]], "half the rows",
                      times[new, old, halves[0]], 2.5)
