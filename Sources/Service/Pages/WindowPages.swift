internal import Contract
internal import Faces
internal import HTTPTypes
internal import Lifecycle
internal import Solutions

/// What can be carried over while an upgrade is staged: of each table the columns that will go, and those that have come.
struct MigrationWindow {
  struct Part {
    let table: Table
    let rows: Int
    /// Values in each column.
    let values: [String: Int]
    let going: Set<String>
    let coming: Set<String>
  }

  let base: SolutionName
  let parts: [Part]
  /// Tables that go whole.
  let tablesGoing: [String]

  /// - Throws: `Failure` where nothing is staged.
  init(of name: String, _ site: Site) async throws {
    let contents = try await site.contents(name)
    base = contents.solution.solution.name
    let family = contents.family
    guard
      let holding = family.first(where: { $0.role == .holding(of: contents.solution.solution.name) }
      )
    else {
      throw Failure(
        .noSuchPage,
        "no upgrade of \(name.shown(80)) is staged, so there is nothing to migrate for it",
        remedy: "import the next version with Stage for Upgrade",
        status: 4
      )
    }
    let plan = try await site.lifecycle.plan(.applyUpgrade(base), counting: .skipped)
    let gone = plan.changes.filter { $0.action == .delete }.map(\.id)
    let tablesGoing = Set(gone.filter { $0.type == .entity }.map(\.key))
    self.tablesGoing = tablesGoing.sorted()
    let going = Set(gone.compactMap(\.column))
    // What the base and its patches have is not new.
    var known = Set(contents.members.map(\.id))
    for patch in family where patch.name != holding.name {
      known.formUnion(try await site.contents(patch.name.text).members.map(\.id))
    }
    let staged = try await site.contents(holding.name.text).members.map(\.id)
    let coming = Set(staged.filter { !known.contains($0) }.compactMap(\.column))
    let tables = Set(coming.map(\.table)).intersection(
      Set(known.filter { $0.type == .entity }.map(\.key))
    )
    .union(going.map(\.table)).subtracting(tablesGoing)
    var parts: [Part] = []
    for name in tables.sorted() {
      let table = try await site.lifecycle.ask(TableQuestion(of: name))
      let counts = try await site.lifecycle.ask(CountsQuestion(of: name) { _ in })[name]
      func own(_ all: Set<TableColumn>) -> Set<String> {
        Set(all.filter { $0.table == name }.map(\.column))
      }
      parts.append(
        Part(
          table: table,
          rows: counts?.rows ?? 0,
          values: counts?.values ?? [:],
          going: own(going),
          coming: own(coming)
        )
      )
    }
    self.parts = parts
  }

  fileprivate struct TableColumn: Hashable {
    let table, column: String
  }
}

extension ComponentID {
  /// nil for what is no column.
  fileprivate var column: MigrationWindow.TableColumn? {
    guard type == .attribute, let place = tableAndColumn else { return nil }
    return .init(table: place.table, column: place.column)
  }
}

extension MigrationWindow.Part {
  /// Columns whose values may be values of another.
  func sources(of target: Column) -> [Column] {
    table.columns.filter { source in
      guard source.name != target.name, source.type != .primaryKey,
        !RowFields.kept.contains(source.name)
      else { return false }
      do {
        _ = try table.judged([RowMapping(target: target.name, source: source.name)]) { _ in nil }
        return true
      } catch {
        return false
      }
    }
  }

  /// The one column that goes and is of the same type; nil where several are, or none.
  fileprivate func guess(for target: Column, among sources: [Column]) -> String? {
    let alike = sources.filter { going.contains($0.name) && $0.type.title == target.type.title }
    return alike.count == 1 ? alike[0].name : nil
  }

  fileprivate func title(_ column: Column) -> String {
    column.displayName.map { "\($0) (\(column.name))" } ?? column.name
  }

  /// `Region (fab_region), 42 values`.
  private func told(_ column: Column) -> String {
    "\(title(column)), \(values[column.name].map { $0.counted("value").text } ?? "values not counted")"
  }

