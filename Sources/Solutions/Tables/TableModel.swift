package import XML

/// A table as programs ask for it over a wire: its set, and where its lookups and collections lead.
package struct TableModel: Sendable {
  package let head: TableHead
  package let table: Table
  /// What is said of its columns, by their logical names; nothing of those that only the system knows.
  package let columns: [String: Stated]
  /// What is said of its alternate keys, by their names.
  package let keys: [String: Stated]
  /// One-to-many relationships that it refers by, and those by which others refer to it; by name.
  package let links: [Link]
  /// Many-to-many relationships; by name.
  package let pairs: [Pair]

  package var name: String { table.name }

  /// What is in effect of a component.
  package struct Stated: Sendable {
    package let id: ComponentID
    package let element: XMLElement
    package let isManaged: Bool

    package init(id: ComponentID, element: XMLElement, isManaged: Bool) {
      (self.id, self.element, self.isManaged) = (id, element, isManaged)
    }
  }

  /// A lookup, and the collection at its other end.
  package struct Link: Sendable {
    /// Of the relationship, with its case.
    package let name: String
    /// Logical names.
    package let table, column, target: String
    /// What the lookup is called where its row is meant.
    package let navigation: String
    /// What the rows that refer are called at the other end.
    package let collection: String
    /// nil for one that only the system knows.
    package let stated: Stated?

    package init(
      name: String,
      table: String,
      column: String,
      target: String,
      navigation: String,
      collection: String,
      stated: Stated? = nil
    ) {
      self.name = name
      (self.table, self.column, self.target) = (table, column, target)
      (self.navigation, self.collection) = (navigation, collection)
      self.stated = stated
    }
  }

  /// Pairs of rows.
  package struct Pair: Sendable {
    package let name: String
    /// Logical name of the table of pairs.
    package let intersect: String
    package let ends: [End]
    /// nil for those of the system.
    package let stated: Stated?

    package struct End: Sendable {
      /// Logical names: of the table, and of the column of the table of pairs.
      package let table, column: String
      /// What the rows at the other end are called here.
      package let navigation: String
    }
  }
}

/// What a table is called.
package struct TableHead: Sendable {
  /// Logical name.
  package let name: String
  /// With its case.
  package let schemaName: String
  package let setName: String
  /// nil for what only the system brings.
  package let stated: TableModel.Stated?

  package init(name: String, schemaName: String, setName: String, stated: TableModel.Stated?) {
    self.name = name
    self.schemaName = schemaName
    self.setName = setName
    self.stated = stated
  }

  /// The settings of its definition.
  package var settings: XMLElement? { stated?.element.descend("EntityInfo", "entity") }
}

extension InstalledState {
  /// What a table is called in this state, which holds it.
  package func head(of name: String, kinds: ComponentKinds) -> TableHead {
    let stated = self.stated(.entity(name), kinds: kinds)
    let settings = stated?.element.descend("EntityInfo", "entity")
    let schemaName = settings?.attribute("Name") ?? stated?.element.text(of: "Name")
    let set = settings?.text(of: "EntitySetName").flatMap { $0.isEmpty ? nil : $0 }
    return TableHead(
      name: name,
      // Where a package adds to a table of the system it may spell it in its own way.
      schemaName: schemaName.flatMap { $0.lowercased() == name ? $0 : nil } ?? name,
      setName: (set ?? Self.set(of: name)).lowercased(),
      stated: stated
    )
  }

  /// Sets of the platform that follow no rule.
  private static let sets = [
    "feedback": "feedback", "languagelocale": "languagelocale",
    "principalobjectattributeaccess": "principalobjectattributeaccessset",
    "usersettings": "usersettingscollection",
  ]

  /// How the platform calls the set of a table that says nothing.
  package static func set(of name: String) -> String {
    if let known = sets[name] { return known }
    if ["s", "x", "z", "ch", "sh"].contains(where: { name.hasSuffix($0) }) { return "\(name)es" }
    guard name.hasSuffix("y"), let before = name.dropLast().last, !"aeiou".contains(before) else {
      return "\(name)s"
    }
    return "\(name.dropLast())ies"
  }

