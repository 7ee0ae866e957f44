internal import XML

/// What is asked of a package without any target, in order (LC-135).
package enum PackageChecks {
  private static let list: [@Sendable (Contents) -> [Finding]] = [
    { names($0.manifest) }, { platform($0.manifest) }, { duplicates($0) }, { roots($0) },
    { prefixes($0) }, { logicalNames($0) }, { unread($0) }, { webResources($0) },
    { configurationPage($0) }, { keys($0) },
  ]

  private struct Contents {
    let manifest: SolutionManifest
    let components: [Component]
    let kinds: ComponentKinds
  }

  /// - Parameter components: in order of identity.
  package static func all(
    _ manifest: SolutionManifest,
    _ components: [Component],
    kinds: ComponentKinds
  ) -> [Finding] {
    let contents = Contents(manifest: manifest, components: components, kinds: kinds)
    return list.flatMap { $0(contents) }
  }

  /// What a file or a text of a component names cannot be told.
  private static func unread(_ contents: Contents) -> [Finding] {
    contents.components.flatMap { component -> [Finding] in
      let kind = contents.kinds[component.id.type]
      guard kind.namesInText || !component.definition.parts.isEmpty else { return [] }
      let named = NamedComponent(component, contents.kinds)
      return kind.names(component).unread.map { source in
        Finding(
          UnreadSourceInPackage(component: named, source: source),
          at: component.location
        )
      }
    }
  }

  private static func webResources(_ contents: Contents) -> [Finding] {
    contents.components.filter { $0.id.type == .webResource }.compactMap { resource in
      guard !WebResourceName.isSound(resource.name) else { return nil }
      let named = NamedComponent(resource, contents.kinds)
      return Finding(WebResourceName(resource: named, name: resource.name), at: resource.location)
    }
  }

  private static func keys(_ contents: Contents) -> [Finding] {
    contents.components.filter { $0.id.type == .entityKey }.compactMap { key in
      let columns = key.definition.element.child("EntityKeyAttributes")?.children
      guard columns?.contains(where: { !$0.text.isEmpty }) != true else { return nil }
      let named = NamedComponent(key, contents.kinds)
      return Finding(KeyWithoutColumns(key: named), at: key.location)
    }
  }

  /// LC-121: that of a patch may be in its solution.
  private static func configurationPage(_ contents: Contents) -> [Finding] {
    let manifest = contents.manifest
    guard let page = manifest.configurationPage, !page.isEmpty, manifest.patchOf == nil else {
      return []
    }
    let resource = contents.components.first {
      $0.id.type == .webResource && $0.name.lowercased() == page.lowercased()
    }
    guard let resource else {
      return [
        Finding(ConfigurationPageMissing(solution: manifest.name, page: page), at: at(manifest))
      ]
    }
    let type = resource.definition.element.text(of: "WebResourceType")
    guard let type, type != "1" else { return [] }
    return [
      Finding(ConfigurationPageNotHTML(solution: manifest.name, page: page), at: at(manifest))
    ]
  }

  private static func at(_ manifest: SolutionManifest) -> Location {
    Location(file: "solution.xml", line: 0)
  }

  private static func names(_ manifest: SolutionManifest) -> [Finding] {
    let name = manifest.name
    if name == .system {
      return [
        Finding(SystemSolution(solution: name), at: at(manifest))
      ]
    }
    if name.text.lowercased() == "default", manifest.isManaged {
      return [
        Finding(DefaultSolution(solution: name), at: at(manifest))
      ]
    }
    guard name.isReserved || name.isHolding else { return [] }
    return [
      Finding(ReservedName(solution: name), at: at(manifest))
    ]
  }

  /// LC-221; the formats up to 9.2 are known.
  private static func platform(_ manifest: SolutionManifest) -> [Finding] {
    guard let text = manifest.packageVersion,
      let version = SolutionVersion(text) ?? SolutionVersion("\(text).0"),
      let newest = SolutionVersion("9.2"), version > newest
    else { return [] }
    return [
      Finding(NewerPlatform(solution: manifest.name, version: text), at: at(manifest))
    ]
  }

  /// Components come in order of identity.
  private static func duplicates(_ contents: Contents) -> [Finding] {
    let (manifest, components, kinds) = (contents.manifest, contents.components, contents.kinds)
    var findings: [Finding] = []
    for (component, next) in zip(components, components.dropFirst()) where component.id == next.id {
      findings.append(
        Finding(
          DuplicateComponent(component: NamedComponent(component, kinds)),
          at: component.location
        )
      )
    }
    var roots: Set<ComponentID> = []
    for root in manifest.roots where !roots.insert(root.id).inserted {
      findings.append(
        Finding(DuplicateRoot(root: NamedComponent(root.id, kinds, name: root.name)), at: root.at)
      )
    }
    return findings
  }

  private static func roots(_ contents: Contents) -> [Finding] {
    let (manifest, components, kinds) = (contents.manifest, contents.components, contents.kinds)
    let declared = Set(manifest.roots.map(\.id))
    return components.compactMap { component in
      guard !declared.contains(component.id), kinds[component.id.type].isRooted(component)
      else { return nil }
      return Finding(
        UndeclaredRoot(component: NamedComponent(component, kinds)),
        at: component.location
      )
    }
  }

  /// PF-420: tables, intersects too, columns and keys are named by letters, digits and underscores.
  private static func logicalNames(_ contents: Contents) -> [Finding] {
    contents.components.compactMap { logicalName($0, kinds: contents.kinds) }
  }

  private static func logicalName(_ component: Component, kinds: ComponentKinds) -> Finding? {
    let named: String?
    switch kinds[component.id.type].physical {
    case .none: return nil
    case .relationship:
      // Those of its intersect table and of the tables that its columns are named after.
      let names = IntersectNames(component)?.all ?? []
      guard let wrong = names.first(where: { !LogicalName.isValid($0) }) else { return nil }
      named = wrong
    case .table, .column, .key:
      let names = component.id.tableAndColumn.map { [$0.table, $0.column] } ?? [component.id.key]
      guard !names.allSatisfy({ LogicalName.isValid($0) }) else { return nil }
      named = nil
    }
    return Finding(
      InvalidLogicalName(component: NamedComponent(component, kinds), named: named),
      at: component.location
    )
  }

  /// LC-103: a custom column has a prefix in its name.
  private static func prefixes(_ contents: Contents) -> [Finding] {
    let kinds = contents.kinds
    return contents.components.compactMap { component in
      // Cheap first: nearly every column has a prefix.
      guard component.id.type == .attribute,
        component.name.utf8.last(where: { $0 == 0x2E || $0 == 0x5F }) == 0x2E,
        component.definition.element.text(of: "Type") != "image",
        component.definition.element.text(of: "IsCustomField") == "1"
      else { return nil }
      let column = component.name.split(separator: ".").last ?? ""
      return Finding(
        MissingPrefix(component: NamedComponent(component, kinds), name: String(column)),
        at: component.location
      )
    }
  }
}
