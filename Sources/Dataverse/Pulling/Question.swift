internal import OData
package import Solutions

/// One thing that a service is asked: what it is about, and the path that asks it.
package struct Question: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case whoAmI
    case version
    case languages
    case publishers
    case solutions
    /// Which numbers kinds have whose components are rows.
    case rowKinds
    case tables
    case columns(of: String)
    case relationships
    case choices
    case webResources
    case pluginTypes
    case tableMaps
    case columnMaps
    case columnPermissions
    case members(of: SolutionName)
    case summaries(of: SolutionName)
    case layers(of: Facts.Object)
    case deletion(of: Facts.Object)
    case removal(of: SolutionName)
    case needs(of: SolutionName)
    case variables
    case variableDefaults
    case variableValues
    case connections
    case connected
    case rows(of: [String])
    case values(table: String, column: String)
  }

  package let subject: Subject
  /// Below the root, encoded.
  package let path: String
  /// In words, for people.
  package let words: String

  init(_ subject: Subject, _ path: String, _ words: String) {
    self.subject = subject
    self.path = path
    self.words = words
  }

  /// Its next page.
  func next(_ path: String) -> Question { Question(subject, path, words) }

  /// Whether it goes into a batch with others: answers are short, and have no further pages.
  var isSmall: Bool {
    switch subject {
    case .layers, .deletion, .values, .columns, .needs, .removal: true
    default: false
    }
  }
}

extension Question {
  /// The root of facts: who answers nothing here is nobody to ask.
  static let whoAmI = Question(.whoAmI, "WhoAmI", "which organization this is")

  /// What is asked whatever a plan is about.
  static let always: [Question] = [
    Question(.version, "RetrieveVersion()", "the version of the platform"),
    Question(.languages, "RetrieveAvailableLanguages()", "the languages"),
    list(
      .publishers,
      "publishers",
      ["uniquename", "friendlyname", "customizationprefix", "customizationoptionvalueprefix"],
      "the publishers"
    ),
    list(
      .solutions,
      "solutions",
      [
        "solutionid", "uniquename", "friendlyname", "version", "ismanaged", "installedon",
        "_publisherid_value", "_parentsolutionid_value",
      ],
      expand: "publisherid($select=uniquename)",
      "the solutions"
    ),
    list(
      .rowKinds,
      "solutioncomponentdefinitions",
      ["solutioncomponenttype", "primaryentityname"],
      "which kinds of components are rows"
    ),
    list(
      .tables,
      "EntityDefinitions",
      ["MetadataId", "LogicalName", "EntitySetName"],
      "the names of tables"
    ),
    list(
      .variables,
      "environmentvariabledefinitions",
      ["schemaname"],
      "the names of environment variables"
    ),
    list(
      .variableDefaults,
      "environmentvariabledefinitions",
      ["schemaname"],
      filter: "defaultvalue ne null",
      "which environment variables have a default"
    ),
    list(
      .variableValues,
      "environmentvariablevalues",
      ["_environmentvariabledefinitionid_value"],
      filter: "value ne null",
      expand: "EnvironmentVariableDefinitionId($select=schemaname)",
      "which environment variables have a value"
    ),
    list(
      .connections,
      "connectionreferences",
      ["connectionreferencelogicalname"],
      "the names of connection references"
    ),
    list(
      .connected,
      "connectionreferences",
      ["connectionreferencelogicalname"],
      filter: "connectionid ne null",
      "which connection references have a connection"
    ),
  ]

  static func columns(of table: String) -> Question {
    list(
      .columns(of: table),
      "EntityDefinitions(LogicalName=\(quoted(table)))/Attributes",
      ["MetadataId", "LogicalName", "IsCustomAttribute"],
      "the names of the columns of \(table)"
    )
  }

  static let relationships = list(
    .relationships,
    "RelationshipDefinitions",
    ["MetadataId", "SchemaName"],
    "the names of relationships"
  )

  static let choices = list(
    .choices,
    "GlobalOptionSetDefinitions",
    ["MetadataId", "Name"],
    "the names of choices"
  )

  static let webResources = list(
    .webResources,
    "webresourceset",
    ["webresourceid", "name"],
    "the names of web resources"
  )

  static let pluginTypes = list(
    .pluginTypes,
    "plugintypes",
    ["plugintypeid", "typename", "assemblyname"],
    "the names of plug-in types"
  )

  static let tableMaps = list(
    .tableMaps,
    "entitymaps",
    ["entitymapid", "sourceentityname", "targetentityname"],
    "between which tables columns are mapped"
  )

