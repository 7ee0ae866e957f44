internal import JSON
internal import Solutions

/// What answers say, by the documented shapes.
extension Pull {
  mutating func note(_ root: JSONValue, _ question: Question) throws(DataverseError) {
    switch question.subject {
    case .whoAmI:
      guard let id = root.guid("OrganizationId") else {
        throw unreadable(question, "it names no organization")
      }
      begin(id)
    case .version: facts?.version = root["Version"]?.text
    case .languages:
      facts?.languages = root["LocaleIds"]?.elements.compactMap(\.integer)
    case .rows(let tables): noteRows(root, tables)
    case .values(let table, let column):
      let count = root["value"]?.elements.lazy.compactMap { $0["n"]?.integer }.first
      facts?.values[.attribute(table, column)] = .some(count)
    default:
      guard let rows = root["value"], rows.kind == .array else {
        throw unreadable(question, "it holds no list")
      }
      if facts?.solutions == nil, question.subject == .solutions { facts?.solutions = [] }
      held.begin(question.subject)
      for row in rows.elements { try note(row: row, question) }
      if case .layers(let object) = question.subject, !unread.contains(question.subject) {
        noteLayers(rows, of: object)
      }
    }
  }

  private mutating func note(
    row: JSONValue,
    _ question: Question
  ) throws(DataverseError) {
    switch question.subject {
    case .publishers: notePublisher(row)
    case .solutions: try noteSolution(row, question)
    case .rowKinds:
      if let type = row["solutioncomponenttype"]?.integer,
        let table = row["primaryentityname"]?.text, !table.isEmpty
      {
        rowKinds[type] = table.lowercased()
      }
    case .tables: noteTable(row)
    case .columns(let table): noteColumn(row, of: table)
    case .relationships: name(row, id: "MetadataId", .entityRelationship, "SchemaName")
    case .choices: name(row, id: "MetadataId", .optionSet, "Name")
    case .webResources: name(row, id: "webresourceid", .webResource, "name")
    case .pluginTypes, .tableMaps, .columnMaps, .columnPermissions:
      notePart(row, question.subject)
    case .members(let name): try noteMember(row, of: name, question)
    case .summaries(let name): noteSummary(row, of: name)
    case .deletion, .removal, .needs: noteUse(row, question)
    case .variables, .variableDefaults, .variableValues, .connections, .connected:
      held.note(row, question.subject)
    case .layers, .whoAmI, .version, .languages, .rows, .values: return
    }
  }

  private mutating func notePublisher(_ row: JSONValue) {
    guard let name = row["uniquename"]?.text else { return }
    let publisher = Publisher(
      name: PublisherName(name),
      displayName: row["friendlyname"]?.text ?? name,
      prefix: row["customizationprefix"]?.text ?? "",
      optionValuePrefix: row["customizationoptionvalueprefix"]?.integer
    )
    facts?.publishers.append(publisher)
  }

  private mutating func noteSolution(
    _ row: JSONValue,
    _ question: Question
  ) throws(DataverseError) {
    guard let id = row.guid("solutionid"), let name = row["uniquename"]?.text,
      let solution = SolutionName(name),
      let version = row["version"]?.text.flatMap({ SolutionVersion($0) }),
      let isManaged = row["ismanaged"]?.boolean
    else { throw unreadable(question, "a solution lacks its id, name, version or kind") }
    let publisher = row["publisherid"]?["uniquename"]?.text ?? ""
    let parent = row.guid("_parentsolutionid_value")
    solutions[id] = solution
    // Default lists all that there is, and the others stand for layers: none of them was installed.
    guard !solution.isReserved else { return }
    parents[solution] = parent
    facts?.solutions?.append(
      Facts.Solution(
        id: id,
        name: solution,
        displayName: row["friendlyname"]?.text ?? name,
        version: version,
        isManaged: isManaged,
        publisher: PublisherName(publisher),
        parent: nil,
        installed: row["installedon"]?.text
      )
    )
  }

  private mutating func noteTable(_ row: JSONValue) {
    guard let id = row.guid("MetadataId"), let name = row["LogicalName"]?.text?.lowercased() else {
      return
    }
    tables[id] = name
    sets[name] = row["EntitySetName"]?.text
  }

  private mutating func noteColumn(_ row: JSONValue, of table: String) {
    guard let id = row.guid("MetadataId"), let name = row["LogicalName"]?.text,
      let type = ComponentType.attribute.number
    else { return }
    let object = Facts.Object(type: type, id: id)
    guard components[object] != nil else { return }
    call(object, name, table: table)
  }

  private mutating func name(
    _ row: JSONValue,
    id: String,
    _ type: ComponentType,
    _ property: String
  ) {
    guard let id = row.guid(id), let name = row[property]?.text, let number = type.number else {
      return
    }
    let object = Facts.Object(type: number, id: id)
    if components[object] != nil { call(object, name, table: nil) }
  }

