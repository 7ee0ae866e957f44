import Contract
import JSON
import Solutions

/// What a saved plan says and the plan as it is made now does not, or the other way around; where packages and settings
/// lie aside.
struct PlanDifference {
  private(set) var lines: [Prose] = []

  var isEmpty: Bool { lines.isEmpty }

  /// - Throws: `EncodingError`, `JSONError` for a plan of ours that cannot be written, which there is not.
  init(_ written: JSONDocument, _ made: PlanShape) throws {
    let document = try JSONDocument(Array(try ShapeCoder.json(made).utf8), limits: .document)
    compare(written.root, document.root, at: "")
  }

  /// For people, with what to do.
  var text: Prose {
    let shown = lines.prefix(Self.linesMax).map { "  \($0)" as Prose }
    let more: [Prose] =
      lines.count > Self.linesMax ? ["  … and \(lines.count - Self.linesMax) more"] : []
    return
      (["the plan is not what would happen now, so nothing was changed; what differs:"] + shown
      + more + ["  → plan again"]).joined(separator: "\n")
  }

  private static let linesMax = 12

  private mutating func compare(_ saved: JSONValue, _ made: JSONValue, at path: String) {
    if Self.isPlace(path) { return }
    guard saved.kind == made.kind else { return tell(saved, made, at: path) }
    switch saved.kind {
    case .object: compareMembers(saved, made, at: path)
    case .array: compareElements(Array(saved.elements), Array(made.elements), at: path)
    case .string:
      if saved.text?.utf8.elementsEqual((made.text ?? "").utf8) != true {
        tell(saved, made, at: path)
      }
    case .number, .boolean, .null:
      if saved.lexeme != made.lexeme { tell(saved, made, at: path) }
    }
  }

  /// Files are known by what is in them.
  private static func isPlace(_ path: String) -> Bool {
    path == "apply.options.settingsFile"
      || path.hasPrefix("apply.packages[") && path.hasSuffix("].path")
  }

  private mutating func compareMembers(_ saved: JSONValue, _ made: JSONValue, at path: String) {
    let others = Dictionary(made.members.map { (Array($0.key.utf8), $0.value) }) { first, _ in first
    }
    var seen: Set<[UInt8]> = []
    for (key, value) in saved.members {
      let bytes = Array(key.utf8)
      let place = path.isEmpty ? key : "\(path).\(key)"
      seen.insert(bytes)
      guard let other = others[bytes] else {
        lines.append("the file has \(place), and the plan has not")
        continue
      }
      compare(value, other, at: place)
    }
    for (key, _) in made.members where !seen.contains(Array(key.utf8)) {
      lines.append("the file lacks \(path.isEmpty ? key : "\(path).\(key)")")
    }
  }

  /// What comes and goes is told by its name; what has one in both is compared.
  private mutating func compareElements(
    _ saved: [JSONValue],
    _ made: [JSONValue],
    at path: String
  ) {
    let (names, others) = (saved.map { Self.name($0) }, made.map { Self.name($0) })
    guard saved.count != made.count || names != others else {
      for (index, pair) in zip(saved, made).enumerated() {
        let place = names[index].map { "\(path) “\($0)”" } ?? "\(path)[\(index)]"
        compare(pair.0, pair.1, at: place)
      }
      return
    }
    let before = lines.count
    for name in Self.missing(others, in: names) {
      lines.append("the file lacks “\(name)” in \(path)")
    }
    for name in Self.missing(names, in: others) {
      lines.append("the file has “\(name)” in \(path), and the plan has not")
    }
    if lines.count == before {
      lines.append("\(path) are \(saved.count) in another order, or not \(made.count)")
    }
  }

  private static func missing(_ names: [String?], in others: [String?]) -> [String] {
    let there = Set(others)
    return names.filter { !there.contains($0) }.compactMap(\.self)
  }

  private static let signs = ["delete": "-", "dereference": "→", "add": "+", "change": "~"]

  /// What an element is called: a change by its sign and component, all else by what tells it apart.
  private static func name(_ value: JSONValue) -> String? {
    if let component = value["component"], let action = value["action"]?.text {
      let kind = component["kind"]?.text ?? "?"
      return "\(signs[action] ?? action) \(kind):\(component["name"]?.text ?? "?")"
    }
    if let code = value["code"]?.text { return "\(code) \(value["subject"]?.text ?? "")" }
    return value["uniqueName"]?.text ?? value["path"]?.text
  }

  private mutating func tell(_ saved: JSONValue, _ made: JSONValue, at path: String) {
    lines.append("\(path) is \(Self.spelled(saved)) in the file, and \(Self.spelled(made)) now")
  }

  private static func spelled(_ value: JSONValue) -> String {
    value.lexeme ?? value.text.map { "“\($0.shown(70))”" } ?? "a list"
  }
}
