internal import XML

/// What the XAML of a process, a business rule, a process flow or a formula names.
///
/// | place | names |
/// |---|---|
/// | `EntityName`, `ArgumentEntityAttribute/@Value` | table |
/// | `Attribute`, `AttributeName` | column of `EntityName`, or of the process's own table |
/// | `Control/@DataFieldName`, `@ControlId` | column of the table of the stages around it (`EntityStep2: table`) |
/// | `ControlId` elsewhere | column of `EntityName`, where it is no other control |
/// | `[InputEntities("related_column#table")]` | lookup column of the process's own table |
/// | `["relatedlinked_relationship#…"]`, `x:Key="RelationshipName"` | relationship |
/// | `WorkflowId`, `x:Key="ProcessId"` | process |
/// | `TemplateId` | e-mail template |
/// | `AssemblyQualifiedName` | plug-in type, where it is not the platform's own |
///
/// Expressions are not read.
struct ProcessReader {
  private(set) var names: [PartNames.ProcessName] = []
  private var seen: Set<PartNames.ProcessName> = []

  init(_ tree: XMLTree) {
    for element in [tree.root] + Array(tree.root.descendants) where !element.isText {
      read(element)
    }
  }

  private mutating func add(_ name: PartNames.ProcessName) {
    if seen.insert(name).inserted { names.append(name) }
  }

  private mutating func read(_ element: XMLElement) {
    let attributes = element.attributes
    guard !attributes.isEmpty else { return }
    var values: [String: String] = [:]
    for attribute in attributes { values[attribute.name] = attribute.value }
    let table = Self.literal(values["EntityName"])
    if let table { add(.entity(table)) }
    for key in ["Attribute", "AttributeName"] {
      guard let column = Self.literal(values[key]) else { continue }
      add(.attribute(of: table, column, isCertain: true))
    }
    readControl(element, values, table: table)
    if let related = values["Entity"] { readRelated(related) }
    readKeyed(element, values)
    readPlatform(element, values)
  }

  private mutating func readControl(
    _ element: XMLElement,
    _ values: [String: String],
    table: String?
  ) {
    let isBound = values["DataFieldName"] != nil
    guard isBound || values["ControlId"] != nil else { return }
    let owner = table ?? (isBound ? Self.stageTable(around: element) : nil)
    if let column = Self.literal(values["DataFieldName"]) {
      add(.attribute(of: owner, column, isCertain: owner != nil))
    } else if let control = Self.literal(values["ControlId"]) {
      let column = ["header_", "footer_"].first { control.hasPrefix($0) }
        .map { String(control.dropFirst($0.count)) }
      add(.attribute(of: owner, column ?? control, isCertain: false))
    }
  }

  /// The table of a process flow's stages: `DisplayName="EntityStep2: table"` of an `EntityComposite`.
  private static func stageTable(around element: XMLElement) -> String? {
    var at = element.parent
    while let element = at {
      if let type = element.attribute("AssemblyQualifiedName"),
        let table = stageTable(of: element, type)
      {
        return table
      }
      at = element.parent
    }
    return nil
  }

  private static func stageTable(of element: XMLElement, _ type: String) -> String? {
    guard simpleName(type).hasSuffix(".EntityComposite"),
      let name = element.attribute("DisplayName"), let colon = name.firstIndex(of: ":")
    else { return nil }
    return literal(String(name[name.index(after: colon)...].drop { $0 == " " }))
  }

  /// `related_<lookup>#<table>` and `relatedlinked_<relationship>#…` in an expression of one call.
  private mutating func readRelated(_ text: String) {
    for piece in text.split(separator: "\"") {
      let path = piece.split(separator: "#").map(String.init)
      guard path.count >= 2 else { continue }
      if path[0].hasPrefix("relatedlinked_") {
        add(.component(.relationship(String(path[0].dropFirst("relatedlinked_".count)))))
      } else if path[0].hasPrefix("related_") {
        let column = String(path[0].dropFirst("related_".count))
        add(.attribute(of: nil, column, isCertain: false))
        add(.entity(path[1]))
      }
    }
  }

  /// `<x:String x:Key="RelationshipName">…`.
  private mutating func readKeyed(_ element: XMLElement, _ values: [String: String]) {
    switch values["x:Key"] {
    case "RelationshipName":
      if let name = Self.literal(element.text) { add(.component(.relationship(name))) }
    case "ProcessId":
      if let id = GUID(element.text) { add(.component(ComponentID(.workflow, id))) }
    default: break
    }
  }

  private mutating func readPlatform(_ element: XMLElement, _ values: [String: String]) {
    if let id = values["WorkflowId"].flatMap({ GUID($0) }) {
      add(.component(ComponentID(.workflow, id)))
    }
    if let id = values["TemplateId"].flatMap({ GUID($0) }) {
      add(.component(ComponentID(.emailTemplate, id)))
    }
    if element.name.hasSuffix("ArgumentEntityAttribute"), let table = Self.literal(values["Value"])
    {
      add(.entity(table))
    }
    guard let name = values["AssemblyQualifiedName"] else { return }
    if let table = Self.stageTable(of: element, name) { add(.entity(table)) }
    if let type = pluginTypeID(name),
      !["microsoft.crm.", "microsoft.xrm.", "system."].contains(where: { type.key.hasPrefix($0) })
    {
      add(.component(type))
    }
  }

  /// A plain name; `[…]` is an expression, `{…}` a markup extension.
  private static func literal(_ text: String?) -> String? {
    guard let text, !text.isEmpty,
      text.utf8.allSatisfy({ $0 == 0x5F || Self.isAlphanumeric($0) || $0 >= 0x80 })
    else { return nil }
    return text
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
  }
}
