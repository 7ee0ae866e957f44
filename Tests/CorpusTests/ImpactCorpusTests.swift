import Solutions
import TestSupport
import Testing

/// The three upgrades by which reading is measured: each move of a number is a decision.
@Suite(
  "Impact of real upgrades",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct ImpactCorpusTests {
  private func counts(_ plan: Plan) -> [Impact: Int] {
    plan.changes.reduce(into: [:]) { counts, change in
      guard change.action == .change, !change.isLayerOnly else { return }
      counts[change.impact, default: 0] += 1
    }
  }

  @Test("UX-201 Common: a sixth of the changes is to look at")
  func common() throws {
    let plan = try Upgrade.common.plan()
    #expect(
      counts(plan) == [
        .data: 6, .behavior: 20, .interface: 89, .label: 193, .metadata: 367,
      ]
    )
    #expect(plan.changes.count(where: \.isFirstStatement) == 15)
  }

  @Test("UX-201 HigherEd and Audit: what changes beside all that goes")
  func others() throws {
    #expect(counts(try Upgrade.higherEd.plan()) == [.interface: 1, .metadata: 2])
    #expect(counts(try Upgrade.audit.plan()) == [.behavior: 2])
  }
}

@Suite("Impact of cases", .enabled(if: Cases.arePresent, "the cases are not beside the checkout"))
struct ImpactCaseTests {
  @Test("UX-201 reading-rank has each change at one impact")
  func rank() throws {
    let plan = try Cases.plan("2.0", of: "reading-rank", against: ["1.0"])
    let noticed = plan.changes.filter { $0.action == .change && $0.impact < .metadata }
    #expect(
      noticed.map { "\($0.impact) \($0.displayName ?? $0.name)" }.sorted() == [
        "access Salary band", "behavior Responsible", "behavior smp_thing_parent", "data Code",
        "interface Active Things", "interface Main", "label Client",
      ]
    )
    #expect(plan.changes.count { $0.action == .change && $0.impact == .metadata } == 8)
  }
}

/// Real upgrades of the corpus.
enum Upgrade: String, CaseIterable {
  case common
  case higherEd
  case audit

  var files: (old: String, new: String) {
    switch self {
    case .common:
      (
        "EducationAcceleratorCommon_4_0_3_0_managed.zip",
        "EducationAcceleratorCommon_5_0_3_0_managed.zip"
      )
    case .higherEd:
      (
        "Dynamics365HigherEducationAccelerator_1_0_1_6_managed.zip",
        "Dynamics365HigherEducationAccelerator_4_0_3_0_managed.zip"
      )
    case .audit:
      (
        "CenterofExcellenceAuditLogs_1_0_0_7_managed.zip",
        "CenterofExcellenceAuditLogs_1_41_managed.zip"
      )
    }
  }

  func plan() throws -> Plan {
    let state = try Plan.installing(
      try Corpus.read(files.old),
      on: InstalledState(),
      kinds: .standard
    )
    return Plan.importing([try Corpus.read(files.new)], on: state)
  }
}
