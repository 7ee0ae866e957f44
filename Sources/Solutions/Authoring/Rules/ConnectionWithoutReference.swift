internal import JSON

/// A flow that is bound to a connection itself, so that no import can give it another.
package struct ConnectionWithoutReference: AuthoringRule {
  package static let kind = FindingKind(
    "strata.connection-without-reference",
    .warning,
    "CK-404",
    "A flow uses connections by connection references: only those can be given a connection when the package is imported."
  )
  package static let source = "maker/create-connection-reference"

  let flow: NamedComponent
  /// The flow's own names for them, sorted.
  let connections: [String]

  package var subject: Subject { .component(flow) }

  package var text: Phrase {
    "\(flow) uses \(several(connections.count, "connection")) without a connection reference"
  }

  package var because: [Phrase] { connections.map { Phrase($0) } }

  package var remedies: [Remedy] {
    [.words("open the flow in the solution and let it use connection references")]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    package.package.components.filter { $0.id.type == .workflow && package.owns($0.id) }
      .compactMap { flow in
        for part in flow.definition.parts where part.path.hasSuffix(".json") {
          let connections = bare(in: part.content ?? [])
          guard !connections.isEmpty else { continue }
          return Finding(
            ConnectionWithoutReference(flow: package.named(flow), connections: connections),
            at: Location(file: part.path, line: 1)
          )
        }
        return nil
      }
  }

  /// What is no JSON is told where it is read.
  private static func bare(in content: [UInt8]) -> [String] {
    let root: JSONValue
    do {
      root = try JSONDocument(content).root
    } catch {
      return []
    }
    let connections = root["properties"]?["connectionReferences"] ?? root["connectionReferences"]
    return (connections?.members.map { ($0.key, $0.value) } ?? []).filter { _, value in
      value.kind == .object && value["connection"]?["connectionReferenceLogicalName"] == nil
    }.map(\.0).sorted()
  }
}
