/// What an environment says of a component beside its definition (LC-601, LC-604).
package enum Setting: Equatable, Sendable {
  /// Whether a plug-in step is enabled or a process activated.
  case isOn(Bool)
  /// The current value of an environment variable, kept with its definition.
  case value(String)
  /// That of a secret one; it stays one until another value is set, whatever becomes of the variable.
  case secret(Secret)
  /// The connection behind a connection reference.
  case connection(Secret)

  /// As a property of the component.
  package var path: String {
    switch self {
    case .isOn: "(state)"
    case .value, .secret: "(current value)"
    case .connection: "(connection)"
    }
  }

  /// For people and documents.
  package var text: String {
    switch self {
    case .isOn(let isOn): isOn ? "on" : "off"
    case .value(let text): text
    case .secret(let secret), .connection(let secret): "\(secret)"
    }
  }

  /// nil for what may be told.
  package var secret: Secret? {
    switch self {
    case .isOn, .value: nil
    case .secret(let secret), .connection(let secret): secret
    }
  }

  /// nil for what is neither on nor off.
  package var isOn: Bool? {
    if case .isOn(let isOn) = self { isOn } else { nil }
  }
}

extension InstalledState {
  /// A component's setting as it may be told: the value of a variable that is secret is, however it came to be one.
  package func told(_ id: ComponentID) -> Setting? {
    guard case .value(let text)? = settings[id], isSecret(id) else { return settings[id] }
    return .secret(Secret(text, seal: seal))
  }

  /// A value of a variable as it is kept.
  func value(_ text: String, of id: ComponentID) -> Setting {
    isSecret(id) ? .secret(Secret(text, seal: seal)) : .value(text)
  }
}
