extension DescribedKind {
  /// Scripts, pages and images, each from a file beside the one that describes it (PF-606).
  static let webResource = DescribedKind(
    "webResources",
    title: "a web resource",
    step: 0,
    fields: [
      .text("displayName", ["DisplayName"], "what people see; its name where that is not said"),
      .text("description", ["Description"], "what it is for"),
      .word("type", ["WebResourceType"], types, "what it is"),
      .whole("language", ["LanguageCode"], 0...99_999, "the language of what it says"),
      .flag("mobile", ["IsEnabledForMobileClient"], "whether it is there on telephones"),
      .flag("offline", ["IsAvailableForMobileOffline"], "whether it is there without a network"),
      .flag("hidden", ["IsHidden"], "whether lists leave it out"),
    ],
    own: [("file", "its content, a file below the folder of this one; the ending says the type")],
    shorthand: "file",
    id: { name, _ in ComponentID(.webResource, name) },
    content: { resource in
      guard let part = resource.document.parts.first?.part else { return nil }
      let type = resource.document.root.child("WebResourceType")?.text
      let isNamed = DescribedKind.type(of: resource.name) == type
      let ending = types.first { $0.value == type }.map { ".\($0.key == "script" ? "js" : $0.key)" }
      return (isNamed ? "" : ending ?? "", .part(part))
    },
    tell: { telling, resource in [telling.file(of: resource)] },
    make: { making, part throws(Unsound) in try making.webResource(part) }
  )

  private static let types: KeyValuePairs = [
    "html": "1", "css": "2", "script": "3", "xml": "4", "png": "5", "jpg": "6", "gif": "7",
    "xap": "8", "xsl": "9", "ico": "10", "svg": "11", "resx": "12",
  ]

  /// By the ending of a name.
  fileprivate static func type(of path: String) -> String? {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    let ending = path[path.index(after: dot)...].lowercased()
    let other = ["htm": "html", "js": "script", "jpeg": "jpg", "xslt": "xsl", "mjs": "script"]
    let word = other[ending] ?? ending
    return types.first { $0.key == word }?.value
  }
}

extension BlueprintMaking {
  fileprivate mutating func webResource(_ part: Blueprint.Part) throws(Unsound) {
    let kind = DescribedKind.webResource
    let file = part.value("file")
    if !takeUp(part.id, at: part.line) {
      requirePrefix(part.id, part.name, at: part.line)
      guard let file else {
        throw Unsound(line: part.line, problem: "the web resource \(part.name) needs a file")
      }
      let type = DescribedKind.type(of: try file.name()) ?? DescribedKind.type(of: part.name)
      guard type != nil || part.value("type") != nil else {
        throw file.unsound("the ending of \(try file.name()) says no type; say it by “type”")
      }
      put(part.id, .webResource(part.name, type: type ?? "3"), at: part.line)
    }
    try say(part, kind)
    guard let file, let path = element(part.id)?.child("FileName")?.text else { return }
    put(try context.files.part(at: file, as: path.droppingSlash), into: part.id)
  }
}

extension Element {
  fileprivate static func webResource(_ name: String, type: String) -> Element {
    let id = DescribedKind.madeID("webresource", name)
    let start = String(name.unicodeScalars.filter { $0.isPlain }.prefix(50).map(Character.init))
    let facts = [
      ("WebResourceId", "{\(id)}"), ("Name", name), ("DisplayName", name),
      ("WebResourceType", type), ("IntroducedVersion", "1.0.0.0"),
      ("IsEnabledForMobileClient", "0"), ("IsAvailableForMobileOffline", "0"),
      ("IsCustomizable", "1"), ("CanBeDeleted", "1"), ("IsHidden", "0"),
      ("FileName", "/WebResources/\(start)\(id.description.uppercased())"),
    ]
    return Element("WebResource", children: facts.map { Element($0, text: $1) })
  }
}

extension Unicode.Scalar {
  /// Whether names of files keep it.
  var isPlain: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
      || self == "_"
  }
}

extension String {
  /// As a path in a package.
  var droppingSlash: String { hasPrefix("/") ? String(dropFirst()) : self }
}
