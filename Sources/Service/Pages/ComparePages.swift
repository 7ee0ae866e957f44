internal import Contract
internal import Faces
internal import HTTPTypes
internal import Lifecycle
internal import Reading
internal import Solutions

extension Page {
  /// Where what is in effect after one operation differs from what is after another.
  static let comparison = Page(method: .get, path: "/compare", role: .viewer) { call in
    let (from, to) = try Page.compared(call)
    let site = call.site
    let difference = try await site.lifecycle.ask(DifferenceQuestion(from: from, to: to))
    let shape = DriftShape(
      difference,
      from: Page.after(from),
      to: Page.after(to),
      kinds: .standard
    )
    let shown = shape.changes.prefix(comparedMax)
    let more = shape.changes.count - shown.count
    return try Page.render(
      .compare,
      title: "Comparison",
      at: .history,
      [
        "from": from, "to": to, "fromWords": shape.from, "toWords": shape.to,
        "solutions": shape.solutions.map { solution in
          [
            "name": solution.uniqueName, "before": solution.before ?? "not installed",
            "after": solution.after ?? "not installed",
          ]
        },
        "hasSolutions": !shape.solutions.isEmpty,
        "isSame": difference.isEmpty, "hasChanges": !shape.changes.isEmpty,
        "deleted": shape.summary.delete, "added": shape.summary.add,
        "changed": shape.summary.change,
        "changes": shown.map { entry($0, from: from, to: to, site) },
        "more": more > 0 ? ["and \(more) more: compare operations that lie closer together"] : [],
      ],
      for: call
    )
  }

  private static let comparedMax = 500
  /// More properties of a component are folded.
  private static let openMax = 6
  private static let valueMax = 300

  /// Where both lie in time, the older first.
  private static func compared(_ call: Call) throws -> (from: Int, to: Int) {
    guard let from = try call.queryNumber("from"), let to = try call.queryNumber("to") else {
      throw Failure(.usage, "say from and to: numbers of operations", status: Failure.wrongUsage)
    }
    return (from, to)
  }

  private static func after(_ number: Int) -> String {
    number == 0 ? "before all operations" : "after operation \(number)"
  }

  private static func entry(
    _ entry: DriftShape.Entry,
    from: Int,
    to: Int,
    _ site: Site
  ) -> [String: Any] {
    let address = "\(entry.component.kind):\(entry.component.name)"
    let isForm = entry.component.type == ComponentKind.systemForm.type.number
    let words =
      switch entry.action {
      case .add: "added"
      case .delete, .dereference: "deleted"
      case .change: "changed"
      }
    return [
      "action": words, "address": address,
      "displayName": entry.component.displayName.map { [$0] } ?? [],
      "layers": layers(entry),
      // Where it is, or was.
      "href": site.link(toComponent: address, asOf: entry.action == .delete ? from : to),
      "sketch": isForm && entry.action == .change
        ? ["\(site.base)/compare/sketch?from=\(from)&to=\(to)&of=\(address.escapedForAddress)"]
        : [],
      "hasProperties": !entry.properties.isEmpty,
      "count": entry.properties.count == 1
        ? "1 property" : "\(entry.properties.count) properties",
      "isOpen": entry.properties.count <= openMax,
      "properties": entry.properties.map { property in
        [
          "path": property.words ?? property.path,
          "before": (property.before ?? "∅").shown(valueMax),
          "after": (property.after ?? "∅").shown(valueMax),
        ]
      },
    ]
  }

  /// Whose statement is in effect.
  private static func layers(_ entry: DriftShape.Entry) -> String {
    switch (entry.solutionBefore, entry.solutionAfter) {
    case (let before?, let after?) where before != after: "by \(before), then by \(after)"
    case (_, let after?): "by \(after)"
    case (let before?, nil): "by \(before)"
    case (nil, nil): ""
    }
  }

  /// A form after both, side by side.
  static let comparedSketch = Page(method: .get, path: "/compare/sketch", role: .viewer) { call in
    let (from, to) = try Page.compared(call)
    let text = try call.required("of")
    let (before, after) = try await call.site.sketches(of: text, from: from, to: to)
    return try Page.sides(
      text,
      back: ("\(call.site.base)/compare?from=\(from)&to=\(to)", "The comparison"),
      [(Page.after(from), before), (Page.after(to), after)],
      call
    )
  }
}
