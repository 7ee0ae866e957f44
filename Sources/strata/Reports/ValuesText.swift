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

extension PlanShape.DataStep {
  fileprivate func line(_ style: TextStyle) -> Prose {
    let name = component.split(separator: ":", maxSplits: 1).last.map(String.init) ?? component
    let noun =
      if component.hasPrefix("Entity:") {
        "row"
      } else if component.hasPrefix("Attribute:") {
        "value"
      } else {
        "pair"
      }
    func amount(_ count: Count?) -> Prose { count.map { "\(counted($0, noun))" } ?? "all \(noun)s" }
    let entry: Prose = number.map { " (entry \($0))" } ?? ""
    switch action {
    case .restore:
      let there: Prose =
        replaced.map { $0 == 0 ? "" : ", \(counted($0, noun)) of now into it" } ?? ""
      return
        "\(style("+", .green)) \(name.shown())  \(amount(count)) out of the trash\(entry)\(there)"
    case .purge:
      return "\(style("-", .red)) \(name.shown())  \(amount(count)) deleted for good\(entry)"
    case .activate: return "\(style("~", .blue)) \(name.shown())  key, active"
    }
  }
}

extension PlanText {
  /// What becomes of data of components that stay as they are.
  func data() -> [Prose] {
    guard let data = plan.data else { return [] }
    return [style.bold("Data and keys (\(data.count))")]
      + data.map { "    \($0.line(style))" as Prose } + [""]
  }
}
