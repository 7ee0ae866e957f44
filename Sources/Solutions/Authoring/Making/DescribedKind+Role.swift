extension DescribedKind {
  /// Security roles: what people may do with rows of tables, and how far (PF-601).
  static let role = DescribedKind(
    "roles",
    title: "a role",
    step: 3,
    fields: [
      .text("description", ["Description"], "what it is for"),
      Field(
        name: "teamPrivileges",
        about: "whether members of a team have it as their own",
        tell: { role, _ in
          role.attribute("isinherited").map { Said(.text($0 == "1" ? "yes" : "no")) }
        }
      ) { said, _ throws(Unsound) in
        [.attribute([], "isinherited", try said.isYes() ? "1" : "0")]
      },
    ],
    own: [
      (
        "tables",
        "what may be done with rows: a depth for all of it, or by create, read, write, delete, append, appendTo, assign and share"
      ),
      ("privileges", "depths of other privileges by their names, as prvExportToExcel"),
      ("id", "its id, where the name does not give it"),
    ],
    id: { name, _ in ComponentID(.role, madeID("role", name.lowercased())) },
    names: { part in
      let tables = part.value("tables").map { Said.keys(of: $0) } ?? []
      return Set(tables.map { .entity($0.lowercased()) })
    },
    tell: { telling, role in [telling.privileges(of: role.document.root)] },
    make: { making, part throws(Unsound) in try making.role(part) }
  )

  /// How far a privilege reaches, as files call it.
  static let depths: KeyValuePairs = [
    "user": "Basic", "businessUnit": "Local", "parentChild": "Deep", "organization": "Global",
  ]

  /// What may be done with rows, as files call it.
  static let verbs: KeyValuePairs = [
    "create": "Create", "read": "Read", "write": "Write", "delete": "Delete", "append": "Append",
    "appendTo": "AppendTo", "assign": "Assign", "share": "Share",
  ]

  /// Those that every new role has, for all rows.
  fileprivate static let privilegesOfAll = [
    "CreateSharePointData", "ReadPluginAssembly", "ReadPluginType", "ReadSdkMessage",
    "ReadSdkMessageProcessingStep", "ReadSdkMessageProcessingStepImage", "ReadSharePointData",
    "ReadSharePointDocument", "WriteSharePointData",
  ]

  /// What privileges of tables of the platform are called after.
  fileprivate static let standard = [
    "account": "Account", "contact": "Contact", "lead": "Lead", "opportunity": "Opportunity",
    "incident": "Incident", "systemuser": "User", "team": "Team", "businessunit": "BusinessUnit",
    "queue": "Queue", "annotation": "Note", "activitypointer": "Activity",
  ]
}

extension BlueprintMaking {
  fileprivate mutating func role(_ part: Blueprint.Part) throws(Unsound) {
    if !takeUp(part.id, at: part.line) { put(part.id, .role(part), at: part.line) }
    try say(part, .role)
    var depths: [(privilege: String, depth: String?)] = []
    for table in try part.value("tables")?.pairs() ?? [] { depths += try privileges(table) }
    for privilege in try part.value("privileges")?.pairs() ?? [] {
      guard privilege.key.hasPrefix("prv") else {
        throw Unsound(
          line: privilege.line,
          problem: "“\(privilege.key)” is no privilege, as prvExportToExcel is"
        )
      }
      depths.append((privilege.key, try privilege.value.depth()))
    }
    guard !depths.isEmpty else { return }
    try change(part.id) { role throws(Unsound) in
      role.change(["RolePrivileges"]) { list in
        for (privilege, depth) in depths { list.put(privilege, depth) }
      }
    }
  }

  /// Of one table, as the platform spells them.
  private func privileges(
    _ table: Said.Pair
  ) throws(Unsound) -> [(privilege: String, depth: String?)] {
    let id = ComponentID.entity(table.key.lowercased())
    guard isThere(id) else {
      throw Unsound(line: table.line, problem: "there is no table \(table.key)")
    }
    guard let name = privilegeName(of: id) else {
      throw Unsound(
        line: table.line,
        problem:
          "what privileges of \(table.key) are called is not known here; say them by “privileges”"
      )
    }
    let isShared = isShared(id)
    let verbs = DescribedKind.verbs.map { ($0.key, $0.value) }
      .filter { isShared || !["assign", "share"].contains($0.0) }
    guard case .pairs(let pairs) = table.value.content else {
      let depth = try table.value.depth(isShared: isShared, of: name)
      return verbs.map { ("prv\($0.1)\(name)", depth) }
    }
    var found: [(privilege: String, depth: String?)] = []
    for pair in pairs {
      guard let verb = verbs.first(where: { $0.0 == pair.key }) else {
        throw .unknown(pair, among: verbs.map(\.0), of: "what may be done with rows of \(name)")
      }
      let depth = try pair.value.depth(isShared: isShared, of: name)
      found.append(("prv\(verb.1)\(name)", depth))
    }
    return found
  }
}

