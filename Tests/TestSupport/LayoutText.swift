package import Solutions
internal import XML

/// A form in a few lines of text, whole or as a difference, for tests of merges.
///
/// ```
/// tab A                     a tab with one column
///   section S               a section of it
///     row a b               cells with controls of these names
///     row +c@10002          added (+), changed (~) or removed (-), at an ordinal
///     row ~a@10005[visible=false]
/// tab +B@1                  the same marks for tabs and sections
/// header h                  a header with a cell
/// library new_/a.js         a library; `+new_/b.js` adds one
/// set headerdensity=High    an attribute of the form
/// ```
package enum LayoutText {
  /// - Parameter name: of the form.
  package static func definition(_ text: String, name: String = "f") throws -> Definition {
    try definition(form: form(text), name: name)
  }

  package static func definition(form: String, name: String = "f") throws -> Definition {
    let xml =
      "<forms type=\"main\"><systemform><formid>{\(PackageText.guid(name))}</formid>\(form)</systemform></forms>"
    let root = try XMLTree(Array(xml.utf8)).root
    return Definition(XMLFragment(root.child("systemform") ?? root, isWrapped: true))
  }

  /// The `form` element.
  package static func form(_ text: String) -> String {
    var tabs: [(tab: Mark, sections: [(section: Mark, rows: [String])])] = []
    var header = ""
    var libraries = ""
    var attributes = ""
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard let kind = words.first else { continue }
      let rest = words.dropFirst().map { Mark($0) }
      switch kind {
      case "tab": tabs.append((rest[0], []))
      case "section": tabs[tabs.count - 1].sections.append((rest[0], []))
      case "row":
        let at = tabs[tabs.count - 1].sections.count - 1
        tabs[tabs.count - 1].sections[at].rows.append(rest.map { cell($0) }.joined())
      case "header": header += rest.map { cell($0) }.joined()
      case "library":
        libraries += rest.map { "<Library name=\"\($0.name)\"\($0.actions)/>" }.joined()
      case "set":
        let pair = words[1].split(separator: "=")
        attributes = " \(pair[0])=\"\(pair[1])\" solutionaction=\"Modified\""
      default: preconditionFailure("no layout has a line “\(line)”")
      }
    }
    let body = tabs.map { tab, sections in
      let inner = sections.map { section, rows in
        "<section \(section.identity("section"))>\(section.isRemoved ? "" : "<rows>\(rows.map { "<row>\($0)</row>" }.joined())</rows>")</section>"
      }.joined()
      let columns =
        tab.isRemoved
        ? "" : "<columns><column width=\"100%\"><sections>\(inner)</sections></column></columns>"
      return "<tab \(tab.identity("tab"))>\(columns)</tab>"
    }.joined()
    return "<form\(attributes)><tabs>\(body)</tabs>"
      + (header.isEmpty ? "" : "<header><rows><row>\(header)</row></rows></header>")
      + (libraries.isEmpty ? "" : "<formLibraries>\(libraries)</formLibraries>") + "</form>"
  }

  private static func cell(_ mark: Mark) -> String {
    let control =
      mark.isRemoved || mark.isChanged
      ? "" : "<control id=\"\(mark.name)\" datafieldname=\"\(mark.name)\"/>"
    return "<cell \(mark.identity("cell", isNamed: false))>\(control)</cell>"
  }

  /// `+name@ordinal[attribute=value]`.
  private struct Mark {
    let name: String
    let actions: String
    let isRemoved: Bool
    let isChanged: Bool

    init(_ word: String) {
      let action = ["+": "Added", "~": "Modified", "-": "Removed"][word.prefix(1)]
      let rest = action == nil ? word[...] : word.dropFirst()
      name = String(rest.prefix { $0 != "@" && $0 != "[" })
      let pieces = rest.dropFirst(name.count).split { "@[]".contains($0) }
      var actions = ""
      for piece in pieces {
        if let ordinal = Int(piece) {
          actions += " ordinalvalue=\"\(ordinal)\""
        } else {
          let pair = piece.split(separator: "=")
          actions += " \(pair[0])=\"\(pair[1])\""
        }
      }
      if let action { actions += " solutionaction=\"\(action)\"" }
      self.actions = actions
      isRemoved = action == "Removed"
      isChanged = action == "Modified"
    }

    func identity(_ kind: String, isNamed: Bool = true) -> String {
      "id=\"{\(PackageText.guid(kind + name))}\"" + (isNamed ? " name=\"\(name)\"" : "") + actions
    }
  }

  /// The layout of a definition in the same words; attributes only where a cell has more than its id.
  package static func spelled(_ definition: Definition) -> String {
    guard let form = definition.element.child("form") else { return "" }
    var lines = form.attributes.filter { $0.name != "solutionaction" }
      .map { "set \($0.name)=\($0.value)" }
    for tab in form.descendants("tab") {
      lines.append("tab \(tab.attribute("name") ?? "?")\(marks(tab))")
      for section in tab.descendants("section") {
        lines.append("  section \(section.attribute("name") ?? "?")\(marks(section))")
        lines += section.descendants("row").map { "    row \(cells($0))" }
      }
    }
    if let header = form.child("header") {
      lines += header.descendants("row").map { "header \(cells($0))" }
    }
    let libraries = form.descendants("Library").compactMap { $0.attribute("name") }
    if !libraries.isEmpty { lines.append("library \(libraries.joined(separator: " "))") }
    return lines.joined(separator: "\n")
  }

  private static func cells(_ row: XMLElement) -> String {
    row.children.map { cell in
      let more = cell.attributes.filter {
        !["id", "ordinalvalue", "solutionaction"].contains($0.name)
      }
      .sorted { $0.name < $1.name }.map { "[\($0.name)=\($0.value)]" }.joined()
      let name = cell.child("control")?.attribute("id") ?? cell.attribute("id") ?? "?"
      return name + more + marks(cell)
    }.joined(separator: " ")
  }

  private static func marks(_ element: XMLElement) -> String {
    let ordinal = element.attribute("ordinalvalue").map { "@\($0)" } ?? ""
    return ordinal + (element.attribute("solutionaction").map { " (\($0))" } ?? "")
  }
}

