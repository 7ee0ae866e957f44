internal import XML

/// A component of the solution's own with a prefix that is not its publisher's.
package struct ForeignPrefix: AuthoringRule {
  package static let kind = FindingKind(
    "strata.foreign-prefix",
    .warning,
    "CK-201",
    "What a solution brings is named with its publisher's prefix: with another one it was made under another publisher, and belongs to that one's solutions."
  )
  package static let source = "maker/create-solution; alm/solution-concepts-alm"

  let component: NamedComponent
  let prefix: String
  let publisherPrefix: String

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(component) has the prefix \(prefix), and the solution's publisher \(publisherPrefix)"
  }

  package var remedies: [Remedy] {
    [
      .words("make it anew in a solution of its publisher's"),
      .words("let this solution have the publisher whose prefix it is"),
    ]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    let own = package.manifest.publisher.prefix.lowercased()
    guard !own.isEmpty else { return [] }
    let foreign = package.package.components.compactMap { component -> (Component, String)? in
      guard package.owns(component.id), let prefix = customPrefix(of: component),
        prefix.lowercased() != own
      else { return nil }
      return (component, prefix)
    }
    let ids = Set(foreign.map(\.0.id))
    return foreign.compactMap { component, prefix in
      // Parts of a table that is told follow it.
      if let parent = component.parent, ids.contains(parent) { return nil }
      let content = ForeignPrefix(
        component: package.named(component),
        prefix: prefix,
        publisherPrefix: package.manifest.publisher.prefix
      )
      return Finding(content, at: component.location)
    }
  }

  /// Kinds whose names publishers make; relationships are named for tables as well, and connection references by flows.
  private static let named: Set<ComponentType> = [
    .entity, .attribute, .optionSet, .webResource, .environmentVariableDefinition, .entityKey,
  ]

  /// nil for names without one, and for what the platform makes with a table.
  private static func customPrefix(of component: Component) -> String? {
    guard named.contains(component.id.type) else { return nil }
    var name = component.name[...]
    if component.id.type == .attribute || component.id.type == .entityKey {
      name = name.split(separator: ".").last ?? name
      let flag = component.definition.element.text(of: "IsCustomField")
      if component.id.type == .attribute, flag != "1" || name.hasPrefix(processFlows) { return nil }
    }
    let prefix = name.prefix { $0 != "_" }
    // What is no prefix at all is a name from before there were any.
    guard prefix.endIndex != name.endIndex, (2...8).contains(prefix.count),
      prefix.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
    else { return nil }
    return String(prefix)
  }

  /// Of columns that the platform gives the table of a process flow.
  private static let processFlows = "bpf_"
}
