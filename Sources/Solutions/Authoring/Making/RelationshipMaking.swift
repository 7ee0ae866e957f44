/// A relationship in which rows of one table refer to those of another by a column, as the platform makes it.
struct RelationshipMaking: Sendable {
  let name: String
  /// Tables and the column as they are written.
  let referencing: String
  let column: String
  let referenced: String
  /// What the lookup is called towards this table, where it leads to several.
  var navigation: String?
  var description = ""
  let context: MakingContext

  /// What relationships say of themselves: what happens to the rows that refer when something is done to one they refer
  /// to.
  static let cascades: [Field] = [
    cascade("delete", "CascadeDelete", dependent),
    cascade("assign", "CascadeAssign", shared), cascade("share", "CascadeShare", shared),
    cascade("unshare", "CascadeUnshare", shared), cascade("reparent", "CascadeReparent", shared),
    cascade("archive", "CascadeArchive", dependent),
    .flag("hierarchical", ["IsHierarchical"], "whether it makes a hierarchy of the table"),
  ]

  private static let shared: KeyValuePairs = [
    "none": "NoCascade", "all": "Cascade", "active": "Active", "owned": "UserOwned",
  ]
  private static let dependent: KeyValuePairs = [
    "none": "NoCascade", "all": "Cascade", "removeLink": "RemoveLink", "restrict": "Restrict",
  ]

  private static func cascade(
    _ name: String,
    _ setting: String,
    _ words: KeyValuePairs<String, String>
  ) -> Field {
    .word(name, [setting], words, "what becomes of rows that refer to one on \(name)")
  }

  /// What every table has; nobody follows it from the other side.
  var systemRelationship: Element {
    relationship(delete: "NoCascade", archive: "NoCascade", roles: [])
  }

  /// What a table with amounts has.
  var currency: Element { relationship(delete: "Restrict", archive: "NoCascade", roles: []) }

  /// What a file column makes; nobody may change it.
  var attachment: Element {
    var element = relationship(delete: "RemoveLink", archive: "NoCascade", roles: [])
    element.change(["IsCustomizable"]) { $0.text = "0" }
    return element
  }

  /// What a lookup column makes.
  var lookup: Element {
    let referencing = Element(
      "EntityRelationshipRole",
      children: [
        Element("NavPaneDisplayOption", text: "UseCollectionName"),
        Element("NavPaneArea", text: "Details"), Element("NavPaneOrder", text: "10000"),
        Element("NavigationPropertyName", text: navigation ?? column),
        Element("RelationshipRoleType", text: "1"),
      ]
    )
    let referenced = Element(
      "EntityRelationshipRole",
      children: [
        Element("NavigationPropertyName", text: name), Element("RelationshipRoleType", text: "0"),
      ]
    )
    return relationship(
      delete: "RemoveLink",
      archive: "RemoveLink",
      roles: [referencing, referenced]
    )
  }

  private func relationship(delete: String, archive: String, roles: [Element]) -> Element {
    let none = "NoCascade"
    let head = [
      ("EntityRelationshipType", "OneToMany"), ("IsCustomizable", "1"),
      ("IntroducedVersion", roles.isEmpty ? "1.0" : "1.0.0.0"), ("IsHierarchical", "0"),
      ("ReferencingEntityName", referencing), ("ReferencedEntityName", referenced),
      ("CascadeAssign", none), ("CascadeDelete", delete), ("CascadeArchive", archive),
      ("CascadeReparent", none), ("CascadeShare", none), ("CascadeUnshare", none),
    ]
    let followed =
      roles.isEmpty ? [] : [("CascadeRollupView", none), ("IsValidForAdvancedFind", "1")]
    let facts = (head + followed + [("ReferencingAttributeName", column)]).map {
      Element($0, text: $1)
    }
    let about = Element(
      "RelationshipDescription",
      children: [.labels("Descriptions", "Description", description, context)]
    )
    let ends = roles.isEmpty ? [] : [Element("EntityRelationshipRoles", children: roles)]
    return Element("EntityRelationship", [("Name", name)], children: facts + [about] + ends)
  }

  /// Rows of two tables, any number on both sides.
  static func manyToMany(
    _ name: String,
    _ first: String,
    _ second: String,
    intersect: String,
    _ context: MakingContext
  ) -> Element {
    let roles = ["1", "2"].map { ordinal in
      Element(
        "EntityRelationshipRole",
        children: [
          Element("NavPaneDisplayOption", text: "UseCollectionName"),
          Element("NavPaneArea", text: "Details"), Element("NavPaneOrder", text: "10000"),
          Element("NavigationPropertyName", text: name),
          .labels("CustomLabels", "CustomLabel", "", context),
          Element("AssociationRoleOrdinal", text: ordinal),
        ]
      )
    }
    let facts = [
      ("EntityRelationshipType", "ManyToMany"), ("IsCustomizable", "1"),
      ("IntroducedVersion", "1.0.0.0"), ("IsHierarchical", "0"), ("FirstEntityName", first),
      ("SecondEntityName", second), ("IntersectEntityName", intersect),
      ("IsValidForAdvancedFind", "1"),
    ].map { Element($0, text: $1) }
    return Element(
      "EntityRelationship",
      [("Name", name)],
      children: facts + [Element("EntityRelationshipRoles", children: roles)]
    )
  }
}
