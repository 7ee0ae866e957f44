import EnvironmentSupport
import Lifecycle
import SQL
import SQLite
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Each verb on an environment.
@Suite("Verbs")
struct VerbTests {
  private func name(_ text: String) throws -> SolutionName { try #require(SolutionName(text)) }

  private let base = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 30\ncolumn t.b"
  private let next = "X 1.1 by A\ntable t\ncolumn t.a nvarchar 40"

  @Test("LC §8.2 stage lists both rows; apply leaves one, with the staged row's id")
  func stage() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    let old = try #require(try await environment.whole().solutions[name("X")])
    try await environment.import(next, options: PlanOptions(choice: .stage))
    let staged = try await environment.whole()
    #expect(staged.listed == "X 1.0, X_Upgrade 1.1")
    #expect(staged.stacks[.attribute("t", "b")] != nil)
    let holding = try #require(staged.solutions[name("X").holding])
    // Nothing comes in beside it.
    await #expect(throws: LifecycleError.self) {
      try await environment.import("X 1.2 by A\ntable t")
    }
    try await environment.lifecycle.perform(.applyUpgrade(name("X")), consent: .all)
    let after = try await environment.whole()
    #expect(after.listed == "X 1.1")
    #expect(after.solutions[try name("X")]?.id == holding.id)
    #expect(holding.id != old.id)
    #expect(after.stacks[.attribute("t", "b")] == nil)
    #expect(try await environment.broken() == [])
  }

  @Test("LC-414 of two upgrades that were staged together each can be given up")
  func stagedTogether() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    try await environment.import("Y 1.0 by B\ntable y")
    try await environment.import(
      next,
      "Y 1.1 by B\ntable y\ncolumn y.a",
      options: PlanOptions(choice: .stage)
    )
    try await environment.lifecycle.perform(.discardUpgrade(name("X")), consent: .all)
    #expect(try await environment.whole().listed == "X 1.0, Y 1.0, Y_Upgrade 1.1")
    try await environment.lifecycle.perform(.discardUpgrade(name("Y")), consent: .all)
    #expect(try await environment.whole().listed == "X 1.0, Y 1.0")
    #expect(try await environment.broken() == [])
  }

  @Test("LC-405 a blocked apply leaves both, and both ways out work")
  func blockedApply() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    try await environment.import("Y 1.0 by B\ntable y\nlink w y t.b")
    try await environment.import(next, options: PlanOptions(choice: .stage))
    let x = try name("X")
    let blocked = try await environment.whole()
    for _ in 0..<2 {
      await #expect(throws: LifecycleError.self) {
        try await environment.lifecycle.perform(.applyUpgrade(x), consent: .all)
      }
      #expect(try await environment.whole().fingerprint == blocked.fingerprint)
    }
    let operations = try await environment.lifecycle.beneath.read { try $0.environment().revision }
    // Mend the cause and apply again.
    try await environment.import("Y 1.1 by B\ntable y")
    try await environment.lifecycle.perform(.applyUpgrade(x), consent: .all)
    #expect(try await environment.whole().listed == "X 1.1, Y 1.1")
    // Or go back and give the staged version up.
    try await environment.lifecycle.perform(.rollback(operations + 1), consent: .all)
    #expect(try await environment.whole().fingerprint == blocked.fingerprint)
    try await environment.lifecycle.perform(.discardUpgrade(x), consent: .all)
    #expect(try await environment.whole().listed == "X 1.0, Y 1.0")
    #expect(try await environment.broken() == [])
  }

  @Test(
    "PF-230 patches go on in order, roll up with an upgrade, and go with their base, all or nothing"
  )
  func patches() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    func patch(_ digit: Int, _ version: String) -> String {
      "X_Patch_0000000\(digit) \(version) by A patch of X\nshell t\ncolumn t.p\(digit)"
    }
    try await environment.import(patch(1, "1.0.1"))
    try await environment.import(patch(2, "1.0.3"))
    await #expect(throws: LifecycleError.self) { try await environment.import(patch(3, "1.0.2")) }
    let patched = try await environment.whole()
    #expect(patched.listed == "X 1.0, X_Patch_00000001 1.0.1, X_Patch_00000002 1.0.3")
    // Somebody needs a patch's column, so the base stays with both.
    try await environment.import("Y 1.0 by B\ntable y\nlink w y t.p2")
    let x = try name("X")
    await #expect(throws: LifecycleError.self) {
      try await environment.lifecycle.perform(.uninstall(x), consent: .all)
    }
    #expect(try await environment.whole().solutions.count == 4)
    try await environment.lifecycle.perform(.uninstall(name("Y")), consent: .all)
    try await environment.lifecycle.perform(.uninstall(x), consent: .all)
    #expect(try await environment.whole().solutions.isEmpty)
    #expect(try await environment.whole().stacks.isEmpty)
    try await environment.lifecycle.perform(.rollback(5), consent: .all)
    try await environment.lifecycle.perform(.rollback(4), consent: .all)
    #expect(try await environment.whole().fingerprint == patched.fingerprint)
    try await environment.import("X 1.1 by A\ntable t\ncolumn t.a nvarchar 30\ncolumn t.p1")
    #expect(try await environment.whole().listed == "X 1.1")
    #expect(try await environment.whole().stacks[.attribute("t", "p2")] == nil)
    #expect(try await environment.broken() == [])
  }

  @Test("An import of what is there already writes nothing")
  func again() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    let done = try await environment.import(base)
    #expect(done.operation == nil)
    #expect(done.plan.unchanged == 3)
    #expect(try await environment.lifecycle.beneath.read { try $0.environment().revision } == 1)
  }

  @Test("Several packages are one operation, all or nothing")
  func set() async throws {
    let environment = try await TestEnvironment()
    await #expect(throws: LifecycleError.self) {
      try await environment.import(base, "P_Patch_00000001 1.0.1 by A patch of Nowhere\nshell t")
    }
    #expect(try await environment.whole().solutions.isEmpty)
    try await environment.import(base, "Y 1.0 by B\ntable y\nlink w y t.b")
    #expect(try await environment.lifecycle.beneath.read { try $0.environment().revision } == 1)
  }

  @Test("Destroying needs consent that names it; a component's consent covers its parts")
  func consent() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a\ntable u\ncolumn u.c")
    let request = Request.importing(
      [try TestEnvironment.archive("X 1.1 by A\ntable t")],
      PlanOptions()
    )
    for names in [[], ["Entity:u"], ["Attribute:t.a"]] {
      await #expect(throws: LifecycleError.self) {
        try await environment.lifecycle.perform(request, consent: Consent(names: names))
      }
    }
    let consent = Consent(names: ["entity:U", "Attribute:t.a"])
    let done = try await environment.lifecycle.perform(request, consent: consent)
    #expect(done.operation == 2)
  }

  @Test("LC-310 overwriting writes into the active layer, which stays listed")
  func overwrite() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a nvarchar 10")
    try await environment.import("D 1.0 by A unmanaged\nshell t\nforeign t.a nvarchar 20")
    let a = ComponentID.attribute("t", "a")
    try await environment.import("X 1.1 by A\ntable t\ncolumn t.a nvarchar 30")
    #expect(try await environment.whole().effective(a, "MaxLength") == "20")
    try await environment.import(
      "X 1.2 by A\ntable t\ncolumn t.a nvarchar 40",
      options: PlanOptions(overwritesCustomizations: true)
    )
    let state = try await environment.whole()
    #expect(state.effective(a, "MaxLength") == "40")
    #expect(state.stacks[a]?.layers.map(\.solution.text) == ["X", "Active"])
    #expect(try await environment.broken() == [])
  }

  @Test("LC-301 the second is told at once which one runs")
  func busy() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    let claim = try #require(try await environment.lifecycle.beneath.database.claim(waiting: .zero))
    let other = try await environment.reopened()
    let request = Request.uninstall(try name("X"))
    await #expect(throws: LifecycleError.self) { try await other.perform(request, consent: .all) }
    // Readers do not wait.
    #expect(try await other.beneath.read { try $0.solutions(at: nil) }.count == 1)
    withExtendedLifetime(claim) {}
  }

  @Test("History says who, when, what, and how it went with each component")
  func history() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    try await environment.import(next)
    let operations = try await environment.lifecycle.beneath.read { try $0.history() }
    #expect(operations.map(\.number) == [2, 1])
    let upgrade = try #require(operations.first)
    #expect(upgrade.record.who == "tester")
    #expect(upgrade.packages.map(\.action) == [.upgrade])
    #expect(upgrade.packages.first?.from?.text == "1.0")
    #expect(upgrade.counts.delete == 1)
    #expect(upgrade.completed > upgrade.record.started)
    let results = try await environment.lifecycle.beneath.read { try $0.results(of: 2) }
    #expect(results.map(\.action) == [.delete, .change])
    #expect(results.allSatisfy { $0.milliseconds > 0 })
    let digest = try #require(upgrade.packages.first?.digest)
    let kept = try await environment.lifecycle.beneath.read { try $0.package(digest)?.bytes }
    #expect(kept == PackageText(next).archive())
  }

  @Test("A refused operation changes nothing and leaves its tale")
  func refused() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    await #expect(throws: LifecycleError.self) {
      try await environment.import("X 0.9 by A\ntable t", options: PlanOptions(choice: .upgrade))
    }
    let attempts = try await environment.lifecycle.beneath.read { try $0.attempts(limit: 5) }
    #expect(attempts.map(\.outcome) == [.refused, .done])
    #expect(attempts.first?.message?.contains("nothing was changed") == true)
    #expect(try await environment.lifecycle.running() == nil)
  }

  @Test("A file of a newer release is refused, a file that is none, too")
  func otherFiles() async throws {
    let environment = try await TestEnvironment()
    try await environment.lifecycle.beneath.database.write {
      try $0.execute("UPDATE strata_schema SET version = 99")
    }
    await #expect(throws: StoreError.self) { try await environment.reopened() }
    let path = TestEnvironment.newPath()
    #expect(throws: SQLError.self) { try SQLiteDatabase(path: path, mode: .open) }
    #expect(throws: SQLError.self) { try SQLiteDatabase(path: environment.path, mode: .create) }
  }

  @Test("LC-601 a step is switched off and on, and its state is told of it")
  func switching() async throws {
    let environment = try await TestEnvironment()
    let guid = PackageText.guid("step")
    let step = ComponentID(.number(92), guid)
    try await environment.import(
      """
      X 1.0 by A
      table t
      xml SdkMessageProcessingSteps <SdkMessageProcessingStep SdkMessageProcessingStepId="{\(guid)}" \
      Name="step"><Stage>40</Stage></SdkMessageProcessingStep>
      manifest <RootComponent type="92" id="{\(guid)}" behavior="0"/>
      """
    )
    for isOn in [true, false] {
      let done = try await environment.lifecycle.perform(.switching([step], on: isOn))
      #expect(done.operation != nil)
      let name = try #require(SolutionName("X"))
      let found = try await environment.lifecycle.ask(SolutionQuestion(name))
      #expect(found?.members.first { $0.id == step }?.isOn == isOn)
      let history = try await environment.lifecycle.ask(ComponentHistoryQuestion(of: step))
      #expect(history.setting?.number == done.operation)
      #expect(history.setting?.record.verb == (isOn ? "activate" : "deactivate"))
    }
  }

  @Test("LC-604 values and connections are given and taken away, and a rollback has them back")
  func giving() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      """
      X 1.0 by A
      manifest <RootComponent type="380" schemaName="new_V" behavior="0"/>
      xml EnvironmentVariables <Definition><SchemaName>new_V</SchemaName><Type>100000000</Type></Definition>
      xml connectionreferences <connectionreference connectionreferencelogicalname="new_R"><connectorid>/x</connectorid></connectionreference>
      """
    )
    let before = try await environment.whole()
    let variable = ComponentID(ComponentKind.environmentVariableDefinition.type, "new_v")
    let reference = ComponentID(.connectionReference, "new_r")
    let settings = DeploymentSettings(values: ["new_V": "one"], connections: ["new_R": "C"])
    let given = GivenSettings(settings)
    let done = try await environment.lifecycle.perform(.giving(given))
    #expect(done.plan.changes.map(\.id).sorted() == [variable, reference].sorted())
    let after = try await environment.whole()
    #expect(after.settings[variable] == .value("one"))
    #expect(after.settings[reference]?.text != nil)
    // The same again is nothing.
    let again = try await environment.lifecycle.perform(.giving(given))
    #expect(again.operation == nil)
    let taken = GivenSettings(DeploymentSettings(), taken: [variable])
    try await environment.lifecycle.perform(.giving(taken))
    #expect(try await environment.whole().settings[variable] == nil)
    try await environment.lifecycle.perform(.rollback(2), consent: .all)
    #expect(try await environment.whole().fingerprint == before.fingerprint)
    #expect(try await environment.broken() == [])
    let nowhere = GivenSettings(DeploymentSettings(values: ["new_W": "x"]))
    await #expect(throws: LifecycleError.self) {
      try await environment.lifecycle.perform(.giving(nowhere))
    }
  }
}
