internal import Solutions
internal import XML

/// Definitions as the platform's metadata types spell them.
enum Definitions {
  /// What a component is known by over the wire: its own GUID where it has one, else one that follows from its name.
  static func id(of component: ComponentID) -> GUID {
    GUID(component.key) ?? GUID(from: "component", "\(component.type)", component.key)
  }

  /// One that follows from a place, for what is no component.
  static func id(_ kind: String, _ name: String) -> GUID { GUID(from: "metadata", kind, name) }

  static func label(_ text: String?) -> Cell {
    guard let text, !text.isEmpty else {
      return .record(Record([("LocalizedLabels", .list([])), ("UserLocalizedLabel", .null)]))
    }
    return label([(1033, text)])
  }

  /// - Parameter labels: with their languages; the first is the user's.
  private static func label(_ labels: [(language: Int, text: String)]) -> Cell {
    let cells = labels.map { language, text in
      Cell.record(
        Record([
          ("Label", .text(text)), ("LanguageCode", .integer(language)),
          ("IsManaged", .boolean(false)),
          ("MetadataId", .guid(id("label", "\(language):\(text)"))), ("HasChanged", .null),
        ])
      )
    }
    return .record(
      Record([("LocalizedLabels", .list(cells)), ("UserLocalizedLabel", cells.first ?? .null)])
    )
  }

  /// Labels of an element: `<displaynames><displayname description="…" languagecode="1033"/>`.
  static func labels(_ element: XMLElement?, _ list: String, else text: String?) -> Cell {
    let labels = element?.child(list)?.children.compactMap { child -> (Int, String)? in
      guard let text = child.attribute("description"), !text.isEmpty else { return nil }
      return (child.attribute("languagecode").flatMap { Int($0) } ?? 1033, text)
    }
    guard let labels, !labels.isEmpty else { return label(text) }
    return label(labels.map { (language: $0.0, text: $0.1) })
  }

  /// A property whose change a managed property may forbid.
  static func managed(_ name: String, _ value: Bool, isOpen: Bool = true) -> Cell {
    .record(
      Record([
        ("Value", .boolean(value)), ("CanBeChanged", .boolean(isOpen)),
        ("ManagedPropertyLogicalName", .text(name.lowercased())),
      ])
    )
  }

  static func named(_ value: String) -> Cell { .record(Record([("Value", .text(value))])) }

  static func flag(_ element: XMLElement?, _ name: String, else value: Bool) -> Bool {
    element?.text(of: name).map { $0 == "1" || $0.lowercased() == "true" } ?? value
  }

  // MARK: Tables

  /// What a table is called, and nothing else.
  static func head(_ head: TableHead) -> Record {
    Record(
      always: [("MetadataId", .guid(id(of: .entity(head.name))))],
      [
        ("LogicalName", .text(head.name)), ("SchemaName", .text(head.spelledName)),
        ("EntitySetName", .text(head.setName)), ("LogicalCollectionName", .text(head.setName)),
      ]
    )
  }

