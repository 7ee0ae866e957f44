import EnvironmentSupport
import TestSupport
import Testing

/// A Markdown report that is too long for a comment.
@Suite("Markdown that is cut")
struct MarkdownCutTests {
  @Test("A report is cut to whole entries, deletions last, and says where the rest is")
  func cut() throws {
    let columns = (0..<400).map { "column t.c\($0) nvarchar 100 LongLabelOfColumn\($0)" }
    let workshop = try Workshop([
      "old.zip": (["X 1.0 by A", "table t"] + columns[..<120]).joined(separator: "\n"),
      "new.zip": (["X 1.1 by A", "table t"] + columns[200...]).joined(separator: "\n"),
    ])
    let plan = "strata plan new.zip --against old.zip --html plan.html --markdown"
    let whole = try workshop("\(plan) -").output
    #expect(whole.contains("`t.c99`"))
    #expect(!whole.contains("*Cut to"))
    for limit in [12_000, 4_000, 2_000] {
      let text = try workshop("\(plan) - --markdown-limit \(limit)").output
      #expect(text.utf16.count <= limit, "\(text.utf16.count)")
      #expect(text.hasSuffix("*Cut to \(limit) characters; all of it is in plan.html.*\n"))
      #expect(text.contains(/- … and \d+ more/))
      #expect(text.contains("`t.c0`"))
      #expect(text.contains("`t.c99`") == (limit == 12_000))
      #expect(text.split(separator: "<details").count == text.split(separator: "</details>").count)
    }
    #expect(try workshop("\(plan) - --markdown-limit 10").status == 64)
  }
}
