/// What an environment says of a component beside its definition (lifecycle.md §6.1, §6.4).
package enum Setting: Equatable, Sendable {
  /// Whether a plug-in step is enabled or a process activated.
  case isOn(Bool)
  /// The current value of an environment variable, kept with its definition.
  case value(String)
  /// The connection behind a connection reference.
  case connection(String)

  /// As a property of the component.
  package var path: String {
    switch self {
    case .isOn: "(state)"
    case .value: "(current value)"
    case .connection: "(connection)"
    }
  }

  package var text: String {
    switch self {
    case .isOn(let isOn): isOn ? "on" : "off"
    case .value(let text), .connection(let text): text
    }
  }

  /// nil for what is neither on nor off.
  package var isOn: Bool? {
    if case .isOn(let isOn) = self { isOn } else { nil }
  }
}
