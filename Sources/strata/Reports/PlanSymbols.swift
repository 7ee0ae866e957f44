import Contract
import Solutions

/// What stands for what, everywhere.
enum PlanSymbols {
  static func symbol(_ change: PlanShape.Change) -> String {
    if change.masked { return "⊘" }
    return switch change.action {
    case .delete: "-"
    case .dereference: "→"
    case _ where change.draft == .saved: "◌"
    case .add: "+"
    case .change: "~"
    }
  }

  /// What becomes of a draft, in words.
  static func draft(_ change: PlanShape.Change) -> String? {
    switch change.draft {
    case .saved: "draft until strata publish"
    case .published: "published"
    case .discarded: "its draft is discarded"
    case nil: nil
    }
  }

  /// Whether it tells of a draft that is not, or no longer, to be in effect.
  static func waits(_ change: PlanShape.Change) -> Bool {
    (change.draft == .saved || change.draft == .discarded)
      && change.properties.allSatisfy { $0.effectiveBefore == $0.effectiveAfter }
  }

  /// The last step of a property's path.
  static func short(_ path: String) -> String {
    let start = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) }
    let step = path[(start ?? path.startIndex)...]
    return step.utf8.contains(UInt8(ascii: "@")) ? step.filter { $0 != "@" } : String(step)
  }

  /// Properties that are told of a change by name: what changes in it or in effect, and is more than metadata.
  static func told(_ change: PlanShape.Change) -> [PlanShape.Property] {
    change.properties.filter { property in
      property.impact != .metadata
        && (property.before != property.after
          || property.effectiveBefore != property.effectiveAfter || property.secret == .changed)
    }
  }

  /// A layer that is new has said nothing before; what it takes the place of is what people know.
  static func before(_ property: PlanShape.Property) -> String? {
    property.before ?? (property.effectiveAfter == property.after ? property.effectiveBefore : nil)
  }

  /// What becomes of the value in effect, where that is another story; nil where it is the same.
  static func effect(_ property: PlanShape.Property) -> String? {
    let (was, now) = (property.effectiveBefore, property.effectiveAfter)
    guard property.secret == nil else { return nil }
    guard was != now else {
      guard property.before != property.after else { return nil }
      return now == property.after
        ? "in effect already" : "⊘ stays \((now ?? "∅").shown(40))"
    }
    guard was != before(property) || now != property.after else { return nil }
    return "in effect \((was ?? "∅").shown(40)) → \((now ?? "∅").shown(40))"
  }
}
