import SolutionPackages
import Solutions
import TestSupport
import Testing

/// Real solutions as readable files.
@Suite(
  "Real solutions described",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct DescriptionCorpusTests {
  private func law(_ name: String) throws -> DescriptionLaw {
    let package = try Corpus.read(name)
    let bytes = try Repository.bytes("\(Corpus.folder)/\(name)")
    let state = try Plan.installing(package, on: InstalledState(), kinds: .standard)
    return try DescriptionLaw(package.name, on: state) { parts in
      var files = KeptFiles(parts)
      try files.look(into: bytes)
      return files.found
    }
  }

  /// One of two versions that are nearly the same, and by far the largest.
  private static let others = ExportCorpusTests.unmanaged.filter {
    $0 != "Dynamics365HigherEducationAccelerator_1_0_0_6.zip"
  }

  @Test(
    "strata.description what a file says of a real solution changes nothing where it stands",
    arguments: others
  )
  func laws(name: String) throws {
    let law = try law(name)
    try law.changesNothing()
    guard Self.unlike[name] == nil else { return }
    if Self.respelled.contains(name) { try law.makesTheSame() } else { try law.isFixed() }
  }

  /// Solutions whose files make something else, or nothing, where they do not stand, and why.
  private static let unlike = [
    "Dynamics365HigherEducationAccelerator_1_0_1_6.zip":
      "forms of the platform's tables, of which an unmanaged layer cannot say all",
    "PSAOPSIntegration_1_0_0_0.zip":
      "forms of the platform's tables, of which an unmanaged layer cannot say all",
    "XrmCIFrameworkSample_1_0_0_0.zip": "pictures in cells of views have no word",
  ]

  /// Those that make the same, which is then described in other words: their columns of the platform have labels in two languages.
  private static let respelled: Set = [
    "MissingDependency_1_0_0_0.zip", "Success_1_0_0_0.zip", "Success_1_1_0_0.zip",
  ]

  @Test("How much of real solutions words say, by kind")
  func extent() throws {
    var (all, whole, partly): ([String: Int], [String: Int], [String: Int]) = ([:], [:], [:])
    var paths: [String: Int] = [:]
    var reasons: [String: Int] = [:]
    for name in Self.others where !name.hasPrefix("Dynamics365") {
      for told in try law(name).description.components {
        let kind = told.component.kind
        all[kind, default: 0] += 1
        if told.isWhole { whole[kind, default: 0] += 1 }
        if told.isSaid, !told.isWhole { partly[kind, default: 0] += 1 }
        for path in Set(told.unsaid) { paths["\(kind) \(path)", default: 0] += 1 }
        if let obstacle = told.obstacle { reasons["\(kind): \(obstacle.words)", default: 0] += 1 }
      }
    }
    for (kind, count) in all.sorted(by: { $0.key < $1.key }) {
      print(
        "\(kind): \(count), \(whole[kind] ?? 0) whole, \(partly[kind] ?? 0) in part, \(count - (whole[kind] ?? 0) - (partly[kind] ?? 0)) not"
      )
    }
    for (path, count) in paths.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(60) {
      print("  \(count) × \(path)")
    }
    for (reason, count) in reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(
      30
    ) {
      print("  \(count) × \(reason)")
    }
    // What people work with most is said; columns of tables that are not here, and web resources of others' prefixes, are not.
    for kind in ["Entity", "EntityRelationship", "SystemForm", "SavedQuery", "OptionSet"] {
      let share = Double((whole[kind] ?? 0) + (partly[kind] ?? 0)) / Double(all[kind] ?? 1)
      #expect(share > 0.8, "\(kind): \(share)")
    }
  }
}
