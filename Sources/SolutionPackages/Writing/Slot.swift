import Solutions
import XML

/// What comes into one element of a document that is written: containers by name, and what stands in them.
final class Slot {
  struct Container {
    let name: String
    /// Told apart by these where several of one name stand side by side: lists of forms by type.
    let attributes: [(name: String, value: String)]?
    let slot: Slot
  }

  /// In the order in which they came.
  private(set) var containers: [Container] = []
  private(set) var pieces: [Piece] = []

  /// What stands there as a whole.
  enum Piece {
    case component(Export.Entry, ComponentKind.Steps)
    /// As it was read.
    case element(XMLElement)

    var name: String {
      switch self {
      case .component(let entry, _): entry.component.definition.element.name
      case .element(let element): element.name
      }
    }
  }

  func add(_ piece: Piece) { pieces.append(piece) }

  /// The container at a path, made where it is missing.
  ///
  /// - Parameter attributes: of the last one.
  func at(_ path: ArraySlice<String>, _ attributes: [(name: String, value: String)]? = nil) -> Slot
  {
    guard let name = path.first else { return self }
    let rest = path.dropFirst()
    let wanted = rest.isEmpty ? attributes : nil
    if let known = containers.first(where: {
      $0.name == name && ($0.attributes ?? []).elementsEqual(wanted ?? [], by: ==)
    }) {
      return known.slot.at(rest, attributes)
    }
    let made = Container(name: name, attributes: wanted, slot: Slot())
    containers.append(made)
    return made.slot.at(rest, attributes)
  }
}
