/// The attribute that keeps the type that a value had in JSON (docs/canonical-form.md).
package enum TypeMark {
  /// Of the element's own value.
  package static let name = "json-type"

  /// Of the value of one of its attributes.
  package static func name(of attribute: String) -> String { "\(name)-\(attribute)" }
}
