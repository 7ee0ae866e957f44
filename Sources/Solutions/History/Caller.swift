/// Who asks for something to be done; goes with each request.
package struct Caller: Hashable, Sendable {
  package let name: String
  package let face: Face
  /// Where whoever asked is connected from; nil on this machine.
  package let address: String?

  /// Through what somebody asks.
  package enum Face: String, CaseIterable, Sendable {
    case commandLine = "command line"
    case api = "API"
    case pages
  }

  package init(_ name: String, through face: Face, from address: String? = nil) {
    self.name = name
    self.face = face
    self.address = address
  }
}

extension Caller: CustomStringConvertible {
  /// As the history has it: `anna` on the command line, else `anna (API, 10.0.0.7)`.
  package var description: String {
    let details = (face == .commandLine ? [] : [face.rawValue]) + (address.map { [$0] } ?? [])
    return details.isEmpty ? name : "\(name) (\(details.joined(separator: ", ")))"
  }
}
