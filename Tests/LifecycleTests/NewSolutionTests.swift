import EnvironmentSupport
import SolutionPackages
import Solutions
import TestSupport
import Testing

@testable import Lifecycle

/// Publishers and solutions that are made here.
@Suite("New publishers and solutions")
struct NewSolutionTests {
  private static let fabrikam = PublisherName("fabrikam")

  private func name(_ text: String) throws -> SolutionName { try #require(SolutionName(text)) }

  @Test("LC-101 a solution that is made, filled and exported is one elsewhere")
  func made() async throws {
    let source = try await TestEnvironment()
    try await source.lifecycle.perform(
      .makingPublisher(Self.fabrikam, prefix: "FAB", displayName: "Fabrikam Inc.")
    )
    try await source.lifecycle.perform(.makingSolution(try name("Own"), of: Self.fabrikam))
    try await source.lifecycle.perform(
      .bringing(
        to: .column("fab_grade", of: "account", "type: text, displayName: Grade", in: "Own")
      )
    )
    let question = ExportQuestion(of: try name("Own"), as: .managed)
    let exported = try #require(try await source.lifecycle.ask(question)).archive
    let target = try await TestEnvironment()
    let archive = try #require(exported)
    let reader = PackageReader(kinds: .standard)
    let package = try reader.read(archive.bytes, file: "Own.zip")
    #expect(package.manifest.publisher.prefix == "fab")
    #expect(package.manifest.publisher.displayName == "Fabrikam Inc.")
    #expect(package.manifest.version.text == "1.0.0.0")
    try await target.lifecycle.perform(
      .importing([Request.Archive(package: package, bytes: archive.bytes)], PlanOptions())
    )
    let there = try await target.whole()
    #expect(there.solutions[try name("Own")]?.isManaged == true)
    #expect(there.stacks[.attribute("account", "fab_grade")] != nil)
  }

  @Test(
    "LC-103 another prefix is that of what is made from then on, in exports too; a rollback brings the old one"
  )
  func edited() async throws {
    let environment = try await TestEnvironment()
    let lifecycle = environment.lifecycle
    try await environment.import(
      "Own 1.0 by B unmanaged\ntable new_t\ncolumn new_t.new_a",
      options: PlanOptions(publishes: true)
    )
    let publisher = PublisherName("b")
    func exported() async throws -> SolutionManifest {
      let question = ExportQuestion(of: try name("Own"))
      let bytes = try #require(try await lifecycle.ask(question)?.archive).bytes
      return try PackageReader(kinds: .standard).read(bytes, file: "Own.zip").manifest
    }
    let before = try await exported().publisher
    let plan = try await lifecycle.plan(
      .editing(publisher, displayName: "The B", prefix: "FAB", optionValuePrefix: 20_000)
    )
    #expect(plan.publishers.count == 1 && plan.publishers.first?.after?.prefix == "fab")
    #expect(plan.findings.map { "\($0.code)" } == ["strata.prefix-for-new"])
    #expect(plan.changes.isEmpty)
    try await lifecycle.perform(
      .editing(publisher, displayName: "The B", prefix: "FAB", optionValuePrefix: 20_000)
    )
    try await lifecycle.perform(.editing(try name("Own"), displayName: "Our own"))
    let after = try await exported()
    #expect(after.publisher.displayName == "The B" && after.publisher.prefix == "fab")
    #expect(after.publisher.optionValuePrefix == 20_000 && after.displayName == "Our own")
    #expect(after.publisher.name == before.name)
    // The old prefix is not that of this publisher any more.
    func adding(_ column: String) async throws -> Plan {
      try await lifecycle.plan(.bringing(to: .column(column, of: "new_t", in: "Own")))
    }
    #expect(try await adding("fab_b").isApplicable)
    #expect(try await !adding("new_b").isApplicable)
    #expect(try await environment.broken() == [])
    try await lifecycle.perform(.rollback(2))
    #expect(try await exported().publisher == before)
    // What says nothing new is no operation.
    #expect(try await lifecycle.perform(.editing(publisher, prefix: "new")).operation == nil)
  }

  @Test(
    "LC-104 publishers of every environment, names that are not there and bad prefixes are refused"
  )
  func refusedEdits() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("Own 1.0 by B unmanaged\ntable t")
    try await environment.import("X 1.0 by A\ntable x")
    func codes(_ request: Request) async throws -> [String] {
      try await environment.lifecycle.plan(request).findings
        .filter { $0.severity == .error }.map { "\($0.code)" }
    }
    #expect(try await codes(.editing(.default, prefix: "fab")) == ["strata.publisher-exists"])
    #expect(
      try await codes(.editing(PublisherName("no"), prefix: "fab")) == ["strata.no-publisher"]
    )
    #expect(try await codes(.editing(PublisherName("B"), prefix: "mscrmx")).count == 1)
    #expect(try await codes(.editing(PublisherName("B"), optionValuePrefix: 1)).count == 1)
    #expect(try await codes(.editing(try name("X"), displayName: "Y")).count == 1)
    #expect(try await codes(.editing(try name("No"), displayName: "Y")).count == 1)
  }

  @Test("A rollback takes them back, and a second one brings them again")
  func undone() async throws {
    let environment = try await TestEnvironment()
    let empty = try await environment.whole()
    try await environment.lifecycle.perform(.makingPublisher(Self.fabrikam, prefix: "fab"))
    try await environment.lifecycle.perform(.makingSolution(try name("Own"), of: Self.fabrikam))
    let made = try await environment.whole()
    #expect(
      made.publishers[Self.fabrikam]?.optionValuePrefix.map { (10_000...99_999).contains($0) }
        == true
    )
    try await environment.lifecycle.perform(.rollback(1))
    let back = try await environment.whole()
    #expect(back.publishers == empty.publishers)
    #expect(back.solutions == empty.solutions)
    try await environment.lifecycle.perform(.rollback(3))
    #expect(try await environment.whole().fingerprint == made.fingerprint)
  }

  @Test(
    "LC-101, LC-104, LC-131 what cannot be made is refused with its code",
    arguments: [
      ("fabrikam", "fab", 10_000, ["strata.publisher-exists"]),
      ("DefaultPublisher", "fab", 10_000, ["strata.publisher-exists"]),
      ("a b", "fab", 10_000, ["0x8004F01C"]),
      ("northwind", "f", 10_000, ["strata.publisher-prefix"]),
      ("northwind", "9nw", 10_000, ["strata.publisher-prefix"]),
      ("northwind", "ninechars", 10_000, ["strata.publisher-prefix"]),
      ("northwind", "mscrmnw", 10_000, ["strata.publisher-prefix"]),
      ("northwind", "nw", 9_999, ["0x80048402"]), ("northwind", "nw", 100_000, ["0x80048402"]),
      ("northwind", "nw", 99_999, []),
    ] as [(String, String, Int, [String])]
  )
  func publishers(name: String, prefix: String, option: Int, codes: [String]) async throws {
    let environment = try await TestEnvironment()
    try await environment.lifecycle.perform(.makingPublisher(Self.fabrikam, prefix: "fab"))
    let plan = try await environment.lifecycle.plan(
      .makingPublisher(PublisherName(name), prefix: prefix, optionValuePrefix: option)
    )
    #expect(plan.findings.map(\.code) == codes)
    #expect(plan.isApplicable == codes.isEmpty)
  }

  @Test(
    "LC-131 a solution has a free name and a publisher of one's own",
    arguments: [
      ("X", "A", ["0x8004F023"]), ("x", "A", ["0x8004F023"]), ("Y", "A", []),
      ("Y", "nobody", ["strata.no-publisher"]),
      ("Y", "MicrosoftCorporation", ["strata.no-publisher"]), ("Default", "A", ["0x8004F022"]),
      ("X_Upgrade", "A", ["0x8004F022"]),
    ] as [(String, String, [String])]
  )
  func solutions(solution: String, publisher: String, codes: [String]) async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t")
    let plan = try await environment.lifecycle.plan(
      .makingSolution(try name(solution), of: PublisherName(publisher))
    )
    #expect(plan.findings.map(\.code) == codes)
  }

  @Test("LC-104 a publisher of whom there is no solution goes")
  func publisherGone() async throws {
    let environment = try await TestEnvironment()
    let name = PublisherName("idle")
    try await environment.lifecycle.perform(.makingPublisher(name, prefix: "idl"))
    try await environment.lifecycle.perform(.removing(name))
    #expect(try await environment.whole().publishers[name] == nil)
  }
}
