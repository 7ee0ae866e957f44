import SolutionPackages
import Solutions
import TestSupport
import Testing
import XML

/// What the platform itself lists as needed is the measure of what is read from definitions.
@Suite(
  "References of real packages",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct ReferenceCorpusTests {
  static let kinds = ComponentKinds.standard

  /// Beside the corpus, what was zipped from public sources.
  static let files: [String] =
    Corpus.packages.map { "\(Corpus.folder)/\($0)" }
    + Repository.files(below: Corpus.folder + "/../unpacked").filter {
      $0.hasSuffix(".zip") && !$0.contains("/")
    }.map { "\(Corpus.folder)/../unpacked/\($0)" }

  static func read(_ file: String) throws -> SolutionPackage {
    try PackageReader().read(try Repository.bytes(file), file: file)
  }

  /// What a definition's text names by chance, and does not need by it.
  struct Excuse: Hashable {
    let dependent: String
    let required: String
    let why: String

    static let all = [
      Excuse(
        dependent: "AppModule",
        required: "SiteMap",
        why:
          "an app and its site map have one name; a difference lists no component that has not changed"
      ),
      Excuse(
        dependent: "Entity",
        required: "WebResource",
        why: "a table and its icon have one name; a difference does not say which icon"
      ),
      Excuse(
        dependent: "EntityRelationship",
        required: "Attribute",
        why:
          "the primary column of the table it leads to, which does not go without the table; the lookup is called alike"
      ),
      Excuse(
        dependent: "SystemForm",
        required: "Attribute",
        why: "mshied_name is named as a column of another table"
      ),
    ]
  }

  @Test("DP-301 what a package says that its components require is found where they name it")
  func missingDependencies() throws {
    var judged = 0
    var used: Set<Excuse> = []
    for file in Self.files {
      let package = try Self.read(file)
      let components = Dictionary(package.components.map { ($0.id, $0) }) { first, _ in first }
      for need in package.manifest.missingDependencies {
        guard let required = need.required.id, let dependent = need.dependent.id,
          let component = components[dependent], required != dependent,
          component.parent != required, Self.isNamed(required, in: component)
        else { continue }
        judged += 1
        if Self.finds(required, in: component) { continue }
        let excuse = Excuse.all.first {
          $0.dependent == need.dependent.kind && $0.required == need.required.kind
        }
        used.formUnion(excuse.map { [$0] } ?? [])
        #expect(excuse != nil, "\(file): \(need.dependent) needs \(need.required)")
        if excuse?.required == "Attribute", excuse?.dependent == "EntityRelationship" {
          let lead = component.definition.element.text(of: "ReferencedEntityName")
          #expect(required.tableAndColumn?.table == lead?.lowercased(), "\(need.required)")
        }
      }
    }
    #expect(judged > 1400)
    #expect(used == Set(Excuse.all), "an excuse is no longer needed")
  }

  @Test("DP-500 a process names more than its primary table, and can be read", arguments: files)
  func processes(file: String) throws {
    let package = try Self.read(file)
    for process in package.components where process.id.type == .number(29) {
      let names = Self.kinds[process.id.type].names(process)
      #expect(names.unread == [], "\(process.name)")
      // Without activities it names nothing.
      guard Self.text(of: process).contains("</mxswa:workflow>") else { continue }
      let primary = process.definition.element.text(of: "PrimaryEntity")?.lowercased()
      let own = primary == nil || primary == "none" ? 0 : 1
      #expect(Set(names.found.map(\.target)).count > own, "\(file) \(process.name)")
    }
  }

  @Test("Whatever a real package holds as a source of references can be read", arguments: files)
  func unread(file: String) throws {
    #expect(try Self.read(file).findings.filter { $0.code == UnreadUses.kind.code } == [])
  }

  @Test("DP-307 a released package names nothing that is nowhere", arguments: files)
  func missing(file: String) throws {
    let package = try Self.read(file)
    let told = Plan.importing([package], on: InstalledState()).findings.filter {
      [NamesMissing.kind.code, RolePrivileges.kind.code, ProcessFlowTable.kind.code].contains(
        $0.code
      )
    }
    // An unmanaged one whose flow has lost its connection reference.
    let genuine = file.hasSuffix("US1000IMPORT_1_0_0_1.zip") ? ["DP-204"] : []
    #expect(told.map(\.rule.id) == genuine)
  }

  private static func text(of component: Component) -> String {
    let files = component.definition.parts.compactMap(\.content)
    return ([CanonicalWriter.bytes(of: component.definition.fragment)] + files)
      .map { String(decoding: $0, as: UTF8.self).lowercased() }.joined(separator: "\n")
  }

  /// As a word: names stand in longer names.
  private static func isNamed(_ required: ComponentID, in component: Component) -> Bool {
    let name = (column(required) ?? required.key).lowercased()
    func isWord(_ character: Character?) -> Bool {
      character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }
    let text = text(of: component)
    var rest = text[...]
    while let found = rest.firstRange(of: name) {
      let before =
        found.lowerBound == text.startIndex
        ? nil : text[text.index(before: found.lowerBound)]
      let after = found.upperBound == text.endIndex ? nil : text[found.upperBound]
      if !isWord(before), !isWord(after) { return true }
      rest = text[found.upperBound...]
    }
    return false
  }

  private static func column(_ id: ComponentID) -> String? {
    id.type == .number(2) ? id.tableAndColumn?.column : nil
  }

  private static func finds(_ required: ComponentID, in component: Component) -> Bool {
    kinds[component.id.type].references(component).contains { reference in
      let target = reference.target
      if target == required { return true }
      guard target.type == required.type else { return false }
      // A flow names a table by its set, and a column behind it.
      if let column = column(required) { return target.key.hasSuffix("/\(column)") }
      return reference.type == .untracked && target.key.hasPrefix(required.key.dropLast())
    }
  }
}
