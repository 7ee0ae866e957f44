import Dataverse
import Testing

@Suite("Addresses of services")
struct ServiceAddressTests {
  @Test(
    "An address is HTTPS and a host; plain HTTP only on this machine",
    arguments: [
      ("https://contoso.crm.dynamics.com/", "https://contoso.crm.dynamics.com"),
      ("HTTPS://Contoso.crm4.dynamics.com", "https://contoso.crm4.dynamics.com"),
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
      ("http://contoso.crm.dynamics.com", nil), ("https://", nil), ("contoso", nil),
      ("https://user@contoso.com", nil), ("https://contoso.com/path", nil),
      ("https://contoso.com:x", nil), ("file://contoso", nil),
    ]
  )
  func addresses(text: String, origin: String?) {
    #expect(ServiceAddress(text)?.origin == origin)
  }
}