  fileprivate func fields(_ typed: Form?) -> [String: Any] {
    let targets = table.columns.filter { coming.contains($0.name) }
    return [
      "table": table.name, "title": table.displayName ?? table.name,
      "rows": rows.counted("row").text,
      "going": table.columns.filter { going.contains($0.name) }.map { ["words": told($0)] },
      "isNoneGoing": going.isEmpty, "hasTargets": !targets.isEmpty,
      "targets": targets.enumerated().map { target($1, $0, typed) },
      "replace": typed?["replace"] == "true", "round": typed?["round"] == "true",
      "cut": typed?["cut"] == "true",
    ]
  }

  private func target(_ column: Column, _ place: Int, _ typed: Form?) -> [String: Any] {
    let sources = sources(of: column)
    let chosen = typed == nil ? guess(for: column, among: sources) : typed?["set:\(column.name)"]
    func options(_ some: [Column]) -> [[String: Any]] {
      some.map { ["value": $0.name, "words": told($0), "isChosen": $0.name == chosen] }
    }
    let gone = sources.filter { going.contains($0.name) }
    let others = sources.filter { !going.contains($0.name) && !coming.contains($0.name) }
    return [
      "id": "\(table.name)-\(place)", "name": "set:\(column.name)", "words": told(column),
      "type": column.type.title, "hasGoing": !gone.isEmpty, "going": options(gone),
      "others": options(others), "mapName": "values:\(column.name)",
      "map": FieldText(typed?["values:\(column.name)"] ?? ""),
    ]
  }
}

extension Page {
  /// The time in which old and new columns are both there (seed: Stage for Upgrade).
  static let window = Page(method: .get, path: "/solutions/{name}/migration", role: .viewer) {
    call in
    try await Page.shown(
      try await MigrationWindow(of: try call.path("name"), call.site),
      nil,
      nil,
      call
    )
  }

  /// One table's form: it makes a plan, and nothing else.
  static let planWindow = Page(
    method: .post,
    path: "/solutions/{name}/migration",
    role: .planner
  ) { call in
    let form = try await call.form()
    let window = try await MigrationWindow(of: try call.path("name"), call.site)
    var order = RowOrder(verb: .migrate)
    order.table = form["table"]
    order.solution = window.base.text
    (order.replace, order.round) = (form["replace"] == "true", form["round"] == "true")
    order.cut = form["cut"] == "true"
    order.mappings = form.all(beginning: "set:").filter { !$0.value.isEmpty }
      .sorted { $0.key < $1.key }.map { target, source in
        RowOrder.Mapping(
          target: target,
          source: source,
          values: values(form["values:\(target)"] ?? "")
        )
      }
    do {
      guard order.mappings?.isEmpty == false else {
        throw Failure(.usage, "choose a column for at least one new column", status: 64)
      }
      let kept = try await call.site.plan(order)
      return .elsewhere("\(call.site.base)/rows-plans/\(kept.name)")
    } catch  where error is RowsRefused || error is Failure || error is LifecycleError {
      return try await Page.shown(window, form, Failure(error).message.text, call)
    }
  }

  /// `old = new` on each line; nothing behind = is no value.
  private static func values(_ text: String) -> [String: String?]? {
    var values: [String: String?] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { part in
          String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
      guard parts.count == 2, !parts[0].isEmpty else { continue }
      values[parts[0]] = .some(parts[1].isEmpty ? nil : parts[1])
    }
    return values.isEmpty ? nil : values
  }

  private static func shown(
    _ window: MigrationWindow,
    _ typed: Form?,
    _ problem: String?,
    _ call: Call
  ) async throws -> Reply {
    let site = call.site
    let table = typed?["table"]
    return try Page.render(
      .window,
      title: "Migration window",
      at: .solutions,
      [
        "name": window.base.text, "href": site.link(toSolution: window.base.text),
        "action": "\(site.link(toSolution: window.base.text))/migration",
        "problem": problem.map { [$0] } ?? [], "isEmpty": window.parts.isEmpty,
        "tablesGoing": window.tablesGoing, "hasTablesGoing": !window.tablesGoing.isEmpty,
        "parts": window.parts.map { $0.fields($0.table.name == table ? typed : nil) },
      ],
      for: call
    )
  }
}
