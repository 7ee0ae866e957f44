internal import XML

extension ComponentKind {
  /// An address to which steps post.
  package static let serviceEndpoint = ComponentKind(
    95,
    "ServiceEndpoint",
    "Service endpoint",
    at: ["ServiceEndpoints/ServiceEndpoint"],
    key: { element, _ in .guid(element.attribute("ServiceEndpointId")) }
  )
}
