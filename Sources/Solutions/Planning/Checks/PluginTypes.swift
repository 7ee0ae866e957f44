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
  static let formerVersions = Check<[Change]>("former versions") { _, context in
    let kind = ComponentKind.pluginAssembly.type
    return context.before.stacks.keys.filter { $0.type == kind }.sorted().compactMap { id in
      guard let stack = context.state.stacks[id], stack != context.before.stacks[id],
        let version = stack.top.component.assemblyVersion
      else { return nil }
      let kept = stack.layers.compactMap(\.component.assemblyVersion)
      let former = (context.before.stacks[id]?.layers ?? []).compactMap(\.component.assemblyVersion)
        .first { old in !kept.contains { $0.hasSameMajorMinor(as: old) } }
      guard let former else { return nil }
      let steps = context.state.stacks.values.map(\.top).filter { layer in
        guard layer.component.id.type == ComponentKind.sdkMessageProcessingStep.type,
          let type = layer.component.definition.element.text(of: "PluginTypeName"),
          pluginTypeID(type)?.key.hasPrefix("\(id.key)/") == true
        else { return false }
        return versionOf(type)?.hasSameMajorMinor(as: former) == true
      }
      guard !steps.isEmpty else { return nil }
      let content = StepsOfFormerVersion(
        assembly: context.named(id),
        former: former,
        version: version,
        steps: steps.map {
          StepsOfFormerVersion.Step(step: context.named($0.component), solution: $0.solution)
        }
      )
      return Finding(content, at: context.location(of: id))
    }
  }
}

extension Component {
  fileprivate var assemblyVersion: SolutionVersion? {
    definition.element.attribute("FullName").flatMap { versionOf($0) }
  }
}

/// What an assembly-qualified name says of the version.
private func versionOf(_ name: String) -> SolutionVersion? {
  name.split(separator: ",").lazy.map { $0.drop { $0 == " " } }
    .first { $0.hasPrefix("Version=") }
    .flatMap { SolutionVersion(String($0.dropFirst("Version=".count))) }
}