  static let columnMaps = list(
    .columnMaps,
    "attributemaps",
    ["attributemapid", "sourceattributename", "targetattributename"],
    expand: "entitymapid($select=sourceentityname,targetentityname)",
    "which columns are mapped"
  )

  static let columnPermissions = list(
    .columnPermissions,
    "fieldpermissions",
    [
      "fieldpermissionid", "entityname", "attributelogicalname",
      "_fieldsecurityprofileid_value",
    ],
    "which columns profiles open"
  )

  static func members(of solution: Facts.Solution) -> Question {
    list(
      .members(of: solution.name),
      "solutioncomponents",
      ["objectid", "componenttype", "rootcomponentbehavior"],
      filter: "_solutionid_value eq \(solution.id)",
      "what \(solution.name) lists"
    )
  }

  static func summaries(of solution: Facts.Solution) -> Question {
    list(
      .summaries(of: solution.name),
      "msdyn_solutioncomponentsummaries",
      [
        "msdyn_objectid", "msdyn_componenttype", "msdyn_name", "msdyn_schemaname",
        "msdyn_displayname", "msdyn_primaryentityname", "msdyn_ismanaged",
        "msdyn_componentlogicalname",
      ],
      filter: "(msdyn_solutionid eq \(solution.id))",
      "the names of what \(solution.name) lists"
    )
  }

  static func layers(of component: Facts.Component, kind: String) -> Question {
    list(
      .layers(of: component.object),
      "msdyn_componentlayers",
      ["msdyn_solutionname", "msdyn_publishername", "msdyn_order"],
      filter: "(msdyn_componentid eq \(literal(component.object.id.description)) and "
        + "msdyn_solutioncomponentname eq \(literal(kind)))",
      "the layers of \(component.words)"
    )
  }

  static func deletion(of component: Facts.Component) -> Question {
    Question(
      .deletion(of: component.object),
      "RetrieveDependenciesForDelete(ObjectId=\(component.object.id),ComponentType=\(component.object.type))",
      "what stands in the way of deleting \(component.words)"
    )
  }

  static func removal(of solution: SolutionName) -> Question {
    Question(
      .removal(of: solution),
      "RetrieveDependenciesForUninstall(SolutionUniqueName=\(quoted(solution.text)))",
      "what stands in the way of uninstalling \(solution)"
    )
  }

  static func needs(of solution: SolutionName) -> Question {
    Question(
      .needs(of: solution),
      "RetrieveMissingDependencies(SolutionUniqueName=\(quoted(solution.text)))",
      "what \(solution) needs of others"
    )
  }

  static func rows(of tables: [String]) -> Question {
    let names = tables.map { "\"\($0)\"" }.joined(separator: ",")
    return Question(
      .rows(of: tables),
      "RetrieveTotalRecordCount(EntityNames=@p1)?@p1=\(QueryString.encoded("[\(names)]"))",
      "how many rows \(tables.joined(separator: ", ")) \(tables.count == 1 ? "has" : "have")"
    )
  }

  static func values(table: String, set: String, column: String) -> Question {
    let fetch =
      "<fetch aggregate=\"true\"><entity name=\"\(table)\">"
      + "<attribute name=\"\(column)\" alias=\"n\" aggregate=\"countcolumn\"/></entity></fetch>"
    return Question(
      .values(table: table, column: column),
      "\(set)?fetchXml=\(QueryString.encoded(fetch))",
      "how many rows of \(table) have a value in \(column)"
    )
  }

  private static func list(
    _ subject: Subject,
    _ set: String,
    _ columns: [String],
    filter: String? = nil,
    expand: String? = nil,
    _ words: String
  ) -> Question {
    var path = "\(set)?$select=\(columns.joined(separator: ","))"
    if let filter { path += "&$filter=\(QueryString.encoded(filter))" }
    if let expand { path += "&$expand=\(QueryString.encoded(expand))" }
    return Question(subject, path, words)
  }

  /// A text in a filter, which is encoded as a whole.
  private static func literal(_ text: String) -> String {
    "'\(text.replacing("'", with: "''"))'"
  }

  /// A text in a path.
  private static func quoted(_ text: String) -> String {
    "'\(QueryString.encoded(text.replacing("'", with: "''")))'"
  }
}

extension Facts.Component {
  /// `Attribute:fab_workorder.fab_priority` or, without a name, `a component of type 2 with id …`.
  var words: String {
    guard let id else { return "a component of type \(object.type) with id \(object.id)" }
    return "\(ComponentKinds.standard[id.type].name):\(name ?? id.key)"
  }
}
