internal import XML

extension ComponentType {
  package static let serviceEndpoint: ComponentType = 95
}

extension ComponentKind {
  /// An address to which steps post.
  package static let serviceEndpoint = ComponentKind(
    .serviceEndpoint,
    named: "ServiceEndpoint",
    title: "Service endpoint",
    at: ["ServiceEndpoints/ServiceEndpoint"],
    key: { element, _ in .guid(element.attribute("ServiceEndpointId")) },
    rootKey: .guid,
    isRooted: { _ in true }
  )
}

extension XMLElement {
  /// Where a web hook posts; nil for endpoints of other kinds.
  var webhookAddress: String? {
    guard text(of: "Contract") == "8" else { return nil }
    return text(of: "Url") ?? text(of: "NamespaceAddress")
  }
}
