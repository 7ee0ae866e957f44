/// Text with components and solutions in it as data: a face prints their names, links or ids.
package struct Phrase: Hashable, Sendable, ExpressibleByStringInterpolation {
  package enum Piece: Hashable, Sendable {
    case words(String)
    /// By its names: `Column “Priority” (fab_workorder.fab_priority)`.
    case component(NamedComponent)
    /// By its address: `Attribute:fab_workorder.fab_priority`.
    case address(NamedComponent)
    case solution(SolutionName)
  }

  package let pieces: [Piece]

  package init(stringLiteral words: String) { pieces = [.words(words)] }

  package init(_ words: String) { pieces = [.words(words)] }

  package init(stringInterpolation interpolation: StringInterpolation) {
    pieces = interpolation.pieces
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.words(literal)) }
    }

    package mutating func appendInterpolation(_ component: NamedComponent) {
      pieces.append(.component(component))
    }

    package mutating func appendInterpolation(address component: NamedComponent) {
      pieces.append(.address(component))
    }

    package mutating func appendInterpolation(_ solution: SolutionName) {
      pieces.append(.solution(solution))
    }

    package mutating func appendInterpolation(_ phrase: Phrase) { pieces += phrase.pieces }

    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      pieces.append(.words(value.description))
    }
  }

  /// Without links: names as they are.
  package var words: String {
    pieces.map { piece in
      switch piece {
      case .words(let words): words
      case .component(let component): component.spoken
      case .address(let component): component.address
      case .solution(let name): name.text
      }
    }.joined()
  }

  static func + (left: Phrase, right: Phrase) -> Phrase { "\(left)\(right)" }
}

/// A component as it is called.
package struct NamedComponent: Hashable, Sendable {
  package let id: ComponentID
  /// The kind as addresses spell it, `Attribute`.
  package let kind: String
  /// The kind as people call it, `Column`.
  package let title: String
  /// nil where nobody has stated it.
  package let name: String?
  package let displayName: String?

  package init(_ component: Component, _ kinds: ComponentKinds) {
    self.init(
      component.id,
      kinds,
      name: component.name,
      displayName: component.displayName
    )
  }

  package init(
    _ id: ComponentID,
    _ kinds: ComponentKinds,
    name: String?,
    displayName: String? = nil
  ) {
    self.id = id
    kind = kinds[id.type].name
    title = kinds[id.type].title
    self.name = name
    self.displayName = displayName
  }

  /// `Attribute:fab_workorder.fab_priority`.
  package var address: String { "\(kind):\(name ?? id.key)" }

  /// `Column “Priority” (fab_workorder.fab_priority)`.
  package var spoken: String {
    guard let name else { return "\(title) \(id.key)" }
    guard let displayName, !displayName.isEmpty, displayName != name else {
      return "\(title) \(name)"
    }
    return "\(title) “\(displayName)” (\(name))"
  }
}

extension Sequence<NamedComponent> {
  /// By address.
  var inOrder: [NamedComponent] { sorted { $0.address < $1.address } }

  /// Their addresses, sorted, one line each, with what people see: many addresses are GUIDs.
  var lines: [Phrase] {
    inOrder.map { component in
      guard let shown = component.displayName, !shown.isEmpty, shown != component.name else {
        return "\(address: component)"
      }
      return "\(address: component) “\(shown)”"
    }
  }
}

/// `1 component`, `14 components`.
func several(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
