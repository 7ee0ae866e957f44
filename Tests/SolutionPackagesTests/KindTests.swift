import SolutionPackages
import Solutions
import TestSupport
import Testing

/// Each kind has an example of its own: `Tests/Fixtures/Kinds/NAME/`, read into `Tests/Golden/Kinds/NAME.txt`.
@Suite("Kinds")
struct KindTests {
  static let names = ComponentKinds.standard.all.map(\.name) + ["bot"]

  @Test("A kind reads its example: identity, parent, references, properties", arguments: names)
  func example(name: String) throws {
    let package = try PackageReader().read(try archive(name), file: "\(name).zip")
    #expect(package.components.contains { ComponentKinds.standard[$0.id.type].name == name })
    try expectGolden(spelled(package), "Kinds/\(name).txt")
  }

  @Test("Every example has a kind")
  func noOthers() {
    let folders = Repository.files(below: "Tests/Fixtures/Kinds").compactMap {
      $0.split(separator: "/").first.map(String.init)
    }
    #expect(Set(folders) == Set(Self.names))
  }

  @Test("The page of what is covered is that of the kinds")
  func coverage() throws {
    var lines = [
      "# What Strata does with each kind of component", "",
      "Written by a test from the kinds themselves (`UPDATE_GOLDEN=1 swift test --filter KindTests`).",
      "",
      "- **Planned**: every kind. Each component is compared, layered, checked for dependencies and shown in plans by its properties.",
      "- **Layers**: how several solutions' statements of one component become what is in effect.",
      "- **Unmanaged work**: whether edits and unmanaged imports are in effect at once, or are drafts until `strata publish`.",
      "- **Materialized**: what of it is real in an environment, beside its definition.",
      "- **Carried**: files that belong to it, kept by content; nothing in them is run.", "",
      "What no kind claims is carried verbatim, counted and shown (`carried` in `inspect`). Kinds that come as component files of their own (bots, AI models,",
      "custom APIs …) are known by their table's name; `bot` below stands for all of them.", "",
      "| kind | called | number | layers | unmanaged work | materialized | carried |",
      "|---|---|---:|---|---|---|---|",
    ]
    for name in Self.names {
      let package = try PackageReader().read(try archive(name), file: "\(name).zip")
      let examples = package.components.filter { ComponentKinds.standard[$0.id.type].name == name }
      let kind = ComponentKinds.standard[try #require(examples.first).id.type]
      let carried = examples.contains { !$0.definition.parts.isEmpty } ? "its files" : ""
      let number = kind.type.number.map(String.init) ?? ""
      lines.append(
        "| \(kind.name) | \(kind.title) | \(number) | \(kind.merge.title) | \(kind.unmanaged) | \(kind.materialized) | \(carried) |"
      )
    }
    try expectGolden(lines.joined(separator: "\n") + "\n", "../../docs/coverage.md")
  }

  private func archive(_ name: String) throws -> [UInt8] {
    let folder = "Tests/Fixtures/Kinds/\(name)"
    var zip = ZipWriter()
    var files = Repository.files(below: folder)
    if !files.contains("customizations.xml") {
      zip.add("customizations.xml", Array("<ImportExportXml></ImportExportXml>".utf8))
    }
    if let own = files.firstIndex(of: "solution.xml") {
      zip.add("solution.xml", try Repository.bytes("\(folder)/\(files.remove(at: own))"))
    } else {
      zip.add("solution.xml", Array(Self.manifest.utf8))
    }
    zip.add("[Content_Types].xml", Array("<Types></Types>".utf8))
    for file in files { zip.add(file, try Repository.bytes("\(folder)/\(file)")) }
    return zip.bytes()
  }

  private static let manifest = """
    <ImportExportXml><SolutionManifest><UniqueName>Kin</UniqueName><LocalizedNames />\
    <Version>1.0.0.0</Version><Managed>1</Managed><Publisher><UniqueName>kin</UniqueName>\
    <CustomizationPrefix>kin</CustomizationPrefix>\
    <CustomizationOptionValuePrefix>20000</CustomizationOptionValuePrefix></Publisher>\
    <RootComponents /><MissingDependencies /></SolutionManifest></ImportExportXml>
    """

  private func spelled(_ package: SolutionPackage) -> String {
    let kinds = ComponentKinds.standard
    var lines: [String] = []
    func address(_ id: ComponentID) -> String { "\(kinds[id.type].name):\(id.key)" }
    for component in package.components {
      let kind = kinds[component.id.type]
      lines.append("\(kind.name):\(component.name)")
      let number = component.id.type.number.map { ", type \($0)" } ?? ""
      lines.append("  \(kind.title)\(number), merge \(kind.merge), physical \(kind.physical)")
      if component.id.key != component.name { lines.append("  key \(component.id.key)") }
      if let name = component.displayName { lines.append("  display name \(name)") }
      if let parent = component.parent { lines.append("  part of \(address(parent))") }
      if component.isReference { lines.append("  a mention only") }
      if component.isUnmodified { lines.append("  unmodified") }
      for part in component.definition.parts { lines.append("  file \(part.path)") }
      for property in Properties(component.definition).list {
        lines.append("  \(property.path) = \(property.value)")
      }
      let references = kind.references(component).sorted {
        ($0.target, $0.via) < ($1.target, $1.via)
      }
      for reference in references {
        let type =
          switch reference.type {
          case .published: reference.isCertain ? "needs" : "may need"
          case .untracked: "mentions"
          default: "is part of"
          }
        lines.append("  \(type) \(address(reference.target)), via \(reference.via)")
      }
    }
    for carried in package.carried { lines.append("carried \(carried.location) \(carried.count)") }
    // The examples are definitions alone; no manifest declares them.
    for finding in package.findings where finding.code != UndeclaredRoot.kind.code {
      lines.append("\(finding.severity) \(finding.code) \(finding.subject): \(finding.message)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ComponentKind {
  fileprivate var unmanaged: String {
    switch publishing {
    case .atOnce: "at once"
    case .onDemand: "draft"
    case .pending: "draft, which an import discards"
    }
  }

  /// For people.
  fileprivate var materialized: String {
    switch physical {
    case .table: "table with rows"
    case .column: "column with values"
    case .relationship: "lookups that lead somewhere, pairs of rows"
    case .key: "unique index"
    case .none: activation == nil ? "" : "on or off"
    }
  }
}
