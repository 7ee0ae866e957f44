internal import Solutions
internal import XML

/// What can be judged about a package without any target (lifecycle.md §1.5, §2, §3.5).
enum PackageChecks {
  static func all(
    _ manifest: SolutionManifest,
    _ components: [Component],
    kinds: ComponentKinds
  ) -> [Finding] {
    names(manifest) + platform(manifest) + duplicates(manifest, components, kinds: kinds)
      + roots(manifest, components, kinds: kinds) + prefixes(manifest, components)
      + components.compactMap { logicalName($0, kinds: kinds) }
      + components.flatMap { unread($0, kinds: kinds) }
  }

  /// What a file or a text of a component names cannot be told.
  private static func unread(_ component: Component, kinds: ComponentKinds) -> [Finding] {
    let kind = kinds[component.id.type]
    guard kind.namesInText || !component.definition.parts.isEmpty else { return [] }
    return kind.names(component).unread.map { source in
      Finding(
        .warning,
        .unreadSource,
        rule: "DP-201",
        .inferred,
        subject: "\(kind.name):\(component.name)",
        "cannot read \(source.place): what the \(kind.title.lowercased()) needs is not known",
        because: [source.reason],
        remedy: "look yourself before you delete what it may use, or export it again",
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
        Finding(
          .error,
          .systemSolution,
          rule: "lifecycle §1.2",
          subject: name.text,
          "the system solution cannot be imported",
          at: at(manifest)
        )
      ]
    }
    if name.text.lowercased() == "default", manifest.isManaged {
      return [
        Finding(
          .error,
          .defaultAsPackage,
          rule: "lifecycle §1.2",
          subject: name.text,
          "the default solution cannot be imported as managed",
          at: at(manifest)
        )
      ]
    }
    guard name.isReserved || name.isHolding else { return [] }
    return [
      Finding(
        .error,
        .reservedName,
        rule: "lifecycle §1.1",
        subject: name.text,
        "the name “\(name)” is reserved",
        at: at(manifest)
      )
    ]
  }

  /// LC-221; the formats up to 9.2 are known.
  private static func platform(_ manifest: SolutionManifest) -> [Finding] {
    guard let text = manifest.packageVersion,
      let version = SolutionVersion(text) ?? SolutionVersion("\(text).0"),
      let newest = SolutionVersion("9.2"), version > newest
    else { return [] }
    return [
      Finding(
        .error,
        .newerPlatform,
        rule: "LC-221",
        subject: manifest.name.text,
        "the package is written for platform version \(text); versions up to 9.2 are known",
        remedy: "export it for an older version, or use a newer strata",
        at: at(manifest)
      )
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
      let kind = kinds[component.id.type]
      findings.append(
        Finding(
          .error,
          .duplicateComponent,
          rule: "PF-902",
          subject: "\(kind.name):\(component.name)",
          "the \(kind.title.lowercased()) is defined twice",
          at: component.location
        )
      )
    }
    var roots: Set<ComponentID> = []
    for root in manifest.roots where !roots.insert(root.id).inserted {
      findings.append(
        Finding(
          .error,
          .duplicateComponent,
          rule: "lifecycle §3.5.9",
          subject: "\(kinds[root.id.type].name):\(root.name)",
          "the root component is listed twice",
          at: root.at
        )
      )
    }
    return findings
  }

  /// Kinds whose definitions must be declared as roots; others come with a root or never have one (PF-903).
  private static let rooted: Set<Int> = [1, 9, 29, 61, 70, 80, 91, 92, 95, 300]

  private static func roots(
    _ manifest: SolutionManifest,
    _ components: [Component],
    kinds: ComponentKinds
  ) -> [Finding] {
    let declared = Set(manifest.roots.map(\.id))
    return components.compactMap { component in
      guard let number = component.id.type.number, rooted.contains(number),
        !declared.contains(component.id), !isKnownException(component)
      else { return nil }
      let kind = kinds[component.id.type]
      return Finding(
        .error,
        .missingRoot,
        rule: "PF-903",
        subject: "\(kind.name):\(component.name)",
        "the \(kind.title.lowercased()) is defined and not declared as a root component",
        remedy: "use the package as exported",
        at: component.location
      )
    }
  }

  /// Business rules come without a root of their own in genuine packages (PF-903).
  private static func isKnownException(_ component: Component) -> Bool {
    component.id.type == .workflow
      && component.definition.element.text(of: "Category") == "2"
  }

  /// PF-420: tables, columns and keys are named by letters, digits and underscores.
  private static func logicalName(_ component: Component, kinds: ComponentKinds) -> Finding? {
    let kind = kinds[component.id.type]
    guard kind.physical != .none, kind.physical != .relationship else { return nil }
    let (table, own) = component.id.tableAndColumn ?? (nil, component.id.key)
    guard !isLogical(own) || table.map({ !isLogical($0) }) ?? false else { return nil }
    return Finding(
      .error,
      .logicalName,
      rule: "PF-420",
      .inferred,
      subject: "\(kind.name):\(component.name)",
      "the \(kind.title.lowercased()) has a name that is not of letters, digits and underscores",
      remedy: "use the package as exported",
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
    _ manifest: SolutionManifest,
    _ components: [Component]
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
        .error,
        .columnNamePrefix,
        rule: "LC-103",
        subject: "Attribute:\(component.name)",
        "the custom column “\(column)” has no prefix in its name",
        at: component.location
      )
    }
  }
}
