import FoundationEssentials
import SolutionPackages
import Solutions
import TestSupport
import Testing

/// Real packages, which lie beside the checkout where there are any.
enum Corpus {
  static let folder = Repository.root + "/../shared/corpus"

  static let packages = Repository.files(below: folder).filter {
    ($0.hasSuffix(".zip") || $0.hasSuffix(".cab")) && !$0.contains(".damaged.")
  }

  static let isPresent = !packages.isEmpty

  static func read(_ name: String) throws -> SolutionPackage {
    try PackageReader().read(try Repository.bytes("\(folder)/\(name)"), file: name)
  }

  /// Versions of one solution that follow each other, by name and managed flag.
  static func adjacentPairs() throws -> [(older: SolutionPackage, newer: SolutionPackage)] {
    let all = try packages.map { try read($0) }
    let groups = Dictionary(grouping: all) { "\($0.name) \($0.manifest.isManaged)" }
    return groups.sorted { $0.key < $1.key }.flatMap { _, group in
      let sorted = group.sorted {
        ($0.manifest.version, $0.file) < ($1.manifest.version, $1.file)
      }
      return zip(sorted, sorted.dropFirst()).map { ($0, $1) }
    }
  }
}

@Suite("Real packages", .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout"))
struct CorpusTests {
  @Test("Every package reads, and has no error finding", arguments: Corpus.packages)
  func reads(name: String) throws {
    let package = try Corpus.read(name)
    #expect(package.findings.filter { $0.severity == .error } == [])
  }

  @Test("The damaged archive is refused with a clear error")
  func damaged() throws {
    let name = "TerraformSolutionExample_1_0_0_1_managed.damaged.zip"
    let bytes = try Repository.bytes("\(Corpus.folder)/\(name)")
    let error = #expect(throws: PackageError.self) {
      try PackageReader().read(bytes, file: name)
    }
    #expect(error?.finding.code == UnreadableArchive.kind.code)
  }

  @Test("Every adjacent pair plans, and changes only what differs")
  func pairs() throws {
    for (older, newer) in try Corpus.adjacentPairs() {
      let options = PlanOptions(assumesPresent: true)
      let state = InstalledState().applying(
        Plan.importing([older], on: InstalledState(), options: options)
      )
      #expect(state.brokenInvariants() == [], "\(older.file)")
      let plan = Plan.importing([newer], on: state, options: options)
      let again = Plan.importing([newer], on: state, options: options)
      #expect(plan.changes == again.changes)
      #expect(plan.effects == again.effects)
      let after = state.applying(plan)
      #expect(after.brokenInvariants() == [], "\(newer.file)")
    }
  }

  @Test("Installing a package and installing it again changes nothing", arguments: Corpus.packages)
  func again(name: String) throws {
    let package = try Corpus.read(name)
    let options = PlanOptions(assumesPresent: true)
    let state = InstalledState().applying(
      Plan.importing([package], on: InstalledState(), options: options)
    )
    let plan = Plan.importing([package], on: state, options: options)
    #expect(plan.effects.isEmpty)
    #expect(plan.changes.isEmpty)
  }

  @Test("LC-106 a change of publisher is refused, and the plan still says what it would do")
  func higherEducation() throws {
    let name = "Dynamics365HigherEducationAccelerator"
    let state = InstalledState().applying(
      Plan.importing([try Corpus.read("\(name)_1_0_1_6_managed.zip")], on: InstalledState())
    )
    let plan = Plan.importing([try Corpus.read("\(name)_4_0_3_0_managed.zip")], on: state)
    #expect(plan.findings.contains { $0.rule == "LC-106" && $0.severity == .error })
    let tables = plan.changes.filter { $0.id.type == .number(1) }
    #expect(tables.count { $0.action == .delete } == 20)
    // The other of the two system tables, systemuser, was only mentioned.
    #expect(tables.filter { $0.action == .dereference }.map(\.name) == ["customeraddress"])
  }

  @Test("PF-950 a type that changes under one name is found")
  func columnType() throws {
    let name = "Dynamics365HigherEducationAccelerator"
    let state = InstalledState().applying(
      Plan.importing([try Corpus.read("\(name)_1_0_0_6_managed.zip")], on: InstalledState())
    )
    let plan = Plan.importing([try Corpus.read("\(name)_1_0_1_6_managed.zip")], on: state)
    #expect(
      plan.findings.filter { $0.code == ColumnTypeChanged.kind.code }.map(\.subject) == [
        "Attribute:contact.mshied_isdeceased"
      ]
    )
  }

  /// Counted by hand in the packages' XML; K12's new forms are differences with 13 `Removed` nodes.
  @Test(
    "An upgrade changes what another program's inventories differ in",
    arguments: [
      ("EducationAcceleratorK12", "4_0_3_0", "4_0_3_22", [0, 74, 77]),
      ("Develop1SmartButtons", "1_0_0", "1_1", [6, 4, 2]),
      ("Develop1SmartButtons", "1_1", "1_2", [0, 5, 6]),
    ]
  )
  func agreesWithInventories(name: String, old: String, new: String, counts: [Int]) throws {
    let files = [old, new].map { "\(name)_\($0)_managed.zip" }
    let packages = try files.map { try Corpus.read($0) }
    let state = InstalledState().applying(
      Plan.importing(
        [packages[0]],
        on: InstalledState(),
        options: PlanOptions(assumesPresent: true)
      )
    )
    let plan = Plan.importing([packages[1]], on: state)
    #expect(
      counts
        == [.delete, .add, .change].map { action in plan.changes.count { $0.action == action } }
    )
    let context = Set(packages[1].components.filter(\.isUnmodified).map(spelled))
    let (before, after) = (try inventory(files[0]), try inventory(files[1]))
    let differing = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
    let kinds = ComponentKinds.standard
    #expect(
      Set(plan.changes.map { "\(kinds[$0.id.type].name)\t\($0.name)" })
        == Set(differing).subtracting(context)
    )
  }

  private func spelled(_ component: Component) -> String {
    "\(ComponentKinds.standard[component.id.type].name)\t\(component.name)"
  }

  /// Hashes by kind and name, as `Tests/Reference/inventory.py` finds them.
  private func inventory(_ file: String) throws -> [String: Substring] {
    let script = "\(Repository.root)/Tests/Reference/inventory.py"
    let printed = try #require(
      Program.run("/usr/bin/env", ["python3", script, "\(Corpus.folder)/\(file)"])?.output
    )
    let lines = printed.split(separator: "\n").map { $0.split(separator: "\t") }
    return Dictionary(lines.map { ("\($0[0])\t\($0[1])", $0[2]) }) { first, _ in first }
  }

  @Test(
    "Components agree with a count by another program",
    arguments: Corpus.packages.filter { $0.hasSuffix(".zip") }
  )
  func counts(name: String) throws {
    let script = "\(Repository.root)/Tests/Reference/inventory.py"
    let printed = try #require(
      Program.run("/usr/bin/env", ["python3", script, "\(Corpus.folder)/\(name)"])?.output
    )
    let kinds = ComponentKinds.standard
    let lines = try Corpus.read(name).components.map { component in
      "\(kinds[component.id.type].name)\t\(component.name)\t\(component.definition.hash)"
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(lines.joined(separator: "\n") + (lines.isEmpty ? "" : "\n") == printed)
  }

  @Test("LC-331 drafts of every unmanaged package can be published", arguments: Corpus.packages)
  func publish(name: String) throws {
    let package = try Corpus.read(name)
    guard !package.manifest.isManaged else { return }
    let options = PlanOptions(assumesPresent: true)
    let state = InstalledState().applying(
      Plan.importing([package], on: InstalledState(), options: options)
    )
    guard !state.drafts.isEmpty else { return }
    let plan = Plan.publishing(.all, on: state)
    #expect(plan.findings.filter { $0.severity == .error } == [])
    #expect(state.applying(plan).drafts.isEmpty)
  }
}