  /// What is in effect of a component; nil where this state has none.
  package func stated(_ id: ComponentID, kinds: ComponentKinds) -> TableModel.Stated? {
    guard let stack = stacks[id] else { return nil }
    let definition = stack.effective(kinds[id.type].merge).definition
    return TableModel.Stated(id: id, element: definition.element, isManaged: stack.isManaged)
  }

  /// A table with its surroundings.
  ///
  /// - Parameter table: as this state has it; the state holds its parts, and all relationships with it.
  package func model(of table: Table, kinds: ComponentKinds) -> TableModel {
    let name = table.name
    var columns: [String: TableModel.Stated] = [:]
    var keys: [String: TableModel.Stated] = [:]
    var links: [TableModel.Link] = []
    var pairs: [TableModel.Pair] = []
    for id in stacks.keys.sorted() {
      let physical = kinds[id.type].physical
      guard physical != .table, physical != .none, let stated = stated(id, kinds: kinds) else {
        continue
      }
      switch physical {
      case .column where id.tableAndColumn?.table == name:
        columns[id.tableAndColumn?.column ?? ""] = stated
      case .key where id.tableAndColumn?.table == name:
        keys[id.tableAndColumn?.column ?? ""] = stated
      case .relationship:
        if let link = link(stated, kinds: kinds), link.table == name || link.target == name {
          links.append(link)
        } else if let pair = pair(stated), pair.ends.contains(where: { $0.table == name }) {
          pairs.append(pair)
        }
      default: continue
      }
    }
    links = SystemLinks.completing(links, of: table)
    pairs += SystemLinks.pairs(of: table.name)
    return TableModel(
      head: head(of: name, kinds: kinds),
      table: table,
      columns: columns,
      keys: keys,
      links: links.sorted { ($0.name, $0.target) < ($1.name, $1.target) },
      pairs: pairs.sorted { $0.name < $1.name }
    )
  }

  private func link(_ stated: TableModel.Stated, kinds: ComponentKinds) -> TableModel.Link? {
    let element = stated.element
    guard element.text(of: "EntityRelationshipType") != "ManyToMany",
      let table = element.text(of: "ReferencingEntityName")?.lowercased(),
      let column = element.text(of: "ReferencingAttributeName"), !column.isEmpty,
      let target = element.text(of: "ReferencedEntityName")?.lowercased()
    else { return nil }
    let name = element.attribute("Name") ?? stated.id.key
    let roles = element.descend("EntityRelationshipRoles")?.children("EntityRelationshipRole") ?? []
    func navigation(_ role: String) -> String? {
      roles.first { $0.text(of: "RelationshipRoleType") == role }?
        .text(of: "NavigationPropertyName").flatMap { $0.isEmpty ? nil : $0 }
    }
    return TableModel.Link(
      name: name,
      table: table,
      column: column.lowercased(),
      target: target,
      // Packages spell the platform's own columns as people read them, and requests as they are called.
      navigation: navigation("1") ?? (SystemColumn.isOne(column) ? column.lowercased() : column),
      collection: navigation("0") ?? name,
      stated: stated
    )
  }

  private func pair(_ stated: TableModel.Stated) -> TableModel.Pair? {
    guard let design = design(ofIntersect: stated.id), design.pair.count == 2 else { return nil }
    let element = stated.element
    let name = element.attribute("Name") ?? stated.id.key
    let tables = ["FirstEntityName", "SecondEntityName"].map {
      element.text(of: $0)?.lowercased() ?? ""
    }
    let roles = element.descend("EntityRelationshipRoles")?.children("EntityRelationshipRole") ?? []
    let ends = zip(tables, design.pair).enumerated().map { place, end in
      let role = roles.first { $0.text(of: "AssociationRoleOrdinal") == "\(place + 1)" }
      let navigation = role?.text(of: "NavigationPropertyName").flatMap { $0.isEmpty ? nil : $0 }
      return TableModel.Pair.End(
        table: end.0,
        column: end.1,
        navigation: navigation ?? name
      )
    }
    return TableModel.Pair(name: name, intersect: design.name, ends: ends, stated: stated)
  }
}

/// Relationships that no package brings: those of the platform's own lookups.
enum SystemLinks {
  /// What packages state, with what they do not.
  static func completing(_ stated: [TableModel.Link], of table: Table) -> [TableModel.Link] {
    let stated = withOneOwner(stated, of: table)
    let known = Set(stated.map { "\($0.table).\($0.column).\($0.target)" })
    let own = outgoing(of: table)
    let others = incoming.filter { $0.target == table.name && $0.table != table.name }
    return stated
      + (own + others).filter { !known.contains("\($0.table).\($0.column).\($0.target)") }
  }

