internal import XML

/// What a file of settings can give values to, in packages.
package struct SettableComponents: Sendable {
  package struct Variable: Sendable {
    package let component: Component
    /// Whether there is a value without any settings: a default, or one that the package brings along.
    package let hasValue: Bool
    let isRequired: Bool
    let kind: VariableKind?
  }

  package struct Connection: Sendable {
    package let component: Component
    /// `/providers/Microsoft.PowerApps/apis/shared_office365`; nil where the package does not say.
    package let connector: String?
  }

  /// By name, each once.
  package let variables: [Variable]
  package let connections: [Connection]

  package init(of packages: [SolutionPackage]) {
    let components = packages.flatMap(\.components).filter { !$0.isReference }
    func all(_ type: ComponentType) -> [Component] {
      var seen: Set<ComponentID> = []
      return components.filter { $0.id.type == type && seen.insert($0.id).inserted }
        .sorted { $0.name < $1.name }
    }
    let brought = Set(
      components.filter { $0.id.type == ComponentKind.environmentVariableValue.type }.map(\.id.key)
    )
    variables = all(.environmentVariableDefinition).map { component in
      let element = component.definition.element
      let standard = element.text(of: "defaultvalue") ?? element.text(of: "DefaultValue") ?? ""
      let isRequired = element.text(of: "isrequired") ?? element.text(of: "IsRequired")
      return Variable(
        component: component,
        hasValue: !standard.isEmpty || brought.contains(component.id.key),
        isRequired: isRequired == "1",
        kind: component.definition.variableKind
      )
    }
    connections = all(.connectionReference).map {
      Connection(component: $0, connector: $0.definition.element.text(of: "connectorid"))
    }
  }
}

/// A file of settings as it is written: blanks and doubles, too.
package struct SettingsEntries: Sendable {
  package let variables: [(name: String, value: String?)]
  package let connections: [(name: String, id: String?, connector: String?)]

  package init(
    variables: [(name: String, value: String?)],
    connections: [(name: String, id: String?, connector: String?)]
  ) {
    self.variables = variables
    self.connections = connections
  }

  /// What is to be said of the file before packages are imported with it, sorted.
  ///
  /// Names are compared without regard to case.
  package func findings(
    against settable: SettableComponents,
    kinds: ComponentKinds = .standard
  ) -> [Finding] {
    let values = Dictionary(variables.map { ($0.name.lowercased(), $0.value ?? "") }) { first, _ in
      first
    }
    let ids = Dictionary(connections.map { ($0.name.lowercased(), $0) }) { first, _ in first }
    var findings = doubles() + unknown(settable)
    for variable in settable.variables {
      let named = NamedComponent(variable.component, kinds)
      let value = values[variable.component.id.key] ?? ""
      if value.isEmpty, !variable.hasValue {
        findings.append(
          Finding(SettingMissing(component: named, isRequired: variable.isRequired))
        )
      } else if !value.isEmpty, let kind = variable.kind, !kind.fits(value) {
        findings.append(Finding(SettingUnfit(variable: named, kind: kind)))
      }
    }
    for connection in settable.connections {
      let named = NamedComponent(connection.component, kinds)
      let given = ids[connection.component.id.key]
      if given?.id?.isEmpty ?? true {
        findings.append(Finding(SettingMissing(component: named, isRequired: false)))
      }
      if let wanted = connection.connector, let connector = given?.connector, !connector.isEmpty,
        connector.lowercased() != wanted.lowercased()
      {
        findings.append(
          Finding(OtherConnector(reference: named, given: connector, wanted: wanted))
        )
      }
    }
    return findings.sorted()
  }

  private func doubles() -> [Finding] {
    func twice(_ names: [String], _ what: String) -> [Finding] {
      Dictionary(grouping: names, by: { $0.lowercased() }).filter { $0.value.count > 1 }.map {
        Finding(SettingTwice(name: $0.value[0], kindTitle: what))
      }
    }
    return twice(variables.map(\.name), "environment variable")
      + twice(connections.map(\.name), "connection reference")
  }

  private func unknown(_ settable: SettableComponents) -> [Finding] {
    func unknown(_ names: [String], _ known: Set<String>, _ what: String) -> [Finding] {
      Set(names).filter { !known.contains($0.lowercased()) }.map {
        Finding(UnknownSetting(name: $0, kindTitle: what, isOfPackages: true))
      }
    }
    return unknown(
      variables.map(\.name),
      Set(settable.variables.map(\.component.id.key)),
      "environment variable"
    )
      + unknown(
        connections.map(\.name),
        Set(settable.connections.map(\.component.id.key)),
        "connection reference"
      )
  }
}
