extension DescribedKind {
  /// Model-driven apps (PF-615).
  static let app = DescribedKind(
    "apps",
    title: "an app",
    step: 5,
    fields: [
      .labels("displayName", ["LocalizedNames"], "LocalizedName", "what people see of it"),
      .description,
    ],
    own: [
      ("siteMap", "its navigation; the site map of its own name where that is not said"),
      ("tables", "the tables in it"),
      ("forms", "forms by tables, with the names under which a file describes them, or GUIDs"),
      ("views", "views, in the same way"),
      ("roles", "who may open it: names of roles in this file, or GUIDs"),
      ("icon", "the web resource that is its icon"),
    ],
    id: { name, _ in ComponentID(ComponentKind.appModule.type, name.lowercased()) },
    names: { part in
      var ids = Set(part.value("tables").map(texts) ?? []).map {
        ComponentID.entity($0.lowercased())
      }
      ids += (part.value("siteMap").map(texts) ?? [part.name]).map {
        ComponentID(.siteMap, $0.lowercased())
      }
      ids += part.value("icon").map(texts)?.map { ComponentID(.webResource, $0) } ?? []
      for kind in [form, view] {
        for table in part.value(kind.section)?.pairsIfAny ?? [] {
          ids += texts(table.value).map { kind.part($0, of: table.key) }
        }
      }
      ids += part.value("roles").map(texts)?.map { roleID($0) } ?? []
      return Set(ids)
    },
    tell: { telling, app in [telling.words(ofApp: app)] },
    make: { making, part throws(Unsound) in try making.app(part) }
  )

  private static func texts(_ said: Said) -> [String] {
    switch said.content {
    case .text(let text): text.isEmpty ? [] : [text]
    case .list(let items): items.flatMap(texts)
    case .pairs: []
    }
  }

  /// A form or a view of a table, by its name in files or by its id.
  fileprivate func part(_ text: String, of table: String) -> ComponentID {
    let scope = Blueprint.Scope(id: .entity(table.lowercased()), name: table, said: [])
    let made = id(text, in: scope)
    return GUID(text).map { ComponentID(made.type, $0) } ?? made
  }

  fileprivate static func roleID(_ text: String) -> ComponentID {
    GUID(text).map { ComponentID(.role, $0) } ?? role.id(text, in: nil)
  }
}

extension BlueprintMaking {
  fileprivate mutating func app(_ part: Blueprint.Part) throws(Unsound) {
    let isNew = !takeUp(part.id, at: part.line)
    if isNew {
      requirePrefix(part.id, part.name, at: part.line)
      let label = Said.label("displayName", in: part.said, context) ?? part.name
      put(part.id, .app(part.name, label, context), at: part.line)
    }
    try say(part, .app)
    if let icon = part.value("icon") {
      let id = element(ComponentID(.webResource, try webResource(icon)))?.child("WebResourceId")?
        .text
      if let id = id.flatMap({ GUID($0) }) {
        say(.text(["WebResourceId"], id.description), of: part.id, at: icon.line)
      }
    }
    try components(of: part, isNew: isNew)
    guard let roles = part.value("roles") else { return }
    let ids = try roles.items().map { item throws(Unsound) in
      let id = DescribedKind.roleID(try item.name())
      guard GUID(try item.name()) != nil || isThere(id) else {
        throw item.unsound("there is no role \(try item.name())")
      }
      return Element("Role", [("id", "{\(id.key)}")])
    }
    try change(part.id) { app throws(Unsound) in
      app.change(["AppModuleRoleMaps"]) { $0.put(ids) { $0.name == "Role" } }
    }
  }

  /// What it consists of: each word says all of its kind.
  private mutating func components(of part: Blueprint.Part, isNew: Bool) throws(Unsound) {
    var parts: [(type: ComponentType, elements: [Element])] = []
    let map = part.value("siteMap")
    if map != nil || isNew {
      let name = try map?.name() ?? part.name
      guard isThere(ComponentID(.siteMap, name.lowercased())) else {
        throw Unsound(
          line: map?.line ?? part.line,
          problem: "the app \(part.name) needs a siteMap, and there is none that is called \(name)"
        )
      }
      parts.append((.siteMap, [.component(.siteMap, name: name)]))
    }
    if let tables = part.value("tables") {
      let elements = try tables.items().map { item throws(Unsound) in
        let name = try item.name().lowercased()
        guard isThere(.entity(name)) else { throw item.unsound("there is no table \(name)") }
        return Element.component(.entity, name: name)
      }
      parts.append((.entity, elements))
    }
    for (kind, type) in [(DescribedKind.form, ComponentType.systemForm), (.view, .savedQuery)] {
      guard let said = part.value(kind.section) else { continue }
      var elements: [Element] = []
      for table in try said.pairs() {
        for item in try table.value.items() {
          let id = kind.part(try item.name(), of: table.key)
          guard isThere(id) else {
            throw item.unsound(
              "\(table.key) has no \(kind.title.dropFirst(2)) \(try item.name()) here"
            )
          }
          elements.append(.component(type, id: id))
        }
      }
      parts.append((type, elements))
    }
    try change(part.id) { app throws(Unsound) in
      app.change(["AppModuleComponents"]) { list in
        for (type, elements) in parts { list.put(elements) { $0.attribute("type") == type.text } }
      }
    }
  }
}

