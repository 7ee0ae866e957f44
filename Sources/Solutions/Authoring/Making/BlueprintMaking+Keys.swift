extension BlueprintMaking {
  mutating func key(_ part: Blueprint.Part, of table: String) throws(Unsound) {
    list(.entity(table))
    let columns = part.said.first { $0.key == "columns" }
    let names = try columns?.value.items().map { item throws(Unsound) in
      try item.name().lowercased()
    }
    for name in names ?? [] where !isThere(.attribute(table, name)) {
      throw Unsound(
        line: columns?.line ?? part.line,
        problem: "there is no column \(table).\(name) for the key \(part.name)"
      )
    }
    if let double = names?.firstDouble {
      throw Unsound(
        line: columns?.line ?? part.line,
        problem: "the key \(part.name) has the column \(double) twice"
      )
    }
    if !takeUp(part.id, at: part.line) {
      guard let names, !names.isEmpty else {
        throw Unsound(line: part.line, problem: "the key \(part.name) needs columns")
      }
      requirePrefix(part.id, part.name, at: part.line)
      if let other = key(of: Set(names), on: .entity(table)) {
        tell(
          KeyWithColumnsExists(key: named(part.id, as: part.name), other: named(other)),
          at: part.line
        )
      }
      let label = Said.label("displayName", in: part.said, context) ?? part.name
      put(part.id, .key(part.name, label, context), in: .entity(table), at: part.line)
    }
    if let names {
      let list = names.map { Element("AttributeName", text: $0) }
      let all = Element("EntityKeyAttributes", children: list)
      say(.element([], all), of: part.id, at: part.line)
    }
    try say(part.said, of: part.id, [.displayName], own: ["columns"], "a key")
  }

  /// That of the same columns.
  private func key(of columns: Set<String>, on table: ComponentID) -> ComponentID? {
    let made = pieces.keys.filter { $0.type == .entityKey && pieces[$0]?.parent == table }
    let known = state.standingComponents.filter {
      $0.type == .entityKey && state.standing($0)?.top.component.parent == table
    }
    return Set(made).union(known).sorted().first { id in
      let names = element(id)?.child("EntityKeyAttributes")?.children.map { $0.text.lowercased() }
      return names.map { Set($0) } == columns
    }
  }
}
