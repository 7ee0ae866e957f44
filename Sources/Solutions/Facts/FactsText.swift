internal import JSON

/// Facts as an environment keeps them: one line of JSON, rows as arrays; equal bytes for equal facts.
///
/// Files have a documented shape of their own; this one is read with every plan, and is a quarter of it.
package enum FactsText {
  package static func bytes(_ facts: Facts) -> [UInt8] {
    let facts = facts.canonical
    var text = FactsWriter()
    text.list {
      $0.text("strata.facts/1")
      $0.number(facts.at.milliseconds)
      $0.text(facts.url)
      $0.text(facts.organization.description)
      $0.text(facts.version)
      $0.list(facts.languages) { $0.number($1) }
      $0.flag(facts.isRedacted)
      $0.list(facts.publishers) { text, publisher in
        text.list {
          $0.text(publisher.name.text)
          $0.text(publisher.displayName)
          $0.text(publisher.prefix)
          $0.number(publisher.optionValuePrefix)
        }
      }
      $0.list(facts.solutions) { $0.solution($1) }
      $0.list(facts.components) { $0.component($1) }
      $0.list(facts.uses) { text, use in
        text.list {
          $0.object(use.required)
          $0.object(use.dependent)
          $0.number(use.type)
        }
      }
      $0.list(facts.rows.sorted { $0.key < $1.key }) { $0.count($1.key, $1.value) }
      $0.list(facts.values.sorted { $0.key < $1.key }) { $0.count($1.key.key, $1.value) }
      $0.list(facts.variables) { $0.held($1) }
      $0.list(facts.connections) { $0.held($1) }
      $0.list(facts.refusals) { text, refusal in
        text.list {
          $0.text(refusal.question)
          $0.number(refusal.status)
          $0.text(refusal.reason)
        }
      }
    }
    return text.bytes
  }

  /// - Throws: `FactsTextError` for what `bytes` has not written.
  package static func facts(_ bytes: [UInt8]) throws(FactsTextError) -> Facts {
    let document: JSONDocument
    do {
      document = try JSONDocument(bytes)
    } catch {
      throw FactsTextError(what: "\(error)")
    }
    var row = FactsRow(document.root)
    guard row.text() == "strata.facts/1" else {
      throw FactsTextError(what: "it is of another release")
    }
    let at = Timestamp(milliseconds: try row.needNumber())
    let url = try row.needText()
    var facts = Facts(at: at, url: url, organization: try row.needID())
    facts.version = row.text()
    facts.languages = try row.list { (row) throws(FactsTextError) in try row.needNumber() }
    facts.isRedacted = row.flag() ?? false
    facts.publishers = try row.rows { (row) throws(FactsTextError) in
      Publisher(
        name: PublisherName(try row.needText()),
        displayName: try row.needText(),
        prefix: try row.needText(),
        optionValuePrefix: row.number()
      )
    }
    facts.solutions = try row.list { (row) throws(FactsTextError) in try row.solution() }
    facts.components = try row.rows { (row) throws(FactsTextError) in try row.component() }
    facts.uses = try row.rows { (row) throws(FactsTextError) in
      Facts.Use(
        required: try row.object(),
        dependent: try row.object(),
        type: try row.needNumber()
      )
    }
    let rows = try row.rows { (row) throws(FactsTextError) in try row.count() }
    for entry in rows { facts.rows[entry.name] = .some(entry.count) }
    let values = try row.rows { (row) throws(FactsTextError) in try row.count() }
    for entry in values { facts.values[ComponentID(.attribute, entry.name)] = .some(entry.count) }
    facts.variables = try row.list { (row) throws(FactsTextError) in try row.held() }
    facts.connections = try row.list { (row) throws(FactsTextError) in try row.held() }
    facts.refusals = try row.rows { (row) throws(FactsTextError) in
      Facts.Refusal(
        question: try row.needText(),
        status: try row.needNumber(),
        reason: try row.needText()
      )
    }
    return facts
  }
}

/// What an environment keeps as facts, and are none.
package struct FactsTextError: Error, Equatable, CustomStringConvertible {
  let what: String

  package var description: String { what }
}

// MARK: Writing

private struct FactsWriter {
  private(set) var bytes: [UInt8] = []
  private var isFirst = true

  private mutating func begin() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  mutating func list(_ body: (inout FactsWriter) -> Void) {
    begin()
    bytes.append(UInt8(ascii: "["))
    isFirst = true
    body(&self)
    bytes.append(UInt8(ascii: "]"))
    isFirst = false
  }

  /// null for none.
  mutating func list<Element>(_ elements: [Element]?, _ body: (inout FactsWriter, Element) -> Void)
  {
    guard let elements else { return raw("null") }
    list { text in for element in elements { body(&text, element) } }
  }

  private mutating func raw(_ word: String) {
    begin()
    bytes += word.utf8
  }

  mutating func text(_ value: String?) {
    guard let value else { return raw("null") }
    begin()
    var json = JSONText()
    json.write(value)
    bytes += json.bytes
  }

  mutating func number(_ value: Int?) { raw(value.map { String($0) } ?? "null") }
  mutating func flag(_ value: Bool?) { raw(value.map { $0 ? "true" : "false" } ?? "null") }

  mutating func count(_ name: String, _ count: Int?) {
    list {
      $0.text(name)
      $0.number(count)
    }
  }

