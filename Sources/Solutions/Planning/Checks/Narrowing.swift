internal import XML

extension Checks {
  /// What rows have and a column no longer takes, by what is in effect before and after, whichever layer brought it
  /// about: one that is stated, rolled up, overwritten, taken away or published (LC-500, LY-1202).
  static let narrowing = Check<[Change]>("what columns take") { changes, context in
    changes.flatMap { change -> [Finding] in
      guard context.kinds[change.id.type].physical == .column,
        let old = context.stepStart.stacks[change.id], let new = context.state.stacks[change.id]
      else { return [] }
      let merge = context.kinds[change.id.type].merge
      let (before, after) = (
        old.effective(merge).definition.element, new.effective(merge).definition.element
      )
      let column = context.named(change.id)
      let found: [(any FindingContent)?] = [
        shortened(column, before, after), narrowed(column, before, after),
        days(column, before, after), behavior(column, before, after),
      ]
      return found.compactMap { $0 }.map { Finding($0, at: change.at) }
    }
  }

  private static func shortened(
    _ column: NamedComponent,
    _ before: XMLElement,
    _ after: XMLElement
  ) -> ColumnShortened? {
    guard !isFile(after), let old = before.text(of: "MaxLength").flatMap({ Int($0) }),
      let new = after.text(of: "MaxLength").flatMap({ Int($0) }), new < old
    else { return nil }
    return ColumnShortened(column: column, before: old, after: new)
  }

  private static func narrowed(
    _ column: NamedComponent,
    _ before: XMLElement,
    _ after: XMLElement
  ) -> ColumnNarrowed? {
    guard !isFile(after) else { return nil }
    func limit(_ name: String, of element: XMLElement) -> Double? {
      element.text(of: name).flatMap { Double($0) }
    }
    let moved = ["MinValue", "MaxValue"].filter { name in
      guard let new = limit(name, of: after), let old = limit(name, of: before) else {
        return false
      }
      return name == "MinValue" ? new > old : new < old
    }
    guard !moved.isEmpty else { return nil }
    return ColumnNarrowed(
      column: column,
      moved: moved.map {
        "\($0): \(before.text(of: $0) ?? "") → \(after.text(of: $0) ?? "")"
      },
      limits: ColumnNarrowed.Limits(
        min: limit("MinValue", of: after),
        max: limit("MaxValue", of: after)
      )
    )
  }

  private static func days(
    _ column: NamedComponent,
    _ before: XMLElement,
    _ after: XMLElement
  ) -> MomentsBecomeDays? {
    guard before.text(of: "Type") == "datetime", after.text(of: "Type") == "datetime",
      before.text(of: "Behavior") != "2", after.text(of: "Behavior") == "2"
    else { return nil }
    return MomentsBecomeDays(column: column)
  }

  /// Every other change of what moments mean.
  private static func behavior(
    _ column: NamedComponent,
    _ before: XMLElement,
    _ after: XMLElement
  ) -> DateBehaviorChanged? {
    func behavior(of column: XMLElement) -> DateBehavior? {
      guard column.text(of: "Type") == "datetime" else { return nil }
      return DateBehavior(rawValue: column.text(of: "Behavior") ?? "1")
    }
    guard let old = behavior(of: before), let new = behavior(of: after), old != new,
      (old, new) != (.userLocal, .dateOnly)
    else { return nil }
    return DateBehaviorChanged(column: column, before: old, after: new)
  }

  /// The limits of files and pictures are sizes, and stored ones are not written again.
  private static func isFile(_ column: XMLElement) -> Bool {
    ["file", "image"].contains(column.text(of: "Type"))
  }
}
