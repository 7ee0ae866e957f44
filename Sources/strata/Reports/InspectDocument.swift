import Hashing
import Solutions

/// `inspect --json` (contract).
struct InspectDocument: Codable {
  struct Package: Codable {
    let file: String
    let sha256: String
    let container: String
    let bytes: Int
    let entries: Int
  }

  struct Publisher: Codable {
    let uniqueName: String
    let displayName: String
    let prefix: String
    @Nullable var optionValuePrefix: Int?
  }

  struct Solution: Codable {
    let uniqueName: String
    let displayName: String
    let version: String
    let managed: Bool
    @Nullable var patchOf: String?
    let publisher: Publisher
    @Nullable var packageVersion: String?
    @Nullable var platformVersion: String?
  }

  struct Components: Codable {
    let total: Int
    let byKind: [String: Int]
  }

  struct Item: Codable {
    @Nullable var type: Int?
    let kind: String
    let name: String
    @Nullable var id: String?
    @Nullable var parent: String?
    @Nullable var displayName: String?
    let hash: String
    var unmodified: Bool?
    var reference: Bool?
  }

  struct Carried: Codable {
    let location: String
    let count: Int
  }

  let format: String
  let formatVersion: Int
  let package: Package
  let solution: Solution
  let components: Components
  let missingDependencies: Int
  let carried: [Carried]
  let findings: [FindingDocument]
  var list: [Item]?

  init(_ package: SolutionPackage, kinds: ComponentKinds, listsComponents: Bool) {
    format = "strata.inspect"
    formatVersion = 1
    self.package = Package(
      file: package.file,
      sha256: package.digest.description,
      container: package.container,
      bytes: package.bytes,
      entries: package.entries
    )
    let manifest = package.manifest
    solution = Solution(
      uniqueName: manifest.name.text,
      displayName: manifest.displayName,
      version: manifest.version.text,
      managed: manifest.isManaged,
      patchOf: manifest.patchOf?.text,
      publisher: Publisher(
        uniqueName: manifest.publisher.name.text,
        displayName: manifest.publisher.displayName,
        prefix: manifest.publisher.prefix,
        optionValuePrefix: manifest.publisher.optionValuePrefix
      ),
      packageVersion: manifest.packageVersion,
      platformVersion: manifest.platformVersion
    )
    var byKind: [String: Int] = [:]
    for component in package.components { byKind[kinds[component.id.type].name, default: 0] += 1 }
    components = Components(total: package.components.count, byKind: byKind)
    missingDependencies = manifest.missingDependencies.count
    carried = package.carried.map { Carried(location: $0.location, count: $0.count) }
    findings = package.findings.map { FindingDocument($0) }
    guard listsComponents else { return }
    list = package.components.sorted {
      $0.id.type == $1.id.type ? $0.name < $1.name : $0.id.type < $1.id.type
    }.map { component in
      let named = ComponentDocument(
        component.id,
        name: component.name,
        displayName: component.displayName,
        parent: component.parent,
        kinds: kinds
      )
      return Item(
        type: named.type,
        kind: named.kind,
        name: named.name,
        id: named.id,
        parent: named.parent,
        displayName: named.displayName,
        hash: component.definition.hash.description,
        unmodified: component.isUnmodified ? true : nil,
        reference: component.isReference ? true : nil
      )
    }
  }
}

/// The same for people.
struct InspectText {
  let document: InspectDocument
  let style: TextStyle

  func text() -> String {
    let solution = document.solution
    var lines = [
      "\(style.bold(solution.uniqueName)) \(solution.version)  \(solution.managed ? "managed" : "unmanaged")"
        + (solution.patchOf.map { ", patch of \($0)" } ?? ""),
      "  \(solution.displayName.shown())",
      "  publisher  \(solution.publisher.displayName.shown()) (\(solution.publisher.uniqueName), prefix \(solution.publisher.prefix))",
      "  package    \(document.package.file), \(document.package.container), \(document.package.bytes) bytes, \(document.package.entries) entries",
      "  sha256     \(document.package.sha256)",
      "  needs      \(counted(document.missingDependencies, "component")) from elsewhere", "",
      style.bold("\(counted(document.components.total, "component"))"),
    ]
    for (kind, count) in document.components.byKind.sorted(by: { $0.key < $1.key }) {
      lines.append(
        "  \(String(repeating: " ", count: max(0, 7 - String(count).count)))\(count)  \(kind)"
      )
    }
    if let list = document.list {
      lines +=
        [""]
        + list.map { item in
          let display = item.displayName.map { "  “\($0.shown(60))”" } ?? ""
          return
            "  \(item.kind):\(item.name.shown())\(display)  \(style(String(item.hash.prefix(12)), .gray))"
        }
    }
    if !document.carried.isEmpty {
      lines += ["", style.bold("Carried as it is, not understood")]
      lines += document.carried.map { "  \($0.location)  (\($0.count))" }
    }
    if !document.findings.isEmpty {
      lines += ["", style.bold("Findings")]
      lines += document.findings.flatMap { FindingText.lines($0, style) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
