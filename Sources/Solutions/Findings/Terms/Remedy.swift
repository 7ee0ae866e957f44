/// A way to go on; each face spells it in its own way: as a command, as a button.
package enum Remedy: Hashable, Sendable {
  // Unmanaged work.
  /// Takes back the changes of the unmanaged layer.
  case reset(NamedComponent)
  /// Takes back the draft, which can be edited again.
  case resetDraft(NamedComponent)
  /// Deletes a component that is only unmanaged.
  case remove(NamedComponent)
  /// Changes properties of a component.
  case set(NamedComponent)
  case publish([NamedComponent])
  /// All that a solution lists.
  case publishSolution(SolutionName)
  case publishBeforeImport(NamedComponent)
  /// Lists a whole in a solution, so that it can list parts of it.
  case list(NamedComponent, in: SolutionName)
  /// Lists a table with chosen parts alone.
  case narrow(NamedComponent, in: SolutionName)
  /// Lifts the block of unmanaged work, which a managed package does not need.
  case allowUnmanaged
  /// Switches a step or a process on or off.
  case switchState
  /// Shows which properties a component has.
  case listPaths(NamedComponent)

  // Versions of solutions.
  case raiseVersion
  case importAsUpdate
  case stage
  /// A version of another solution that lacks what stands in the way, or none of that solution.
  case upgrade(SolutionName, without: Obstacle)
  case listInstalled
  /// Makes a publisher, with a prefix of one's choice.
  case newPublisher(PublisherName)
  /// Leads back to the state before an operation.
  case rollBack(to: Int)

  // What is needed and not there.
  /// Names the solutions that a target made of packages has.
  case provide
  /// Says which solutions or components a target made of packages has.
  case assumeOfTarget
  /// Takes what is missing as there.
  case assumePresent
  case dropReference(in: Place)
  case giveSettings(Settings)

  // Rows.
  /// Brings an entry of the trash back; a kind where the component has to be as it was.
  case restoreTrash(Incarnation.ID, whereAsBefore: String? = nil)
  case leaveInTrash
  case listTrash
  /// Builds the index of a key again, after its rows were put right.
  /// Whether a folder is to be the unmanaged package or the managed one.
  case chooseForm
  case activateKey(String, of: String)
  /// Names the alternate key by which rows are known.
  case nameKey
  case countRows
  /// Says what becomes of values that a column does not take.
  case mapValues

  // The environment.
  /// Tells whether it is damaged.
  case verify
  /// Tells what is damaged.
  case listDamage
  /// Waits until other operations have ended.
  case waitForTurn
  /// Goes on with a copy that was cut off, or takes away what it has left.
  case finishCopy(from: String, to: String)
  /// Names another place for what is to come there.
  case otherPlace(than: String)

  /// What no command does.
  case words(Phrase)

  package enum Obstacle: Hashable, Sendable {
    case reference
    case component
    /// The component, which nothing else holds.
    case componentAlone
  }

  package enum Place: Hashable, Sendable {
    case activeLayer
    case draft
    /// Before anything else is done.
    case activeLayerFirst
    case sameVersion
  }

  package enum Settings: Hashable, Sendable {
    case connections
    case values
    case fittingValue
    case lastingValue
  }
}

/// An error that knows a way to go on; a face spells it after what the error says.
package protocol RemediedError: ProseError {
  var remedy: Remedy? { get }
}

extension Remedy {
  /// Without a face, as histories keep it.
  package var plainWords: String {
    switch self {
    case .reset(let component): "take your changes of \(component.address) back"
    case .resetDraft(let component):
      "take the draft of \(component.address) back; then edit it again"
    case .remove(let component): "delete \(component.address)"
    case .set(let component): "change \(component.address)"
    case .publish(let components): "publish \(components.map(\.address).joined(separator: ", "))"
    case .publishSolution(let name): "publish what \(name) lists"
    case .publishBeforeImport(let component): "publish \(component.address) before the import"
    case .list(let whole, in: let solution): "add \(whole.address) to \(solution) first"
    case .narrow(let table, in: let solution):
      "first let \(solution) list \(table.address) with chosen parts alone, or remove the table"
    case .allowUnmanaged: "import a managed package, or allow unmanaged customizations"
    case .switchState: "activate or deactivate it"
    case .listPaths(let component): "look up the paths of \(component.address)"
    case .raiseVersion: "raise the version"
    case .importAsUpdate: "import as update"
    case .stage: "stage an upgrade"
    case .upgrade(let solution, without: .reference):
      "upgrade \(solution) to a version without the reference, or uninstall it"
    case .upgrade(let solution, without: .component):
      "first upgrade \(solution) to a version without it, or uninstall it"
    case .upgrade(let solution, without: .componentAlone):
      "upgrade \(solution) to a version without it, or uninstall \(solution)"
    case .listInstalled: "look up what is installed"
    case .newPublisher(let name): "make the publisher \(name) first"
    case .rollBack(let operation): "roll back to the state before operation \(operation)"
    case .provide: "add the solutions named to the target"
    case .assumeOfTarget: "say what the target has"
    case .assumePresent: "take what is missing as present"
    case .dropReference(in: .activeLayer):
      "remove the reference in the unmanaged layer, or that layer"
    case .dropReference(in: .draft): "remove the reference in the draft, or the draft itself"
    case .dropReference(in: .activeLayerFirst):
      "first remove the reference in the unmanaged layer, and publish that"
    case .dropReference(in: .sameVersion): "drop the reference in the same version"
    case .giveSettings(let settings): "give \(settings.words)"
    case .restoreTrash(let entry, _): "restore entry \(entry) of the trash"
    case .leaveInTrash: "leave it in the trash"
    case .listTrash: "look up what is in the trash"
    case .chooseForm: "say which of them is meant"
    case .activateKey(let key, let table): "put those rows right, then activate \(key) of \(table)"
    case .nameKey: "name an alternate key"
    case .countRows: "look up which tables there are"
    case .mapValues: "say what becomes of them"
    case .verify, .listDamage: "verify the environment"
    case .waitForTurn: "wait for its turn"
    case .finishCopy: "finish the copy, or take away what is there"
    case .otherPlace: "name another place, or take away what is there"
    case .words(let phrase): phrase.words
    }
  }
}

extension Remedy.Settings {
  package var words: String {
    switch self {
    case .connections: "connections"
    case .values: "the values"
    case .fittingValue: "a value that fits"
    case .lastingValue: "the value that is to stay"
    }
  }
}

extension [Remedy] {
  /// As one line: `this, or that`; with semicolons where one of them has a comma itself.
  ///
  /// - Parameter spelled: what a face makes of each.
  package func sentence(_ spelled: (Remedy) -> String = { $0.plainWords }) -> String? {
    let ways = map(spelled)
    guard let last = ways.last else { return nil }
    guard ways.count > 1 else { return last }
    guard !ways.contains(where: { $0.contains(",") || $0.contains(";") }) else {
      return ways.joined(separator: "; ")
    }
    return ways.dropLast().joined(separator: ", ") + ", or " + last
  }
}
