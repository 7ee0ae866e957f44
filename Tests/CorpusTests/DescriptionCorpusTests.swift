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

  @Test(
    "strata.description what a file says of a real solution changes nothing where it stands, and makes the same elsewhere",
    arguments: ExportCorpusTests.unmanaged
  )
  func laws(name: String) throws {
    let law = try law(name)
    try law.changesNothing()
    try law.isFixed()
  }

  @Test("How much of real solutions words say, by kind")
  func extent() throws {
    var (all, whole, partly): ([String: Int], [String: Int], [String: Int]) = ([:], [:], [:])
    var paths: [String: Int] = [:]
    var reasons: [String: Int] = [:]
    for name in ExportCorpusTests.unmanaged {
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
    // What people work with most is said.
    for kind in ["Entity", "Attribute", "SystemForm", "SavedQuery", "WebResource", "OptionSet"] {
      let share = Double((whole[kind] ?? 0) + (partly[kind] ?? 0)) / Double(all[kind] ?? 1)
      #expect(share > 0.9, "\(kind): \(share)")
    }
  }
}
