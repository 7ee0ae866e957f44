import Contract
import Solutions

extension PlanShape.Values {
  /// `t.a  1 value comes back, 2 are emptied`.
  var line: Prose {
    let column = component.split(separator: ":", maxSplits: 1).last.map(String.init) ?? component
    let what: Prose =
      switch (returning, emptied) {
      case (let back?, let emptied?):
        "\(counted(back, "value")) \(back == 1 ? "comes" : "come") back"
          + (emptied == 0 ? "" as Prose : ", \(emptied) \(emptied == 1 ? "is" : "are") emptied")
      default: "values come back"
      }
    let origin: Prose =
      isTakenBack
      ? "operation \(operation) is taken back" : "operation \(operation) is done again"
    return "\(column.shown())  \(what): \(origin)"
  }
}

extension PlanText {
  /// What people wrote since stays.
  func values() -> [Prose] {
    guard let values = plan.values else { return [] }
    return [style.bold("Values of rows that were not written since (\(values.count))")]
      + values.map { "    \(style("~", .blue)) \($0.line)" as Prose } + [""]
  }
}
