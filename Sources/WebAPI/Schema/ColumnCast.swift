internal import OData

/// What a path says that columns are: `/Microsoft.Dynamics.CRM.PicklistAttributeMetadata`.
struct ColumnCast {
  private static let prefix = "Microsoft.Dynamics.CRM."
  private static let any = "\(prefix)AttributeMetadata"

  /// nil where it says nothing.
  private let name: String?

  /// - Throws: `WebError` for what no column is.
  init(taking path: inout ArraySlice<ResourcePath.Segment>) throws {
    guard let name = path.first?.name, name.hasPrefix(Self.prefix) else {
      self.name = nil
      return
    }
    guard ColumnKind.known.contains(String(name.dropFirst(Self.prefix.count))) else {
      throw WebError.noSegment(name)
    }
    path = path.dropFirst()
    self.name = name
  }

  /// Those that are so; behind a cast the type says nothing any more.
  func of(_ columns: [Record]) -> [Record] {
    guard let name else { return columns }
    return columns.filter { column in
      if case .text("#\(name)")? = column["@odata.type"] { return true }
      return name == Self.any
    }.map { column in
      var column = column
      column.always.removeAll { $0.name == "@odata.type" }
      return column
    }
  }
}
