import EnvironmentSupport
import TestSupport
import Testing

/// What is asked for of a difference or of an operation, as of a plan.
@Suite("Filters")
struct FilterTests {
  private func workshop() throws -> Workshop {
    let tables = (0..<30).map { "column t.c\($0) nvarchar 100 Long\($0)" }
    return try Workshop([
      "old.zip":
        (["X 1.0 by A", "table gone", "table t", "column t.code nvarchar 100 Code"] + tables)
        .joined(separator: "\n"),
      "new.zip":
        (["X 1.1 by A", "table t", "column t.code nvarchar 40 Code", "form f1 t code"]
        + tables.prefix(2)).joined(separator: "\n"),
    ])
  }

  @Test(
    "UX-902 filters hold for the difference of two packages, and never change how it ends",
    arguments: [
      ("--only delete", "29 of"), ("--kind Form", "1 of"), ("--impact data", "30 of"),
      ("--component column:t.code", "1 of"), ("--only add --table gone", "0 of"),
    ]
  )
  func difference(words: String, shown: String) throws {
    let workshop = try workshop()
    let text = try workshop("strata diff old.zip new.zip \(words)")
    #expect(text.status == 2)
    let last = try #require(text.output.split(separator: "\n").last)
    #expect(last.hasPrefix("Shown \(shown)") && last.hasSuffix("(\(words))"), "\(last)")
    let json = try workshop("strata diff old.zip new.zip \(words) --json").output
    #expect(json.contains("\"filteredBy\" : \"\(words)\""))
    let count = Int(shown.prefix { $0 != " " }) ?? -1
    #expect(json.matches(of: /"displayName"/).count == count)
  }

  @Test(
    "UX-902 a difference reads as a plan does: in words, folded, nothing of what a plan would do"
  )
  func reading() throws {
    let workshop = try workshop()
    let text = try workshop("strata diff old.zip new.zip").output
    for words in [
      "Only in the older: 29", "Only in the newer: 1", "Different: 1", "longest text: 100 → 40",
    ] { #expect(text.contains(words), "\(words)") }
    for words in ["Deleted", "unknown", "Destroys", "stop working"] {
      #expect(!text.contains(words), "\(words)")
    }
    #expect(
      try workshop("strata diff old.zip new.zip --full").output.contains("MaxLength: 100 → 40")
    )
    let summary = try workshop("strata diff old.zip new.zip --summary").output
    #expect(summary.split(separator: "\n").count == 2)
  }

  @Test("UX-902 filters hold for the difference of two states and for what an operation did")
  func environments() throws {
    let workshop = try workshop()
    _ = try workshop(
      """
      strata init --env e; strata import old.zip --env e --quiet
      strata import new.zip --env e --allow-destroy all --quiet
      """
    )
    let drift = try workshop("strata diff --env e old.zip --only delete")
    #expect(drift.status == 2)
    #expect(drift.output.contains("Shown ") && !drift.output.contains("    ~ "))
    #expect(try workshop("strata diff --env e old.zip --impact data").status == 64)

    let folded = try workshop("strata history 2 --env e").output
    #expect(folded.contains("     - 28 columns of t: "))
    let full = try workshop("strata history 2 --env e --full").output
    #expect(full.contains("delete  Attribute:t.c29  "))
    let some = try workshop("strata history 2 --env e --kind column --only change").output
    #expect(some.contains("change  Attribute:t.code  "))
    #expect(some.contains("Shown 1 of "))
    let json = try workshop("strata history 2 --env e --only change --json").output
    #expect(
      json.contains("\"filteredBy\" : \"--only change\"") && !json.contains("Attribute:t.c29")
    )
    #expect(try workshop("strata history --env e --only change").status == 64)
    #expect(try workshop("strata history 2 --env e --impact data").status == 64)
  }
}
