internal import XML

extension Checks {
  /// A column is bound to a global choice that the package or the target has (errors.md D, ImportOptionSetAttributeError).
  ///
  /// The platform's own choices have no custom prefix, or the name of one of its tables before them; nobody lists them.
  static let choices = Check<WrittenPackage>("choices of columns") { written, context in
    guard !context.options.assumesPresent else { return [] }
    let needed = Set(written.package.manifest.missingDependencies.compactMap(\.required.id))
    return written.package.components.compactMap { component in
      guard written.touched.contains(component.id),
        context.kinds[component.id.type].physical == .column,
        let choice = component.definition.globalChoice, context.state.standing(choice) == nil,
        !needed.contains(choice), !choice.isChoiceOfPlatform
      else { return nil }
      let content = ChoiceMissing(
        column: context.named(component.id),
        choice: choice.key,
        isStrict: context.options.isStrict
      )
      return Finding(content, at: component.location)
    }
  }
}

extension Definition {
  /// The global choice that a column takes its options from.
  package var globalChoice: ComponentID? {
    element.text(of: "OptionSetName").flatMap { $0.isEmpty ? nil : .optionSet($0) }
  }
}

extension ComponentID {
  /// By its name only: `incident_caseorigincode`, `budgetstatus`.
  fileprivate var isChoiceOfPlatform: Bool {
    guard let end = key.firstIndex(of: "_") else { return true }
    return SystemBaseline.contains(.entity(String(key[..<end])))
  }
}

extension InstalledState {
  /// The options that a column or choice has, of its own or of the choice it is bound to; nil where nobody has shown them.
  func options(of id: ComponentID, kinds: ComponentKinds) -> [(value: String, label: String)]? {
    guard let stack = stacks[id], stack.isKnown else { return nil }
    let definition = stack.effective(kinds[id.type].merge).definition
    if let list = Choices.list(of: definition) {
      return list.children.compactMap { option in
        option.attribute("value").map {
          ($0, option.child("labels")?.child("label")?.attribute("description") ?? "")
        }
      }
    }
    guard let choice = definition.globalChoice, choice != id else { return nil }
    return options(of: choice, kinds: kinds)
  }
}
