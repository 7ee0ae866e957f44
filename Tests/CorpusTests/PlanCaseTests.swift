import Solutions
import TestSupport
import Testing

/// Faults found in use, in the small packages that show them.
@Suite(
  "Cases: what goes and what stays",
  .enabled(if: Cases.arePresent, "the cases are not beside the checkout")
)
struct PlanCaseTests {
  @Test("PF-305 plans-base-elsewhere: what is another's is dereferenced")
  func baseElsewhere() throws {
    // The table itself is only mentioned and has no layer (decision 056): one less than the case counts.
    for (new, old, count) in [("v2", "v1", 6), ("t2", "t1", 4)] {
      let plan = try Cases.plan(new, of: "plans-base-elsewhere", against: [old])
      #expect(plan.changes.count { $0.action == .delete } == 0)
      #expect(plan.changes.count { $0.action == .dereference } == count)
    }
  }

  @Test(
    "LC-500 plans-system-columns: nothing that the platform made goes while its table stays"
  )
  func systemColumns() throws {
    for new in ["v2", "v2shell"] {
      let plan = try Cases.plan(new, of: "plans-system-columns", against: ["v1"])
      #expect(plan.changes.allSatisfy { $0.action != .delete })
      #expect(
        plan.findings.contains { $0.code == KeptWithTable.kind.code && $0.severity == .warning }
      )
    }
  }

  @Test("LC-359 plans-roots: released packages import")
  func roots() throws {
    let strict = PlanOptions(isStrict: true)
    for tree in ["evbyid", "sitemap"] {
      #expect(try Cases.plan(tree, of: "plans-roots", options: strict).isApplicable, "\(tree)")
    }
    for tree in ["wrroot", "process"] {
      let refused = try Cases.plan(tree, of: "plans-roots", options: strict)
      #expect(
        refused.findings.filter { $0.severity == .error }.map(\.code) == [
          MissingDependencies.kind.code
        ]
      )
      let assumed = PlanOptions(assumesPresent: true, isStrict: true)
      #expect(try Cases.plan(tree, of: "plans-roots", options: assumed).isApplicable)
    }
  }

  @Test("PF-109 plans-values-file: the value arrives")
  func values() throws {
    let plan = try Cases.plan("values", of: "plans-values-file")
    #expect(
      plan.changes.flatMap(\.properties).contains {
        $0.path == "(current value)" && $0.after == "fromdev"
      }
    )
  }

  @Test("DP-204 plans-choice-binding: a choice that is nowhere, and options that go")
  func choices() throws {
    let refused = try Cases.plan(
      "v2nodef",
      of: "plans-choice-binding",
      against: ["v1local"],
      options: PlanOptions(isStrict: true)
    )
    #expect(
      refused.findings.filter { $0.severity == .error }.map(\.code) == [ChoiceMissing.kind.code]
    )
    let rebound = try Cases.plan("w2", of: "plans-choice-binding", against: ["w1"])
    #expect(rebound.findings.contains { $0.code == OptionsLost.kind.code })
  }

  @Test("PF-420 plans-column-oid: no database's word refuses a package")
  func databaseWords() throws {
    #expect(try Cases.plan("v1", of: "plans-column-oid").isApplicable)
  }

  @Test(
    "plans-not-told: each is told",
    arguments: [
      ("facts2", "facts1", TableFactsChanged.kind.code, true),
      ("id2", "id1", ProcessTaken.kind.code, true),
      ("sitemap", nil, FullSiteMapNeeded.kind.code, true),
      ("control", nil, ControlPrefix.kind.code, true),
      ("variable2", "variable1", ValueUnfit.kind.code, false),
    ] as [(String, String?, String, Bool)]
  )
  func notTold(tree: String, against: String?, code: String, isRefused: Bool) throws {
    let plan = try Cases.plan(tree, of: "plans-not-told", against: against.map { [$0] } ?? [])
    #expect(plan.findings.contains { $0.code == code })
    #expect(plan.isApplicable == !isRefused)
  }

  @Test("PF-411 plans-not-told: the end of a virtual table loses no data")
  func virtualTable() throws {
    let plan = try Cases.plan("virtual2", of: "plans-not-told", against: ["virtual1"])
    #expect(plan.changes.contains { $0.action == .delete })
    #expect(plan.changes.allSatisfy { $0.dataLoss == nil })
  }

  @Test("LY-521 plans-patch-swaps-field: the field that the patch took out of its cell may go")
  func swappedField() throws {
    let plan = try Cases.plan(
      "v2",
      of: "plans-patch-swaps-field",
      against: ["v1", "forms", "patch"]
    )
    #expect(plan.isApplicable)
    #expect(plan.changes.contains { $0.action == .delete && $0.name.hasSuffix(".smp_a") })
  }
}