extension Telling {
  fileprivate func words(ofApp app: DescribedSubject) -> [Said.Pair] {
    var words: [Said.Pair] = []
    let list = app.document.root.child("AppModuleComponents")?.children ?? []
    func parts(_ type: ComponentType) -> [Element] {
      list.filter { $0.attribute("type") == type.text }
    }
    let map = parts(.siteMap).first?.attribute("schemaName")
    if let map, map != app.name { words.append(Said.Pair("siteMap", text: map)) }
    let tables = parts(.entity).compactMap { $0.attribute("schemaName") }
    if !tables.isEmpty {
      words.append(Said.Pair("tables", Said(.list(tables.map { Said(.text($0)) }))))
    }
    for (kind, type) in [(DescribedKind.form, ComponentType.systemForm), (.view, .savedQuery)] {
      var named: [String: [Said]] = [:]
      for part in parts(type) {
        guard let id = part.attribute("id").flatMap({ GUID($0) }).map({ ComponentID(type, $0) }),
          let table = making.parent(of: id)
        else { continue }
        named[table.key, default: []].append(Said(.text(names[id] ?? id.key)))
      }
      let pairs = named.sorted { $0.key < $1.key }.map { Said.Pair($0.key, Said(items: $0.value)) }
      if !pairs.isEmpty { words.append(Said.Pair(kind.section, Said(.pairs(pairs)))) }
    }
    let roles = (app.document.root.child("AppModuleRoleMaps")?.children ?? []).compactMap { role in
      role.attribute("id").flatMap { GUID($0) }
    }
    if Set(roles) != Set(Element.rolesOfAll.compactMap { GUID($0) }) {
      let said = roles.map { id in Said(.text(names[ComponentID(.role, id)] ?? id.description)) }
      words.append(Said.Pair("roles", Said(items: said)))
    }
    let icon = app.document.root.child("WebResourceId").flatMap { GUID($0.text) }
    if let icon, let name = making.webResource(icon) {
      words.append(Said.Pair("icon", text: name))
    }
    return words
  }
}

extension BlueprintMaking {
  /// The name of a web resource that is there, by its id.
  fileprivate func webResource(_ id: GUID) -> String? {
    let known = Set(pieces.keys).union(state.standingComponents).filter { $0.type == .webResource }
    return known.sorted().first { resource in
      element(resource)?.child("WebResourceId").flatMap { GUID($0.text) } == id
    }?.key
  }
}

extension Element {
  /// System administrator and system customizer, who open every app.
  fileprivate static let rolesOfAll = [
    "627090ff-40a3-4053-8790-584edc5be201", "119f245c-3cc8-4b62-b31c-d1a046ced15d",
  ]

  fileprivate static func component(_ type: ComponentType, name: String) -> Element {
    Element("AppModuleComponent", [("type", type.text), ("schemaName", name)])
  }

  fileprivate static func component(_ type: ComponentType, id: ComponentID) -> Element {
    Element("AppModuleComponent", [("type", type.text), ("id", "{\(id.key)}")])
  }

  fileprivate static func app(_ name: String, _ label: String, _ context: MakingContext) -> Element
  {
    let facts = [
      ("UniqueName", name), ("IntroducedVersion", "1.0.0.0"),
      ("WebResourceId", "953b9fac-1e5e-e611-80d6-00155ded156f"), ("OptimizedFor", ""),
      ("statecode", "0"), ("statuscode", "1"), ("FormFactor", "1"), ("ClientType", "4"),
      ("NavigationType", "0"),
    ]
    return Element(
      "AppModule",
      children: facts.map { Element($0, text: $1) } + [
        Element("AppModuleComponents"),
        Element(
          "AppModuleRoleMaps",
          children: rolesOfAll.map { Element("Role", [("id", "{\($0)}")]) }
        ),
        .labels("LocalizedNames", "LocalizedName", label, context),
      ]
    )
  }
}

extension Said {
  /// Pairs, as far as there are some.
  var pairsIfAny: [Pair] { if case .pairs(let pairs) = content { pairs } else { [] } }
}

extension ComponentType {
  /// As apps list it.
  fileprivate var text: String { number.map(String.init) ?? "" }
}
