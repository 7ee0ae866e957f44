extension DescribedKind {
  /// Connection references; the connection behind one belongs to the environment (PF-621).
  static let connectionReference = DescribedKind(
    "connectionReferences",
    title: "a connection reference",
    step: 0,
    fields: [
      .text("displayName", ["connectionreferencedisplayname"], "what people see"),
      .text("description", ["description"], "what it is for"),
      Field(
        name: "connector",
        about: "the connector that it leads to, such as shared_office365",
        tell: Field.text(at: ["connectorid"], connector)
      ) { said, _ throws(Unsound) in
        let name = try said.name()
        return [.text(["connectorid"], name.hasPrefix("/") ? name : connectors + name)]
      },
    ],
    shorthand: "connector",
    id: { name, _ in ComponentID(.connectionReference, name.lowercased()) },
    tell: { _, reference in
      let path = reference.document.root.child("connectorid")?.text ?? ""
      return [path.isEmpty ? [] : [Said.Pair("connector", text: connector(at: path))]]
    },
    make: { making, part throws(Unsound) in try making.connectionReference(part) }
  )

  /// Where the platform keeps its connectors.
  private static let connectors = "/providers/Microsoft.PowerApps/apis/"

  private static func connector(at path: String) -> String {
    path.hasPrefix(connectors) ? String(path.dropFirst(connectors.count)) : path
  }
}

extension BlueprintMaking {
  fileprivate mutating func connectionReference(_ part: Blueprint.Part) throws(Unsound) {
    if !takeUp(part.id, at: part.line) {
      requirePrefix(part.id, part.name, at: part.line)
      guard part.value("connector") != nil else {
        throw Unsound(
          line: part.line,
          problem: "the connection reference \(part.name) needs a connector"
        )
      }
      put(part.id, .connectionReference(part.name), at: part.line)
    }
    try say(part, .connectionReference)
  }
}

extension Element {
  fileprivate static func connectionReference(_ name: String) -> Element {
    let facts = [
      ("connectionreferencedisplayname", name), ("connectorid", ""), ("iscustomizable", "1"),
      ("statecode", "0"), ("statuscode", "1"),
    ]
    return Element(
      "connectionreference",
      [("connectionreferencelogicalname", name)],
      children: facts.map { Element($0, text: $1) }
    )
  }
}
