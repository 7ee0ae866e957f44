/// What a client would like of the answer (`Prefer`).
struct Preferences: Sendable {
  private(set) var returnsRow = false
  private(set) var pageSize: Int?
  private(set) var continuesOnError = false
  private(set) var tracksChanges = false
  /// Names of annotations, or beginnings that end in `*`.
  private(set) var annotations: [String] = []

  init(_ header: String?) {
    for (name, value) in Self.parts(header ?? "") {
      switch name.lowercased() {
      case "return": returnsRow = value.lowercased() == "representation"
      case "odata.maxpagesize", "maxpagesize":
        pageSize = Int(value).flatMap { $0 >= 1 ? min($0, Self.pageSizeMax) : nil }
      case "odata.continue-on-error", "continue-on-error":
        continuesOnError = value.isEmpty || value.lowercased() == "true"
      case "odata.track-changes": tracksChanges = true
      case "odata.include-annotations":
        annotations += value.split(separator: ",").map { $0.filter { $0 != " " } }
      default: continue
      }
    }
  }

  static let pageSizeMax = 5000

  /// `name=value` and `name="value, with commas"`, with commas between them; bare values may hold commas, too.
  private static func parts(_ text: String) -> [(String, String)] {
    var parts: [(String, String)] = []
    var isQuoted = false
    var part = ""
    func keep() {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let first = pair.first else { return }
      let name = first.filter { $0 != " " }
      // What follows a bare list of annotations belongs to it.
      if pair.count == 1, let last = parts.last, last.0.lowercased() == "odata.include-annotations",
        name.contains(".") && !name.lowercased().hasPrefix("odata.") || name == "*"
      {
        parts[parts.count - 1].1 += ",\(name)"
      } else if !name.isEmpty {
        let value = pair.count > 1 ? String(pair[1]) : ""
        parts.append((name, String(value.drop { $0 == " " })))
      }
    }
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted, ";" where !isQuoted:
        keep()
        part = ""
      default: part.append(character)
      }
    }
    keep()
    return parts
  }

  func wants(_ annotation: String) -> Bool {
    annotations.contains { pattern in
      pattern.hasSuffix("*") ? annotation.hasPrefix(pattern.dropLast()) : annotation == pattern
    }
  }

  /// Whether something is to be said beside lookups.
  var annotatesLookups: Bool {
    [Annotation.formatted, Annotation.table, Annotation.navigation].contains { wants($0) }
  }

  /// An answer that says which of them were honoured.
  ///
  /// - Parameter pages: whether it is a page, as large as is asked for.
  func answer(_ json: JSONWriter, pages: Bool) -> WebResponse {
    .json(json, applied(pages: pages).map { [("Preference-Applied", $0)] } ?? [])
  }

  /// nil where nothing was honoured.
  func applied(pages: Bool) -> String? {
    var parts: [String] = []
    if returnsRow { parts.append("return=representation") }
    if pages, let pageSize { parts.append("odata.maxpagesize=\(pageSize)") }
    if continuesOnError { parts.append("odata.continue-on-error") }
    if !annotations.isEmpty {
      parts.append("odata.include-annotations=\"\(annotations.joined(separator: ","))\"")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ",").filter { $0 >= " " && $0 <= "~" }
  }
}

/// Annotations that rows may have.
enum Annotation {
  static let formatted = "OData.Community.Display.V1.FormattedValue"
  static let table = "Microsoft.Dynamics.CRM.lookuplogicalname"
  static let navigation = "Microsoft.Dynamics.CRM.associatednavigationproperty"
  static let total = "Microsoft.Dynamics.CRM.totalrecordcount"
  static let totalExceeded = "Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"
}

extension JSONWriter {
  /// How many rows there are, which is exact, so that no limit of it is ever exceeded.
  mutating func count(_ count: Int, _ preferences: Preferences, isAlwaysTotal: Bool = false) {
    member("@odata.count", count)
    if isAlwaysTotal || preferences.wants(Annotation.total) {
      member("@\(Annotation.total)", count)
    }
    if preferences.wants(Annotation.totalExceeded) {
      member("@\(Annotation.totalExceeded)", false)
    }
  }
}
