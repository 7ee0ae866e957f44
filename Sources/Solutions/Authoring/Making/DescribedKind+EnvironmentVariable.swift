extension DescribedKind {
  /// Environment variables; their values belong to the environment (PF-708, LC-604).
  static let environmentVariable = DescribedKind(
    "environmentVariables",
    title: "an environment variable",
    step: 0,
    fields: [
      text("displayName", "displayname", "what people see"),
      text("description", "description", "what it is for"),
      .word("type", ["type"], types, "what it holds; text where that is not said"),
      .text("default", ["defaultvalue"], "what it is where the environment has no value"),
      .flag("required", ["isrequired"], "whether it has to have a value"),
    ],
    own: [("value", "its value in this environment, which no package takes along")],
    shorthand: "default",
    id: { name, _ in ComponentID(.environmentVariableDefinition, name.lowercased()) },
    tell: { _, variable in
      guard case .value(let text)? = variable.setting,
        variable.document.root.child("type")?.text != VariableKind.secret.rawValue
      else { return [[]] }
      return [[Said.Pair("value", text: text)]]
    },
    make: { making, part throws(Unsound) in try making.variable(part) }
  )

  private static let types: KeyValuePairs = [
    "text": "100000000", "number": "100000001", "boolean": "100000002", "json": "100000003",
    "dataSource": "100000004", "secret": "100000005",
  ]

  /// Labels with one of them as the standard.
  private static func text(_ word: String, _ path: String, _ about: String) -> Field {
    Field(
      name: word,
      about: about,
      tell: { element, context in
        element.child(path).flatMap { Said(labels: $0.children, context) }
      },
      read: { said, context throws(Unsound) in
        let labels = try said.labels(context)
        let standard = labels[context.language].map { [Making.attribute([path], "default", $0)] }
        return (standard ?? []) + [.labels([path], label: "label", labels)]
      }
    )
  }
}

extension BlueprintMaking {
  fileprivate mutating func variable(_ part: Blueprint.Part) throws(Unsound) {
    if !takeUp(part.id, at: part.line) {
      requirePrefix(part.id, part.name, at: part.line)
      put(part.id, .variable(part.name, context), at: part.line)
    }
    try say(part, .environmentVariable)
    let type = element(part.id)?.child("type")?.text
    let kind = type.flatMap { VariableKind(rawValue: $0) } ?? .text
    for word in ["default", "value"] {
      guard let said = part.value(word) else { continue }
      let text = try said.text()
      guard kind != .secret || word == "default" else {
        throw said.unsound(
          "the value of the secret \(part.name) stands in no file; an import takes it from its settings"
        )
      }
      guard kind.fits(text) else {
        throw said.unsound("\(part.name) holds a \(kind.word), and “\(text)” is none")
      }
      if word == "value" { set(.value(text), of: part.id) }
    }
  }
}

extension Element {
  fileprivate static func variable(_ name: String, _ context: MakingContext) -> Element {
    let label = Element("label", [("description", name), ("languagecode", context.language)])
    let facts = [
      ("introducedversion", "1.0.0.0"), ("iscustomizable", "1"), ("isrequired", "0"),
      ("secretstore", "0"), ("type", "100000000"),
    ]
    return Element(
      "environmentvariabledefinition",
      [("schemaname", name)],
      children: [Element("displayname", [("default", name)], children: [label])]
        + facts.map { Element($0, text: $1) }
    )
  }
}
