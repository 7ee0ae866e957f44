internal import JSON
internal import XML

extension References {
  // MARK: Canvas apps

  /// `CdsDependencies`: one entry for each component that the app needs, by type and by name or id.
  mutating func cdsDependencies(_ text: String?) {
    let via = "CdsDependencies"
    guard let needs = json(text, via: via) else { return }
    for entry in (needs.member("cdsdependencies") ?? needs).elements {
      cdsDependency(entry, via: via)
    }
  }

  private mutating func cdsDependency(_ entry: JSONValue, via: String) {
    func text(_ key: String) -> String? {
      entry.member(key)?.text.flatMap { $0.isEmpty ? nil : $0 }
    }
    let name = text("logicalname")
    guard let number = entry.member("componenttype")?.integer else {
      // Older apps name tables only, some by their set.
      return entity(name ?? text("entitysetname"), via: via)
    }
    let id = (text("dependencyid") ?? text("objectid")).flatMap { GUID($0) }
    // Numbers of framework kinds differ between environments (PF-710); the kind is known by its table.
    let isOwn = number < 10_000
    guard isOwn || text("componenttypeplatformname") != nil else { return }
    let kind =
      isOwn
      ? ComponentKinds.standard.kind(ofRoot: .number(number))
      : .framework(table: (text("componenttypeplatformname") ?? "").lowercased())
    if kind.type == .entity { return entity(name ?? text("entitysetname"), via: via) }
    // As manifests name it, but for ids with braces around them.
    let root = ComponentKind.Root(
      schemaName: name.map { GUID($0)?.description ?? $0 },
      id: id,
      parentSchemaName: nil
    )
    if let key = kind.key(of: root) { add(ComponentID(kind.type, key.key), via: via) }
  }

  /// `DatabaseReferences`: data sources with the table and, where it is given, the variable behind each.
  mutating func databaseReferences(_ text: String?) {
    let via = "DatabaseReferences"
    guard let sources = json(text, via: via) else { return }
    for database in sources.members {
      for source in database.value.member("dataSources").map({ Array($0.members) }) ?? [] {
        let name = source.value.member("logicalName") ?? source.value.member("entitySetName")
        entity(name?.text, via: via)
      }
      let overriding = database.value.member("databaseDetails")?.member("overrideValues")
      if let variable = overriding?.member("environmentVariableName")?.text, !variable.isEmpty {
        add(ComponentID(.environmentVariableDefinition, variable.lowercased()), via: via)
      }
    }
  }

  /// Where an app, or a desktop flow, says which connection references it uses.
  mutating func connectionReferences(_ text: String?, via: String) {
    guard let connections = json(text, via: via) else { return }
    connections.forEachText { key, name in
      guard key.lowercased() == "connectionreferencelogicalname", !name.isEmpty else { return }
      add(ComponentID(.connectionReference, name.lowercased()), via: via)
    }
  }

  // MARK: Desktop flows

  /// A desktop flow keeps what it needs beside its definition, as JSON (PF-603).
  mutating func desktopFlow(_ workflow: XMLElement) {
    guard workflow.text(of: "Category") == "6" else { return }
    connectionReferences(workflow.text(of: "ConnectionReferences"), via: "ConnectionReferences")
    guard let needs = json(workflow.text(of: "Dependencies"), via: "Dependencies") else { return }
    needs.forEachText { key, text in
      switch key.lowercased() {
      case "workflowid", "uiflowid", "flowid": guid(text, .workflow, via: "Dependencies")
      case "connectionreferencelogicalname":
        add(ComponentID(.connectionReference, text.lowercased()), via: "Dependencies")
      case "environmentvariablename", "environmentvariableschemaname":
        add(ComponentID(.environmentVariableDefinition, text.lowercased()), via: "Dependencies")
      default: return
      }
    }
  }

  // MARK: Web resources

  /// `DependencyXml`: what a web resource is loaded with; the platform does not track it (DP-501).
  mutating func dependencyXML(_ text: String?) {
    guard let text, !text.isEmpty else { return }
    let via = "DependencyXml"
    do {
      let tree = try XMLTree(Array(text.utf8), isText: true)
      for library in tree.root.descendants("Library") {
        guard let name = library.attribute("name"), !name.isEmpty else { continue }
        add(.webResource(name), .untracked, via: via)
      }
      for column in tree.root.descendants("Attribute") {
        guard let table = column.attribute("entityName"), !table.isEmpty,
          let name = column.attribute("attributeName"), !name.isEmpty
        else { continue }
        add(.attribute(table, name), .untracked, via: via)
      }
    } catch {
      cannotRead(via, error.message)
    }
  }

  // MARK: JSON in elements

  private mutating func json(_ text: String?, via: String) -> JSONValue? {
    guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
    do {
      return try JSONDocument(Array(text.utf8)).root
    } catch {
      cannotRead(via, error.description)
      return nil
    }
  }
}

extension JSONValue {
  /// Every text with the name of the member that holds it, in order.
  fileprivate func forEachText(_ body: (_ key: String, _ text: String) -> Void) {
    for element in elements { element.forEachText(body) }
    for member in members {
      if let text = member.value.text {
        body(member.key, text)
      } else {
        member.value.forEachText(body)
      }
    }
  }
}
