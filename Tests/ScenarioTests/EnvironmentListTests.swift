import EnvironmentSupport
import TestSupport
import Testing

/// Whole environments: listed, copied, dropped, called by names.
@Suite("Commands on whole environments")
struct EnvironmentListTests {
  private func workshop() throws -> Workshop {
    let workshop = try Workshop(["x.zip": "X 1.0 by A\ntable t\ncolumn t.a nvarchar 10"])
    try workshop.write("a\n1\n2\n", "r.csv")
    let made = try workshop(
      "strata init --env a.strata && strata import x.zip --env a.strata && strata rows import t r.csv --env a.strata"
    )
    #expect(made.status == 0, "\(made.errors)")
    return workshop
  }

  @Test("T2 nothing is called like a part of an environment, in either order")
  func companions() throws {
    let workshop = try workshop()
    for suffix in ["-wal", "-journal", "-shm", "-lock"] {
      for words in ["init --env a.strata\(suffix)", "environment copy a.strata a.strata\(suffix)"] {
        let taken = try workshop("strata \(words)")
        #expect(taken.status == 1 && taken.errors.contains("a.strata"), "\(words): \(taken)")
      }
    }
    let unpacked = try workshop("strata unpack x.zip a.strata-wal")
    #expect(unpacked.status == 1 && unpacked.errors.contains("belongs to the environment a.strata"))
    for suffix in ["-wal", "-journal", "-shm"] {
      let other = try workshop(
        "echo KEEP > n\(suffix); strata init --env n; echo $?; strata environment copy a.strata n; echo $?; cat n\(suffix); rm n\(suffix)"
      )
      #expect(other.output == "1\n1\nKEEP\n", "\(suffix): \(other)")
    }
    #expect(try workshop("strata verify --rows --env a.strata && strata init --env n").status == 0)
  }