  /// - Parameters:
  ///   - parts: whether its columns, keys and relationships are shown with it.
  ///   - shared: choices that columns share, as far as they are looked at.
  static func table(
    _ model: TableModel,
    parts: Bool = true,
    sharing shared: SharedChoices = [:]
  ) -> Record {
    let (head, settings) = (model.head, model.head.settings)
    let name = model.table.displayName ?? head.schemaName
    let isCustom = head.stated != nil && model.name.contains("_")
    let isActivity = flag(settings, "IsActivity", else: model.table.primaryKey == "activityid")
    let plain: [(String, Cell)] = [
      ("LogicalName", .text(model.name)), ("SchemaName", .text(head.spelledName)),
      ("EntitySetName", .text(head.setName)), ("LogicalCollectionName", .text(head.setName)),
      ("CollectionSchemaName", .text(head.spelledSet)),
      ("PrimaryIdAttribute", .text(model.table.primaryKey)),
      ("PrimaryNameAttribute", Cell(model.table.primaryName)), ("PrimaryImageAttribute", .null),
      ("DisplayName", labels(settings, "LocalizedNames", else: name)),
      (
        "DisplayCollectionName",
        labels(settings, "LocalizedCollectionNames", else: name)
      ), ("Description", labels(settings, "Descriptions", else: nil)),
      ("OwnershipType", .text(ownership(of: model))),
      ("ObjectTypeCode", .integer(code(of: model.name))), ("IsPrivate", .boolean(false)),
      ("IsCustomEntity", .boolean(isCustom)),
      ("IsManaged", .boolean(head.stated?.isManaged ?? true)), ("IsIntersect", .boolean(false)),
      ("IsActivity", .boolean(isActivity)),
      ("HasActivities", .boolean(flag(settings, "HasRelatedActivities", else: false))),
      ("HasNotes", .boolean(flag(settings, "HasRelatedNotes", else: false))),
      (
        "TableType", .text(isActivity ? "Activity" : model.table.isVirtual ? "Virtual" : "Standard")
      ),
      ("IntroducedVersion", Cell(settings?.text(of: "IntroducedVersion") ?? "5.0.0.0")),
      ("EntityColor", Cell(settings?.text(of: "EntityColor"))),
      ("IsValidForAdvancedFind", .boolean(true)),
      (
        "ChangeTrackingEnabled", .boolean(flag(settings, "ChangeTrackingEnabled", else: false))
      ), ("IsLogicalEntity", .boolean(false)), ("HasChanged", .null),
    ]
    let guarded: [(String, Cell)] = [
      "IsCustomizable", "CanCreateAttributes", "CanCreateForms", "CanCreateViews",
      "CanModifyAdditionalSettings", "IsRenameable",
    ].map { ($0, managed($0, flag(settings, $0, else: true))) }
    return Record(
      always: [("MetadataId", .guid(id(of: .entity(model.name))))],
      plain + guarded + [
        (
          "IsAuditEnabled",
          managed("canmodifyauditsettings", flag(settings, "IsAuditEnabled", else: false))
        )
      ] + self.settings(of: model),
      related: parts ? self.parts(of: model, shared) : []
    )
  }

  /// Packages call it in their own way.
  private static func ownership(of model: TableModel) -> String {
    let owner = model.head.settings?.text(of: "OwnershipTypeMask") ?? ""
    guard owner.isEmpty else { return owner == "OrgOwned" ? "OrganizationOwned" : owner }
    return model.table.column("ownerid") == nil ? "OrganizationOwned" : "UserOwned"
  }

  private static func parts(
    of model: TableModel,
    _ shared: SharedChoices
  ) -> [(String, Cell)] {
    [
      ("Attributes", .list(columns(model, shared).map { .record($0) })),
      ("Keys", .list(keys(model).map { .record($0) })),
      ("OneToManyRelationships", .list(collections(model).map { .record($0) })),
      ("ManyToOneRelationships", .list(lookups(model).map { .record($0) })),
      ("ManyToManyRelationships", .list(pairs(model).map { .record($0) })),
      ("Privileges", .list([])), ("Settings", .list([])),
    ]
  }

  /// A number for a table: the platform's own where it is known to everybody, else one that follows from the name.
  static func code(of table: String) -> Int {
    let known = [
      "account": 1, "contact": 2, "opportunity": 3, "lead": 4, "annotation": 5, "systemuser": 8,
      "team": 9, "businessunit": 10, "incident": 112, "appointment": 4201, "email": 4202,
      "fax": 4204, "letter": 4207, "phonecall": 4210, "task": 4212, "organization": 1019,
    ]
    return known[table] ?? number(following: table)
  }

  /// One that the platform would give out as it comes, and that is the same in every environment here.
  private static func number(following name: String) -> Int {
    10_000 + name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
  }

