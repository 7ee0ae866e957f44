import Mustache

/// A plan as one self-contained HTML file.
struct PlanHTML {
  let plan: PlanDocument

  func text() throws -> String {
    let template = try MustacheTemplate(string: Self.template)
    return template.render(content())
  }

  private func content() -> [String: Any] {
    [:]
  }

  static let template = ""
}
