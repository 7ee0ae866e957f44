internal import XML

extension References {
  /// What a process definition names: tables, columns and plug-in types in its XAML.
  ///
  /// Designers write a column of the primary table as `EntityName="table" Attribute="column"` and as arguments of
  /// "get" and "set" activities; both spellings are read, expressions are not.
  mutating func workflow(_ part: Definition.Part, table: String?) {
    guard let content = part.content, let tree = try? XMLTree(content) else { return }
    let via = "process definition"
    for element in [tree.root] + Array(tree.root.descendants) where !element.isText {
      let named = element.attribute("EntityName")
      entity(literal(named), via: via)
      for key in ["Attribute", "AttributeName", "ControlId"] {
        attribute(literal(named) ?? table, literal(element.attribute(key)), via: via)
      }
      if let type = element.attribute("AssemblyQualifiedName").flatMap({ pluginTypeID($0) }) {
        add(type, via: via)
      }
    }
  }

  /// A plain name; `[…]` is an expression, `{…}` a markup extension.
  private func literal(_ text: String?) -> String? {
    guard let text, !text.isEmpty, !text.hasPrefix("["), !text.hasPrefix("{") else { return nil }
    return text
  }

  /// What a cloud flow names (PF-605): connection references and environment variables.
  mutating func flow(_ part: Definition.Part) {
    guard let content = part.content else { return }
    for name in jsonStrings("connectionReferenceLogicalName", in: content) {
      add(
        ComponentID(.table("connectionreference"), name.lowercased()),
        via: "flow/connectionReferences"
      )
    }
    for name in jsonStrings("schemaName", in: content) {
      add(ComponentID(.number(380), name.lowercased()), via: "flow/parameters")
    }
  }
}
