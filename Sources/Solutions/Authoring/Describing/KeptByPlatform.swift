/// What the platform keeps in definitions for itself: nobody decides it, each environment gives its own, and a readable
/// file that said it would be no pleasure to read (docs/decisions/120).
enum KeptByPlatform {
  /// Whether a difference is one of these, or of something that says nothing on either side.
  static func keeps(_ change: PropertyChanges.Change) -> Bool {
    guard let before = change.before, let after = change.after else {
      let isAbsent = change.after == nil && later.contains(change.end)
      return isAbsent || isBlank(change.before ?? change.after ?? "") || names.contains(change.end)
    }
    return names.contains(change.end) || before.lowercased() == after.lowercased() && isID(after)
  }

  /// Nothing, or labels that say nothing.
  private static func isBlank(_ summary: String) -> Bool {
    summary.split(separator: " ").allSatisfy { $0.hasSuffix("=") || $0.contains("languagecode=") }
  }

  private static func isID(_ text: String) -> Bool { GUID(text) != nil }

  /// What packages of former years do not have.
  private static let later: Set<String> = [
    "CascadeArchive", "CascadeRollupView", "IsValidForAdvancedFind", "CanChangeDateTimeBehavior",
    "NavPaneOrder",
  ]

  private static let names: Set<String> = [
    // When something was made, and how typing works in it.
    "IntroducedVersion", "ImeMode", "ExternalTypeName", "ExternalValue",
    // Found out by use.
    "IsSearchable", "IsFilterable", "IsRetrievable",
    // Follows from others.
    "Length", "OriginalName", "localizedName", "ObjectTypeCode", "object",
    // Where contents lie in packages, and ids that names stand for.
    "FileName", "WebResourceId", "PluginAssemblyId", "PluginTypeId",
    // Habits of designers.
    "output-format", "savedqueryid", "returnedtypecode", "intersect",
  ]
}

extension PropertyChanges.Change {
  /// The last name of its path.
  var end: String {
    String(path.split { $0 == "/" || $0 == "@" }.last ?? "")
  }
}