  /// Of a kind of components; frameworks number theirs from 10,000 on.
  static func number(of type: ComponentType) -> Int {
    switch type {
    case .number(let number): number
    case .table(let table): number(following: table)
    }
  }

  // MARK: Keys and relationships

  /// - Parameter failed: names of keys that rows keep from being active.
  static func keys(_ model: TableModel, failed: Set<String> = []) -> [Record] {
    model.table.keys.map { key in
      let component = ComponentID.entityKey(model.name, key.name)
      let stated = model.keys[key.name]
      let schemaName = stated?.element.text(of: "Name") ?? key.name
      return Record(
        always: [("MetadataId", .guid(id(of: component)))],
        [
          ("LogicalName", .text(key.name)), ("SchemaName", .text(schemaName)),
          ("EntityLogicalName", .text(model.name)),
          ("KeyAttributes", .list(key.columns.map { .text($0) })),
          ("EntityKeyIndexStatus", .text(failed.contains(key.name) ? "Failed" : "Active")),
          ("AsyncJob", .null),
          ("IntroducedVersion", Cell(stated?.element.text(of: "IntroducedVersion"))),
          ("IsExportKey", .boolean(false)), ("IsSecondaryKey", .boolean(false)),
          ("IsSynchronous", .boolean(false)),
          ("IsManaged", .boolean(stated?.isManaged ?? false)),
          ("IsCustomizable", managed("iscustomizable", true)),
          ("DisplayName", labels(stated?.element, "displaynames", else: key.name)),
          ("HasChanged", .null),
        ]
      )
    }
  }

  /// Relationships by which others refer to the table.
  static func collections(_ model: TableModel) -> [Record] {
    model.links.filter { $0.target == model.name }.map { link($0) }
  }

  /// Relationships by which the table refers to others.
  static func lookups(_ model: TableModel) -> [Record] {
    model.links.filter { $0.table == model.name }.map { link($0) }
  }

  static func pairs(_ model: TableModel) -> [Record] { model.pairs.map { pair($0) } }

  private static let cascades = [
    "Assign", "Delete", "Merge", "Reparent", "Share", "Unshare", "RollupView", "Archive",
  ]

  /// Tables whose rows can be merged, so that those that refer to them follow; no package says so.
  private static let merged: Set<String> = ["account", "contact", "incident", "lead"]

  static func link(_ link: TableModel.Link) -> Record {
    let element = link.stated?.element
    let isMerged = element != nil && merged.contains(link.target)
    let cascades = cascades.map { name -> (String, Cell) in
      let usual =
        switch name {
        case "Delete": "RemoveLink"
        case "Merge": isMerged ? "Cascade" : "NoCascade"
        default: "NoCascade"
        }
      let stated = element?.text(of: "Cascade\(name)").flatMap { $0.isEmpty ? nil : $0 }
      return (name, .text(stated ?? usual))
    }
    return Record(
      always: [
        ("@odata.type", .text("#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata")),
        (
          "MetadataId",
          .guid(
            link.stated.map { id(of: $0.id) } ?? id("relationship", "\(link.name).\(link.target)")
          )
        ),
      ],
      common(link.name, "OneToManyRelationship", link.stated) + [
        ("ReferencedEntity", .text(link.target)),
        ("ReferencedAttribute", .text(SystemSchema.primaryKey(of: link.target))),
        ("ReferencingEntity", .text(link.table)), ("ReferencingAttribute", .text(link.column)),
        ("ReferencingEntityNavigationPropertyName", .text(link.navigation)),
        ("ReferencedEntityNavigationPropertyName", .text(link.collection)),
        ("CascadeConfiguration", .record(Record(cascades))),
        ("IsHierarchical", .boolean(flag(element, "IsHierarchical", else: false))),
        ("RelationshipBehavior", .integer(0)),
        ("AssociatedMenuConfiguration", menu(element, "RelationshipRoleType", "1")),
        ("EntityKey", .null), ("IsRelationshipAttributeDenormalized", .boolean(false)),
        ("IsDenormalizedLookup", .null), ("DenormalizedAttributeName", .null),
        ("RelationshipAttributes", .list([])),
      ]
    )
  }

