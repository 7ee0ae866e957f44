internal import Solutions

/// Which questions follow from what is known so far.
extension Pull {
  /// Tables that a listed solution has.
  var tablesHere: Set<String> {
    Set(components.values.compactMap { $0.id?.type == .entity ? $0.id?.key : nil })
  }

  /// Names that summaries did not tell.
  func naming(columnsOf tables: Set<String>) -> [Question] {
    let unnamed = Set(components.values.filter { $0.id == nil }.map(\.object.type))
    func lacks(_ type: ComponentType) -> Bool {
      type.number.map { unnamed.contains($0) } ?? false
    }
    var questions: [Question] = []
    if lacks(.attribute) { questions += tables.sorted().map { .columns(of: $0) } }
    if lacks(.entityRelationship) { questions.append(.relationships) }
    if lacks(.optionSet) { questions.append(.choices) }
    if lacks(.webResource) { questions.append(.webResources) }
    if lacks(.pluginType) { questions.append(.pluginTypes) }
    if lacks(.entityMap) { questions.append(.tableMaps) }
    if lacks(.attributeMap) { questions.append(.columnMaps) }
    if lacks(.fieldPermission) { questions.append(.columnPermissions) }
    return questions
  }

  /// Components that an upgrade to a planned package takes away, with their parts.
  var doomed: Set<Facts.Object> {
    let plans = scope.planned.filter(\.takesAway)
    let members = plans.reduce(into: Set<ComponentID>()) { $0.formUnion($1.members) }
    let from = Set(
      (facts?.solutions ?? []).filter { solution in plans.contains { $0.takes(from: solution) } }
        .map(\.name)
    )
    return withParts { component, id in
      !members.contains(id) && component.listings.keys.contains { from.contains($0) }
    }
  }

  /// The same, and all that solutions have that are looked at as a whole: any of it may go one day.
  private var mayGo: Set<Facts.Object> {
    doomed.union(
      withParts { component, _ in
        component.listings.keys.contains { scope.solutions.contains($0) }
      }
    )
  }

  private func withParts(
    _ isChosen: (Facts.Component, ComponentID) -> Bool
  ) -> Set<Facts.Object> {
    var objects: Set<Facts.Object> = []
    var ids: Set<ComponentID> = []
    for component in components.values {
      guard let id = component.id, isChosen(component, id) else { continue }
      objects.insert(component.object)
      ids.insert(id)
    }
    for component in components.values where component.parent.map(ids.contains) ?? false {
      objects.insert(component.object)
    }
    return objects
  }

  var mayLoseTable: Bool {
    mayGo.contains { object in
      components[object]?.id.map { kinds[$0.type].physical == .table } ?? false
    }
  }

  /// Layers and dependencies of what a plan, or somebody, looks at.
  var details: [Question] {
    let mayGo = mayGo
    let members = scope.planned.reduce(into: Set<ComponentID>()) { $0.formUnion($1.members) }
    let named = Set((facts?.solutions ?? []).map(\.name)).intersection(scope.solutions)
    let all = components.values.sorted { $0.object < $1.object }
    let looked = all.filter { component in
      mayGo.contains(component.object) || component.id.map(members.contains) ?? false
    }
    return looked.compactMap { component in
      kindName(of: component).map { .layers(of: component, kind: $0) }
    }
      + all.filter { mayGo.contains($0.object) }.map { .deletion(of: $0) }
      + named.sorted().flatMap { [.removal(of: $0), .needs(of: $0)] }
  }

  /// As layers are asked for: by the name of the kind.
  private func kindName(of component: Facts.Component) -> String? {
    if let id = component.id { return kinds[id.type].name }
    let type = ComponentType.number(component.object.type)
    return kinds.knows(type) ? kinds[type].name : rowKinds[component.object.type]
  }

  /// Solutions that may tell the names of dependents.
  var providing: [Question] {
    let unnamed = components.values.contains { $0.id == nil }
    guard unnamed else { return [] }
    return (facts?.solutions ?? []).filter { providers.contains($0.name) }
      .sorted { $0.name < $1.name }.map { .summaries(of: $0) }
  }

  /// Whether the component may be of what a plan is about, and not only have a layer of it.
  private func isBase(of object: Facts.Object) -> Bool {
    guard let base = components[object]?.layers?.first?.solution else { return true }
    let solution = facts?.solution(base)
    return scope.solutions.contains(base)
      || scope.planned.contains { plan in solution.map { plan.takes(from: $0) } ?? false }
  }

  private static let tablesAtOnce = 20

  /// What is lost with tables that may go, and with columns that do.
  var counting: [Question] {
    let ids = doomed.compactMap { components[$0]?.id }.sorted()
    let lost = mayGo.filter { isBase(of: $0) }.compactMap { components[$0]?.id }.sorted()
      .filter { kinds[$0.type].physical == .table }.map(\.key)
    let tables = Set(lost)
    let starts = stride(from: 0, to: lost.count, by: Self.tablesAtOnce)
    let rows = starts.map { start in
      Question.rows(of: Array(lost[start..<min(start + Self.tablesAtOnce, lost.count)]))
    }
    let values = ids.filter { kinds[$0.type].physical == .column }.compactMap { id -> Question? in
      guard let (table, column) = id.tableAndColumn, !tables.contains(table),
        let set = sets[table]
      else { return nil }
      return .values(table: table, set: set, column: column)
    }
    return rows + values
  }
}
