/// A script that uses what the platform has given up.
package struct OutdatedScript: AuthoringRule {
  package static let kind = FindingKind(
    "strata.outdated-script",
    .info,
    "CK-502",
    "Scripts use what the platform supports: the form by the execution context in place of Xrm.Page, and the Web API in place of the services of 2011."
  )
  package static let source = "dev"

  let script: NamedComponent
  let what: String
  let instead: String

  package var subject: Subject { .component(script) }

  package var text: Phrase { "\(script) uses \(what), which the platform has given up" }

  package var remedies: [Remedy] { [.words("use \(instead)")] }

  private static let outdated: [(text: String, what: String, instead: String)] = [
    ("Xrm.Page.", "Xrm.Page", "the form context of the execution context"),
    ("/2011/Organization.svc", "the SOAP service of 2011", "the Web API"),
    ("/2011/OrganizationData.svc", "the OData service of 2011", "the Web API"),
  ]

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    package.textFiles.flatMap { text -> [Finding] in
      guard ScriptKind(text.component)?.hasScript == true else { return [] }
      return outdated.compactMap { needle, what, instead in
        guard let offset = text.bytes.offset(of: Array(needle.utf8)) else { return nil }
        let content = OutdatedScript(
          script: package.named(text.component),
          what: what,
          instead: instead
        )
        return Finding(content, at: text.location(at: offset))
      }
    }
  }
}

extension [UInt8] {
  /// Of the first place.
  fileprivate func offset(of needle: [UInt8]) -> Int? {
    withUnsafeBufferPointer { text in
      guard let first = needle.first, text.count >= needle.count else { return nil }
      for offset in 0...text.count - needle.count
      where text[offset] == first
        && text[offset..<offset + needle.count].elementsEqual(needle)
      {
        return offset
      }
      return nil
    }
  }
}
