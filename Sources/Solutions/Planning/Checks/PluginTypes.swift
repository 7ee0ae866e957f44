internal import XML

/// What an upgrade no longer has of the solution, and the package that it comes from.
struct Upgraded: Sendable {
  let package: SolutionPackage
  let removed: Set<ComponentID>
}

extension Checks {
  /// LC-223: a type may disappear only if the assembly's major or minor version changed.
  static let pluginTypes = Check<Upgraded>("plug-in types") { upgraded, context in
    upgraded.removed.sorted().compactMap { id in
      guard id.type == .pluginType, let type = context.stepStart.stacks[id]?.top.component,
        let assembly = type.parent,
        let old = context.stepStart.stacks[assembly]?.top.component.assemblyVersion,
        let new = upgraded.package.components.first(where: { $0.id == assembly })?
          .assemblyVersion,
        old.hasSameMajorMinor(as: new)
      else { return nil }
      return Finding(
        PluginTypeGone(type: NamedComponent(type, context.kinds), assemblyVersion: new)
      )
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
