internal import XML

/// Names of the solution's own that it neither brings nor lists as needed.
package struct NamesNotListed: AuthoringRule {
  package static let kind = FindingKind(
    "strata.names-not-listed",
    .warning,
    "CK-301",
    "What a component names is in the package, or listed as a missing dependency; what is neither fails in the target, or stays without effect."
  )
  package static let source = "alm/solution-concepts-alm; maker"

  let component: NamedComponent
  /// With where each is named, sorted.
  let missing: [String]

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(component) names \(several(missing.count, "component")) that the package neither brings nor lists as needed"
  }

  package var because: [Phrase] { missing.map { Phrase($0) } }

  package var remedies: [Remedy] {
    [.words("add what it names to the solution"), .words("take the name out of it")]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    // A patch names what its solution brings.
    guard package.manifest.patchOf == nil else { return [] }
    let known = KnownNames(of: package)
    return package.references.compactMap { component, references in
      guard !component.isReference, !component.isUnmodified, package.owns(component.id) else {
        return nil
      }
      let missing = known.missing(references, of: component)
      guard !missing.isEmpty else { return nil }
      let content = NamesNotListed(component: package.named(component), missing: missing)
      return Finding(content, at: component.location)
    }
  }
}

/// What a package, and those beside it, can be asked for.
private struct KnownNames {
  private let package: AuthoredPackage
  private let presence: Presence
  private let beside: Set<ComponentID>
  /// Names by which definitions call components that have others: apps their icons by id.
  private let aliases: Set<ComponentID>
  /// Tables all of whose columns are here.
  private let whole: Set<String>

  init(of package: AuthoredPackage) {
    self.package = package
    presence = Presence(of: package.package, in: InstalledState(), kinds: package.kinds)
    beside = Set(package.beside.flatMap(\.members))
    aliases = Set(
      package.package.components.compactMap { component in
        package.kinds[component.id.type].alias(component)
      }
    )
    whole = Set(
      package.manifest.roots.filter { root in
        root.id.type == .entity && root.behavior == .includeSubcomponents && package.owns(root.id)
          && !Self.isOfProcessFlow(package.package.component(root.id))
      }.map(\.id.key)
    )
  }

  /// Forms of a process flow's table show columns of the tables of its stages (docs/decisions/006).
  private static func isOfProcessFlow(_ table: Component?) -> Bool {
    table?.definition.element.descend("EntityInfo", "entity")?.text(of: "IsBPFEntity") == "1"
  }

  func missing(_ references: [Reference], of component: Component) -> [String] {
    let others = presence.missing(
      references.filter { !beside.contains($0.target) && !aliases.contains($0.target) },
      of: component,
      package.kinds,
      // What a choice has, a plan asks for by a check of its own.
      judging: Presence.judged.union([.optionSet])
    )
    return (others + columns(references)).sorted()
  }

  private func columns(_ references: [Reference]) -> [String] {
    var missing: [ComponentID: Set<String>] = [:]
    for reference in references where reference.type == .published && reference.isCertain {
      let target = reference.target
      guard target.type == .attribute, let (table, column) = target.tableAndColumn,
        column.contains("_"), whole.contains(table), presence.isMissing(target),
        !isCompanion(target), !beside.contains(target)
      else { continue }
      missing[target, default: []].insert(reference.via)
    }
    return missing.map { "Attribute \($0.key.key): \($0.value.sorted().joined(separator: ", "))" }
  }

  /// What comes with a column and is none itself (PF-426).
  private func isCompanion(_ id: ComponentID) -> Bool {
    Shadows.owners(of: id).contains { owner in
      package.package.component(owner).map { Shadows.has($0.definition) } ?? false
    }
  }
}
