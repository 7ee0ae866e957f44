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
    for (new, old, count) in [("v2", "v1", 7), ("t2", "t1", 5)] {
      let plan = try Cases.plan(new, of: "plans-base-elsewhere", against: [old])
      #expect(plan.changes.count { $0.action == .delete } == 0)
      #expect(plan.changes.count { $0.action == .dereference } == count)
    }
  }

  @Test(
    "lifecycle §5 plans-system-columns: nothing that the platform made goes while its table stays"
  )
  func systemColumns() throws {
    for new in ["v2", "v2shell"] {
      let plan = try Cases.plan(new, of: "plans-system-columns", against: ["v1"])
      #expect(plan.changes.allSatisfy { $0.action != .delete })
      #expect(plan.findings.contains { $0.code == .primaryColumn && $0.severity == .warning })
    }
  }
}