extension BlueprintMaking {
  /// What privileges of a table are called after; nil where that is not known.
  fileprivate func privilegeName(of table: ComponentID) -> String? {
    element(table)?.child("Name")?.text ?? DescribedKind.standard[table.key]
      ?? (table.key.contains("_") ? spelled(table) : nil)
  }

  /// Whether its rows belong to users.
  fileprivate func isShared(_ table: ComponentID) -> Bool {
    element(table)?.at(TableMaking.settings + ["OwnershipTypeMask"])?.text != "OrgOwned"
  }
}

extension Telling {
  /// What a role may do: by tables as far as their names say which, by privileges otherwise.
  fileprivate func privileges(of role: Element) -> [Said.Pair] {
    let depths = Dictionary(uniqueKeysWithValues: DescribedKind.depths.map { ($0.value, $0.key) })
    var left: [String: String] = [:]
    for privilege in role.child("RolePrivileges")?.children ?? [] {
      guard let name = privilege.attribute("name"),
        let depth = privilege.attribute("level").flatMap({ depths[$0] })
      else { continue }
      left[name] = depth
    }
    for name in DescribedKind.privilegesOfAll.map({ "prv\($0)" }) {
      let depth = left[name]
      left[name] = depth == "organization" ? nil : depth ?? "none"
    }
    let known = DescribedKind.standard.keys.map { ComponentID.entity($0) }
    var tables: [Said.Pair] = []
    for table in making.entities.union(known).sorted() where making.isThere(table) {
      guard let name = making.privilegeName(of: table) else { continue }
      let isShared = making.isShared(table)
      let verbs = DescribedKind.verbs.filter { isShared || !["assign", "share"].contains($0.key) }
      let said = verbs.compactMap { verb -> Said.Pair? in
        let privilege = "prv\(verb.value)\(name)"
        guard let depth = left[privilege], isShared || depth == "organization" else { return nil }
        left[privilege] = nil
        return Said.Pair(verb.key, text: depth)
      }
      guard let first = said.first else { continue }
      let isOne = said.count == verbs.count && said.allSatisfy { $0.value == first.value }
      tables.append(Said.Pair(table.key, isOne ? first.value : Said(.pairs(said))))
    }
    let others = left.sorted { $0.key < $1.key }.map { Said.Pair($0.key, text: $0.value) }
    return [("tables", tables), ("privileges", others)].filter { !$0.1.isEmpty }
      .map { Said.Pair($0.0, Said(.pairs($0.1))) }
  }
}

extension Said {
  /// nil for none.
  fileprivate func depth(isShared: Bool = true, of table: String = "") throws(Unsound) -> String? {
    let depths = DescribedKind.depths.map { ($0.key, $0.value) }
    let word = try word(depths.map(\.0) + ["none"])
    guard isShared || ["organization", "none"].contains(word) else {
      throw unsound("rows of \(table) belong to the organization: a privilege reaches all or none")
    }
    return depths.first { $0.0 == word }?.1
  }

  /// Keys, as far as there are some.
  static func keys(of said: Said) -> [String] {
    if case .pairs(let pairs) = said.content { pairs.map(\.key) } else { [] }
  }
}

extension Element {
  fileprivate static func role(_ part: Blueprint.Part) -> Element {
    Element(
      "Role",
      [("id", "{\(part.id.key)}"), ("name", part.name), ("isinherited", "1")],
      children: [
        Element("IsCustomizable", text: "1"),
        Element(
          "RolePrivileges",
          children: DescribedKind.privilegesOfAll.map {
            Element("RolePrivilege", [("name", "prv\($0)"), ("level", "Global")])
          }
        ),
      ]
    )
  }

  /// Privileges stand by name, without regard to case.
  fileprivate mutating func put(_ privilege: String, _ depth: String?) {
    let at = children.firstIndex {
      $0.attribute("name")?.lowercased() == privilege.lowercased()
    }
    guard let depth else {
      if let at { children.remove(at: at) }
      return
    }
    if let at { return children[at].set("level", depth, as: .bottom) }
    let next = children.firstIndex {
      ($0.attribute("name") ?? "").lowercased() > privilege.lowercased()
    }
    children.insert(
      Element("RolePrivilege", [("name", privilege), ("level", depth)]),
      at: next ?? children.endIndex
    )
  }
}
