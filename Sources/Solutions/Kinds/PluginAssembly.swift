internal import XML

extension ComponentType {
  package static let pluginAssembly: ComponentType = 91
  package static let pluginType: ComponentType = 90
}

extension ComponentKind {
  /// A plug-in assembly.
  ///
  /// Versions that differ in build or revision are the same assembly (LC-603).
  package static let pluginAssembly = ComponentKind(
    .pluginAssembly,
    named: "PluginAssembly",
    title: "Plug-in assembly",
    at: ["SolutionPluginAssemblies/PluginAssembly"],
    key: { element, _ in .named(element.attribute("FullName").map { simpleName($0) }) },
    rootKey: .custom(
      { root in .named(root.schemaName.map { simpleName($0) }) },
      spelled: { component in
        let element = component.definition.element
        return Root(
          schemaName: element.attribute("FullName") ?? component.name,
          id: element.attribute("PluginAssemblyId").flatMap { GUID($0) },
          parentSchemaName: nil
        )
      }
    ),
    isRooted: { _ in true },
    folder: .named("PluginAssemblies"),
    headline: ["@FullName"]
  )

  /// A class of a plug-in assembly.
  package static let pluginType = ComponentKind(
    .pluginType,
    named: "PluginType",
    title: "Plug-in type",
    at: ["SolutionPluginAssemblies/PluginAssembly/PluginTypes/PluginType"],
    key: { element, assembly in
      guard let name = element.attribute("AssemblyQualifiedName").map({ simpleName($0) }) else {
        return nil
      }
      // Two assemblies may hold a class of the same name.
      let key = name.lowercased()
      return Key(key: assembly.map { "\($0.id.key)/\(key)" } ?? key, name: name)
    },
    rootKey: .custom(
      { root in
        root.schemaName.flatMap { name in
          pluginTypeID(name).map { Key(key: $0.key, name: name) }
        }
      },
      spelled: { component in
        Root(
          schemaName: component.definition.element.attribute("AssemblyQualifiedName")
            ?? component.name,
          id: nil,
          parentSchemaName: nil
        )
      }
    ),
    parent: .enclosing,
    // Custom APIs name it by id.
    alias: { ComponentID(.pluginType, guid: $0.definition.element.attribute("PluginTypeId")) }
  )
}

/// What stands before the first comma of an assembly-qualified name.
func simpleName(_ qualified: String) -> String {
  var name = qualified.utf8.prefix { $0 != UInt8(ascii: ",") }
  while name.last == UInt8(ascii: " ") { name = name.dropLast() }
  return String(Substring(name))
}

/// The plug-in type that an assembly-qualified name means.
package func pluginTypeID(_ qualified: String) -> ComponentID? {
  let names = qualified.split(separator: ",", maxSplits: 2).map { part in
    String(part.drop { $0 == " " }).lowercased()
  }
  guard names.count >= 2 else { return nil }
  return ComponentID(.pluginType, "\(names[1])/\(names[0])")
}
