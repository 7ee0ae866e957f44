internal import XML

extension Planner {
  /// LC-223: a type may disappear only if the assembly's major or minor version changed.
  mutating func checkPluginTypes(
    _ removed: Set<ComponentID>,
    package: SolutionPackage,
    reasonSubject: SolutionName
  ) {
    for id in removed.sorted() where id.type == .number(90) {
      guard let type = stepStart.stacks[id]?.top.component, let assembly = type.parent,
        let old = stepStart.stacks[assembly]?.top.component.assemblyVersion,
        let new = package.components.first(where: { $0.id == assembly })?.assemblyVersion,
        old.hasSameMajorMinor(as: new)
      else { continue }
      tell(PluginTypeGone(type: NamedComponent(type, kinds), assemblyVersion: new))
    }
  }
}

extension Component {
  fileprivate var assemblyVersion: SolutionVersion? {
    let name = definition.element.attribute("FullName") ?? ""
    return name.split(separator: ",").lazy.map { $0.drop { $0 == " " } }
      .first { $0.hasPrefix("Version=") }
      .flatMap { SolutionVersion(String($0.dropFirst("Version=".count))) }
  }
}
