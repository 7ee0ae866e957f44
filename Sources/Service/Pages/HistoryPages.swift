internal import Contract
internal import HTTPTypes
internal import Solutions

extension Page {
  /// Operations, newest first, and attempts that came to nothing (UX-1401…1403).
  static let history = Page(method: .get, path: "/history", role: .viewer) { call in
    let history = try await call.site.history(limit: 200, withAttempts: true)
    let attempts = (history.attempts ?? []).filter { $0.outcome != .done }
    return try Page.render(
      .history,
      title: "History",
      at: .history,
      [
        "location": call.site.location, "isEmpty": history.operations.isEmpty,
        "operations": history.operations.map { operation in
          [
            "number": operation.number, "href": "\(call.site.base)/history/\(operation.number)",
            "title": operation.title, "who": operation.who,
            "started": clockTime(operation.started), "duration": duration(operation.milliseconds),
            "summary": summary(operation.summary),
          ] as [String: Any]
        },
        "newest": history.operations.first.map {
          [["number": $0.number, "before": $0.number - 1]]
        } ?? [],
        "hasAttempts": !attempts.isEmpty,
        "attempts": attempts.map { attempt in
          [
            "outcome": attempt.outcome.rawValue, "title": attempt.title,
            "started": clockTime(attempt.started), "who": attempt.who,
            "message": attempt.message.map { [$0] } ?? [],
          ] as [String: Any]
        },
      ],
      for: call
    )
  }

  private static func summary(_ summary: HistoryShape.Summary) -> String {
    let parts = [
      (summary.delete, "deleted"), (summary.dereference, "kept by another layer"),
      (summary.add, "added"), (summary.change, "changed"), (summary.masked, "hidden"),
    ]
    let told = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return told.isEmpty ? "no component" : told.joined(separator: ", ")
  }

  private static let resultsMax = 2000

  /// One operation, with what became of each component.
  static let operation = Page(method: .get, path: "/history/{number}", role: .viewer) { call in
    let history = try await call.site.operation(try call.number("number"))
    let operation = history.operations[0]
    let results = operation.results ?? []
    let more = results.count - resultsMax
    return try Page.render(
      .operation,
      title: "Operation \(operation.number)",
      at: .history,
      [
        "number": operation.number, "title": operation.title, "who": operation.who,
        "before": operation.number - 1,
        "started": clockTime(operation.started), "duration": duration(operation.milliseconds),
        "options": operation.options, "count": results.count,
        "results": results.prefix(resultsMax).map { result in
          [
            "action": result.action.rawValue, "component": result.component,
            "href": call.site.link(toComponent: result.component), "reason": result.reason,
          ]
        },
        "more": more > 0 ? ["and \(more) more: the API lists them all"] : [],
      ],
      for: call
    )
  }
}
