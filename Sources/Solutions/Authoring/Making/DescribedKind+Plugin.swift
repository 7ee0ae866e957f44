extension DescribedKind {
  /// Plug-in assemblies with their classes, and what these are registered for.
  static let assembly = DescribedKind(
    "pluginAssemblies",
    title: "a plug-in assembly",
    step: 0,
    fields: [
      .word(
        "isolation",
        ["IsolationMode"],
        ["none": "1", "sandbox": "2"],
        "where it runs"
      )
    ],
    own: [
      ("file", "the assembly, a file below the folder of this one"),
      ("version", "its version, 1.0.0.0 where that is not said"),
      ("culture", "its culture, neutral where that is not said"),
      ("publicKeyToken", "its public key token; null where it is not signed"),
    ],
    nested: [pluginType],
    id: { name, _ in ComponentID(.pluginAssembly, name.lowercased()) },
    content: { assembly in
      assembly.document.parts.first.map { (".dll", DescribedFiles.Content.part($0.part)) }
    },
    tell: { telling, assembly in
      let facts = (assembly.document.root.attribute("FullName") ?? "").split(separator: ",")
        .dropFirst().map { $0.drop { $0 == " " } }
      let words = AssemblyFact.all.compactMap { fact -> Said.Pair? in
        let known = facts.first { $0.hasPrefix("\(fact.name)=") }?.dropFirst(fact.name.count + 1)
        guard let known, known != fact.standard else { return nil }
        return Said.Pair(fact.word, text: String(known))
      }
      return [telling.file(of: assembly) + words]
    },
    make: { making, part throws(Unsound) in try making.assembly(part) }
  )

  /// Classes of an assembly.
  private static let pluginType = DescribedKind(
    "types",
    title: "a class of an assembly",
    step: 1,
    fields: [.text("friendlyName", ["FriendlyName"], "what tools call it")],
    nested: [step],
    id: { name, assembly in
      ComponentID(.pluginType, "\(assembly?.id.key ?? "")/\(name.lowercased())")
    },
    tell: { _, _ in [[]] },
    make: { making, part throws(Unsound) in try making.pluginType(part) }
  )

  /// What a class is registered for.
  private static let step = DescribedKind(
    "steps",
    title: "a step",
    step: 3,
    fields: [
      .text("description", ["Description"], "what it is for"),
      .text("configuration", ["Configuration"], "what the class is given"),
      .whole("rank", ["Rank"], 1...2_147_483_647, "its place among those of the same stage"),
      .word(
        "stage",
        ["Stage"],
        ["preValidation": "10", "preOperation": "20", "postOperation": "40"],
        "when it runs; postOperation where that is not said"
      ),
      .flag("background", ["Mode"], "whether it runs by itself, and nobody waits for it"),
      .flag(
        "deleteWhenDone",
        ["AsyncAutoDelete"],
        "whether a run in the background is forgotten when it went well"
      ),
    ],
    own: [
      (
        "message",
        "what it runs on: Create, Update, Delete, or the name of another message, or its id"
      ),
      ("table", "the table whose rows it is about; without it, those of all"),
      ("columns", "columns of which one has to change"),
      ("state", "whether it runs in this environment: on, off; on where it is new"),
      ("id", "its id, where the name does not give it"),
    ],
    nested: [stepImage],
    id: { name, type in
      ComponentID(
        ComponentKind.sdkMessageProcessingStep.type,
        madeID("step", "\(type?.id.key ?? "") \(name)")
      )
    },
    names: { part in
      guard let table = Said.word("table", in: part.said)?.lowercased() else { return [] }
      let columns = part.value("columns")?.textsIfAny ?? []
      return Set([.entity(table)] + columns.map { .attribute(table, $0.lowercased()) })
    },
    tell: { _, step in [step.wordsOfStep] },
    make: { making, part throws(Unsound) in try making.step(part) }
  )

  /// The ids of messages that every environment has.
  fileprivate static let messages = Dictionary(
    uniqueKeysWithValues: RowEvent.Message.allCases.map { ($0.rawValue.lowercased(), $0.id) }
  )

  fileprivate static func say(
    _ part: Blueprint.Part,
    in making: inout BlueprintMaking
  ) throws(Unsound) {
    guard case .described(let kind) = part.subject else { return }
    try making.say(part, kind)
  }
}

