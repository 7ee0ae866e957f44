import EnvironmentSupport
import FoundationEssentials
import TestSupport
import Testing

/// What came to nothing says so: a status, a code, words on standard error, a document where one is asked for.
@Suite("Failures")
struct FailureTests {
  private static let packages = [
    "a.zip": "X 1.0 by A\ntable t\ncolumn t.c nvarchar 100\ncolumn t.d nvarchar 100",
    "b.zip": "X 1.1 by A\ntable t\ncolumn t.c nvarchar 100", "bad.zip": "X 0 by A",
  ]

  private struct Document: Decodable {
    let format: String
    let formatVersion: Int
    let code: String
    let message: String
    let remedy: String?
    let exitStatus: Int32
  }

  private func workshop() throws -> Workshop {
    let workshop = try Workshop(Self.packages)
    try workshop(
      "strata init --env e; strata import a.zip --env e --quiet; echo broken > broken.zip"
    )
    return workshop
  }

  @Test(
    "Every failure has a status and a code; with --json a document, whose words stand on standard error, too",
    arguments: [
      ("plan nope.zip", 1, "unreadable"), ("plan broken.zip", 1, nil),
      ("layers Entity:nope --env e", 1, "no-such-component"),
      ("rollback 99 --env e", 1, "no-such-operation"),
      ("plan b.zip --env none", 1, "no-environment"), ("init --env e", 1, "environment-exists"),
      ("list --env a.zip", 1, "not-an-environment"), ("list --env .", 1, "not-an-environment"),
      ("show-solution nope --env e", 1, "not-installed"),
      ("history 7 --env e", 1, "no-such-operation"), ("show a.zip", 1, "unreadable"),
      ("trash restore 7 --env e", 1, "no-such-trash"),
      ("blame Entity:t nope --env e", 1, "no-such-property"),
      ("rows nope list --env e", 1, "bad-query"), ("plan a.zip --out a.zip", 1, "would-overwrite"),
      ("plan a.zip --out /nowhere/p", 1, "unwritable"),
      ("list --env postgres://x", 64, "usage"),
      ("list --env 'postgres://127.0.0.1:1/x?schema=y'", 1, "database"),
      ("pln a.zip", 64, "usage"), ("plan a.zip --nonsense", 64, "usage"), ("plan", 64, "usage"),
      ("layers Entity:x --against", 64, "usage"), ("help nosuch", 64, "usage"),
      ("list --env ''", 64, "usage"), ("upgrade nope X --env e", 64, "usage"),
      ("import b.zip --env e --allow-destroy Entity:nope", 64, "usage"),
    ] as [(String, Int32, String?)]
  )
  func documents(command: String, status: Int32, code: String?) throws {
    let workshop = try workshop()
    let text = try workshop("strata \(command)")
    #expect(text.status == status, "\(text)")
    #expect(text.output == "")
    #expect(text.errors.hasPrefix("Error: "))
    let json = try workshop("strata \(command) --json")
    #expect(json.status == status, "\(json)")
    let document = try JSONDecoder().decode(Document.self, from: Data(json.output.utf8))
    #expect(document.format == "strata.error" && document.formatVersion == 1)
    #expect(document.exitStatus == status)
    #expect(document.code == code ?? document.code)
    #expect(!document.code.isEmpty && document.code != "other")
    #expect(json.errors.contains(document.message.prefix(60)), "\(json)")
    if let remedy = document.remedy { #expect(json.errors.contains("  → \(remedy)"), "\(json)") }
    #expect(!document.message.contains("→"))
  }

  @Test("What was made says its format")
  func made() throws {
    let result = try workshop()("strata init --env new --json")
    #expect(result.output.contains("\"format\" : \"strata.environment\""))
  }

  @Test("--quiet leaves standard output empty but for what --json or - asks; refusals are told")
  func quiet() throws {
    let workshop = try workshop()
    for command in [
      "plan a.zip", "inspect a.zip", "inspect a.zip --inventory", "list --env e", "status --env e",
      "verify --env e", "history --env e", "diff a.zip b.zip", "layers Attribute:t.c --env e",
      "components X --env e", "rows t list --env e", "trash purge --env e", "trash list --env e",
    ] {
      let result = try workshop("strata \(command) --quiet")
      #expect(result.output == "" && result.errors == "", "\(command): \(result)")
    }
    #expect(try workshop("strata plan a.zip --quiet --json").output.hasPrefix("{"))
    #expect(try workshop("strata plan a.zip --quiet --markdown -").output.hasPrefix("<!-- strata "))
    for option in ["--quiet", "", "--json"] {
      let missing = try workshop("strata import b.zip --env e \(option)")
      #expect(missing.status == 3)
      #expect(missing.output.isEmpty == (option == "--quiet"))
      #expect(missing.errors.contains("nobody has agreed"))
      #expect(missing.errors.contains("--allow-destroy Attribute:t.d"))
      let refused = try workshop("strata customize remove Attribute:t.c --env e \(option)")
      #expect(refused.status == 4)
      #expect(refused.errors.contains("Nothing was changed."))
      #expect(refused.errors.contains("0x8004F013") == !option.isEmpty, "\(refused)")
    }
  }

  @Test("A consent that meets nothing that goes is said; one that names nothing is wrong usage")
  func consents() throws {
    let workshop = try workshop()
    let missing = try workshop("strata import b.zip --env e --allow-destroy Attribute:t.c")
    #expect(missing.status == 3)
    #expect(missing.errors.contains("Attribute:t.c is not among what would be destroyed"))
    let done = try workshop(
      "strata import b.zip --env e --allow-destroy Attribute:t.d --allow-destroy Entity:t"
    )
    #expect(done.status == 0, "\(done)")
    #expect(done.errors == "Entity:t is not among what would be destroyed\n")
  }

  @Test(
    "What is near is suggested, and nothing else",
    arguments: [
      ("pln", "did you mean plan?"), ("layes", "did you mean layers?"),
      ("trash purg", "one of"), ("upgrade aply", "did you mean apply?"), ("xyzzy", "one of"),
      ("help statsu", "did you mean status?"),
    ]
  )
  func suggestions(command: String, words: String) throws {
    let result = try workshop()("strata \(command)")
    #expect(result.status == 64)
    if !command.hasPrefix("trash") { #expect(result.errors.contains("→ \(words)"), "\(result)") }
  }

  @Test("An option that is like nothing there is suggests nothing")
  func options() throws {
    let workshop = try workshop()
    #expect(!(try workshop("strata plan a.zip --only").errors.contains("Did you mean")))
    #expect(try workshop("strata plan a.zip --jsn").errors.contains("Did you mean '--json'?"))
  }

  @Test("A path is a path, whatever it begins with")
  func paths() throws {
    let result = try workshop()(
      "strata init --env file:x.strata; ls file:x.strata; strata status --env 'file:x.strata?mode=ro'"
    )
    #expect(result.output.hasSuffix("file:x.strata\n"))
    #expect(result.errors.contains("there is no environment at file:x.strata?mode=ro"))
  }

  @Test(
    "Where /proc is not mounted every command is refused before it begins, and never ends by a signal",
    .enabled(if: FailureTests.canHideProc)
  )
  func withoutProc() throws {
    let workshop = try workshop()
    let program = try #require(Program.strata)
    let commands = [
      "plan a.zip --out p.json", "import b.zip --env e --allow-destroy Attribute:t.d",
      "inspect a.zip --inventory", "init --env new", "--help", "nonsense",
    ]
    let tries = commands.map { "\"\(program)\" \($0); echo \"status $?\"" }
    let before = try workshop("ls -A; cksum *").output
    let result = try workshop(
      """
      unshare -m sh -c 'mount -t tmpfs none /proc
        for round in 1 2 3 4 5; do \(tries.joined(separator: "; ")); done'
      """
    )
    #expect(result.output == String(repeating: "status 1\n", count: 30), "\(result)")
    let error = """
      Error: cannot open /proc/self/stat, without which nothing runs dependably: No such file or directory
        → mount -t proc proc /proc

      """
    #expect(result.errors == String(repeating: error, count: 30))
    #expect(try workshop("ls -A; cksum *").output == before)
    let json = try workshop(
      "unshare -m sh -c 'mount -t tmpfs none /proc; \"\(program)\" plan a.zip --json'"
    )
    let document = try JSONDecoder().decode(Document.self, from: Data(json.output.utf8))
    #expect(document.code == "no-proc" && document.exitStatus == 1 && json.status == 1)
  }

  private static let canHideProc =
    Program.run("/bin/sh", ["-c", "unshare -m sh -c 'mount -t tmpfs none /proc'"])?.status == 0

  @Test("Each code has a row in docs/json.md, and each row is a code")
  func codes() throws {
    let text = try Repository.text("Sources/Faces/Failure.swift")
    let cases = text.matches(of: /\n    case (\w+)(?: = "([^"]+)")?/).map {
      String($0.output.2 ?? $0.output.1)
    }
    let rows = try Repository.text("docs/json.md").matches(of: /\n\| ([a-z-]+) \| \d/).map {
      String($0.output.1)
    }
    #expect(cases.count > 20)
    #expect(cases == rows)
  }
}