  /// What has a name of several parts, which only its own row tells.
  private mutating func notePart(_ row: JSONValue, _ subject: Question.Subject) {
    func text(_ name: String, in row: JSONValue?) -> String? {
      row?[name]?.text.flatMap { $0.isEmpty ? nil : $0.lowercased() }
    }
    func map(_ row: JSONValue?) -> ComponentID? {
      guard let source = text("sourceentityname", in: row),
        let target = text("targetentityname", in: row)
      else { return nil }
      return ComponentID(.entityMap, "\(source).\(target)")
    }
    switch subject {
    case .pluginTypes:
      guard let type = row["typename"]?.text, let assembly = text("assemblyname", in: row),
        let id = pluginTypeID("\(type), \(assembly)")
      else { return }
      call(row.guid("plugintypeid"), id, of: ComponentID(.pluginAssembly, assembly))
    case .tableMaps:
      guard let id = map(row), let target = text("targetentityname", in: row) else { return }
      call(row.guid("entitymapid"), id, of: .entity(target))
    case .columnMaps:
      guard let map = map(row["entitymapid"]), let source = text("sourceattributename", in: row),
        let target = text("targetattributename", in: row)
      else { return }
      let id = ComponentID(.attributeMap, "\(map.key).\(source).\(target)")
      call(row.guid("attributemapid"), id, of: map)
    case .columnPermissions:
      guard let profile = row.guid("_fieldsecurityprofileid_value"),
        let table = text("entityname", in: row),
        let column = text("attributelogicalname", in: row)
      else { return }
      let id = ComponentID(.fieldPermission, "\(profile).\(table).\(column)")
      call(row.guid("fieldpermissionid"), id, of: ComponentID(.fieldSecurityProfile, "\(profile)"))
    default: return
    }
  }

  private mutating func noteMember(
    _ row: JSONValue,
    of name: SolutionName,
    _ question: Question
  ) throws(DataverseError) {
    guard let id = row.guid("objectid"), let type = row["componenttype"]?.integer,
      Count(type) != nil
    else { throw unreadable(question, "a component lacks its id or type") }
    let object = Facts.Object(type: type, id: id)
    meet(object)
    components[object]?.listings[name] = .some(row["rootcomponentbehavior"]?.integer)
  }

  /// Pages of members and of names come in any order: what is named is listed.
  private mutating func noteSummary(_ row: JSONValue, of solution: SolutionName) {
    guard let id = row.guid("msdyn_objectid"), let type = row["msdyn_componenttype"]?.integer else {
      return
    }
    let object = Facts.Object(type: type, id: id)
    meet(object)
    if components[object]?.listings[solution] == nil {
      components[object]?.listings[solution] = .some(nil)
    }
    if rowKinds[type] == nil, !kinds.knows(.number(type)),
      let table = row["msdyn_componentlogicalname"]?.text, !table.isEmpty
    {
      rowKinds[type] = table.lowercased()
    }
    components[object]?.isManaged = row["msdyn_ismanaged"]?.flag
    let texts = ["msdyn_schemaname", "msdyn_name"].compactMap { row[$0]?.text }
    let table = row["msdyn_primaryentityname"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    if let name = texts.first(where: { !$0.isEmpty }) { call(object, name, table: table) }
    if let table { belong(object, to: table) }
    let title = row["msdyn_displayname"]?.text ?? row["msdyn_name"]?.text
    if let title, !title.isEmpty { components[object]?.displayName = title }
  }

  private mutating func noteUse(_ row: JSONValue, _ question: Question) {
    guard let required = row.object("required"), let dependent = row.object("dependent"),
      let type = row["dependencytype"]?.integer, Count(type) != nil
    else {
      // Something stands in the way, and nobody knows what.
      unread.insert(question.subject)
      return
    }
    for (object, side) in [(required, "required"), (dependent, "dependent")] {
      meet(object)
      guard components[object]?.id == nil else { continue }
      if let table = row.guid("\(side)componentparentid").flatMap({ tables[$0] }) {
        components[object]?.parent = .entity(table)
        owners.insert(table)
      }
      if let base = row.guid("\(side)componentbasesolutionid").flatMap({ solutions[$0] }) {
        providers.insert(base)
      }
    }
    facts?.uses.append(Facts.Use(required: required, dependent: dependent, type: type))
  }

  private mutating func noteLayers(_ rows: JSONValue, of object: Facts.Object) {
    let layers = rows.elements.compactMap { row -> Facts.Layer? in
      guard let name = row["msdyn_solutionname"]?.text.flatMap({ SolutionName($0) }),
        let order = row["msdyn_order"]?.integer.flatMap({ Count($0) })
      else { return nil }
      let known = facts?.solution(name)?.publisher
      let publisher =
        name == .system
        ? PublisherName.system
        : known ?? PublisherName(row["msdyn_publishername"]?.text ?? "")
      return Facts.Layer(solution: name, publisher: publisher, order: order.number)
    }
    // One that cannot be read leaves the stack unknown.
    guard !layers.isEmpty, layers.count == rows.elements.reduce(0, { count, _ in count + 1 }) else {
      return
    }
    components[object]?.layers = layers.sorted { $0.order < $1.order }
  }

  mutating func noteRemoval(of name: SolutionName) {
    guard let place = facts?.solutions?.firstIndex(where: { $0.name == name }) else { return }
    facts?.solutions?[place].isUninstallTold = true
  }

  private mutating func noteRows(_ root: JSONValue, _ asked: [String]) {
    let counted = root["EntityRecordCountCollection"]
    let names = counted?["Keys"]?.elements.compactMap(\.text) ?? []
    let counts = counted?["Values"]?.elements.map { $0.integer.flatMap { Count($0)?.number } } ?? []
    let found = Dictionary(zip(names.map { $0.lowercased() }, counts)) { first, _ in first }
    for table in asked { facts?.rows[table] = .some(found[table] ?? nil) }
  }
}

extension JSONValue {
  fileprivate func guid(_ name: String) -> GUID? { self[name]?.text.flatMap { GUID($0) } }

  /// The platform writes some of its truths as text.
  fileprivate var flag: Bool? { boolean ?? text.flatMap { Bool($0.lowercased()) } }

  fileprivate func object(_ side: String) -> Facts.Object? {
    guard let id = guid("\(side)componentobjectid"),
      let type = self["\(side)componenttype"]?.integer, Count(type) != nil
    else { return nil }
    return Facts.Object(type: type, id: id)
  }
}
