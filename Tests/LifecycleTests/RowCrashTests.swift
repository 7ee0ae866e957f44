import EnvironmentSupport
import FoundationEssentials
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// The program is killed while it writes rows, or moves what lies in the trash.
@Suite(
  "Crashes over rows",
  .enabled(if: DebugProgram.path != nil, "there is no debug build of strata beside the tests")
)
struct RowCrashTests {
  /// A command over the environment of `filled`, and the steps that it passes before it commits.
  struct Story: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let words: [String]
    let steps: [String]

    init(_ words: String, passing steps: String...) {
      testDescription = words
      self.words = words.split(separator: " ").map(String.init)
      self.steps = ["claimed", "attempt-begun"] + steps + ["before-commit"]
    }

    static let all = [
      Story("rows t import ROWS", passing: "rows-written"),
      Story("rows t import ROWS --upsert", passing: "rows-written"),
      Story(
        "rows t migrate --set m=a --replace --allow-destroy all",
        passing: "rows-mapped",
        "rows-moved"
      ),
      Story(
        "rows t delete --where a=one --allow-destroy all",
        passing: "rows-unlinked"
      ),
      Story("trash restore NUMBER", passing: "planned", "schema-change", "history-written"),
      Story(
        "trash purge NUMBER --allow-destroy all",
        passing: "planned",
        "schema-change",
        "history-written"
      ),
      Story("rows t activate k", passing: "planned", "schema-change", "history-written"),
      Story(
        "rollback 3 --allow-destroy all",
        passing: "planned",
        "schema-change",
        "history-written"
      ),
    ]
  }

  private static let one = PackageText.guid("one")
  private static let columns = ["tid", "a", "m", "n", "up"]

  /// `n` was dropped and made anew, its values of then lie in the trash; the key over `m` is not active any more.
  private func filled() async throws -> (TestEnvironment, number: Int) {
    let environment = try await TestEnvironment()
    let bare =
      "table t\ncolumn t.a nvarchar 9\ncolumn t.m nvarchar 9\ncolumn t.up lookup\nrelationship r t.up -> t"
    try await environment.import("X 1.0 by A\n\(bare)\ncolumn t.n int")
    let two = PackageText.guid("two")
    try await environment.write(
      "tid|a|m|n|up\n\(Self.one)|one|same|1|\n\(two)|two|same|2|\(Self.one)",
      into: "t"
    )
    try await environment.import("X 1.1 by A\n\(bare)")
    try await environment.import("X 1.2 by A\n\(bare)\ncolumn t.n int\nkey t.k m")
    try await environment.write("tid|m\n\(two)|other", into: "t", mode: .upsert(key: nil))
    let number = try await environment.lifecycle.beneath.read { try $0.trash().first?.id }
    return (environment, try #require(number))
  }

  /// All that the commands change.
  private func content(_ lifecycle: Lifecycle) async throws -> String {
    try await lifecycle.beneath.read { session in
      var query = RowQuery("t")
      query.columns = Self.columns.map { RowQuery.ColumnPath($0) }
      query.order = [RowQuery.Order(RowQuery.ColumnPath("tid"))]
      var lines: [String] = []
      try session.rows(query) { header, row in lines.append("\(row.values)") }
      lines.append("trash \(try session.trash(counts: true).map { "\($0.id) \($0.count ?? 0)" })")
      lines.append("inactive \(try session.inactiveKeys())")
      lines.append("revision \(try session.environment().revision)")
      return lines.joined(separator: "\n")
    }
  }

  @Test("Killed at any step, rows and trash are as before or after", arguments: Story.all)
  func everyStep(story: Story) async throws {
    let program = try #require(DebugProgram.path)
    let (environment, number) = try await filled()
    let file = TestFile()
    try Data("tid,a,m,n\n\(PackageText.guid("three")),three,x,3\n".utf8).write(
      to: URL(filePath: file.path)
    )
    let words = story.words.map { word in
      word == "ROWS" ? file.path : word == "NUMBER" ? "\(number)" : word
    }
    func strata(_ path: String, step: String?) throws -> Program.Result {
      let failpoint = step.map { ["STRATA_FAILPOINT=\($0)"] } ?? []
      return try #require(
        Program.run("/usr/bin/env", failpoint + [program] + words + ["--env", path])
      )
    }
    let before = try await content(environment.lifecycle)
    for step in story.steps {
      let result = try strata(environment.path, step: step)
      #expect(result.status == 128 + 9, "\(step): \(result.output)\(result.errors)")
      #expect(try await content(environment.lifecycle) == before, "\(step)")
      #expect(try await environment.broken() == [], "\(step)")
    }
    // Undisturbed, in a copy, it does what it does when it is killed on the far side of the commit.
    let copy = TestFile()
    _ = try await environment.lifecycle.beneath.read { try $0.environment() }
    for suffix in ["", "-wal"] {
      _ = Program.run("/bin/cp", [environment.path + suffix, copy.path + suffix])
    }
    let done = try strata(copy.path, step: nil)
    #expect(done.status == 0, "\(done.output)\(done.errors)")
    let after = try await content(try await copy.open())
    #expect(after != before)
    #expect(try strata(environment.path, step: "committed").status == 128 + 9)
    #expect(try await content(environment.lifecycle) == after)
    #expect(try await environment.broken() == [])
  }
}