extension BlueprintMaking {
  fileprivate mutating func assembly(_ part: Blueprint.Part) throws(Unsound) {
    if !takeUp(part.id, at: part.line) {
      guard part.value("file") != nil else {
        throw Unsound(line: part.line, problem: "the plug-in assembly \(part.name) needs a file")
      }
      put(part.id, try .assembly(part), at: part.line)
    }
    let words = ["version", "culture", "publicKeyToken"]
    if words.contains(where: { part.value($0) != nil }), let former = element(part.id) {
      let name = try part.fullName(former.attribute("FullName"))
      say(.attribute([], "FullName", name), of: part.id, at: part.line)
    }
    try DescribedKind.say(part, in: &self)
    guard let file = part.value("file"), let path = element(part.id)?.child("FileName")?.text
    else { return }
    put(try context.files.part(at: file, as: path.droppingSlash), into: part.id)
  }

  fileprivate mutating func pluginType(_ part: Blueprint.Part) throws(Unsound) {
    guard let assembly = part.scope?.id, let full = element(assembly)?.attribute("FullName") else {
      return
    }
    let name = "\(part.name), \(full)"
    if takeUp(part.id, at: part.line) {
      say(.attribute([], "AssemblyQualifiedName", name), of: part.id, at: part.line)
    } else {
      let id = DescribedKind.madeID("plugintype", part.id.key)
      let friendly = DescribedKind.madeID("friendlyname", part.id.key)
      let type = Element(
        "PluginType",
        [
          ("AssemblyQualifiedName", name), ("PluginTypeId", id.description), ("Name", part.name),
        ],
        children: [Element("FriendlyName", text: friendly.description)]
      )
      put(part.id, type, in: assembly, at: part.line)
    }
    try DescribedKind.say(part, in: &self)
  }

  fileprivate mutating func step(_ part: Blueprint.Part) throws(Unsound) {
    guard let type = part.scope?.id, let element = element(type) else { return }
    let isNew = !takeUp(part.id, at: part.line)
    let name = element.attribute("AssemblyQualifiedName") ?? ""
    if isNew {
      guard part.value("message") != nil else {
        throw Unsound(line: part.line, problem: "the step \(part.name) needs a message")
      }
      put(part.id, .step(part, of: name, element.attribute("PluginTypeId")), at: part.line)
    } else {
      say(.text(["PluginTypeName"], name), of: part.id, at: part.line)
    }
    if let message = part.value("message") { try say(message, of: part.id) }
    if let said = part.value("table") {
      let table = try said.name().lowercased()
      guard isThere(.entity(table)) else { throw said.unsound("there is no table \(table)") }
      say(.text(["PrimaryEntity"], table), of: part.id, at: said.line)
    }
    if let said = part.value("columns") {
      let names = try said.items().map { item throws(Unsound) in try item.name().lowercased() }
      guard let table = self.element(part.id)?.child("PrimaryEntity")?.text, !table.isEmpty else {
        throw said.unsound("a step has columns where it has a table")
      }
      try requireColumns(names.map { ($0, said.line) }, of: .entity(table), at: said.line)
      let text = names.joined(separator: ",")
      say(.text(["FilteringAttributes"], text), of: part.id, at: said.line)
    }
    try DescribedKind.say(part, in: &self)
    guard isNew || part.value("state") != nil else { return }
    set(.isOn(try part.value("state")?.word(["on", "off"]) != "off"), of: part.id)
  }

  private mutating func say(_ message: Said, of step: ComponentID) throws(Unsound) {
    let name = try message.name()
    let id = DescribedKind.messages[name.lowercased()] ?? GUID(name)?.description
    try change(step) { step throws(Unsound) in
      let known = step.child("SdkMessageId")?.text
      if let id {
        guard known.flatMap({ GUID($0) }) != GUID(id) else { return }
        step.children.removeAll { $0.name == "SdkMessageName" }
        step.change(["SdkMessageId"]) { $0.text = id }
      } else {
        step.children.removeAll { $0.name == "SdkMessageId" }
        step.change(["SdkMessageName"]) { if $0.text != name { $0.text = name } }
      }
    }
  }
}

/// What tells an assembly from others of its name: as files call it, as its name spells it, and what it is otherwise.
private struct AssemblyFact {
  let word: String
  let name: String
  let standard: String

  static let all = [
    AssemblyFact(word: "version", name: "Version", standard: "1.0.0.0"),
    AssemblyFact(word: "culture", name: "Culture", standard: "neutral"),
    AssemblyFact(word: "publicKeyToken", name: "PublicKeyToken", standard: "null"),
  ]
}

