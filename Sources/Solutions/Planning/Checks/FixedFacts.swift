internal import XML

/// What is fixed when a component is created, and cannot change under the same name or id.
extension Planner {
  /// A table's kind, its ownership, and whether it is an activity; facts of creation like the type of a column.
  mutating func judgeTable(_ table: Component, _ before: Definition) {
    let moved = Self.fixedFacts.compactMap { fact -> String? in
      guard let old = fact.value(in: before), let new = fact.value(in: table.definition),
        old.lowercased() != new.lowercased()
      else { return nil }
      return "\(fact.name): \(old) → \(new)"
    }
    guard !moved.isEmpty else { return }
    tell(TableFactsChanged(table: named(table), moved: moved), at: table.location)
  }

  private struct Fact {
    let name: String
    /// What a definition means that leaves it out; nil where that says nothing.
    let absent: String?

    func value(in table: Definition) -> String? {
      // A mention states none of them.
      guard let settings = table.element.descend("EntityInfo", "entity"),
        settings.child("OwnershipTypeMask") != nil
      else { return nil }
      return settings.text(of: name).flatMap { $0.isEmpty ? nil : $0 } ?? absent
    }
  }

  private static let fixedFacts = [
    Fact(name: "TableType", absent: "Standard"),
    Fact(name: "OwnershipTypeMask", absent: nil),
    Fact(name: "IsActivity", absent: "0"),
    Fact(name: "DataProviderId", absent: "none"),
  ]

  /// errors.md D: the id of a process is that of one process; another solution that states it says the same of it.
  mutating func judgeProcess(_ process: Component, _ before: Definition, _ stack: LayerStack) {
    let moved = ["Category", "PrimaryEntity"].compactMap { name -> String? in
      guard let old = before.element.text(of: name),
        let new = process.definition.element.text(of: name),
        old.lowercased() != new.lowercased()
      else { return nil }
      return "\(name): \(old) → \(new)"
    }
    guard !moved.isEmpty else { return }
    tell(
      ProcessTaken(
        process: named(process),
        name: process.displayName ?? process.name,
        owner: stack.base.solution,
        moved: moved
      ),
      at: process.location
    )
  }

  /// A code component that a package brings first is named with its publisher's prefix (LC-103).
  mutating func judgePrefix(_ control: Component, of package: SolutionPackage) {
    let prefix = package.manifest.publisher.prefix
    guard let end = control.name.firstIndex(where: { "_.".contains($0) }),
      control.name[end] == "_", !prefix.isEmpty,
      control.name[..<end].lowercased() != prefix.lowercased()
    else { return }
    tell(
      ControlPrefix(
        control: named(control),
        prefix: String(control.name[..<end]),
        publisherPrefix: prefix
      ),
      at: control.location
    )
  }
}
