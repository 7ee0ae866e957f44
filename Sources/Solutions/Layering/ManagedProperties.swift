internal import XML

/// A property by which the owner of a component says what others may change (LY-1306).
package struct ManagedProperty: Sendable {
  /// Where it stands in a definition; the last step is its name.
  package let path: String
  let guarded: Guarded

  enum Guarded: Sendable {
    /// The master switch: every change, and all other managed properties with it (LY-1304).
    case everything
    /// Properties below these paths.
    case properties([String])
    /// Properties that no other managed property of the kind guards.
    case otherProperties
    /// New parts of this type.
    case parts(ComponentType)
    /// What this engine has no edit for.
    case nothing
  }

  /// The path, cut once for its kind and not for each component.
  let steps: [String]

  init(_ path: String, guards guarded: Guarded) {
    self.path = path
    self.guarded = guarded
    steps = path.split(separator: "/").map(String.init)
  }

  package var name: String { steps.last ?? "" }

  static let isCustomizable = ManagedProperty("IsCustomizable", guards: .everything)
  static let canBeDeleted = ManagedProperty("CanBeDeleted", guards: .nothing)
}

/// What the owner of a managed component allows others to change, as far as it says so (LY-1350).
struct ManagedProperties {
  /// The publisher of the base layer (LY-104).
  let owner: PublisherName
  private let properties: [ManagedProperty]
  /// The owner's layers, the latest first: only its word counts (LY-1302).
  private let own: [Layer]

  /// nil where nothing is protected: the component is unmanaged (LY-1304), or its base is not known.
  init?(_ stack: LayerStack, _ properties: [ManagedProperty]) {
    guard stack.base.rank.isManaged, !stack.base.isAssumed else { return nil }
    owner = stack.base.publisher
    self.properties = properties
    own = stack.layers.reversed().filter {
      $0.rank.isManaged && $0.publisher == stack.base.publisher
    }
  }

  /// The value in force; nil where the owner says nothing.
  private func isAllowed(_ property: ManagedProperty) -> Bool? {
    own.lazy.compactMap { $0.definition.flag(property) }.first
  }

  /// A managed property as the owner's latest word has it.
  struct InForce {
    let property: ManagedProperty
    /// nil where the owner says nothing.
    let text: String?
    let isSet: Bool?
    /// The layer that brought the value, by its number among those that have a say.
    let origin: Origin
  }

  /// What is in force of all properties, whatever layers of others say.
  func inForce(among layers: [Layer]) -> [InForce] {
    properties.map { property in
      var (text, isSet, origin): (String?, Bool?, Origin) = (nil, nil, .bottom)
      for layer in own.reversed() {
        guard let said = layer.definition.text(of: property) else { continue }
        let flag = layer.definition.flag(property)
        guard text == nil || flag != isSet else { continue }
        let number = layers.firstIndex(of: layer)
        (text, isSet, origin) = (said, flag, number.map { Origin($0) } ?? .bottom)
      }
      return InForce(property: property, text: text, isSet: isSet, origin: origin)
    }
  }

  /// Properties of which a definition states another value than the one in force.
  func differing(in definition: Definition) -> [(property: ManagedProperty, inForce: Bool)] {
    properties.compactMap { property in
      guard let stated = definition.flag(property), let value = isAllowed(property),
        stated != value
      else { return nil }
      return (property, value)
    }
  }

  /// Those that forbid some changes.
  ///
  /// - Parameter paths: asked for only where something is forbidden at all.
  func forbidding(changesAt paths: () -> [String]) -> [ManagedProperty] {
    let closed = properties.filter { isAllowed($0) == false }
    guard !closed.isEmpty else { return [] }
    // Who may change managed properties is another question.
    let changed = paths().filter { path in !properties.contains { $0.path == path } }
    guard !changed.isEmpty else { return [] }
    if let master = closed.first(where: { $0.isMaster }) { return [master] }
    return closed.filter { property in
      switch property.guarded {
      case .everything: true
      case .properties(let guarded): changed.contains { $0.isBelow(any: guarded) }
      case .otherProperties: changed.contains { !$0.isBelow(any: self.guarded) }
      case .parts, .nothing: false
      }
    }
  }

