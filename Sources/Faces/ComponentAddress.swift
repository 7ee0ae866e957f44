package import Lifecycle
package import Solutions

/// `KIND:NAME` or a GUID, as people write components (contract).
package struct ComponentAddress {
  package let text: String

  package init(text: String) { self.text = text }

  /// The component meant.
  ///
  /// - Throws: `Failure` that names near ones where there is none, or all where there are several.
  package func resolve(
    in state: InstalledState,
    kinds: ComponentKinds,
    hints: [ComponentID] = []
  ) throws -> ComponentID {
    guard let id = try found(in: state, kinds: kinds) else {
      throw missing(in: state, kinds: kinds, hints: hints)
    }
    return id
  }

  /// The component meant; nil where there is none.
  ///
  /// - Throws: `Failure` where there are several.
  package func found(in state: InstalledState, kinds: ComponentKinds) throws -> ComponentID? {
    let found = matches(in: state, kinds: kinds)
    guard found.count > 1 else { return found.first }
    let names = found.map { "\(kinds[$0.type].name):\($0.key)" }.sorted()
    throw Failure(
      .ambiguousComponent,
      "“\(text)” means several components: \(names.joined(separator: ", "))"
    )
  }

  /// That there is none, and which are near.
  package func missing(
    in state: InstalledState,
    kinds: ComponentKinds,
    hints: [ComponentID] = []
  ) -> Failure {
    let near =
      suggestions(in: state, kinds: kinds) + hints.map { "\(kinds[$0.type].name):\($0.key)" }
    return Failure(
      .noSuchComponent,
      "no component “\(text)”; write KIND:NAME (Attribute:new_car.new_color) or a GUID",
      remedy: near.isEmpty ? nil : "did you mean \(near.joined(separator: ", "))?"
    )
  }

  /// What an environment is asked for.
  package func question(_ kinds: ComponentKinds, asOf: Int? = nil) -> ComponentQuestion {
    ComponentQuestion(names: candidates, type: type(kinds), hint: tail, asOf: asOf)
  }

  /// What to look for where the text is no address: a name or a display name, perhaps behind a kind.
  package func search(_ kinds: ComponentKinds) -> ComponentSearch {
    guard let parts, let kind = kinds[spoken: parts.kind] else { return ComponentSearch(text) }
    return ComponentSearch(parts.name, type: kind.type)
  }

  /// The one component that is called so; nil where none is.
  ///
  /// - Throws: `Failure` where several are, with the address of each.
  package func named(among hits: [ComponentHit], kinds: ComponentKinds) throws -> ComponentID? {
    let whole = hits.filter { $0.match == .whole }.map(\.component)
    guard whole.count > 1 else { return whole.first?.id }
    // What people see is shared more often than a name: a table's key column is shown as its table.
    let own = whole.filter { $0.name.lowercased() == text.lowercased() }
    if own.count == 1 { return own[0].id }
    let shown = whole.prefix(Self.meaningsMax).map { "\(kinds[$0.id.type].name):\($0.name)" }
    let more = whole.count - shown.count
    throw Failure(
      .ambiguousComponent,
      "“\(text)” means \(whole.count) components: \(shown.joined(separator: ", "))\(more > 0 ? " and \(more) more" : "")",
      remedy: "write one of these addresses",
      status: Failure.wrongUsage
    )
  }

  /// Whether it names a component by its key, wherever that is.
  package func isKey(of id: ComponentID, _ kinds: ComponentKinds) -> Bool {
    candidates.contains(id.key) && (type(kinds).map { $0 == id.type } ?? true)
  }

  /// The table of the platform that is addressed as one; nil for all else.
  package func systemTable(_ kinds: ComponentKinds) -> ComponentID? {
    guard let parts, type(kinds) == .entity else { return nil }
    let id = ComponentID.entity(parts.name.lowercased())
    return SystemBaseline.contains(id) ? id : nil
  }

  private static let meaningsMax = 10

  private var parts: (kind: String, name: String)? {
    guard let colon = text.firstIndex(of: ":"), GUID(text) == nil else { return nil }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  /// Keys and names to look for.
  private var candidates: [String] {
    if let guid = GUID(text) { return [guid.description] }
    guard let parts else { return [] }
    let key = GUID(parts.name)?.description ?? parts.name
    return key == key.lowercased() ? [key] : [key, key.lowercased()]
  }

  private func type(_ kinds: ComponentKinds) -> ComponentType? {
    GUID(text) != nil
      ? nil : parts.map { kinds[spoken: $0.kind]?.type ?? .table($0.kind.lowercased()) }
  }

  /// What a hint has in common with it.
  private var tail: String {
    let wanted = (parts?.name ?? text).lowercased()
    return wanted.split(separator: ".").last.map(String.init) ?? wanted
  }

  private func matches(in state: InstalledState, kinds: ComponentKinds) -> [ComponentID] {
    if let guid = GUID(text) {
      return state.standingComponents.filter { $0.key == guid.description }.sorted()
    }
    guard let parts, let type = type(kinds) else { return [] }
    for candidate in candidates {
      let id = ComponentID(type, candidate)
      if state.standing(id) != nil { return [id] }
    }
    return state.standingComponents.filter {
      $0.type == type && state.standing($0)?.top.component.name == parts.name
    }.sorted()
  }

  private func suggestions(in state: InstalledState, kinds: ComponentKinds) -> [String] {
    let tail = tail
    guard tail.count > 2 else { return [] }
    return state.standingComponents.filter { $0.key.lowercased().contains(tail) }.sorted()
      .prefix(5).map {
        "\(kinds[$0.type].name):\(state.standing($0)?.top.component.name ?? $0.key)"
      }
  }
}

extension Lifecycle {
  /// The component that an address, a name or a display name means, and a state that holds at least it and its neighbors.
  ///
  /// - Parameter other: what it may mean where there is no such component; the state need not hold that.
  /// - Throws: `Failure` where there is none, or more than one.
  package func named(
    _ address: ComponentAddress,
    asOf: Int? = nil,
    kinds: ComponentKinds,
    or other: () async throws -> ComponentID? = { nil }
  ) async throws -> (id: ComponentID, state: InstalledState) {
    let found = try await ask(address.question(kinds, asOf: asOf))
    if let id = try address.found(in: found.state, kinds: kinds) { return (id, found.state) }
    let hits = try await ask(FindQuestion(address.search(kinds), asOf: asOf))
    guard let id = try address.named(among: hits, kinds: kinds) else {
      if let id = try await other() { return (id, found.state) }
      throw address.missing(in: found.state, kinds: kinds, hints: found.hints)
    }
    let exact = ComponentAddress(text: "\(kinds[id.type].name):\(id.key)")
    return (id, try await ask(exact.question(kinds, asOf: asOf)).state)
  }
}
