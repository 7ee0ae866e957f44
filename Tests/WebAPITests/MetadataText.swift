/// What clients send of definitions.
enum MetadataText {
  static let type = "Microsoft.Dynamics.CRM"

  static func label(_ text: String) -> String {
    "{\"LocalizedLabels\":[{\"Label\":\"\(text)\",\"LanguageCode\":1033}]}"
  }

  static func column(_ name: String, _ kind: String, _ more: String = "") -> String {
    "{\"@odata.type\":\"\(type).\(kind)AttributeMetadata\",\"SchemaName\":\"\(name)\",\"DisplayName\":\(label(name))\(more.isEmpty ? "" : ",\(more)")}"
  }

  /// - Parameter said: beside its names and its first column.
  static func table(_ name: String, _ title: String, _ said: String) -> String {
    let first = column("\(name)Name", "String", "\"IsPrimaryName\":true,\"MaxLength\":80")
    return
      "{\"@odata.type\":\"\(type).EntityMetadata\",\"SchemaName\":\"\(name)\",\"DisplayName\":\(label(title)),\"DisplayCollectionName\":\(label(title + "s")),\(said),\"Attributes\":[\(first)]}"
  }
}

extension Asking {
  /// Makes what a body says, in the solution `Own`.
  func make(_ path: String, _ body: String) async -> String {
    await ask("POST \(path)", body, headers: [("MSCRM.SolutionUniqueName", "Own")])
  }
}
