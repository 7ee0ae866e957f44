import FoundationEssentials
import TestSupport
import Testing

/// What the scripts promise to who reads their logs.
@Suite("Scripts")
struct ScriptTests {
  @Test("scripts/test ends with what failed and the count, and with the status of the tests")
  func failed() throws {
    let log = """
      ◇ Test "one" started.
      ✘ Test "one" recorded an issue at OneTests.swift:3:5: Expectation failed: false
      ↳ it was
      a line of what it was
      ✔ Test "two" passed after 0.1 seconds.
      noise of a program
      ✘ Test "one" failed after 0.1 seconds with 1 issue.
      ✘ Suite "Ones" failed after 0.1 seconds with 1 issue.
      ↳ /// What the suite is for.
      ✔ Suite "Twos" passed after 0.1 seconds.
      ✘ Test run with 2 tests in 2 suites failed after 0.1 seconds with 1 issue.

      """
    let result = try run(log, status: 3)
    #expect(result.status == 3)
    #expect(
      result.output == """
        \(log)✘ Test "one" recorded an issue at OneTests.swift:3:5: Expectation failed: false
        ↳ it was
        a line of what it was
        ✘ Test "one" failed after 0.1 seconds with 1 issue.
        ✘ Suite "Ones" failed after 0.1 seconds with 1 issue.
        ✘ Test run with 2 tests in 2 suites failed after 0.1 seconds with 1 issue.

        """
    )
  }

  @Test(
    "scripts/test adds nothing where nothing failed, and keeps the last line where tests crashed"
  )
  func others() throws {
    let passed = "✔ Test run with 2 tests in 1 suite passed after 0.1 seconds.\n"
    #expect(try run(passed, status: 0).output == passed)
    let crashed = "◇ Test \"one\" started.\nerror: Exited with unexpected signal code 4\n"
    let result = try run(crashed, status: 1)
    #expect(result.status == 1)
    #expect(result.output == crashed + "error: Exited with unexpected signal code 4\n")
  }

  /// With a `swift` whose tests print a log and end with a status.
  private func run(_ log: String, status: Int32) throws -> Program.Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "strata-scripts-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(log.utf8).write(to: folder.appending(path: "log"))
    let swift = """
      #!/bin/sh
      [ "$1" = test ] || exit 0
      cat '\(folder.path)/log'
      exit \(status)

      """
    try Data(swift.utf8).write(to: folder.appending(path: "text"))
    // What this program writes itself may be open in another test's child while it is to be run.
    let command = """
      cd '\(folder.path)'; cp text swift; chmod +x swift; PATH="$PWD:$PATH"; cd "$1"; scripts/test --swift
      """
    return try #require(Program.run("/bin/sh", ["-c", command, "sh", Repository.root]))
  }

  @Test("What is linked has its licence in the bill of materials")
  func licences() throws {
    let manifest = try Repository.text("Package.swift")
    let bill = try Repository.text("scripts/bill-of-materials")
    let linked = manifest.matches(of: /\.package\(url: "[^"]*\/([^"\/]+)"/).map {
      $0.output.1.lowercased()
    }
    #expect(linked.count > 2)
    for name in linked { #expect(bill.contains("\"\(name)\": \""), "\(name)") }
  }
}
