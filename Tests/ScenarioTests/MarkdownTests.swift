import EnvironmentSupport
import TestSupport
import Testing

/// A Markdown report for a pull request, and what of it fits into a comment.
@Suite("Markdown reports")
struct MarkdownTests {
  @Test(
    "UX-902 a report that is too long loses labels and additions before deletions, and says what"
  )
  func cut() throws {
    let columns = (0..<400).map { "column t\($0 % 40).c\($0) nvarchar 100 LongLabelOfColumn\($0)" }
    let tables = (0..<40).map { "table t\($0)" }
    let renamed = columns[120..<200].map { $0 + "New" }
    let workshop = try Workshop([
      "old.zip": (["X 1.0 by A"] + tables + columns[..<200]).joined(separator: "\n"),
      "new.zip": (["X 1.1 by A"] + tables + renamed + columns[200...]).joined(separator: "\n"),
    ])
    let plan = "strata plan new.zip --against old.zip --html plan.html --markdown"
    let whole = try workshop("\(plan) -").output
    for number in 0..<120 { #expect(whole.contains("`LongLabelOfColumn\(number)`")) }
    #expect(!whole.contains("*Cut to"))
    let words = ["additions", "labels", "deletions"]
    var lost: [[String]] = []
    for share in [99, 90, 50, 0] {
      let limit = max(whole.utf16.count * share / 100, 1_000)
      let text = try workshop("\(plan) - --markdown-limit \(limit)").output
      #expect(text.utf16.count <= limit, "\(text.utf16.count)")
      let note = try #require(text.split(separator: "\n").dropLast().last)
      #expect(note.hasPrefix("*Cut to \(limit) characters. Left out: "))
      #expect(note.hasSuffix("All of it is in `plan.html`.*"))
      lost.append(words.filter { note.contains($0) })
      #expect(text.split(separator: "<details").count == text.split(separator: "</details>").count)
      #expect(text.contains("Destroys 120 columns"))
      // What is told and what is not are all.
      let told = text.matches(of: /`LongLabelOfColumn(\d+)`/).compactMap { Int($0.output.1) }
        .filter { $0 < 120 }
      let left = note.firstMatch(of: /(\d+) deletions/).flatMap { Int($0.output.1) } ?? 0
      #expect(Set(told).count + left == 120, "\(limit)")
    }
    #expect(lost.last == words)
    #expect(lost.first?.contains("deletions") == false)
    #expect(lost.first?.isEmpty == false)
    #expect(try workshop("\(plan) - --markdown-limit 10").status == 64)
  }

  @Test(
    "UX-902 a report begins with the comment that a pipeline finds it by, and says the verdict of the text"
  )
  func head() throws {
    let workshop = try Workshop([
      "old.zip": "X 1.0 by A\ntable t\ncolumn t.a nvarchar 100 First",
      "new.zip": "X 1.1 by A\ntable t",
    ])
    let plan = "strata plan new.zip --against old.zip"
    let lines = try workshop("\(plan) --markdown -").output.split(separator: "\n")
    #expect(lines.first == "<!-- strata X -->")
    #expect(lines.dropFirst(1).first == "### Upgrade `X` `1.0 → 1.1`")
    let verdict = try #require(
      try workshop(plan).output.split(separator: "\n").first { $0.hasPrefix("Destroys ") }
    )
    let told = lines.first { $0.hasPrefix("**⚠️ Destroys ") }.map { line in
      line.filter { $0 != "`" && $0 != "*" }.dropFirst(2)
    }
    #expect(told.map { String($0) } == String(verdict))
    let nothing = try workshop("\(plan) --only add --markdown -").output
    #expect(nothing.contains("Shown 0 of 1; left out: 1 (`--only add`)"))
    #expect(!nothing.contains("#### "))
  }

  @Test(
    "UX-902 reports of three real upgrades fit into a comment and name every deletion outside deleted tables",
    .enabled(if: Upgrade.isThere, "the corpus is not beside the checkout"),
    arguments: Upgrade.all
  )
  func upgrades(upgrade: Upgrade) throws {
    let workshop = try Workshop()
    let text = try workshop("\(upgrade.plan) --markdown - --out plan.json").output
    #expect(text.utf16.count <= upgrade.characters, "\(text.utf16.count)")
    #expect(!text.contains("*Cut to"))
    // Headings count each entry of the plan once.
    var counted = 0
    for line in text.split(separator: "\n")
    where line.hasPrefix("#### ") || line.hasPrefix("<details>") {
      let title = line.drop { $0 == "#" || $0 == " " }.replacing("<details><summary>", with: "")
      if ["Errors", "Warnings", "Notes", "Switches"].contains(where: title.hasPrefix) { continue }
      let isTotal = ["Deleted", "Added", "Kept"].contains(where: title.hasPrefix)
      let numbers = title.matches(of: /[0-9]+/).compactMap { Int($0.output) }
      counted += isTotal ? numbers.first ?? 0 : numbers.reduce(0, +)
    }
    let all = try workshop(
      "python3 -c 'import json; print(len(json.load(open(\"plan.json\"))[\"changes\"]))'"
    ).output
    #expect("\(counted)\n" == all)
    let deleted = try workshop(
      """
      python3 - <<'E'
      import json
      changes = [c for c in json.load(open('plan.json'))['changes'] if c['action'] == 'delete']
      tables = {'Entity:' + c['component']['name'] for c in changes if c['component']['kind'] == 'Entity'}
      for c in changes:
        component = c['component']
        if component.get('parent') in tables: continue
        # A web resource is named by its path, and a column by its own name where it has no other.
        print(component['name'].split('.')[-1] if component['kind'] == 'WebResource' else
              (component.get('displayName') or component['name'].split('.', 1)[-1]).strip())
      E
      """
    ).output.split(separator: "\n")
    #expect(!deleted.isEmpty)
    for name in deleted { #expect(text.contains(name), "\(name)") }
  }

  /// Pairs of the corpus that reports are measured by.
  struct Upgrade: Sendable, CustomTestStringConvertible {
    let new: String
    let old: String
    let characters: Int

    static let folder = Repository.root + "/../shared/corpus"
    static let isThere = !Repository.files(below: folder).isEmpty
    static let all = [
      Upgrade(
        new: "EducationAcceleratorCommon_5_0_3_0",
        old: "EducationAcceleratorCommon_4_0_3_0",
        characters: 30_000
      ),
      Upgrade(
        new: "Dynamics365HigherEducationAccelerator_4_0_3_0",
        old: "Dynamics365HigherEducationAccelerator_1_0_1_6",
        characters: 60_000
      ),
      Upgrade(
        new: "CenterofExcellenceAuditLogs_1_41",
        old: "CenterofExcellenceAuditLogs_1_0_0_7",
        characters: 10_000
      ),
    ]

    var plan: String {
      "strata plan \(Self.folder)/\(new)_managed.zip --against \(Self.folder)/\(old)_managed.zip"
    }
    var testDescription: String { new }
  }
}
