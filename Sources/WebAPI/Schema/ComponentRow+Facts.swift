internal import Solutions
internal import XML

/// What a definition says in words that the platform's table has a column for.
extension ComponentRow {
  /// Those that are more than yes or no.
  static let managedProperties = ["iscustomizable", "canbedeleted", "ishidden"]

  /// Columns of a table that the definition has a word for, and what is alike for all components.
  func cells(of type: String, besides own: [(String, Cell)]) -> [(String, Cell)] {
    let known = Set(own.map(\.0))
    let columns = ToldTables.model(type)?.table.columns ?? []
    let words = Dictionary(element.children.map { ($0.name.lowercased(), $0) }) { first, _ in first
    }
    let stated = columns.compactMap { column -> (String, Cell)? in
      guard !known.contains(column.wire), let cell = cell(column, words) else { return nil }
      return (column.wire, cell)
    }
    return stated + [
      ("componentstate", .integer(0)), ("overwritetime", .moment("1900-01-01T00:00:00Z")),
    ] + managed
  }

  /// - Parameter words: elements of the definition, by their names in small letters.
  private func cell(_ column: Column, _ words: [String: XMLElement]) -> Cell? {
    guard !column.isLookup,
      let text = element.attribute(column.name) ?? words[column.name]?.text, !text.isEmpty
    else { return nil }
    switch column.type {
    case .text: return .text(text)
    case .integer, .choice: return Int(text).map { .integer($0) }
    case .boolean: return .boolean(["1", "true"].contains(text.lowercased()))
    case .uniqueIdentifier: return GUID(text).map { .guid($0) }
    default: return nil
    }
  }

  private var managed: [(String, Cell)] {
    let isHidden = ["1", "true"].contains(text("IsHidden")?.lowercased())
    return Self.managed(
      isCustomizable: isOpen("IsCustomizable"),
      canBeDeleted: isOpen("CanBeDeleted"),
      isHidden: isHidden,
      canBeChanged: !isManaged
    )
  }

  /// Of what every environment has without any package.
  static let managedByPlatform = managed(
    isCustomizable: true,
    canBeDeleted: false,
    isHidden: false,
    canBeChanged: false
  )

  private static func managed(
    isCustomizable: Bool,
    canBeDeleted: Bool,
    isHidden: Bool,
    canBeChanged: Bool
  ) -> [(String, Cell)] {
    func property(_ name: String, _ value: Bool) -> Cell {
      .record(
        Record([
          ("Value", .boolean(value)), ("CanBeChanged", .boolean(canBeChanged)),
          ("ManagedPropertyLogicalName", .text(name)),
        ])
      )
    }
    return [
      ("iscustomizable", property("iscustomizableanddeletable", isCustomizable)),
      ("canbedeleted", property("canbedeleted", canBeDeleted)),
      ("ishidden", property("ishidden", isHidden)),
    ]
  }

  private func isOpen(_ name: String) -> Bool {
    !["0", "false"].contains(text(name)?.lowercased())
  }

  /// The class that a step runs.
  var pluginType: Cell {
    let name = text("PluginTypeName").flatMap { pluginTypeID($0) }
    return Cell(name.map { Definitions.id(of: $0) } ?? text("PluginTypeId").flatMap { GUID($0) })
  }

  /// `Name, Version=1.0.0.0, Culture=neutral, PublicKeyToken=…` in its parts.
  var assemblyName: [(String, Cell)] {
    let parts = (text("FullName") ?? "").split(separator: ",").map {
      $0.split(separator: "=", maxSplits: 1).map { String($0.drop { $0 == " " }) }
    }
    func part(_ name: String) -> String? {
      parts.first { $0.count == 2 && $0[0].lowercased() == name }?[1]
    }
    let version = part("version")
    let numbers = version?.split(separator: ".").map { Int($0) } ?? []
    return [
      ("version", Cell(version)), ("culture", Cell(part("culture"))),
      ("publickeytoken", Cell(part("publickeytoken"))),
      ("major", Cell(numbers.first ?? nil)), ("minor", Cell(numbers.dropFirst().first ?? nil)),
    ]
  }
}
