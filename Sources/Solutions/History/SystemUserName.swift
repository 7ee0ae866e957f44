/// By what a user of an environment is known to those who vouch for whoever asks.
package enum SystemUserName: Equatable, Sendable {
  case id(GUID)
  /// `domainname`, without regard to case.
  case domain(String)
  /// As a directory knows people and programs (`azureactivedirectoryobjectid`, `applicationid`).
  case directory(object: GUID?, application: GUID?)

  /// A GUID is an id, everything else a domain name.
  package init(_ text: String) { self = GUID(text).map { .id($0) } ?? .domain(text) }
}

extension SystemUserName: CustomStringConvertible {
  package var description: String {
    switch self {
    case .id(let id): id.description
    case .domain(let name): name.shown(200)
    case .directory(let object, let application): (object ?? application)?.description ?? "nobody"
    }
  }
}
