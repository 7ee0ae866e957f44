import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Values of secret variables and connections (docs/decisions/078).
@Suite("Secrets")
struct SecretTests {
  private static let link =
    "connectionreference connectionreferencelogicalname=\"new_Link\"><connectorid>/providers/x</connectorid>"

  private func package(_ version: String, type: String = "100000005") -> String {
    """
    X \(version) by A
    manifest <RootComponent type="380" schemaName="new_Key" behavior="0"/>
    xml EnvironmentVariables <Definition><SchemaName>new_Key</SchemaName><Type>\(type)</Type><DefaultValue>D-ONE</DefaultValue></Definition>
    xml connectionreferences <\(Self.link)</connectionreference>
    """
  }

  private func options(_ key: String, _ link: String = "L-ONE") -> PlanOptions {
    PlanOptions(
      deployment: DeploymentSettings(values: ["new_Key": key], connections: ["new_Link": link])
    )
  }

  private let variable = ComponentID(ComponentKind.environmentVariableDefinition.type, "new_key")

  private func told(_ plan: Plan) -> [String] {
    plan.changes.flatMap { change in
      change.properties.compactMap { property in
        property.secret.map { "\(property.path) \($0)" }
      }
    }.sorted()
  }

  @Test("Whoever looks at a secret sees its digest, or that it is set")
  func looking() throws {
    let seal = try #require(Seal(key: Array(repeating: 7, count: Seal.size)))
    for secret in [Secret("S-ONE", seal: nil), Secret("S-ONE", seal: seal)] {
      var dumped = ""
      dump(secret, to: &dumped)
      for text in ["\(secret)", secret.debugDescription, dumped, String(reflecting: [secret])] {
        #expect(!text.contains("S-ONE"))
      }
      #expect(secret.customMirror.children.isEmpty)
    }
    #expect(Seal(key: [1]) == nil)
  }

  /// Every text in a plan.
  private func texts(_ plan: Plan) -> String { "\(plan.changes) \(plan.findings)" }

  @Test(
    "LC-604 a secret is told to be set or changed, by digests that only its environment makes"
  )
  func told() async throws {
    let (one, other) = (try await TestEnvironment(), try await TestEnvironment())
    let archive = try TestEnvironment.archive(package("1.0"))
    func plan(_ environment: TestEnvironment, _ key: String) async throws -> Plan {
      try await environment.lifecycle.plan(.importing([archive], options(key)))
    }
    let first = try await plan(one, "S-ONE")
    #expect(told(first) == ["(connection) set", "(current value) set", "DefaultValue set"])
    for word in ["S-ONE", "L-ONE", "D-ONE"] { #expect(!texts(first).contains(word), "\(word)") }
    func digest(_ plan: Plan) -> String? {
      plan.changes.flatMap(\.properties).first { $0.path == "(current value)" }?.after
    }
    let made = try #require(digest(first))
    #expect(made.hasPrefix("hmac-sha256:") && made.count == 76)
    // The same in the same environment, and another for another value or in another.
    #expect(digest(try await plan(one, "S-ONE")) == made)
    #expect(try await plan(one, "S-ONE").fingerprint == first.fingerprint)
    #expect(try await plan(one, "S-TWO").fingerprint != first.fingerprint)
    #expect(digest(try await plan(one, "S-TWO")) != made)
    #expect(digest(try await plan(other, "S-ONE")) != made)
    try await one.import(package("1.0"), options: options("S-ONE"))
    let next = try TestEnvironment.archive(package("1.1"))
    let changing = try await one.lifecycle.plan(.importing([next], options("S-TWO", "L-TWO")))
    #expect(told(changing) == ["(connection) changed", "(current value) changed"])
    for word in ["S-ONE", "S-TWO", "L-ONE", "L-TWO"] { #expect(!texts(changing).contains(word)) }
    #expect(changing.findings.contains { $0.because == ["it is a secret and not shown"] })
    let same = try await one.lifecycle.plan(.importing([next], options("S-ONE")))
    #expect(told(same) == [])
    #expect(try await one.broken() == [])
  }

  @Test("LC-604 without an environment a secret is told to be set, by no digest")
  func offline() throws {
    let plan = Plan.importing(
      [try PackageText(package("1.0")).read()],
      on: InstalledState(),
      options: options("S-ONE")
    )
    #expect(told(plan) == ["(connection) set", "(current value) set", "DefaultValue set"])
    for property in plan.changes.flatMap(\.properties) where property.secret != nil {
      #expect(property.after == "set")
    }
    // Nor does what tells plans apart tell which secret it is.
    let other = Plan.importing(
      [try PackageText(package("1.0")).read()],
      on: InstalledState(),
      options: options("S-TWO")
    )
    #expect(plan.fingerprint == other.fingerprint)
  }

  @Test(
    "LC-604 a variable that stops being secret counts as one until its value is set again"
  )
  func stops() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(package("1.0"), options: options("S-ONE"))
    try await environment.import(package("1.1", type: "100000000"))
    var state = try await environment.whole()
    #expect(state.settings[variable]?.secret != nil)
    #expect(state.told(variable)?.text.hasPrefix("hmac-sha256:") == true)
    let again = try await environment.import(
      package("1.2", type: "100000000"),
      options: options("open")
    )
    #expect(told(again.plan) == ["(current value) changed"])
    #expect(!texts(again.plan).contains("S-ONE"))
    state = try await environment.whole()
    #expect(state.told(variable) == .value("open"))
    // And one that becomes a secret is kept as one.
    try await environment.import(package("1.3"))
    #expect(try await environment.whole().settings[variable]?.secret != nil)
    #expect(try await environment.broken() == [])
    try await environment.lifecycle.perform(.rollback(2), consent: .all)
    #expect(try await environment.whole().settings[variable]?.secret != nil)
    #expect(try await environment.broken() == [])
  }

  @Test(
    "An environment of an earlier release gets its key when it is opened, and its secrets are some"
  )
  func older() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(package("1.0"), options: options("S-ONE"))
    try environment.damage("UPDATE setting SET kind = 'value' WHERE kind = 'secret'")
    try environment.age(to: 8)
    let lifecycle = try await environment.reopened()
    let proof = try await lifecycle.beneath.read { try $0.verified() }
    #expect(proof.broken == [])
    #expect(proof.proven == [1])
    #expect(proof.state?.settings[variable]?.secret != nil)
    try environment.damage("DELETE FROM seal")
    await #expect(throws: (any Error).self) { try await environment.whole() }
  }
}