  @Test("A copy is told with what it holds, has the same fingerprint, and goes nowhere else")
  func copy() throws {
    let workshop = try workshop()
    let copied = try workshop("strata environment copy a.strata b.strata")
    #expect(copied.status == 0, "\(copied.errors)")
    #expect(copied.output.hasPrefix("Copied a.strata to b.strata: revision 2, "))
    let state = "strata verify --rows --json --env"
    let same = try workshop("diff <(\(state) a.strata) <(\(state) b.strata) && echo same")
    #expect(same.output == "same\n", "\(same.output)")
    let history = try workshop(
      "diff <(strata history --json --env a.strata) <(strata history --json --env b.strata) && echo same"
    )
    #expect(history.output == "same\n", "\(history.output)")
    let again = try workshop("strata environment copy a.strata b.strata --json")
    #expect(again.status == 1)
    #expect(again.output.contains("\"code\" : \"environment-exists\""))
    #expect(
      again.errors.contains(
        "→ name another place, or take it away first: strata environment drop b.strata"
      )
    )
    let own = try workshop("strata environment copy a.strata c.strata > c.strata")
    #expect(own.errors.contains("standard output goes into c.strata"), "\(own.errors)")
    let missing = try workshop("strata environment copy nothing c.strata")
    #expect(missing.errors.contains("there is no environment at nothing"))
    #expect(try workshop("strata environment copy a.strata .").errors.contains(". is a folder"))
    #expect(try workshop("strata environment copy a.strata nowhere/c").status == 1)
    #expect(try workshop("strata environment copy a.strata ''").status == 64)
  }

  @Test(
    "Killed at any step of a copy, nothing or all of it is there, and the same command makes it",
    .enabled(if: DebugProgram.path != nil, "there is no debug build of strata beside the tests"),
    arguments: ["copying", "copied", "compared", "committed"]
  )
  func killed(step: String) throws {
    let workshop = try workshop()
    let killed = try workshop("STRATA_FAILPOINT=\(step) strata environment copy a.strata b.strata")
    #expect(killed.status == 128 + 9, "\(killed.output)\(killed.errors)")
    let found = try workshop("strata verify --env b.strata")
    guard step != "committed" else { return #expect(found.status == 0, "\(found.errors)") }
    #expect(found.status == 1)
    #expect(found.errors.contains("b.strata is not an environment of Strata"), "\(found.errors)")
    #expect(try workshop("strata environment list").output.contains("b.strata") == false)
    let again = try workshop("strata environment copy a.strata b.strata")
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.errors.contains("b.strata came to nothing; it is begun again"))
    #expect(try workshop("strata verify --env b.strata").status == 0)
  }

  @Test(
    "A copy that was cut off between portions is told by every command, gone on with, or taken away",
    .enabled(if: DebugProgram.path != nil, "there is no debug build of strata beside the tests")
  )
  func goesOn() throws {
    let workshop = try workshop()
    let cut =
      "STRATA_COPY_PORTION=1 STRATA_FAILPOINT=portion strata environment copy a.strata b.strata"
    #expect(try workshop(cut).status == 128 + 9)
    for command in [
      "strata list --env b.strata", "strata rows import t r.csv --env b.strata",
      "strata init --env b.strata", "strata environment list",
    ] {
      let found = try workshop(command)
      let text = found.output + found.errors
      #expect(command.contains("environment list") || found.status == 1, "\(command): \(text)")
      #expect(
        text.contains(command.contains("init") ? "already" : "a copy of a.strata that was cut off"),
        "\(command): \(text)"
      )
    }
    #expect(
      try workshop("strata list --env b.strata --json").output.contains("\"unfinished-copy\"")
    )
    let again = try workshop(
      "STRATA_COPY_PORTION=1 strata environment copy a.strata b.strata"
    )
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.errors.contains("the copy that was cut off there (1 row)"), "\(again.errors)")
    #expect(again.output.contains("(1 row of them before it was cut off)"), "\(again.output)")
    #expect(try workshop("strata verify --env b.strata").status == 0)
    // Another environment does not go on with it, and it goes by its name.
    #expect(try workshop("strata environment drop b.strata --yes b.strata; \(cut)").status != 0)
    let other = try workshop(
      "strata init --env c.strata --quiet; strata environment copy c.strata b.strata"
    )
    #expect(other.errors.contains("an unfinished copy of another environment, a.strata"))
    let asked = try workshop("strata environment drop b.strata")
    #expect(
      asked.status == 3 && asked.errors.contains("an unfinished copy of a.strata with 1 row,")
    )
    let dropped = try workshop("strata environment drop b.strata --yes b.strata; ls b.strata*")
    #expect(dropped.output == "b.strata is gone.\n", "\(dropped.output)\(dropped.errors)")
  }

  @Test("A folder's environments are listed, with what cannot be read")
  func list() throws {
    let workshop = try workshop()
    let script = """
      strata init --env b.strata --quiet
      head -c 20000 a.strata > cut.strata
      python3 -c 'import sqlite3; c = sqlite3.connect("other.db"); c.execute("CREATE TABLE x (y)"); c.commit()'
      strata environment list
      """
    let lines = try workshop(script).output.split(separator: "\n")
    #expect(lines.count == 4, "\(lines)")
    #expect(lines[0].hasPrefix("Name"))
    #expect(
      lines[1].contains("a.strata") && lines[1].contains("2 rows imported into t, 20"),
      "\(lines)"
    )
    #expect(lines[2].contains("b.strata") && lines[2].hasSuffix("nothing was done yet"))
    #expect(lines[3].contains("cut.strata") && lines[3].contains("malformed"), "\(lines)")
    #expect(try workshop("mkdir e; strata environment list e").output == "No environments.\n")
    #expect(try workshop("strata environment list nowhere").errors.contains("nowhere is no folder"))
    let json = try workshop("strata environment list --json").output
    #expect(json.contains("\"format\" : \"strata.environments\""))
  }

  @Test("An environment is dropped by its name alone")
  func drop() throws {
    let workshop = try workshop()
    let asked = try workshop("strata environment drop ./a.strata")
    #expect(asked.status == 3)
    #expect(
      asked.errors.contains("would be gone for good, and nobody has agreed; nothing was changed")
    )
    #expect(asked.errors.contains("→ strata environment drop ./a.strata --yes a.strata"))
    let other = try workshop("strata environment drop a.strata --yes b.strata --json")
    #expect(other.status == 3)
    #expect(other.output.contains("\"code\" : \"consent-missing\""))
    #expect(try workshop("strata status --env a.strata").status == 0)
    let typed = try workshop.typed("echo a.strata | cat - | strata environment drop a.strata")
    #expect(typed.output.contains("nobody has agreed"), "\(typed.output)")
    let done = try workshop("strata environment drop a.strata --yes a.strata; ls")
    #expect(
      done.output == "a.strata is gone.\nr.csv\ntyped\nx.zip\n",
      "\(done.output)\(done.errors)"
    )
  }

  @Test("A word without a dot or a slash is a name, where a file says what it stands for")
  func names() throws {
    let workshop = try workshop()
    try workshop.write(
      "environments:\n  test: a.strata\n  away: postgres://u:secret@127.0.0.1:1/d?schema=x\n",
      "strata.environments.yaml"
    )
    #expect(try workshop("strata status --env test").output.hasPrefix("a.strata  revision 2"))
    #expect(try workshop("STRATA_ENV=test strata list").output.contains("\nX "))
    let copied = try workshop("strata environment copy test b.strata && strata environment list")
    #expect(copied.output.contains("test  2"), "\(copied.output)\(copied.errors)")
    #expect(copied.output.contains("away") && !copied.output.contains("secret"))
    let elsewhere = try workshop(
      "mkdir sub; cd sub; STRATA_ENVIRONMENTS=../strata.environments.yaml strata list --env test"
    )
    #expect(elsewhere.output.contains("\nX "), "\(elsewhere.errors)")
    // What is no name there is a file, as ever.
    #expect(try workshop("strata list --env other").errors.contains("no environment at other"))
    #expect(try workshop("strata list --env ./test").errors.contains("no environment at ./test"))
    for (text, told) in [
      ("environments: [a]", ":1: it has to be"),
      ("environments:\n  a b: c", ":2: “a b” is no name"),
      ("environments:\n  a:\n    b: c", "“a” has to be a file"), (": :\n\t-", "it is no YAML"),
      ("environments:\n  a: b\n  a: c", "strata.environments.yaml"), ("other: 1", "it has to be"),
    ] {
      try workshop.write(text, "strata.environments.yaml")
      let result = try workshop("strata list --env test")
      #expect(result.status == 1, "\(text)")
      #expect(result.errors.contains("cannot read strata.environments.yaml"), "\(result.errors)")
      #expect(result.errors.contains(told), "\(result.errors)")
      #expect(try workshop("strata list --env ./a.strata").status == 0, "\(text)")
    }
  }
}