extension DescribedSubject {
  fileprivate var wordsOfStep: [Said.Pair] {
    let step = document.root
    var words: [Said.Pair] = []
    func text(_ name: String) -> String? {
      step.child(name).flatMap { $0.text.isEmpty ? nil : $0.text }
    }
    if let message = step.stepMessage {
      words.append(Said.Pair("message", text: message))
    }
    if let table = text("PrimaryEntity"), table != "none" {
      words.append(Said.Pair("table", text: table))
      if let columns = text("FilteringAttributes") {
        let names = columns.split(separator: ",").map(String.init)
        words.append(Said.Pair("columns", Said(texts: names)))
      }
    }
    if setting?.isOn == false { words.append(Said.Pair("state", text: "off")) }
    return words
  }
}

extension Blueprint.Part {
  /// The name of an assembly with all that tells it from others; what is not said stays.
  fileprivate func fullName(_ former: String? = nil) throws(Unsound) -> String {
    let old = former?.split(separator: ",").dropFirst().map { $0.drop { $0 == " " } } ?? []
    func fact(_ word: String, _ name: String, _ standard: String) throws(Unsound) -> String {
      let said = try value(word)?.name()
      let known = old.first { $0.hasPrefix("\(name)=") }?.dropFirst(name.count + 1)
      let value = said ?? known.map { String($0) } ?? standard
      guard value.utf8.allSatisfy({ $0 != 0x2C && $0 != 0x20 }) else {
        throw Unsound(line: self.value(word)?.line ?? line, problem: "“\(value)” is no \(word)")
      }
      return "\(name)=\(value)"
    }
    let facts = try AssemblyFact.all.map { known throws(Unsound) in
      try fact(known.word, known.name, known.standard)
    }
    let name = former.map { simpleName($0) } ?? self.name
    return ([name] + facts).joined(separator: ", ")
  }
}

extension Element {
  /// What a step runs on: its name where that is known, or its id.
  var stepMessage: String? {
    func text(_ name: String) -> String? {
      child(name).flatMap { $0.text.isEmpty ? nil : $0.text }
    }
    guard let id = text("SdkMessageId") else { return text("SdkMessageName") }
    return RowEvent.Message.allCases.first { GUID($0.id) == GUID(id) }?.rawValue ?? id
  }

  fileprivate static func assembly(_ part: Blueprint.Part) throws(Unsound) -> Element {
    let id = DescribedKind.madeID("assembly", part.id.key).description
    // Folder and file are named without dots.
    let plain = String(part.name.unicodeScalars.filter { $0.isPlain }.map(Character.init))
    let facts = [
      ("IsolationMode", "2"), ("SourceType", "0"), ("IntroducedVersion", "1.0"),
      ("FileName", "/PluginAssemblies/\(plain)-\(id.uppercased())/\(plain).dll"),
    ]
    return Element(
      "PluginAssembly",
      [
        ("FullName", try part.fullName()), ("PluginAssemblyId", id), ("CustomizationLevel", "1"),
      ],
      children: facts.map { Element($0, text: $1) }
    )
  }

  fileprivate static func step(
    _ part: Blueprint.Part,
    of type: String,
    _ typeID: String?
  ) -> Element {
    let head = [("PluginTypeName", type)] + (typeID.map { [("PluginTypeId", $0)] } ?? [])
    let facts = [
      ("AsyncAutoDelete", "0"), ("Description", part.name), ("FilteringAttributes", ""),
      ("InvocationSource", "0"), ("Mode", "0"), ("Rank", "1"), ("EventHandlerTypeCode", "4602"),
      ("Stage", "40"), ("IsCustomizable", "1"), ("IsHidden", "0"), ("SupportedDeployment", "0"),
      ("IntroducedVersion", "1.0"),
    ]
    return Element(
      "SdkMessageProcessingStep",
      [("Name", part.name), ("SdkMessageProcessingStepId", "{\(part.id.key)}")],
      children: (head + facts).map { Element($0, text: $1) }
    )
  }
}

extension Said {
  /// Texts, as far as there are some.
  fileprivate var textsIfAny: [String] {
    switch content {
    case .text(let text): [text]
    case .list(let items): items.flatMap(\.textsIfAny)
    case .pairs: []
    }
  }
}
