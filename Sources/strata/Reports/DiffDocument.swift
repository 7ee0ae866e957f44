import Solutions

/// `diff --json`.
struct DiffDocument: Codable {
  struct Side: Codable {
    let file: String
    let uniqueName: String
    let version: String
    let managed: Bool
    let publisher: String
  }

  struct Summary: Codable {
    var add = 0
    var change = 0
    var delete = 0
    var unchanged = 0
  }

  struct Entry: Codable {
    let action: String
    let component: ComponentDocument
    let properties: [Property]
  }

  struct Property: Codable {
    let path: String
    @Nullable var before: String?
    @Nullable var after: String?
  }

  struct Carried: Codable {
    let location: String
    @Nullable var before: Int?
    @Nullable var after: Int?
  }

  let format: String
  let formatVersion: Int
  let old: Side
  let new: Side
  let summary: Summary
  let changes: [Entry]
  let carried: [Carried]

  init(_ old: SolutionPackage, _ new: SolutionPackage, kinds: ComponentKinds) {
    format = "strata.diff"
    formatVersion = 1
    self.old = Side(old)
    self.new = Side(new)
    let difference = PackageDifference(from: old, to: new)
    changes = difference.entries.map { entry in
      Entry(
        action: entry.action.word,
        component: ComponentDocument(
          entry.component.id,
          name: entry.component.name,
          displayName: entry.component.displayName,
          parent: entry.component.parent,
          kinds: kinds
        ),
        properties: entry.properties.map {
          Property(path: $0.path, before: $0.before, after: $0.after)
        }
      )
    }
    summary = Summary(
      add: difference.entries.count { $0.action == .add },
      change: difference.entries.count { $0.action == .change },
      delete: difference.entries.count { $0.action == .delete },
      unchanged: difference.unchanged
    )
    carried = difference.carried.map {
      Carried(location: $0.location, before: $0.before, after: $0.after)
    }
  }

  var isEmpty: Bool {
    changes.isEmpty && carried.isEmpty && old.version == new.version && old.managed == new.managed
      && old.publisher == new.publisher
  }
}

extension DiffDocument.Side {
  fileprivate init(_ package: SolutionPackage) {
    file = package.file
    uniqueName = package.name.text
    version = package.manifest.version.text
    managed = package.manifest.isManaged
    publisher = package.manifest.publisher.name.text
  }
}

/// The same for people.
struct DiffText {
  let document: DiffDocument
  let style: TextStyle

  func text() -> String {
    var lines = ["\(style.bold(title(document.old))) → \(style.bold(title(document.new)))"]
    if document.old.publisher != document.new.publisher {
      lines.append("  publisher: \(document.old.publisher) → \(document.new.publisher)")
    }
    lines += [summary, ""]
    var kind = ""
    for entry in document.changes {
      lines += Self.lines(entry.action, entry.component, "", entry.properties, under: &kind, style)
    }
    for carried in document.carried {
      lines.append("  ~ \(carried.location)  carried as it is, content differs")
    }
    return (lines + (document.changes.isEmpty ? [] : ["", summary])).joined(separator: "\n") + "\n"
  }

  /// One difference, below a line for its kind where a new one begins.
  ///
  /// - Parameter note: stands behind the name.
  static func lines(
    _ action: String,
    _ component: ComponentDocument,
    _ note: String,
    _ properties: [DiffDocument.Property],
    under kind: inout String,
    _ style: TextStyle
  ) -> [String] {
    var lines: [String] = []
    if component.kind != kind {
      kind = component.kind
      lines.append("  \(kind)")
    }
    let (symbol, color): (String, TextStyle.Color) =
      switch action {
      case "add": ("+", .green)
      case "delete": ("-", .red)
      default: ("~", .blue)
      }
    let display = component.displayName.map { "  “\($0.shown(60))”" } ?? ""
    lines.append("    \(style(symbol, color)) \(component.name.shown())\(display)\(note)")
    for property in properties {
      lines.append(
        "        \(property.path.shown(120)): \(property.before?.shown(80) ?? "∅") → \(property.after?.shown(80) ?? "∅")"
      )
    }
    return lines
  }

  private func title(_ side: DiffDocument.Side) -> String {
    "\(side.uniqueName) \(side.version)\(side.managed ? " managed" : "")"
  }

  private var summary: String {
    let summary = document.summary
    return "- \(summary.delete) only in the older   + \(summary.add) only in the newer   "
      + "~ \(summary.change) different   \(summary.unchanged) equal"
  }
}
