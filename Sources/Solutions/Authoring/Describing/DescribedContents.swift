internal import XML

/// What a solution has here that words may say: in which order, under which names, with which files.
struct DescribedContents {
  private(set) var entries: [DescriptionPart] = []
  /// What there are no words for.
  private(set) var obstacles: [ComponentID: Phrase] = [:]
  private(set) var names: [ComponentID: String] = [:]
  private(set) var contents: [ComponentID: (path: String, content: DescribedFiles.Content)] = [:]
  /// Of most labels.
  private(set) var language = "1033"
  private let state: InstalledState
  private let kinds: ComponentKinds

  init(of solution: InstalledSolution, on state: InstalledState, _ kinds: ComponentKinds) {
    (self.state, self.kinds) = (state, kinds)
    for id in state.described(by: solution, kinds).sorted() {
      guard let stack = state.drafted(id), stack.isKnown else { continue }
      let component = stack.top.component
      let document = stack.effective(kinds[id.type].merge).document
      guard let place = place(of: id, component, document.root) else {
        obstacles[id] = obstacle(id, component)
        continue
      }
      let subject = DescribedSubject(
        id: id,
        name: name(of: id, component, document.root),
        document: document,
        parent: component.parent,
        setting: state.told(id)
      )
      entries.append(DescriptionPart(subject: subject, place: place))
    }
    chooseLanguage()
    nameIDs()
    entries.sort { $0.order < $1.order }
    nameFiles()
    for at in entries.indices {
      entries[at].line = at + 1
      leaveOut(&entries[at])
    }
  }

  // MARK: Places

  private func place(
    of id: ComponentID,
    _ component: Component,
    _ root: Element
  ) -> DescriptionPart.Place? {
    if id.type == .entity { return .table(primary: state.primaryColumn(of: id, kinds)) }
    if id.type == .attribute {
      return id.tableAndColumn.map { .column(table: .entity($0.table)) }
    }
    if id.type == .entityKey { return component.parent.map { .key(table: $0) } }
    if id.type == .optionSet { return .choice }
    if id.type == .entityRelationship { return relationship(root) }
    if id.type == ComponentKind.attributeImageConfiguration.type { return .other }
    guard let kind = DescribedKind.everywhere.first(where: { $0.type == id.type }) else {
      return nil
    }
    return self.scope(of: kind, id, component, root).map { .described(kind, in: $0.scope) }
  }

  private func relationship(_ root: Element) -> DescriptionPart.Place? {
    guard root.child("EntityRelationshipType")?.text != "ManyToMany" else { return .manyToMany }
    guard let table = root.child("ReferencingEntityName")?.text.lowercased(),
      let column = root.child("ReferencingAttributeName")?.text.lowercased(),
      let target = root.child("ReferencedEntityName")?.text.lowercased()
    else { return nil }
    // What a file column refers to its contents with comes along with it.
    guard target != "fileattachment" else { return .other }
    return .target(column: .attribute(table, column), table: target)
  }

  /// In what a component is described; nothing around what stands alone.
  private func scope(
    of kind: DescribedKind,
    _ id: ComponentID,
    _ component: Component,
    _ root: Element
  ) -> (isFound: Bool, scope: Blueprint.Scope?)? {
    if DescribedKind.ofTables.contains(where: { $0.section == kind.section }) {
      guard let table = component.parent, table.type == .entity else { return nil }
      return (true, scope(table))
    }
    guard DescribedKind.all.allSatisfy({ $0.section != kind.section }) else { return (true, nil) }
    if let parent = component.parent { return (true, scope(parent)) }
    guard let owner = state.pluginType(of: root) else { return nil }
    return (true, scope(owner))
  }

  private func scope(_ id: ComponentID) -> Blueprint.Scope {
    Blueprint.Scope(id: id, name: state.standing(id)?.top.component.name ?? id.key, said: [])
  }

  private func obstacle(_ id: ComponentID, _ component: Component) -> Phrase {
    let known = DescribedKind.everywhere.contains { $0.type == id.type }
    return known ? "what it belongs to is not here" : "no word of a readable file makes one"
  }

  // MARK: Names

  private func name(of id: ComponentID, _ component: Component, _ root: Element) -> String {
    if id.type == .attribute {
      let name = root.attribute("PhysicalName") ?? ""
      let key = id.tableAndColumn?.column ?? id.key
      return name.lowercased() == key ? name : key
    }
    if id.type == .entity {
      let name = root.child("Name")?.text ?? ""
      return name.lowercased() == id.key ? name : component.name
    }
    if id.type == .entityKey { return root.child("Name")?.text ?? id.key }
    if id.type == .pluginType {
      return root.attribute("Name") ?? id.key.split(separator: "/").last.map(String.init) ?? id.key
    }
    if GUID(id.key) != nil {
      let label = component.displayName ?? root.attribute("Name") ?? root.attribute("name")
      return label.flatMap { $0.isEmpty ? nil : $0 } ?? id.key
    }
    return component.name
  }

