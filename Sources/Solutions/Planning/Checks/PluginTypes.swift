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

  /// LC-603: another major or minor version is another assembly, and steps name the one that they run on.
  ///
  /// A warning: assemblies are known by their simple names here, so that the former one gives way to the new.
  static let formerVersions = Check<Upgraded>("former versions") { upgraded, context in
    let assemblies = upgraded.package.components.filter {
      $0.id.type == ComponentKind.pluginAssembly.type
    }
    return assemblies.compactMap { assembly in
      guard let new = assembly.assemblyVersion,
        let old = context.stepStart.stacks[assembly.id]?.top.component.assemblyVersion,
        !old.hasSameMajorMinor(as: new)
      else { return nil }
      let steps = context.state.stacks.values.filter { stack in
        let step = stack.top.component
        guard step.id.type == ComponentKind.sdkMessageProcessingStep.type,
          !upgraded.package.members.contains(step.id),
          let type = step.definition.element.text(of: "PluginTypeName"),
          let id = pluginTypeID(type), id.key.hasPrefix("\(assembly.id.key)/")
        else { return false }
        return version(in: type)?.hasSameMajorMinor(as: old) == true
      }
      guard !steps.isEmpty else { return nil }
      let content = StepsOfFormerVersion(
        assembly: context.named(assembly),
        former: old,
        version: new,
        steps: steps.map {
          StepsOfFormerVersion.Step(
            step: context.named($0.top.component),
            solution: $0.top.solution
          )
        }
      )
      return Finding(content, at: assembly.location)
    }
  }
}

extension Component {
  fileprivate var assemblyVersion: SolutionVersion? {
    definition.element.attribute("FullName").flatMap { version(in: $0) }
  }
}

/// What an assembly-qualified name says of the version.
private func version(in name: String) -> SolutionVersion? {
  name.split(separator: ",").lazy.map { $0.drop { $0 == " " } }
    .first { $0.hasPrefix("Version=") }
    .flatMap { SolutionVersion(String($0.dropFirst("Version=".count))) }
}