  /// The owner, where it forbids every change (LC-112).
  var closer: PublisherName? {
    properties.contains { $0.isMaster && isAllowed($0) == false } ? owner : nil
  }

  /// The one that forbids a new part.
  func forbidding(part type: ComponentType) -> ManagedProperty? {
    properties.first { property in
      let isMeant =
        switch property.guarded {
        case .everything: properties.contains { $0.isGuarding(type) }
        case .parts(type): true
        default: false
        }
      return isMeant && isAllowed(property) == false
    }
  }

  private var guarded: [String] {
    properties.flatMap { property -> [String] in
      guard case .properties(let paths) = property.guarded else { return [] }
      return paths
    }
  }
}

extension ManagedProperty {
  fileprivate var isMaster: Bool {
    guard case .everything = guarded else { return false }
    return true
  }

  fileprivate func isGuarding(_ type: ComponentType) -> Bool {
    guard case .parts(type) = guarded else { return false }
    return true
  }
}

extension Definition {
  /// The value of a managed property; nil where it is not stated.
  func flag(_ property: ManagedProperty) -> Bool? {
    switch text(of: property)?.lowercased() {
    case "1", "true": return true
    case "0", "false": return false
    default: return nil
    }
  }

  /// A managed property as it is spelled; nil where it is not stated.
  func text(of property: ManagedProperty) -> String? {
    var at: XMLElement? = element
    for name in property.steps { at = at?.child(name) }
    return at?.text
  }

  /// The same with a managed property set.
  func setting(_ property: ManagedProperty, to flag: Bool) -> Definition {
    changing { root in
      root.setManaged(property.steps[...], flag ? "1" : "0", as: .bottom, isNew: false)
    }
  }

  /// The same without managed properties, which only owners state.
  func without(_ properties: [ManagedProperty]) -> Definition {
    guard properties.contains(where: { text(of: $0) != nil }) else { return self }
    return changing { root in
      for property in properties { root.removeManaged(property.steps[...]) }
    }
  }

  /// The definition with a change that can be read again: none that makes it longer.
  private func changing(_ change: (inout Element) -> Void) -> Definition {
    var document = Document(self)
    change(&document.root)
    do {
      return try Definition(document, parts: parts)
    } catch {
      preconditionFailure("a definition with another flag can be read again: \(error)")
    }
  }
}

extension Document {
  /// Managed properties show what is in force, and whose word that is.
  mutating func keep(_ inForce: [ManagedProperties.InForce]) {
    guard !isDifference else { return }
    for one in inForce {
      if let text = one.text {
        root.setManaged(one.property.steps[...], text, as: one.origin, isNew: true)
      } else {
        root.removeManaged(one.property.steps[...])
      }
    }
  }
}

extension Element {
  /// - Parameter isNew: whether it is made where the elements around it are there.
  fileprivate mutating func setManaged(
    _ steps: ArraySlice<String>,
    _ text: String,
    as origin: Origin,
    isNew: Bool
  ) {
    guard let step = steps.first else {
      (self.text, self.origin, textOrigin) = (text, origin, origin)
      return
    }
    if let at = children.firstIndex(where: { $0.name == step }) {
      children[at].setManaged(steps.dropFirst(), text, as: origin, isNew: isNew)
    } else if isNew, steps.count == 1 {
      children.append(Element(step, text: text, origin: origin))
    }
  }

  fileprivate mutating func removeManaged(_ steps: ArraySlice<String>) {
    guard let step = steps.first, let at = children.firstIndex(where: { $0.name == step }) else {
      return
    }
    if steps.count == 1 {
      children.remove(at: at)
    } else {
      children[at].removeManaged(steps.dropFirst())
    }
  }
}

extension String {
  /// Whether a property's path leads to, or into, one of some places.
  fileprivate func isBelow(any places: [String]) -> Bool {
    places.contains { place in
      guard hasPrefix(place) else { return false }
      let rest = dropFirst(place.count)
      return rest.isEmpty || ["/", "@", "["].contains(rest.first)
    }
  }
}
