import EnvironmentSupport
import FoundationEssentials
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What commands say of an environment that is none, has moved on, or stands where it stood.
@Suite("Commands on environments")
struct EnvironmentCommandTests {
  private let file = TestFile()
  private var env: [String] { ["--env", file.path] }

  private func strata(_ words: String...) throws -> Program.Result {
    let program = try #require(Program.strata)
    return try #require(Program.run(program, words))
  }

  private func package(_ text: String) throws -> TestFile {
    let package = TestFile()
    try Data(PackageText(text).archive()).write(to: URL(filePath: package.path))
    return package
  }

  @Test("An environment without a name is wrong usage; an empty STRATA_ENV is as none")
  func nameless() throws {
    let program = try #require(Program.strata)
    for words in [["list"], ["init"], ["plan", "Examples/NorthwindDispatch_1_0_0_0_managed.zip"]] {
      let flagged = try #require(Program.run(program, words + ["--env", ""]))
      #expect(flagged.status == 64, "\(words)")
      #expect(flagged.errors.contains("--env is empty (an unset variable?)"), "\(flagged.errors)")
    }
    let result = try #require(
      Program.run("env", ["STRATA_ENV=", program, "list"], folder: "/")
    )
    #expect(result.errors.contains("there is no environment at ./environment.strata"))
  }

  @Test("An environment that is a folder is said to be one", arguments: ["list", "init", "verify"])
  func folder(command: String) throws {
    let result = try strata(command, "--env", "Examples")
    #expect(result.status == 1)
    #expect(result.errors.contains("Examples is a folder, and an environment is a file"))
  }

  @Test("T26 a view in the place of a table of the environment is damage, for every command")
  func view() throws {
    let x = try package("X 1.0 by A\ntable t")
    #expect(try strata("init", "--env", file.path).status == 0)
    #expect(try strata("import", x.path, "--quiet", "--env", file.path).status == 0)
    let script = """
      import sqlite3, sys
      database = sqlite3.connect(sys.argv[1])
      database.execute("ALTER TABLE solution RENAME TO solution_")
      database.execute("CREATE VIEW solution AS SELECT * FROM solution_ WHERE 1 = 0")
      database.commit()
      """
    let changed = try #require(Program.run("python3", ["-I", "-c", script, file.path]))
    #expect(changed.status == 0, "\(changed.errors)")
    for command in ["list", "verify", "history", "rollback"] {
      let result = try strata(command, "--env", file.path)
      #expect(result.status == 1, "\(command)")
      #expect(result.errors.contains("is damaged: solution is a view and no table"), "\(result)")
    }
  }

  @Test("A stale plan is refused as a plan is: status 4, and a document that says why")
  func stale() throws {
    let (x, y, plan) = (
      try package("X 1.0 by A\ntable t"), try package("Y 1.0 by A\ntable u"), TestFile()
    )
    #expect(try strata("init", "--env", file.path).status == 0)
    #expect(try strata("plan", x.path, "--env", file.path, "--out", plan.path).status == 2)
    #expect(try strata("import", y.path, "--env", file.path).status == 0)
    let text = try strata("apply", plan.path, "--env", file.path)
    #expect(text.status == 4)
    #expect(text.errors.contains("operation 1: import Y 1.0"))
    let json = try strata("apply", plan.path, "--env", file.path, "--json")
    #expect(json.status == 4)
    let document = try JSONDecoder().decode(Result.self, from: Data(json.output.utf8))
    #expect(document.format == "strata.result")
    #expect(document.operation == nil)
    #expect(document.refusal.contains("since then:"))
    let other = TestFile()
    #expect(try strata("init", "--env", other.path).status == 0)
    #expect(try strata("apply", plan.path, "--env", other.path).status == 4)
    #expect(try strata("plan", x.path, "--env", other.path, "--out", plan.path).status == 2)
    try Data(PackageText("X 1.0 by A\ntable v").archive()).write(to: URL(filePath: x.path))
    let replaced = try strata("apply", plan.path, "--env", other.path)
    #expect(replaced.status == 4)
    #expect(replaced.errors.contains("is not what the plan was made from"))
  }

  @Test("A plan that an older release saved is refused as one: status 4, and nothing is changed")
  func older() throws {
    let (x, plan) = (try package("X 1.0 by A\ntable t"), TestFile())
    #expect(try strata("init", "--env", file.path).status == 0)
    #expect(try strata("plan", x.path, "--env", file.path, "--out", plan.path).status == 2)
    let text = String(decoding: try Data(contentsOf: URL(filePath: plan.path)), as: UTF8.self)
    #expect(text.contains(#""version" : "0.1.0""#))
    let old = text.replacing(#""version" : "0.1.0""#, with: #""version" : null"#)
    try Data(old.utf8).write(to: URL(filePath: plan.path))
    let result = try strata("apply", plan.path, "--env", file.path)
    #expect(result.status == 4)
    #expect(
      result.errors.contains(
        "was made by an older release, and this is strata 0.1.0; nothing was changed"
      )
    )
    #expect(try strata("history", "--env", file.path).output.contains("Nothing was done yet."))
  }

  private struct Result: Decodable {
    let format: String
    let operation: Int?
    let refusal: String
  }

  @Test(
    "status tells the last operation that changed anything, beside an attempt that did not; list by which"
  )
  func status() throws {
    let (x, older) = (try package("X 1.1 by A\ntable t"), try package("X 1.0 by A\ntable t"))
    #expect(try strata("init", "--env", file.path).status == 0)
    #expect(try strata("import", x.path, "--env", file.path).status == 0)
    #expect(!(try strata("status", "--env", file.path).output.contains("last attempt")))
    #expect(try strata("import", older.path, "--env", file.path).status == 4)
    let status = try strata("status", "--env", file.path).output
    #expect(status.contains("operation 1: import X 1.1, done at "))
    #expect(status.contains("last attempt: import X 1.0: refused at "))
    let list = try strata("list", "--env", file.path).output
    #expect(list.hasPrefix("Name  Version  Display name  State    Publisher  Changed\n"))
    #expect(list.contains("\nX     1.1      X             managed  A          operation 1 at 20"))
  }

  @Test("verify says what it has looked at, and exits with 1 when something is broken")
  func verify() throws {
    let x = try package("X 1.0 by A\ntable t")
    #expect(try strata("init", "--env", file.path).status == 0)
    #expect(try strata("import", x.path, "--env", file.path).status == 0)
    let whole = try strata("verify", "--env", file.path)
    #expect(whole.output.hasPrefix("Sound: 1 component, state "))
    #expect(whole.output.contains("1 operation proven"))
    let quick = try strata("verify", "--quick", "--env", file.path)
    #expect(quick.output.hasPrefix("Sound, the present alone: 1 component, state "))
    let json = try strata("verify", "--quick", "--json", "--env", file.path)
    #expect(json.output.contains("\"scope\" : \"present\""))
    // The header of the file.
    var bytes = try Data(contentsOf: URL(filePath: file.path))
    bytes.replaceSubrange(
      bytes.startIndex..<bytes.startIndex + 16,
      with: repeatElement(0, count: 16)
    )
    try bytes.write(to: URL(filePath: file.path))
    let broken = try strata("verify", "--env", file.path)
    #expect(broken.status == 1)
    #expect(broken.errors.contains("is not an environment of Strata"))
  }
}
