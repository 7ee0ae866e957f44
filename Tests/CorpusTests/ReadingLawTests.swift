import Contract
import Reading
import Solutions
import TestSupport
import Testing

/// Each entry of a plan stands in exactly one place of its reading.
@Suite(
  "Reading of real plans",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct ReadingLawTests {
  private static let filters: [ReadingFilter] = [
    ReadingFilter(), ReadingFilter(actions: [.delete]), ReadingFilter(actions: [.add, .masked]),
    ReadingFilter(kinds: ["Attribute", "SystemForm"]), ReadingFilter(tables: ["contact"]),
    ReadingFilter(impacts: [.data, .behavior, .access]),
    ReadingFilter(actions: [.change], impacts: [.metadata]),
  ]

  private func readable(_ plan: Plan) -> ReadablePlan {
    ReadablePlan(PlanShape(plan, kinds: .standard) { _ in "" })
  }

  @Test(
    "UX-902 every entry is read once, and what is left out is counted",
    arguments: Upgrade.allCases
  )
  func upgrades(upgrade: Upgrade) throws {
    try law(readable(try upgrade.plan()))
  }

  @Test("UX-902 the same of all adjacent versions of the corpus")
  func pairs() throws {
    for (older, newer) in try Corpus.adjacentPairs() {
      let state = InstalledState().applying(Plan.importing([older], on: InstalledState()))
      try law(readable(Plan.importing([newer], on: state)))
    }
  }

  private func law(_ plan: ReadablePlan) throws {
    for filter in Self.filters {
      let reading = PlanReading(plan, filter: filter)
      let asked = plan.entries.filter { filter.isEmpty || filter.takes($0) }
      #expect(told(reading.entries) == told(asked))
      #expect(reading.shown == asked.count)
      #expect(reading.shown + reading.leftOut == plan.entries.count)
      // What is decided does not depend on what is shown.
      #expect(reading.verdict.sentences == PlanReading(plan).verdict.sentences)
    }
    let names = Names(plan.entries)
    for entry in plan.entries {
      for isAll in [false, true] {
        let lines = EntryWords.lines(entry, names, withAll: isAll)
        #expect(lines.allSatisfy { !$0.isEmpty && !$0.text.contains("\n") }, "\(entry.address)")
      }
      // What somebody notices has words.
      let isToldOfProperties = entry.properties.contains {
        $0.impact < .metadata && $0.before != $0.after && !$0.path.hasSuffix("@languagecode")
      }
      if entry.action == .change, !entry.isUnnoticed, isToldOfProperties {
        #expect(!EntryWords.lines(entry, names).isEmpty, "\(entry.address)")
      }
    }
  }

  private func told(_ entries: [ReadableEntry]) -> [String] {
    entries.map { "\($0.action) \($0.address)" }.sorted()
  }
}
