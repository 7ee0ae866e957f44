internal import JSON
internal import Solutions
internal import XML

/// A relationship as a client describes it, in words of a readable file.
struct RelationshipBody: Sendable {
  private let body: MetadataBody

  init(_ body: MetadataBody) { self.body = body }

  var isManyToMany: Bool {
    body.type.map { $0.hasPrefix("ManyToMany") } ?? (body["Entity1LogicalName"] != nil)
  }

  func name() throws -> String { try body.required("SchemaName") }

  func table() throws -> String { try body.required("ReferencingEntity").lowercased() }

  /// The table that rows refer to.
  func referenced() throws -> String { try body.required("ReferencedEntity").lowercased() }

  // MARK: Many to many

  func manyToMany() throws -> (name: String, said: Described) {
    try body.requireKnown(Self.neutral.union(Self.ofPairs), of: "a relationship")
    let name = try name()
    for end in ["Entity1NavigationPropertyName", "Entity2NavigationPropertyName"] {
      try require(end, toBe: name)
    }
    let tables = try ["Entity1LogicalName", "Entity2LogicalName"].map {
      Described.text(try body.required($0).lowercased())
    }
    var words: [(name: String, value: Described)] = [("tables", .list(tables))]
    if let intersect = try body.text("IntersectEntityName"), !intersect.isEmpty {
      words.append(("intersect", .text(intersect)))
    }
    return (name, .pairs(words))
  }

  private static let ofPairs: Set<String> = [
    "Entity1LogicalName", "Entity2LogicalName", "Entity1IntersectAttribute",
    "Entity2IntersectAttribute", "Entity1NavigationPropertyName",
    "Entity2NavigationPropertyName", "Entity1AssociatedMenuConfiguration",
    "Entity2AssociatedMenuConfiguration", "IntersectEntityName",
  ]

  // MARK: One to many

  /// The column by which rows refer, with what each of some relationships leads to.
  ///
  /// - Parameters:
  ///   - lookup: the column; the relationship's own where none is given.
  ///   - type: `lookup` or `customer`.
  static func column(
    _ relationships: [RelationshipBody],
    lookup stated: JSONValue?,
    type: String,
    choices: ChoiceBodies
  ) async throws -> (table: String, column: String, said: Described) {
    guard let first = relationships.first else {
      throw WebError.badBody("OneToManyRelationships is empty")
    }
    let table = try first.table()
    guard try relationships.allSatisfy({ try $0.table() == table }) else {
      throw WebError.badBody("the relationships of one lookup refer from one table")
    }
    guard let value = stated ?? first.body["Lookup"] else {
      throw WebError.badBody("Lookup is missing: the column by which rows refer")
    }
    let column = try MetadataBody(value, "Lookup")
    let words = try ColumnBody(column, kind: "Lookup", choices: choices).common()
    let targets = try relationships.map { try $0.target() }
    return (
      table, try column.required("SchemaName"),
      .pairs([("type", .text(type))] + words + [("target", .list(targets))])
    )
  }

  private func target() throws -> Described {
    try body.requireKnown(Self.neutral.union(Self.ofLinks), of: "a relationship")
    try require("ReferencedEntityNavigationPropertyName", toBe: try name())
    if let key = try body.text("ReferencedAttribute"), !key.isEmpty {
      guard ["\(try referenced())id", "activityid"].contains(key.lowercased()) else {
        throw WebError(missing: "ReferencedAttribute \(key.shown(80)) of a relationship")
      }
    }
    let words: [(name: String, value: Described)] = [
      ("table", .text(try referenced())),
      ("relationship", .text(try name())),
    ]
    return .pairs(words + (try cascades()))
  }

  /// Names that are given have no place in a package but the usual one.
  private func require(_ property: String, toBe usual: String) throws {
    guard let stated = try body.text(property), !stated.isEmpty, stated != usual else { return }
    throw WebError(missing: "\(property) \(stated.shown(80)) of a relationship")
  }

  /// What changes of one that is there.
  func changed(of link: TableModel.Link) throws -> Described {
    try body.requireKnown(
      ["CascadeConfiguration", "IsHierarchical"],
      of: "a relationship that is there"
    )
    let words: [(name: String, value: Described)] = [("table", .text(link.target))]
    return .pairs([("target", .list([.pairs(words + (try cascades(of: link)))]))])
  }

  /// - Parameter link: that is there; nil where one is made.
  private func cascades(
    of link: TableModel.Link? = nil
  ) throws -> [(name: String, value: Described)] {
    var words: [(name: String, value: Described)] = []
    let configuration = body["CascadeConfiguration"]?.members.map { $0 } ?? []
    for (name, value) in configuration where value.kind != .null && !name.contains("@") {
      let stated = value.text ?? ""
      func requireOne(of known: [String]) throws {
        guard known.contains(stated) else {
          throw WebError.badBody("\(stated.shown(80)) is nothing that happens on \(name.shown(80))")
        }
      }
      switch name {
      // It follows from the table that rows refer to.
      case "Merge": try requireOne(of: ["NoCascade", "Cascade"])
      case "RollupView":
        try requireOne(of: Self.shared.keys.sorted())
        let (setting, usual) = ("CascadeRollupView", "NoCascade")
        guard stated != link?.stated?.element.text(of: setting) ?? usual else { continue }
        words.append(("properties", .pairs([(setting, .text(stated))])))
      default:
        guard let word = Self.cascades[name] else {
          throw WebError.badBody("\(name.shown(80)) is nothing that rows follow")
        }
        try requireOne(of: word.meanings.keys.sorted())
        words.append((word.name, .text(word.meanings[stated] ?? "")))
      }
    }
    if let flag = try body.flag("IsHierarchical") { words.append(("hierarchical", .yes(flag))) }
    return words
  }

  private static let shared = [
    "NoCascade": "none", "Cascade": "all", "Active": "active", "UserOwned": "owned",
  ]
  private static let dependent = [
    "NoCascade": "none", "Cascade": "all", "RemoveLink": "removeLink", "Restrict": "restrict",
  ]

  private static let cascades: [String: (name: String, meanings: [String: String])] = [
    "Assign": ("assign", shared), "Share": ("share", shared), "Unshare": ("unshare", shared),
    "Reparent": ("reparent", shared), "Delete": ("delete", dependent),
    "Archive": ("archive", dependent),
  ]

  private static let ofLinks: Set<String> = [
    "ReferencedEntity", "ReferencingEntity", "ReferencedAttribute", "ReferencingAttribute",
    "ReferencedEntityNavigationPropertyName", "ReferencingEntityNavigationPropertyName",
    "CascadeConfiguration", "AssociatedMenuConfiguration", "Lookup", "IsHierarchical",
    "RelationshipBehavior", "EntityKey", "RelationshipAttributes",
  ]

  private static let neutral: Set<String> = [
    "SchemaName", "RelationshipType", "IsCustomRelationship", "IsCustomizable",
    "IsValidForAdvancedFind", "SecurityTypes", "IntroducedVersion", "Description", "DisplayName",
  ]
}
