import Contract
import EnvironmentSupport
import Faces
import Lifecycle
import Reading
import Solutions
import TestSupport
import Testing

/// A long plan is a short page, and nothing of it is lost.
@Suite("Long plans")
struct LongPlanTests {
  private let plan: PlanShape

  init() throws {
    let tables = (0..<40).map { table in
      (["table t\(table)"] + (0..<12).map { "column t\(table).c\($0) nvarchar 100" })
        .joined(separator: "\n")
    }
    let archive = try TestEnvironment.archive((["X 1.0 by A"] + tables).joined(separator: "\n"))
    plan = PlanShape(
      Plan.importing(
        [archive.package],
        on: InstalledState(),
        kinds: .standard,
        options: PlanOptions()
      ),
      kinds: .standard
    )
  }

  private func anchors(_ html: String) -> [String] {
    html.matches(of: /class="(?:g )?c [a-z]+" id="([^"]+)"/).map { String($0.output.1) }
  }

  @Test("Its page and the groups that are left for later hold each component once")
  func whole() throws {
    let whole = anchors(try PlanHTML(plan: plan).body())
    #expect(whole.count > 500 && Set(whole).count == whole.count)
    let html = PlanHTML(plan: plan, source: "/plans/x")
    let page = try html.body()
    let here = anchors(page)
    #expect(here.count < 320)
    var found = here
    let later = page.matches(of: /data-source="\/plans\/x\/groups\/([0-9]+)"/)
    #expect(!later.isEmpty)
    for match in later {
      let number = try #require(Int(match.output.1))
      found += anchors(try #require(try html.group(number)))
      #expect(!page.contains("groups/\(number)/"))
    }
    #expect(found.sorted() == whole.sorted())
    #expect(try html.group(100_000) == nil)
    let missing = try #require(whole.first { !here.contains($0) })
    let number = try #require(html.groupNumber(of: missing))
    #expect(anchors(try #require(try html.group(number))).contains(missing))
    #expect(html.groupNumber(of: "nowhere") == nil)
  }

  @Test("A filter finds what has all words, the first 200 of it, and counts all")
  func found() throws {
    let html = PlanHTML(plan: plan, source: "/plans/x")
    let one = try html.found(["t7", "c11"], impacts: [], actions: [])
    #expect(one.count == 1 && anchors(one.html).count == 1)
    let all = try html.found([], impacts: [], actions: ["add"])
    #expect(all.count == plan.changes.count && anchors(all.html).count == 200)
    #expect(try html.found(["<script>"], impacts: [], actions: []).count == 0)
  }
}
