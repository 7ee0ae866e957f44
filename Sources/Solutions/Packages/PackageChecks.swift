internal import XML

/// What can be judged about a package without any target (lifecycle.md §1.5, §2, §3.5).
package enum PackageChecks {
  package static func all(
    _ manifest: SolutionManifest,
    _ components: [Component],
    kinds: ComponentKinds
  ) -> [Finding] {
    names(manifest) + platform(manifest) + duplicates(manifest, components, kinds: kinds)
      + roots(manifest, components, kinds: kinds) + prefixes(components, kinds: kinds)
      + components.compactMap { logicalName($0, kinds: kinds) }
      + components.flatMap { unread($0, kinds: kinds) }
  }

  /// What a file or a text of a component names cannot be told.
  private static func unread(_ component: Component, kinds: ComponentKinds) -> [Finding] {
    let kind = kinds[component.id.type]
    guard kind.namesInText || !component.definition.parts.isEmpty else { return [] }
    return kind.names(component).unread.map { source in
      Finding(
        UnreadSourceInPackage(component: NamedComponent(component, kinds), source: source),
        at: component.location
      )
    }
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
  private static func duplicates(
    _ manifest: SolutionManifest,
    _ components: [Component],
    kinds: ComponentKinds
  ) -> [Finding] {
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

  private static func roots(
    _ manifest: SolutionManifest,
    _ components: [Component],
    kinds: ComponentKinds
  ) -> [Finding] {
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

  /// PF-420: tables, columns and keys are named by letters, digits and underscores.
  private static func logicalName(_ component: Component, kinds: ComponentKinds) -> Finding? {
    let kind = kinds[component.id.type]
    guard kind.physical != .none, kind.physical != .relationship else { return nil }
    let (table, own) = component.id.tableAndColumn ?? (nil, component.id.key)
    guard !isLogical(own) || table.map({ !isLogical($0) }) ?? false else { return nil }
    return Finding(
      InvalidLogicalName(component: NamedComponent(component, kinds)),
      at: component.location
    )
  }

  private static func isLogical(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
      }
  }

  /// LC-103: a custom column has a prefix in its name.
  private static func prefixes(
    _ components: [Component],
    kinds: ComponentKinds
  ) -> [Finding] {
    components.compactMap { component in
      // Cheap first: nearly every column has a prefix.
      guard component.id.type == .attribute,
        component.name.utf8.last(where: { $0 == 0x2E || $0 == 0x5F }) == 0x2E,
        component.definition.element.text(of: "Type") != "image",
        component.definition.element.text(of: "IsCustomField") == "1"
      else { return nil }
      let column = component.name.split(separator: ".").last ?? ""
      return Finding(
        MissingPrefix(column: NamedComponent(component, kinds), name: String(column)),
        at: component.location
      )
    }
  }
}