/// A stack of layers of one component, put together by hand.
package enum Stack {
  /// Where a layer lies, in words of tests.
  package enum Place: Sendable {
    case base
    case patch(Int)
    case holding
    /// Of other solutions, of other publishers, in order.
    case other(Int)
    case active
  }

  package static func of(
    _ layers: [(Place, Definition)],
    type: Int = 60,
    isBaseAssumed: Bool = false
  ) throws -> LayerStack {
    let assumed = Definition(
      XMLFragment(try XMLTree(Array("<assumed></assumed>".utf8)).root)
    )
    var stack: LayerStack?
    if isBaseAssumed { stack = LayerStack(try layer("System", "System", .system, assumed, type)) }
    for (place, definition) in layers {
      let next: Layer =
        switch place {
        case .base: try layer("X", "a", .managed(block: 1, place: .base), definition, type)
        case .patch(let number):
          try layer(
            "X_Patch\(number)",
            "a",
            .managed(block: 1, place: .patch(version("1.0.\(number)"))),
            definition,
            type
          )
        case .holding:
          try layer("X_Upgrade", "a", .managed(block: 1, place: .holding), definition, type)
        case .other(let number):
          try layer(
            "Y\(number)",
            "b\(number)",
            .managed(block: 1 + number, place: .base),
            definition,
            type
          )
        case .active: try layer("Active", "c", .active, definition, type)
        }
      if stack?.put(next) == nil { stack = LayerStack(next) }
    }
    guard let stack else { throw Unreadable() }
    return stack
  }

  private struct Unreadable: Error {}

  private static func version(_ text: String) throws -> SolutionVersion {
    guard let version = SolutionVersion(text) else { throw Unreadable() }
    return version
  }

  private static func layer(
    _ solution: String,
    _ publisher: String,
    _ rank: LayerRank,
    _ definition: Definition,
    _ type: Int
  ) throws -> Layer {
    guard let name = solution == "Active" ? SolutionName.active : SolutionName(solution) else {
      throw Unreadable()
    }
    return Layer(
      solution: name,
      publisher: PublisherName(publisher),
      rank: rank,
      component: Component(
        id: ComponentID(.number(type), PackageText.guid("f")),
        name: "f",
        displayName: nil,
        parent: .entity("t"),
        definition: definition,
        location: Location(file: "test", line: 1)
      )
    )
  }
}