  /// Names of what has ids: those that came with a table have their own, and no two are called alike.
  private mutating func nameIDs() {
    var taken: Set<String> = []
    for at in entries.indices {
      let subject = entries[at].subject
      guard case .described(_, let scope) = entries[at].place, GUID(subject.id.key) != nil else {
        continue
      }
      let type = subject.id.type
      let own = scope.flatMap { scope -> String? in
        guard scope.id.type == .entity else { return nil }
        let making = TableMaking(
          name: scope.name,
          primary: nil,
          context: MakingContext(language: "")
        )
        let part = making.parts.first { $0.id == subject.id }
        return part?.name.split(separator: " ").last.map(String.init)
      }
      let start = "\(scope?.id.key ?? "") \(type) "
      var name = own ?? subject.name
      var number = 1
      let kind = subject.document.wrapper?.attribute("type").map { " (\($0))" } ?? ""
      while !taken.insert(start + name).inserted {
        name =
          number == 1 && !kind.isEmpty ? subject.name + kind : "\(subject.name)\(kind) \(number)"
        number += 1
      }
      names[subject.id] = name
      entries[at].subject = DescribedSubject(
        id: subject.id,
        name: name,
        document: subject.document,
        parent: subject.parent,
        setting: subject.setting
      )
    }
  }

  private mutating func chooseLanguage() {
    var counts: [String: Int] = [:]
    let lists = [["displaynames"], ["LocalizedNames"], TableMaking.settings + ["LocalizedNames"]]
    for entry in entries {
      let labels = lists.lazy.compactMap { entry.subject.document.root.at($0) }.first
      for code in labels?.children.compactMap({ $0.attribute("languagecode") }) ?? [] {
        counts[code, default: 0] += 1
      }
    }
    let most = counts.values.max() ?? 0
    language = counts.filter { $0.value == most }.keys.min() ?? language
  }

  // MARK: Files

  private mutating func nameFiles() {
    var taken: Set<String> = []
    for entry in entries {
      guard case .described(let kind, let scope) = entry.place,
        let (ending, content) = kind.content(entry.subject)
      else { continue }
      let steps =
        [kind.section, scope?.id.key].compactMap(\.self)
        + entry.subject.name.split(separator: "/")
        .map(String.init)
      let stem = steps.map(\.asFileName).joined(separator: "/")
      var path = stem + ending
      var number = 2
      while !taken.insert(path.lowercased()).inserted {
        path = "\(stem)-\(number)\(ending)"
        number += 1
      }
      contents[entry.id] = (path, content)
    }
  }

  // MARK: Tables

  /// What the platform would give a new table, and is not here.
  private func leaveOut(_ entry: inout DescriptionPart) {
    guard case .table = entry.place else { return }
    let owner = entry.subject.document.root.at(TableMaking.settings + ["OwnershipTypeMask"])?.text
    let making = TableMaking(
      name: entry.subject.name,
      primary: nil,
      said: owner == "OrgOwned" ? [Said.Pair("ownership", text: "organization")] : [],
      context: MakingContext(language: "")
    )
    let groups = Dictionary(grouping: making.parts, by: \.group)
    for (group, parts) in groups.sorted(by: { $0.key < $1.key }) {
      let missing = parts.filter { state.standing($0.id) == nil }
      if missing.count == parts.count {
        entry.without.append(group)
      } else {
        entry.without += missing.map(\.name).sorted()
      }
    }
  }
}

extension InstalledState {
  /// The class that a step runs.
  fileprivate func pluginType(of step: Element) -> ComponentID? {
    let id = step.child("PluginTypeId").flatMap { GUID($0.text) }
    let name = step.child("PluginTypeName")?.text.lowercased()
    return standingComponents.filter { $0.type == .pluginType }.sorted().first { type in
      let element = standing(type)?.top.component.definition.element
      let own = element?.attribute("PluginTypeId").flatMap { GUID($0) }
      return id.map { $0 == own } ?? false
        || name.map { $0 == element?.attribute("AssemblyQualifiedName")?.lowercased() } ?? false
    }
  }
}

extension String {
  /// As one name of a file system, whatever system that is.
  fileprivate var asFileName: String {
    let plain = unicodeScalars.map { scalar in
      scalar.isPlain || "-. ()".unicodeScalars.contains(scalar) || scalar.value > 0x7F
        ? Character(scalar) : "_"
    }
    let text = String(plain.prefix(80))
    return ["", ".", ".."].contains(text) || text.hasPrefix(".") ? "_\(text.dropFirst())" : text
  }
}
