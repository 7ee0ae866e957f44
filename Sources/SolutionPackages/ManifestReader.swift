import Solutions
import XML

/// `solution.xml` into a `SolutionManifest` (LC-121).
struct ManifestReader {
  let kinds: ComponentKinds

  struct Result {
    let value: SolutionManifest
    let findings: [Finding]
  }

  /// Throws where the solution could not even be told from another: name, version, publisher.
  func read(_ tree: XMLTree, file: String) throws(PackageError) -> Result {
    var findings: [Finding] = []
    func refused(_ content: any FindingContent, _ element: XMLElement) -> PackageError {
      PackageError(file: file, finding: Finding(content, at: location(element)))
    }
    guard let manifest = tree.root.child("SolutionManifest") else {
      throw refused(NoManifest(file: file), tree.root)
    }
    let nameText = manifest.text(of: "UniqueName") ?? ""
    guard let name = SolutionName(nameText) else {
      throw refused(
        InvalidSolutionName(name: nameText),
        manifest.child("UniqueName") ?? manifest
      )
    }
    let versionText = manifest.text(of: "Version") ?? ""
    guard let version = SolutionVersion(versionText) else {
      throw refused(
        InvalidVersion(solution: name, version: versionText),
        manifest.child("Version") ?? manifest
      )
    }
    let managed = manifest.text(of: "Managed") ?? ""
    guard ["0", "1"].contains(managed) else {
      throw refused(
        ManagedUnclear(solution: name, flag: managed),
        manifest.child("Managed") ?? manifest
      )
    }
    let publisher = publisher(manifest.child("Publisher"), solution: name, &findings)
    let parent =
      manifest.descend("ParentSolution", "UniqueName").flatMap { SolutionName($0.text) }
    let value = SolutionManifest(
      name: name,
      displayNames: labels(manifest.child("LocalizedNames")),
      version: version,
      isManaged: managed == "1",
      publisher: publisher,
      roots: (manifest.child("RootComponents")?.children("RootComponent") ?? []).compactMap {
        root($0, &findings)
      },
      missingDependencies: (manifest.child("MissingDependencies")?.children("MissingDependency")
        ?? []).compactMap {
          missingDependency($0)
        },
      patchOf: parent,
      configurationPage: manifest.text(of: "ConfigurationPage"),
      packageVersion: tree.root.attribute("SolutionPackageVersion"),
      platformVersion: tree.root.attribute("version"),
      languageCode: tree.root.attribute("languagecode").flatMap { Int($0) }
    )
    return Result(value: value, findings: findings)
  }

  private func location(_ element: XMLElement) -> Location {
    Location(file: "solution.xml", line: element.line)
  }

  private func labels(_ list: XMLElement?) -> [Int: String] {
    var labels: [Int: String] = [:]
    for label in list.map({ Array($0.children) }) ?? [] {
      if let language = label.attribute("languagecode").flatMap({ Int($0) }) {
        labels[language] = label.attribute("description") ?? ""
      }
    }
    return labels
  }

  private func publisher(
    _ element: XMLElement?,
    solution: SolutionName,
    _ findings: inout [Finding]
  ) -> Publisher {
    let name = element?.text(of: "UniqueName") ?? ""
    let at = element.map { location($0) }
    if name.isEmpty {
      findings.append(Finding(NoPublisherName(solution: solution), at: at))
    }
    let prefix = (element?.text(of: "CustomizationPrefix") ?? "").lowercased()
    if let unseen = [name, prefix].first(where: \.hasInvisible) {
      findings.append(Finding(PublisherUnseen(solution: solution, name: unseen), at: at))
    }
    if !Publisher.isValid(prefix: prefix), !name.isEmpty {
      findings.append(
        Finding(
          InvalidPrefix(solution: solution, prefix: prefix),
          at: element?.child("CustomizationPrefix").map { location($0) } ?? at
        )
      )
    }
    let optionText = element?.text(of: "CustomizationOptionValuePrefix") ?? ""
    let option = Int(optionText)
    if !optionText.isEmpty, !(10_000...99_999).contains(option ?? 0) {
      findings.append(
        Finding(
          InvalidOptionPrefix(solution: solution, prefix: optionText),
          at: element?.child("CustomizationOptionValuePrefix").map { location($0) } ?? at
        )
      )
    }
    let names = labels(element?.child("LocalizedNames"))
    return Publisher(
      name: PublisherName(name),
      displayName: names.min { $0.key < $1.key }?.value ?? name,
      prefix: prefix,
      optionValuePrefix: option
    )
  }

  // MARK: Components named by the manifest

  private func root(_ element: XMLElement, _ findings: inout [Finding]) -> RootComponent? {
    guard let named = component(element) else {
      findings.append(Finding(UnnamedRoot(), at: location(element)))
      return nil
    }
    let behavior =
      element.attribute("behavior").flatMap { Int($0) }.flatMap {
        RootComponent.Behavior(rawValue: $0)
      } ?? .includeSubcomponents
    return RootComponent(
      id: named.id,
      name: named.name,
      behavior: behavior,
      at: location(element),
      element: element
    )
  }

  private func component(_ element: XMLElement) -> (id: ComponentID, name: String)? {
    guard let typeText = element.attribute("type") else { return nil }
    let schemaName = element.attribute("schemaName").flatMap { $0.isEmpty ? nil : $0 }
    let id = element.attribute("id").flatMap { GUID($0) }
    guard let number = Int(typeText) else {
      return frameworkComponent(element, table: typeText)
    }
    let kind = kinds.kind(ofRoot: .number(number))
    let root = ComponentKind.Root(
      schemaName: schemaName,
      id: id,
      parentSchemaName: element.attribute("parentSchemaName")
    )
    return kind.key(of: root).map { (ComponentID(kind.type, $0.key), $0.name) }
  }

  /// Framework kinds: the table's name as type, key attributes as `id.<column>` (PF-224).
  private func frameworkComponent(
    _ element: XMLElement,
    table: String
  ) -> (id: ComponentID, name: String)? {
    let type = kinds[named: table]?.type ?? .table(table.lowercased())
    let keys = element.attributes.filter { $0.name.hasPrefix("id.") && !$0.value.isEmpty }
      .sorted { $0.name < $1.name }.map(\.value)
    let values = keys.isEmpty ? [element.attribute("schemaName") ?? ""] : keys
    let name = values.joined(separator: ",")
    guard !name.isEmpty else { return nil }
    return (ComponentID(type, name.lowercased()), name)
  }

  private func missingDependency(_ element: XMLElement) -> MissingDependency? {
    guard let required = element.child("Required"), let dependent = element.child("Dependent")
    else { return nil }
    return MissingDependency(
      required: end(required),
      dependent: end(dependent),
      provider: required.attribute("solution"),
      at: location(required),
      element: element
    )
  }

  private func end(_ element: XMLElement) -> MissingDependency.End {
    let named = component(element)
    let type = element.attribute("type") ?? ""
    let kind = Int(type).map { kinds[.number($0)].name }
    return MissingDependency.End(
      id: named?.id,
      kind: kind ?? type,
      name: named?.name ?? element.attribute("schemaName") ?? element.attribute("id") ?? "",
      displayName: element.attribute("displayName"),
      parentName: element.attribute("parentDisplayName") ?? element.attribute("parentSchemaName")
    )
  }
}
