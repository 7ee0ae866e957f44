import SolutionPackages
import Solutions
import TestSupport
import Testing

/// What happens to Fabrikam's packages, from their files to the plan.
@Suite("Stories of the fixtures")
struct FixtureStoryTests {
  private func package(_ name: String) throws -> SolutionPackage {
    try PackageReader().read(try Repository.zip("Tests/Fixtures/Packages/\(name)"), file: name)
  }

  private func state(_ names: String...) throws -> InstalledState {
    try names.reduce(InstalledState()) { state, name in
      try Plan.installing(try package(name), on: state)
    }
  }

  private func tables(_ plan: Plan, _ action: Change.Action) -> [String] {
    plan.changes.filter { $0.action == action && $0.id.type == .number(1) }.map(\.name)
  }

  @Test(
    "LC-105 what another solution of the publisher carries passes over, installed before or in one set"
  )
  func handOver() throws {
    let base = try state("FieldService_1_0_0_0_managed")
    let next = try package("FieldService_3_0_0_0_managed")
    let shared = try package("FabrikamShared_1_0_0_0_managed")

    let alone = Plan.importing([next], on: base)
    #expect(tables(alone, .delete) == ["fab_legacynote", "fab_technician"])

    let before = base.applying(Plan.importing([shared], on: base))
    for plan in [
      Plan.importing([next], on: before),
      Plan.importing([next, shared], on: base), Plan.importing([shared, next], on: base),
    ] {
      #expect(plan.isApplicable)
      #expect(tables(plan, .delete) == ["fab_legacynote"])
      // A mention without a layer is told neither when it comes nor when it goes.
      #expect(tables(plan, .dereference) == ["fab_technician"])
      let destroyed = plan.changes.filter { $0.action == .delete }.map(\.id)
      #expect(shared.members.isDisjoint(with: destroyed))
      #expect(plan.findings.contains { $0.code == HandOver.kind.code && $0.because.count > 0 })
    }
    let after = base.applying(Plan.importing([next, shared], on: base))
    #expect(after.stacks[.entity("fab_technician")]?.base.solution == shared.name)
    #expect(after.brokenInvariants() == [])
  }

  @Test("LC-106 a package of another publisher is refused")
  func wrongPublisher() throws {
    let plan = Plan.importing(
      [try package("FieldService_1_2_0_0_wrongpublisher")],
      on: try state("FieldService_1_0_0_0_managed")
    )
    #expect(
      plan.findings.filter { $0.severity == .error }.map(\.code) == [WrongPublisher.kind.code]
    )
    #expect(!plan.changes.isEmpty)
  }

  @Test("LC §8.12 patches come in upwards only; LC-215 and fit the parent's major and minor number")
  func patches() throws {
    let one = "FieldService_Patch_0a1b2c3d_1_0_1_0_managed"
    let two = "FieldService_Patch_1b2c3d4e_1_0_2_0_managed"
    func errors(_ name: String, on state: InstalledState) throws -> [String] {
      Plan.importing([try package(name)], on: state).findings
        .filter { $0.severity == .error }.map(\.code)
    }
    #expect(try errors(one, on: InstalledState()) == [PatchWithoutParent.kind.code])
    let base = try state("FieldService_1_0_0_0_managed")
    #expect(try errors(one, on: base) == [])
    #expect(try errors(two, on: base) == [])
    let patched = try state("FieldService_1_0_0_0_managed", one, two)
    #expect(
      try errors("FieldService_Patch_2c3d4e5f_1_0_1_5_managed", on: patched) == [
        PatchNotHighest.kind.code
      ]
    )
    #expect(try errors(two, on: patched) == [PatchExists.kind.code])
    #expect(
      try errors("FieldService_Patch_3d4e5f60_1_1_0_1_managed", on: patched) == [
        PatchVersion.kind.code
      ]
    )
    #expect(patched.brokenInvariants() == [])

    let upgrade = Plan.importing([try package("FieldService_1_1_0_0_managed")], on: patched)
    let after = patched.applying(upgrade)
    #expect(after.listed == "FieldService 1.1.0.0")
    #expect(after.brokenInvariants() == [])
    let unpatched = base.applying(
      Plan.importing([try package("FieldService_1_1_0_0_managed")], on: base)
    )
    #expect(after.isSame(as: unpatched))
  }

  @Test("DP §8.2 a view in the unmanaged layer blocks an upgrade, and an update works")
  func unmanagedBlocker() throws {
    let state = try state("FieldService_1_0_0_0_managed", "FieldServiceDev_1_0_0_0")
    let next = try package("FieldService_1_1_0_0_managed")
    let upgrade = Plan.importing([next], on: state)
    let blocks = upgrade.findings.filter { $0.severity == .error }
    #expect(blocks.map(\.code) == [InUse.kind.code])
    #expect(blocks.first?.because.contains { $0.contains("the unmanaged layer") } == true)
    let update = Plan.importing([next], on: state, options: PlanOptions(choice: .update))
    #expect(update.isApplicable)
    #expect(state.applying(update).stacks[.attribute("fab_workorder", "fab_legacycode")] != nil)
  }
}