  /// Whoever owns a row stands in one column: the others that packages bring along lead nowhere by themselves.
  private static func withOneOwner(
    _ stated: [TableModel.Link],
    of table: Table
  ) -> [TableModel.Link] {
    guard case .lookup(let targets)? = table.column("ownerid")?.type, !targets.isEmpty else {
      return stated
    }
    return stated.filter {
      $0.table != table.name || !["owninguser", "owningteam"].contains($0.column)
    }
  }

  private static func outgoing(of table: Table) -> [TableModel.Link] {
    table.columns.flatMap { column -> [TableModel.Link] in
      // The owner's own links are called so.
      let isOwners =
        ["owninguser", "owningteam"].contains(column.name) && table.column("ownerid") != nil
      guard case .lookup(let targets) = column.type, !isOwners else { return [] }
      return targets.map { link(table.name, column.name, $0, isOnly: targets.count == 1) }
    }
  }

  private static func link(
    _ table: String,
    _ column: String,
    _ target: String,
    isOnly: Bool
  ) -> TableModel.Link {
    let known = incoming.first { $0.table == table && $0.column == column && $0.target == target }
    if let known { return known }
    let name =
      switch column {
      case "createdby", "modifiedby": "lk_\(table)_\(column)"
      case "owningbusinessunit": "business_unit_\(table)"
      case "ownerid": target == "team" ? "team_\(table)" : "user_\(table)"
      default: "\(table)_\(column)_\(target)"
      }
    let navigation =
      column == "ownerid"
      ? (target == "team" ? "owningteam" : "owninguser") : isOnly ? column : "\(column)_\(target)"
    return TableModel.Link(
      name: name,
      table: table,
      column: column,
      target: target,
      navigation: navigation,
      collection: name
    )
  }

  static func pairs(of table: String) -> [TableModel.Pair] {
    SystemBaseline.pairs.values.filter { $0.tables.contains(table) }.map { pair in
      TableModel.Pair(
        name: pair.relationship,
        intersect: pair.name,
        ends: zip(pair.tables, pair.columns).map {
          TableModel.Pair.End(table: $0, column: $1, navigation: pair.relationship)
        },
        stated: nil
      )
    }
  }

  /// Those whose collections programs name.
  private static let incoming: [TableModel.Link] = {
    var links = [
      known("account_primary_contact", "account", "primarycontactid", "contact"),
      known("account_parent_account", "account", "parentaccountid", "account"),
      known(
        "contact_customer_accounts",
        "contact",
        "parentcustomerid",
        "account",
        "parentcustomerid_account"
      ),
      known(
        "contact_customer_contacts",
        "contact",
        "parentcustomerid",
        "contact",
        "parentcustomerid_contact"
      ),
      known("business_unit_system_users", "systemuser", "businessunitid", "businessunit"),
      known("business_unit_teams", "team", "businessunitid", "businessunit"),
      known("solution_solutioncomponent", "solutioncomponent", "solutionid", "solution"),
      known("solution_parent_solution", "solution", "parentsolutionid", "solution"),
      known("publisher_solution", "solution", "publisherid", "publisher"),
    ]
    let plurals = [
      "task": "Tasks", "phonecall": "Phonecalls", "email": "Emails", "letter": "Letters",
      "appointment": "Appointments", "fax": "Faxes",
    ]
    for (table, plural) in plurals.sorted(by: { $0.key < $1.key }) {
      for (target, name) in [("account", "Account"), ("contact", "Contact")] {
        links.append(
          known(
            "\(name)_\(plural)",
            table,
            "regardingobjectid",
            target,
            "regardingobjectid_\(target)_\(table)"
          )
        )
      }
    }
    return links
  }()

  private static func known(
    _ name: String,
    _ table: String,
    _ column: String,
    _ target: String,
    _ navigation: String? = nil
  ) -> TableModel.Link {
    TableModel.Link(
      name: name,
      table: table,
      column: column,
      target: target,
      navigation: navigation ?? column,
      collection: name
    )
  }
}
