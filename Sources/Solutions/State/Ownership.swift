internal import XML

/// Whose a component is that a package states.
///
/// What lies over a base that is elsewhere is not deleted with our layer (PF-305, LC-105).
package enum Ownership: Equatable, Sendable {
  case own
  case elsewhere(Evidence)

  package enum Evidence: Equatable, Sendable {
    /// The package lists it as required by itself or by its own parts, from this solution: certain.
    case required(from: String)
    /// It states nothing of its own.
    case mention
    /// Such components lie over what the platform has.
    case platform
    /// Who owns it writes a mark, and there is none.
    case unmarked
    case difference
    /// What it is a part of is elsewhere, and nothing marks it as ours.
    case whole(ComponentID)
  }

  package var isElsewhere: Bool { self != .own }

  /// Why the base is elsewhere; nil where it is not.
  var evidence: Evidence? {
    if case .elsewhere(let evidence) = self { evidence } else { nil }
  }
}

/// Tells of each component of one package whose it is; the first that speaks decides.
struct Owners {
  private let package: SolutionPackage
  private let kinds: ComponentKinds
  private let required: [ComponentID: String]

  /// O(components + needs).
  init(of package: SolutionPackage, kinds: ComponentKinds) {
    self.package = package
    self.kinds = kinds
    let name = package.name.text.lowercased()
    let needs = package.manifest.missingDependencies.filter { need in
      need.providerName.map { $0 != name } ?? false
    }
    guard !needs.isEmpty else {
      required = [:]
      return
    }
    required = needs.reduce(into: [:]) { required, need in
      guard let id = need.required.id, let dependent = need.dependent.id,
        let from = need.provider, required[id] == nil, package.component(id) != nil,
        dependent == id || package.component(dependent)?.parent == id
      else { return }
      required[id] = from
    }
  }

  func ownership(of component: Component) -> Ownership {
    if let solution = required[component.id] { return .elsewhere(.required(from: solution)) }
    if component.isReference { return .elsewhere(.mention) }
    let kind = kinds[component.id.type]
    switch kind.base {
    case .implied: return isPartOfOwn(component) ? .own : .elsewhere(.platform)
    case .platform(let isPlatforms) where isPlatforms(component): return .elsewhere(.platform)
    case .marked(let name):
      let place = kind.markedElement(component.definition.element)
      return place?.child(name) == nil ? .elsewhere(.unmarked) : .own
    case .part(let isCustom, let name):
      guard component.definition.element.child(name) != nil else { return .elsewhere(.unmarked) }
      return isCustom(component) ? .own : ofWhole(component)
    case .platform, .unsaid: break
    }
    if kind.merge.needsBase, component.definition.isDifference { return .elsewhere(.difference) }
    return hasOwnName(component) ? .own : ofWhole(component)
  }

  /// As what it is a part of.
  private func ofWhole(_ component: Component) -> Ownership {
    guard let whole = component.parent else { return .own }
    guard let stated = package.component(whole) else {
      return SystemBaseline.contains(whole) ? .elsewhere(.whole(whole)) : .own
    }
    return ownership(of: stated).isElsewhere ? .elsewhere(.whole(whole)) : .own
  }

  /// Whether it is a part of what the package owns: the ribbon of its own table lies over nothing (LY-104).
  private func isPartOfOwn(_ component: Component) -> Bool {
    guard let whole = component.parent.flatMap({ package.component($0) }) else { return false }
    return !ownership(of: whole).isElsewhere
  }

  /// A name that only this publisher gives.
  private func hasOwnName(_ component: Component) -> Bool {
    guard !package.manifest.publisher.prefix.isEmpty else { return false }
    let prefix = package.manifest.publisher.prefix.lowercased() + "_"
    return component.name.lowercased().split { ". ".contains($0) }
      .contains { $0.hasPrefix(prefix) }
  }
}

extension Ownership.Evidence {
  /// Where the package says itself whose the component is: that, in words.
  var words: String {
    if case .required(let solution) = self { " of \(solution)" } else { "" }
  }
}

extension MissingDependency {
  /// The solution named as the one that brings it, in lower case; nil where nobody is.
  var providerName: String? {
    provider?.split(separator: " ").first.map { $0.lowercased() }
  }
}
