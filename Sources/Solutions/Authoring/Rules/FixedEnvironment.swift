/// The address of one environment in a script or a flow.
package struct FixedEnvironment: AuthoringRule {
  package static let kind = FindingKind(
    "strata.fixed-environment",
    .warning,
    "CK-403",
    "A package works in every environment: the address of one in a script or a flow leads back to where it was made."
  )
  package static let source = "maker/environmentvariables"

  let component: NamedComponent
  let host: String

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(component) has the address of one environment, \(host)" }

  package var remedies: [Remedy] {
    [.words("ask the client for the address, or keep it in an environment variable")]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    (package.textFiles + package.configurations).flatMap { text -> [Finding] in
      // A value belongs to an environment, and is told as such.
      guard text.component.id.type != ComponentKind.environmentVariableValue.type else { return [] }
      return hosts(in: text.bytes).map { host, offset in
        let content = FixedEnvironment(component: package.named(text.component), host: host)
        return Finding(content, at: text.location(at: offset))
      }
    }
  }

  /// Names in examples and comments.
  private static let dummies: Set<String> = [
    "org", "orgname", "yourorg", "your-org", "myorg", "organization", "yourorganization", "contoso",
    "fabrikam", "example", "sample", "test", "www", "xxx", "xxxx",
  ]

  /// `name.crm4.dynamics.com` and `name.api.crm4.dynamics.com`, each once.
  static func hosts(in bytes: [UInt8]) -> [(host: String, offset: Int)] {
    let ending = Array(".dynamics.com".utf8)
    var found: [(String, Int)] = []
    var seen: Set<String> = []
    bytes.withUnsafeBufferPointer { text in
      guard text.count > ending.count else { return }
      for offset in 0..<text.count - ending.count
      where text[offset] == ending[0] && text[offset + 1] == ending[1]
        && text[offset..<offset + ending.count].elementsEqual(ending)
      {
        var start = offset
        while start > 0, text[start - 1].isOfHost { start -= 1 }
        let labels = String(decoding: text[start..<offset], as: UTF8.self).lowercased()
          .split(separator: ".", omittingEmptySubsequences: false)
        // The Web API has a host of its own: name.api.crm4.dynamics.com.
        let region = labels.dropFirst().first { $0 != "api" } ?? ""
        guard let name = labels.first, name.count > 1,
          region.hasPrefix("crm"), region.dropFirst(3).allSatisfy(\.isNumber),
          !dummies.contains(String(name)), start >= 3,
          text[start - 3..<start].elementsEqual("://".utf8)
        else { continue }
        let host = labels.joined(separator: ".") + ".dynamics.com"
        if seen.insert(host).inserted { found.append((host, start)) }
      }
    }
    return found
  }
}

extension UInt8 {
  fileprivate var isOfHost: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
      || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
  }
}
