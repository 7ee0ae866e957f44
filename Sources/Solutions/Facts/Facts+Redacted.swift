internal import Hashing

/// Hides the names of an environment: who does not have the key cannot guess one and see whether it is right.
package struct FactsRedaction: Sendable {
  private let key: [UInt8]
  private let ids: Set<ComponentID>
  private let solutions: Set<SolutionName>
  private let publishers: Set<PublisherName>
  private let tables: Set<String>

  /// - Parameters:
  ///   - packages: whose names stay.
  ///   - key: of bytes that nobody keeps.
  package init(keeping packages: [SolutionPackage], key: [UInt8]) {
    self.key = key
    let ids = packages.reduce(into: Set<ComponentID>()) { ids, package in
      ids.formUnion(package.members)
      ids.formUnion(package.manifest.missingDependencies.compactMap(\.required.id))
    }
    self.ids = ids
    let named = packages.flatMap { [$0.name] + ($0.manifest.patchOf.map { [$0] } ?? []) }
    solutions = Set(named + [.system, .active])
    publishers = Set(packages.map(\.manifest.publisher.name) + [.system, .default])
    tables = Set(
      ids.compactMap { $0.type == .entity ? $0.key : $0.tableAndColumn?.table }
    )
  }

  private func hashed(_ text: String, _ kind: String) -> String {
    let digest = SHA256Digest.keyed(key, of: Array("\(kind):\(text.lowercased())".utf8))
    return "\(kind)_\(digest.description.prefix(16))"
  }

  fileprivate func name(of solution: SolutionName) -> SolutionName {
    guard !solutions.contains(solution) else { return solution }
    // A pending upgrade is known by the name of its solution.
    if let base = solutions.first(where: { $0.holding == solution }) { return base.holding }
    return SolutionName(hashed(solution.text, "s")) ?? .system
  }

  fileprivate func name(of publisher: PublisherName) -> PublisherName {
    publishers.contains(publisher) ? publisher : PublisherName(hashed(publisher.text, "p"))
  }

  fileprivate func table(_ name: String) -> String {
    tables.contains(name) || SystemBaseline.contains(.entity(name)) ? name : hashed(name, "t")
  }

  fileprivate func isKept(_ id: ComponentID) -> Bool {
    ids.contains(id) || SystemBaseline.contains(id)
  }

  fileprivate func id(_ id: ComponentID) -> ComponentID {
    guard !isKept(id) else { return id }
    if id.type == .entity { return .entity(table(id.key)) }
    if let (table, column) = id.tableAndColumn {
      return ComponentID(id.type, "\(self.table(table)).\(hashed(column, "c"))")
    }
    // An id says nothing.
    return GUID(id.key) == nil ? ComponentID(id.type, hashed(id.key, "n")) : id
  }

  fileprivate func held(_ held: Facts.Held, _ type: ComponentType) -> Facts.Held {
    let isKept = ids.contains { $0.type == type && $0.key.lowercased() == held.name.lowercased() }
    return Facts.Held(
      name: isKept ? held.name : hashed(held.name, "n"),
      hasValue: held.hasValue,
      hasDefault: held.hasDefault
    )
  }

  fileprivate func organization(_ id: GUID) -> GUID { GUID(from: hashed(id.description, "o")) }
}

extension Facts {
  /// The same with names that some packages do not have hashed: equal names stay equal.
  package func redacted(_ redaction: FactsRedaction) -> Facts {
    var facts = Facts(
      at: at,
      url: "https://redacted",
      organization: redaction.organization(organization)
    )
    facts.version = version
    facts.languages = languages
    facts.publishers = publishers.map { publisher in
      let name = redaction.name(of: publisher.name)
      guard name != publisher.name else { return publisher }
      return Publisher(name: name, displayName: name.text, prefix: "", optionValuePrefix: nil)
    }
    facts.solutions = solutions?.map { $0.redacted(redaction) }
    facts.components = components.map { $0.redacted(redaction) }
    facts.uses = uses
    for (table, count) in rows { facts.rows[redaction.table(table)] = .some(count) }
    for (id, count) in values { facts.values[redaction.id(id)] = .some(count) }
    facts.variables = variables?.map {
      redaction.held($0, ComponentKind.environmentVariableDefinition.type)
    }
    facts.connections = connections?.map {
      redaction.held($0, ComponentKind.connectionReference.type)
    }
    facts.isRedacted = true
    // Questions and reasons are in words, with names in them.
    facts.refusals = refusals.map { Refusal(question: "redacted", status: $0.status, reason: "") }
    return facts.canonical
  }
}

extension Facts.Solution {
  fileprivate func redacted(_ redaction: FactsRedaction) -> Self {
    let name = redaction.name(of: self.name)
    return Self(
      id: id,
      name: name,
      displayName: name == self.name ? displayName : name.text,
      version: version,
      isManaged: isManaged,
      publisher: redaction.name(of: publisher),
      parent: parent.map { redaction.name(of: $0) },
      installed: installed,
      isListed: isListed,
      isUninstallTold: isUninstallTold
    )
  }
}

extension Facts.Component {
  fileprivate func redacted(_ redaction: FactsRedaction) -> Self {
    var component = self
    component.id = id.map { redaction.id($0) }
    if id.map({ redaction.isKept($0) }) != true {
      component.name = component.id?.key
      component.displayName = nil
    }
    component.parent = parent.map { redaction.id($0) }
    component.listings = listings.reduce(into: [:]) { listings, entry in
      listings[redaction.name(of: entry.key)] = .some(entry.value)
    }
    component.layers = layers?.map { layer in
      Facts.Layer(
        solution: redaction.name(of: layer.solution),
        publisher: redaction.name(of: layer.publisher),
        order: layer.order
      )
    }
    return component
  }
}
