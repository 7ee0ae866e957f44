import Solutions

/// `KIND:NAME` or a GUID, as people write components (contract).
struct ComponentAddress {
  let text: String

  /// The component meant, or an error that names near ones.
  func resolve(in state: InstalledState, kinds: ComponentKinds) throws -> ComponentID {
    let found = matches(in: state, kinds: kinds)
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      let names = found.map { "\(kinds[$0.type].name):\($0.key)" }.sorted()
      throw Files.Failure(
        description: "“\(text)” means several components: \(names.joined(separator: ", "))"
      )
    }
    let near = suggestions(in: state, kinds: kinds)
    let hint = near.isEmpty ? "" : "\n  did you mean \(near.joined(separator: ", "))?"
    throw Files.Failure(
      description:
        "no component “\(text)”; write KIND:NAME (Attribute:new_car.new_color) or a GUID\(hint)"
    )
  }

  private var parts: (kind: String, name: String)? {
    guard let colon = text.firstIndex(of: ":"), GUID(text) == nil else { return nil }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  private func matches(in state: InstalledState, kinds: ComponentKinds) -> [ComponentID] {
    if let guid = GUID(text) {
      return state.stacks.keys.filter { $0.key == guid.description }.sorted()
    }
    guard let parts else { return [] }
    let type = kinds[named: parts.kind]?.type ?? .table(parts.kind.lowercased())
    let key = GUID(parts.name)?.description ?? parts.name
    for candidate in [key, key.lowercased()] {
      let id = ComponentID(type, candidate)
      if state.stacks[id] != nil { return [id] }
    }
    return state.stacks.filter { $0.key.type == type && $0.value.top.component.name == parts.name }
      .keys.sorted()
  }

  private func suggestions(in state: InstalledState, kinds: ComponentKinds) -> [String] {
    let wanted = (parts?.name ?? text).lowercased()
    let tail = wanted.split(separator: ".").last.map(String.init) ?? wanted
    guard tail.count > 2 else { return [] }
    return state.stacks.keys.filter { $0.key.lowercased().contains(tail) }.sorted().prefix(5).map {
      "\(kinds[$0.type].name):\(state.stacks[$0]?.top.component.name ?? $0.key)"
    }
  }
}