  static func pair(_ pair: TableModel.Pair) -> Record {
    let (one, two) = (pair.ends[0], pair.ends[1])
    return Record(
      always: [
        ("@odata.type", .text("#Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata")),
        (
          "MetadataId",
          .guid(pair.stated.map { id(of: $0.id) } ?? id("relationship", pair.name))
        ),
      ],
      common(pair.name, "ManyToManyRelationship", pair.stated) + [
        ("Entity1LogicalName", .text(one.table)), ("Entity2LogicalName", .text(two.table)),
        ("Entity1IntersectAttribute", .text(one.column)),
        ("Entity2IntersectAttribute", .text(two.column)),
        ("Entity1NavigationPropertyName", .text(one.navigation)),
        ("Entity2NavigationPropertyName", .text(two.navigation)),
        ("IntersectEntityName", .text(pair.intersect)),
        (
          "Entity1AssociatedMenuConfiguration",
          menu(pair.stated?.element, "AssociationRoleOrdinal", "1")
        ),
        (
          "Entity2AssociatedMenuConfiguration",
          menu(pair.stated?.element, "AssociationRoleOrdinal", "2")
        ),
      ]
    )
  }

  /// How rows at the other end are shown beside a row; nothing shows those of relationships that say nothing of it.
  ///
  /// - Parameters:
  ///   - kind: what tells the roles of a relationship apart.
  ///   - value: of the role.
  private static func menu(_ relationship: XMLElement?, _ kind: String, _ value: String) -> Cell {
    let roles = relationship?.child("EntityRelationshipRoles")?.children("EntityRelationshipRole")
    let role = roles?.first { $0.text(of: kind) == value }
    let behavior = role?.text(of: "NavPaneDisplayOption") ?? ""
    let group = role?.text(of: "NavPaneArea") ?? ""
    return .record(
      Record([
        ("Behavior", .text(behavior.isEmpty ? "DoNotDisplay" : behavior)),
        ("Group", .text(group.isEmpty ? "Details" : group)),
        ("Order", Cell(role?.text(of: "NavPaneOrder").flatMap { Int($0) })),
        ("Label", labels(role, "CustomLabels", else: nil)), ("IsCustomizable", .boolean(true)),
        ("AvailableOffline", .boolean(true)), ("Icon", .null), ("MenuId", .null),
        ("QueryApi", .null), ("ViewId", .text("00000000-0000-0000-0000-000000000000")),
      ])
    )
  }

  private static func common(
    _ name: String,
    _ type: String,
    _ stated: TableModel.Stated?
  ) -> [(String, Cell)] {
    [
      ("SchemaName", .text(name)), ("RelationshipType", .text(type)),
      ("IsCustomRelationship", .boolean(stated != nil && name.contains("_"))),
      ("IsManaged", .boolean(stated?.isManaged ?? true)),
      (
        "IsCustomizable",
        managed("iscustomizable", flag(stated?.element, "IsCustomizable", else: true))
      ),
      (
        "IsValidForAdvancedFind",
        .boolean(flag(stated?.element, "IsValidForAdvancedFind", else: true))
      ), ("SecurityTypes", .text("Append")),
      ("IntroducedVersion", Cell(stated?.element.text(of: "IntroducedVersion") ?? "5.0.0.0")),
      ("HasChanged", .null),
    ]
  }
}

/// What follows from the name of a table.
enum SystemSchema {
  /// By the platform's rule; activities have one name for theirs.
  static func primaryKey(of table: String) -> String {
    Table(name: table, displayName: nil, columns: []).primaryKey
  }
}