  mutating func object(_ object: Facts.Object) {
    number(object.type)
    text(object.id.description)
  }

  mutating func held(_ held: Facts.Held) {
    list {
      $0.text(held.name)
      $0.flag(held.hasValue)
      $0.flag(held.hasDefault)
    }
  }

  mutating func solution(_ solution: Facts.Solution) {
    list {
      $0.text(solution.id.description)
      $0.text(solution.name.text)
      $0.text(solution.displayName)
      $0.text(solution.version.text)
      $0.flag(solution.isManaged)
      $0.text(solution.publisher.text)
      $0.text(solution.parent?.text)
      $0.text(solution.installed)
      $0.flag(solution.isListed)
      $0.flag(solution.isUninstallTold)
    }
  }

  mutating func component(_ component: Facts.Component) {
    list {
      $0.object(component.object)
      switch component.id?.type {
      case .number(let number)?: $0.number(number)
      case .table(let name)?: $0.text(name)
      case nil: $0.number(nil)
      }
      $0.text(component.id?.key)
      $0.text(component.name)
      $0.text(component.displayName)
      $0.text(component.parent?.key)
      $0.flag(component.isManaged)
      $0.flag(component.isDeletionTold)
      $0.list(component.listings.sorted { $0.key < $1.key }) { $0.count($1.key.text, $1.value) }
      $0.list(component.layers) { text, layer in
        text.list {
          $0.text(layer.solution.text)
          $0.text(layer.publisher.text)
          $0.number(layer.order)
        }
      }
    }
  }
}

// MARK: Reading

/// The values of an array, one after the other.
private struct FactsRow {
  private let values: [JSONValue]
  private var next = 0

  init(_ value: JSONValue) { values = Array(value.elements) }

  private mutating func value() -> JSONValue? {
    guard next < values.count else { return nil }
    defer { next += 1 }
    return values[next]
  }

  mutating func text() -> String? { value()?.text }
  mutating func number() -> Int? { value()?.integer }
  mutating func flag() -> Bool? { value()?.boolean }

  private func need<Value>(_ value: Value?, _ what: String) throws(FactsTextError) -> Value {
    guard let value else { throw FactsTextError(what: "\(what) is expected") }
    return value
  }

  mutating func needText() throws(FactsTextError) -> String { try need(text(), "a text") }
  mutating func needNumber() throws(FactsTextError) -> Int { try need(number(), "a number") }

  mutating func needID() throws(FactsTextError) -> GUID {
    try need(text().flatMap { GUID($0) }, "an id")
  }

  mutating func solutionName() throws(FactsTextError) -> SolutionName {
    try need(text().flatMap { SolutionName($0) }, "the name of a solution")
  }

  /// nil where there is none.
  mutating func list<Element>(
    _ element: (inout FactsRow) throws(FactsTextError) -> Element
  ) throws(FactsTextError) -> [Element]? {
    guard let value = value(), value.kind == .array else { return nil }
    var found: [Element] = []
    for inner in value.elements {
      var row = inner.kind == .array ? FactsRow(inner) : FactsRow(single: inner)
      found.append(try element(&row))
    }
    return found
  }

  private init(single value: JSONValue) { values = [value] }

  mutating func rows<Element>(
    _ element: (inout FactsRow) throws(FactsTextError) -> Element
  ) throws(FactsTextError) -> [Element] { try need(try list(element), "a list") }

  mutating func object() throws(FactsTextError) -> Facts.Object {
    Facts.Object(type: try needNumber(), id: try needID())
  }

  mutating func count() throws(FactsTextError) -> (name: String, count: Int?) {
    (try needText(), number())
  }

  mutating func held() throws(FactsTextError) -> Facts.Held {
    Facts.Held(
      name: try needText(),
      hasValue: flag() ?? false,
      hasDefault: flag() ?? false
    )
  }

  mutating func solution() throws(FactsTextError) -> Facts.Solution {
    Facts.Solution(
      id: try needID(),
      name: try solutionName(),
      displayName: try needText(),
      version: try need(text().flatMap { SolutionVersion($0) }, "a version"),
      isManaged: try need(flag(), "whether it is managed"),
      publisher: PublisherName(try needText()),
      parent: text().flatMap { SolutionName($0) },
      installed: text(),
      isListed: flag() ?? false,
      isUninstallTold: flag() ?? false
    )
  }

  mutating func component() throws(FactsTextError) -> Facts.Component {
    var component = Facts.Component(object: try object())
    let known = value()
    let type = known?.text.map { ComponentType.table($0) } ?? known?.integer.map { .number($0) }
    let key = text()
    if let type, let key { component.id = ComponentID(type, key) }
    component.name = text()
    component.displayName = text()
    component.parent = text().map { .entity($0) }
    component.isManaged = flag()
    component.isDeletionTold = flag() ?? false
    let listings = try rows { (row) throws(FactsTextError) in
      (try row.solutionName(), row.number())
    }
    for (name, behavior) in listings { component.listings[name] = .some(behavior) }
    component.layers = try list { (row) throws(FactsTextError) in
      Facts.Layer(
        solution: try row.solutionName(),
        publisher: PublisherName(try row.needText()),
        order: try row.needNumber()
      )
    }
    return component
  }
}
