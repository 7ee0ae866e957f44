package import Solutions

/// A file of facts that says what no environment can say.
package struct FactsUnsound: ProseError, Equatable, Sendable {
  /// As in `solutions[3].uniqueName`.
  package let field: String

  package var prose: Prose { "\(field) is none" }
}

extension FactsShape {
  /// - Throws: `FactsUnsound` for a time, an id, a name or a version that is none.
  package func facts() throws(FactsUnsound) -> Facts {
    guard let at = Timestamp(at) else { throw FactsUnsound(field: "at") }
    var facts = Facts(at: at, url: url, organization: try guid(organizationId, "organizationId"))
    facts.version = version
    facts.languages = languages?.map(\.number)
    facts.publishers = publishers.map { publisher in
      Solutions.Publisher(
        name: PublisherName(publisher.uniqueName),
        displayName: publisher.displayName,
        prefix: publisher.prefix,
        optionValuePrefix: publisher.optionValuePrefix?.number
      )
    }
    if let solutions {
      var all: [Facts.Solution] = []
      for (place, solution) in solutions.enumerated() {
        all.append(try solution.fact("solutions[\(place)]"))
      }
      facts.solutions = all
    }
    for (place, component) in components.enumerated() {
      facts.components.append(try component.fact("components[\(place)]"))
    }
    for (place, use) in uses.enumerated() {
      facts.uses.append(
        Facts.Use(
          required: try use.required.fact("uses[\(place)].required"),
          dependent: try use.dependent.fact("uses[\(place)].dependent"),
          type: use.dependencyType.number
        )
      )
    }
    for entry in rows { facts.rows[entry.table] = .some(entry.rows?.number) }
    for entry in values {
      facts.values[.attribute(entry.table, entry.column)] = .some(entry.values?.number)
    }
    facts.variables = environmentVariables?.map { variable in
      Facts.Held(
        name: variable.schemaName,
        hasValue: variable.hasValue,
        hasDefault: variable.hasDefault
      )
    }
    facts.connections = connectionReferences?.map { reference in
      Facts.Held(name: reference.logicalName, hasValue: reference.connected)
    }
    facts.isRedacted = redacted ?? false
    facts.refusals = refused.map { refusal in
      Facts.Refusal(
        question: refusal.question,
        status: refusal.status.number,
        reason: refusal.reason
      )
    }
    return facts.canonical
  }
}

private func guid(_ text: String, _ field: String) throws(FactsUnsound) -> GUID {
  guard let id = GUID(text) else { throw FactsUnsound(field: field) }
  return id
}

private func name(_ text: String, _ field: String) throws(FactsUnsound) -> SolutionName {
  guard let name = SolutionName(text) else { throw FactsUnsound(field: field) }
  return name
}

extension FactsShape.Object {
  fileprivate func fact(_ field: String) throws(FactsUnsound) -> Facts.Object {
    Facts.Object(type: type.number, id: try guid(objectId, "\(field).objectId"))
  }
}

extension FactsShape.Solution {
  fileprivate func fact(_ field: String) throws(FactsUnsound) -> Facts.Solution {
    guard let version = SolutionVersion(version) else {
      throw FactsUnsound(field: "\(field).version")
    }
    var base: SolutionName?
    if let parent { base = try name(parent, "\(field).parent") }
    return Facts.Solution(
      id: try guid(solutionId, "\(field).solutionId"),
      name: try name(uniqueName, "\(field).uniqueName"),
      displayName: displayName,
      version: version,
      isManaged: managed,
      publisher: PublisherName(publisher),
      parent: base,
      installed: installedOn,
      isListed: listed,
      isUninstallTold: removalTold
    )
  }
}

extension FactsShape.Component {
  fileprivate func fact(_ field: String) throws(FactsUnsound) -> Facts.Component {
    let object = Facts.Object(type: type.number, id: try guid(objectId, "\(field).objectId"))
    var component = Facts.Component(object: object)
    let known = table.map { ComponentType.table($0) } ?? .number((packageType ?? type).number)
    component.id = key.map { ComponentID(known, $0) }
    component.name = name
    component.displayName = displayName
    component.parent = parentTable.map { .entity($0) }
    for (place, listing) in solutions.enumerated() {
      let solution = try Contract.name(listing.solution, "\(field).solutions[\(place)].solution")
      component.listings[solution] = .some(listing.behavior?.number)
    }
    component.isManaged = managed
    component.isDeletionTold = deletionTold
    guard let layers else { return component }
    guard !layers.isEmpty else { throw FactsUnsound(field: "\(field).layers") }
    var stack: [Facts.Layer] = []
    for (place, layer) in layers.enumerated() {
      let solution = try Contract.name(layer.solution, "\(field).layers[\(place)].solution")
      stack.append(
        Facts.Layer(
          solution: solution,
          publisher: PublisherName(layer.publisher),
          order: layer.order.number
        )
      )
    }
    component.layers = stack.sorted { $0.order < $1.order }
    return component
  }
}
