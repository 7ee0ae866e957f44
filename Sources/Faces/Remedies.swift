package import Contract
package import Solutions

/// What to do next, as commands and options of this program.
package enum Remedies {
  package static func sentence(of finding: Finding) -> String? {
    finding.remedies.sentence { spelled($0) }
  }

  package static func spelled(_ remedy: Remedy) -> String {
    switch remedy {
    case .reset(let component):
      "strata customize reset \(component.address) takes only your changes back"
    case .resetDraft(let component):
      "strata customize reset \(component.address) takes the draft back; then edit it anew"
    case .remove(let component): "strata customize remove \(component.address) deletes it"
    case .set(let component):
      "strata customize set \(component.address) PATH=VALUE changes it"
    case .publish(let components):
      "strata publish \(components.map(\.address).joined(separator: " "))"
    case .publishSolution(let name): "strata publish --solution \(name)"
    case .publishBeforeImport(let component):
      "publish them before the import, if they are to stay: strata publish \(component.address)"
    case .list(let whole, in: let solution):
      "add it first: strata components add \(solution) \(whole.address)\(whole.kind == "Entity" ? " --behavior shell" : "")"
    case .narrow(let table, in: let solution):
      "list chosen parts alone first: strata components add \(solution) \(table.address) --behavior metadata"
    case .allowUnmanaged:
      "import a managed package, or let them in: strata customize block off"
    case .switchState: "strata activate or strata deactivate switches it"
    case .listPaths(let component): "strata blame \(component.address) lists the paths"
    case .stage: "stage one: strata import PACKAGE --action stage"
    case .listInstalled: "strata list shows what is installed"
    case .newPublisher(let name): "make it first: strata new publisher \(name) --prefix PREFIX"
    case .rollBack(let operation): "to go further back: strata rollback \(operation)"
    case .provide: "add the solutions named with --against"
    case .assumeOfTarget:
      "say with --assume-solution or --assume-present what the target has"
    case .assumePresent: "say --assume-present"
    case .dropReference(in: .draft):
      "remove the reference in the draft, or the draft itself (strata customize reset or remove)"
    case .giveSettings(let settings): "give \(settings.words) with --settings-file"
    case .restoreTrash(let entry, whereAsBefore: nil):
      "strata trash restore \(entry) brings them back"
    case .restoreTrash(let entry, let kind?):
      "strata trash restore \(entry) brings them back where the \(kind) is as it was when they were written"
    case .leaveInTrash: "--no-data leaves it in the trash"
    case .listTrash: "strata trash list shows what is there"
    case .activateKey(let key, let table):
      "put those rows right, then: strata rows activate \(table) \(key)"
    case .chooseForm: "--package-type managed takes it as the managed one"
    case .nameKey: "or name an alternate key with --key"
    case .countRows: "strata rows count names them all"
    case .mapValues: "say what becomes of them in a mapping file (--map)"
    case .verify: "strata verify shows whether the environment is damaged"
    case .listDamage: "strata verify"
    case .waitForTurn: "--wait SECONDS waits for its turn"
    case .finishCopy(let source, let target):
      "strata environment copy \(source.word) \(target.word) goes on with it, strata environment drop \(target.word) takes it away"
    case .otherPlace(let place):
      "name another place, or take it away first: strata environment drop \(place.word)"
    // What is done to solutions and packages themselves reads the same everywhere.
    case .raiseVersion, .importAsUpdate, .upgrade, .dropReference, .words: remedy.plainWords
    }
  }
}

extension PlanShape {
  /// With what to do next as commands.
  package init(_ plan: Plan, kinds: ComponentKinds) {
    self.init(plan, kinds: kinds, spelled: Remedies.spelled)
  }
}
