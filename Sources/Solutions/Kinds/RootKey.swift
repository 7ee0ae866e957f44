extension ComponentKind {
  /// How manifests name a component of a kind, as a root or as something that is needed (PF-210, PF-903).
  package enum RootKey: Sendable {
    /// By schema name, without regard to case.
    case named
    /// By schema name as it is written.
    case exact
    /// By id; it may stand where the schema name does.
    case guid
    case custom(@Sendable (Root) -> Key?, spelled: @Sendable (Component) -> Root)
  }

  /// What a manifest says of a component.
  package struct Root: Sendable {
    package let schemaName: String?
    package let id: GUID?
    /// The table of what is a part of one; needs name it.
    package let parentSchemaName: String?

    package init(schemaName: String?, id: GUID?, parentSchemaName: String?) {
      self.schemaName = schemaName
      self.id = id
      self.parentSchemaName = parentSchemaName
    }
  }

  /// What a lookup means that holds an id or a name.
  package func id(named text: String) -> ComponentID {
    if let id = GUID(text) { return ComponentID(type, id) }
    if case .exact = rootKey { return ComponentID(type, text) }
    return ComponentID(type, text.lowercased())
  }

  /// - Returns: nil where it names nothing.
  package func key(of root: Root) -> Key? {
    switch rootKey {
    case .named: root.schemaName.map { Key(key: $0.lowercased(), name: $0) } ?? Key(root.id)
    case .exact: root.schemaName.map { Key(key: $0, name: $0) } ?? Key(root.id)
    case .guid: Key(root.id ?? root.schemaName.flatMap { GUID($0) })
    case .custom(let key, _): key(root)
    }
  }

  /// How a manifest names a component.
  package func root(of component: Component) -> Root {
    switch rootKey {
    case .named, .exact: Root(schemaName: component.name, id: nil, parentSchemaName: nil)
    case .guid: Root(schemaName: nil, id: GUID(component.id.key), parentSchemaName: nil)
    case .custom(_, let spelled): spelled(component)
    }
  }
}

extension ComponentKind.Key {
  fileprivate init?(_ id: GUID?) {
    guard let id else { return nil }
    self.init(key: id.description, name: id.description)
  }
}

extension ComponentKind.RootKey {
  /// A part of a table by its own name, with the table's where that is said.
  static let underTable = Self.custom(
    { root in
      guard let name = root.schemaName?.lowercased() else { return nil }
      let key = root.parentSchemaName.map { "\($0.lowercased()).\(name)" } ?? name
      return ComponentKind.Key(key: key, name: key)
    },
    spelled: { component in
      let parts = component.id.key.split(separator: ".", maxSplits: 1).map(String.init)
      return ComponentKind.Root(
        schemaName: parts.last,
        id: nil,
        parentSchemaName: parts.count > 1 ? parts.first : nil
      )
    }
  )
}
