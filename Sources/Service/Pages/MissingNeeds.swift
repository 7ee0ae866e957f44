internal import Contract
internal import Reading
internal import Solutions

/// What packages need and neither they nor the environment have, by where it comes from (UX-1201, UX-1202).
struct MissingNeeds {
  private enum Source: Hashable, Comparable {
    case application(String)
    /// As `Name (version)`, or the name alone.
    case solution(String)
    case unmanaged
    case unknown

    var title: String {
      switch self {
      case .application: "Applications"
      case .solution: "Managed solutions"
      case .unmanaged: "Unmanaged components"
      case .unknown: "Components whose solution the package does not name"
      }
    }
  }

  private let needs: [Source: [[MissingDependency]]]
  private let installed: [SolutionsShape.Item]

  /// - Parameter words: of each, as the finding has them.
  init(_ words: [String], of packages: [SolutionPackage], on installed: [SolutionsShape.Item]) {
    let missing = packages.needs(called: words)
    let alike = missing.grouped(by: \.words).sorted { $0.key < $1.key }.map(\.elements)
    needs = Dictionary(grouping: alike) { $0.first.map(Self.source) ?? .unknown }
    self.installed = installed
  }

  var isEmpty: Bool { needs.isEmpty }

  private static func source(of need: MissingDependency) -> Source {
    if let application = need.application { return .application(application) }
    switch need.provider {
    case "Active": return .unmanaged
    case let solution? where !solution.isEmpty: return .solution(solution)
    default: return .unknown
    }
  }

  /// For a template: groups, in each what is to be installed, and what of it is needed by what.
  var fields: [[String: Any]] {
    needs.keys.sorted().grouped(by: \.title).map { group in
      [
        "title": group.key,
        "sources": group.elements.map { source in
          [
            "name": name(of: source), "state": state(of: source),
            "needs": (needs[source] ?? []).map { need($0) },
          ] as [String: Any]
        },
      ] as [String: Any]
    }
  }

  private func name(of source: Source) -> String {
    switch source {
    case .application(let name), .solution(let name): name
    case .unmanaged: "Active"
    case .unknown: ""
    }
  }

  private func state(of source: Source) -> String {
    switch source {
    case .application: return "install or update it"
    case .unmanaged: return "made by hand where the package comes from; bring it in a solution"
    case .unknown: return ""
    case .solution(let text):
      let words = text.split(separator: " ").map { $0.filter { !"()".contains($0) } }
      let here = installed.first {
        SolutionName($0.uniqueName) == words.first.flatMap { SolutionName($0) }
      }
      guard let here else { return "not installed here: import it first" }
      guard let wanted = words.last.flatMap({ SolutionVersion($0) }),
        let version = SolutionVersion(here.version), wanted <= version
      else { return "\(here.version) is installed here: update it" }
      return "\(here.version) is installed here, and does not have them"
    }
  }

  /// More are named by the plan.
  private static let dependentsMax = 5

  private func need(_ needs: [MissingDependency]) -> [String: Any] {
    let dependents = Set(needs.map(\.dependent.words)).sorted()
    let more = dependents.count - Self.dependentsMax
    return [
      "component": needs.first?.required.words ?? "",
      "neededBy": dependents.prefix(Self.dependentsMax).joined(separator: ", ")
        + (more > 0 ? " and \(more) more" : ""),
    ]
  }
}

extension FindingShape {
  /// Whether a package is refused for what it needs, whose reasons are those needs in words.
  var isOfNeeds: Bool { severity == .error && code == MissingDependencies.kind.code }
}

extension [SolutionPackage] {
  /// What they say that they need, of that which findings name.
  func needs(called words: [String]) -> [MissingDependency] {
    let wanted = Set(words)
    return flatMap(\.manifest.missingDependencies).filter { wanted.contains($0.words) }
  }
}
