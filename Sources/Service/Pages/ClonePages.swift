internal import Contract
internal import Faces
internal import HTTPTypes
internal import Lifecycle
internal import Solutions

extension Page {
  private enum Clone: String {
    case patch
    case solution

    var verb: PlanOrder.Verb {
      switch self {
      case .patch: .clonePatch
      case .solution: .cloneSolution
      }
    }

    var title: String {
      switch self {
      case .patch: "Clone a patch"
      case .solution: "Clone solution"
      }
    }

    /// Which parts of a version are to be chosen (UX-701, UX-702).
    func isFree(_ part: Int) -> Bool { self == .patch ? part >= 2 : part < 2 }

    func request(_ name: SolutionName) -> Request {
      switch self {
      case .patch: .cloningPatch(of: name)
      case .solution: .cloningSolution(name)
      }
    }
  }

  private static let parts = ["Major", "Minor", "Build", "Revision"]

  /// The next version of a solution or of a patch, proposed, to be changed and planned.
  static let clone = Page(method: .get, path: "/solutions/{name}/clone", role: .planner) { call in
    let site = call.site
    guard let clone = Clone(rawValue: try call.required("as")) else {
      throw Failure(.usage, "as is patch or solution", status: Failure.wrongUsage)
    }
    let item = SolutionShape(try await site.contents(try call.path("name"))).solution
    guard let name = SolutionName(item.uniqueName) else {
      throw Failure(.notInstalled, "\(item.uniqueName) is not installed")
    }
    let plan = try await site.lifecycle.plan(clone.request(name), counting: .skipped)
    let refusals = plan.findings.filter { $0.severity == .error }.map(\.message)
    let proposed = plan.solutions.compactMap(\.after).max()?.text ?? item.version
    let numbers = proposed.split(separator: ".").map(String.init) + Array(repeating: "0", count: 4)
    return try Page.render(
      .clone,
      title: clone.title,
      at: .solutions,
      [
        "title": clone.title, "verb": clone.verb.rawValue, "isPatch": clone == .patch,
        "name": item.uniqueName, "displayName": item.displayName, "version": item.version,
        "href": site.link(toSolution: item.uniqueName), "errors": refusals,
        "isRefused": !refusals.isEmpty,
        "parts": parts.enumerated().map { place, words in
          [
            "id": "version-\(place)", "words": words, "value": numbers[place],
            "isFixed": !clone.isFree(place),
          ] as [String: Any]
        },
      ],
      for: call
    )
  }

  /// The version that a form says in parts; nil where it says none.
  static func version(in form: Form) -> String? {
    let numbers = parts.indices.compactMap { form["version-\($0)"] }
    return numbers.isEmpty ? nil : numbers.joined(separator: ".")
  }
}
