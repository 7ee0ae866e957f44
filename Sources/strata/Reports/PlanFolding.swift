import Contract
import Solutions

/// Changes that many components share, folded into few lines.
enum PlanFolding {
  /// `layer only (2): Attribute fab_a.fab_x, Entity fab_a`; nil where there are none.
  static func layers(_ changes: [PlanShape.Change]) -> String? {
    let names = changes.filter(\.isLayerOnly).map {
      "\($0.component.kind) \($0.component.name.shown())"
    }
    guard !names.isEmpty else { return nil }
    let limit = 12
    let more = names.count > limit ? ", … and \(names.count - limit) more" : ""
    return "layer only (\(names.count)): \(names.prefix(limit).joined(separator: ", "))\(more)"
  }

  /// Properties that only the generation of the exporter explains: each once for its kind and values, the most frequent
  /// first.
  static func metadata(_ changes: [PlanShape.Change]) -> [String] {
    func shown(_ value: String?) -> String {
      value.map { $0.isEmpty ? "“”" : $0.shown(40) } ?? "∅"
    }
    struct Row: Hashable {
      let kind: String
      let path: String
      let values: String
    }
    var counts: [Row: Int] = [:]
    for change in changes where change.action == .change && change.firstStatement != true {
      for property in change.properties where property.impact == .metadata {
        let path = property.path.withoutKeys
        let isName = path.hasSuffix("Name")
        let values =
          isName
          ? "upper and lower case"
          : "\(shown(property.before)) → \(shown(property.after))"
        counts[Row(kind: change.component.kind, path: path, values: values), default: 0] += 1
      }
    }
    let sorted = counts.sorted { left, right in
      if left.value != right.value { return left.value > right.value }
      return (left.key.kind, left.key.path, left.key.values)
        < (right.key.kind, right.key.path, right.key.values)
    }
    return sorted.map { row, count in
      "\(row.kind) \(row.path.shownPath(90)): \(row.values)\(count > 1 ? "  (\(count))" : "")"
    }
  }
}

/// What stands in the head of a plan beside its packages and numbers.
struct PlanNotes {
  private let plan: PlanShape

  init(_ plan: PlanShape) { self.plan = plan }

  var lines: [Prose] {
    [
      order.map { "Order: \($0)" }, isForNothing ? "\(Self.target)" : nil,
      removed.map { "Rolled up and removed: \($0)" },
    ].compactMap { $0 }
  }

  /// With what the verdict leaves open.
  var markdown: [Markdown] {
    [
      order.map { "Order: \($0)" }, isForNothing ? "\(ours: Self.target)" : nil,
      removed.map { "Rolled up and removed: \($0)" }, needs.map { "\(ours: $0.text)" },
    ].compactMap { $0 }
  }

  private var order: String? { plan.order.map { $0.joined(separator: ", ") } }

  private var isForNothing: Bool { plan.base.target == .empty }

  private static let target = "Planned for an empty target; --env or --against says what is there."

  /// Patches that are rolled up.
  private var removed: String? {
    let planned = plan.packages.map { $0.uniqueName.lowercased() }
    // A pending upgrade takes its base's place.
    let named = Set(planned + planned.map { $0 + "_upgrade" })
    let gone = plan.solutions.filter { $0.removed && !named.contains($0.uniqueName.lowercased()) }
    guard !gone.isEmpty, !named.isEmpty else { return nil }
    return gone.map { "\($0.uniqueName) \($0.before?.version ?? "")" }.joined(separator: ", ")
  }

  /// What the verdict leaves open; nil where an environment has answered, or nothing is open.
  var needs: Prose? {
    guard plan.status != 4, let unknown = plan.summary.needsUnknown, unknown > 0 else { return nil }
    return
      "\(counted(unknown, "need")) unknown: the target must have \(unknown == 1 ? "it" : "them"), "
      + "or the import is refused (--strict refuses it here, --assume-solution says what the target has)."
  }
}
