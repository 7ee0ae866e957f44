/// One thing that a readable file says of a component, done to its document.
///
/// What is there already and as it is said is left as it is spelled, so that saying it again changes nothing.
enum Making: Equatable, Sendable {
  /// The text of an element; those on the way are made where they are missing.
  case text([String], String)
  case attribute([String], String, String)
  /// Labels of a list by language; those in other languages stay.
  case labels([String], label: String, [String: String])
  /// Options of a choice; those that are not said stay.
  case options([MadeOption])
  /// Options that go, by their values.
  case withoutOptions([Int])
  /// Values of options in the order in which they are shown; others follow as they stand.
  case optionOrder([Int])
  /// A whole element, in place of the one of its name.
  case element([String], Element)
  /// By the path that `blame` prints; nil takes it out.
  case property(String, String?)
}

/// An option of a choice as a file says it.
struct MadeOption: Equatable, Sendable {
  let value: Int
  /// By language.
  let labels: [String: String]
  let color: String?
  /// Of a status reason.
  let state: Int?
}

extension Element {
  /// - Throws: `EditError` where a property is none.
  mutating func apply(_ making: Making) throws(EditError) {
    switch making {
    case .text(let path, let text): change(path[...]) { $0.say(text) }
    case .attribute(let path, let name, let value):
      change(path[...]) { $0.set(name, value, as: .bottom) }
    case .labels(let path, let label, let texts): change(path[...]) { $0.label(label, texts) }
    case .options(let options):
      let path = optionsPath
      guard let list = path.last else { return }
      if list == "states", let unknown = options.first(where: { !has($0.value, at: path) }) {
        throw .noSuchProperty("states/state[\(unknown.value)]", near: [])
      }
      change(path[...]) { place in
        for option in options { place.put(option, as: Self.optionTags[list] ?? "option") }
      }
    case .withoutOptions(let values):
      // What is gone is gone: a second run finds nothing to do.
      guard at(optionsPath) != nil else { return }
      change(optionsPath[...]) { list in
        list.children.removeAll { option in values.contains { option.isOption($0) } }
      }
      // New rows begin with none where their option has gone.
      guard let text = child("AppDefaultValue")?.text, let value = Int(text), value >= 0,
        values.contains(value)
      else { return }
      change(["AppDefaultValue"]) { $0.text = "-1" }
    case .optionOrder(let values):
      change(optionsPath[...]) { list in
        let first = values.flatMap { value in list.children.filter { $0.isOption(value) } }
        let rest = list.children.filter { option in !values.contains { option.isOption($0) } }
        list.children = first + rest
      }
    case .element(let path, let element):
      change(path[...]) { parent in
        guard let at = parent.children.firstIndex(where: { $0.name == element.name }) else {
          let place = MakingOrder.place(of: element.name, in: parent)
          return parent.children.insert(element, at: place ?? parent.children.endIndex)
        }
        if parent.children[at] != element { parent.children[at] = element }
      }
    case .property(let path, let value): try property(path, value)
    }
  }

  /// The element at a path, made where it is missing.
  mutating func change(_ path: ArraySlice<String>, _ body: (inout Element) -> Void) {
    guard let step = path.first else { return body(&self) }
    let at = children.firstIndex { $0.name == step } ?? make(step)
    children[at].change(path.dropFirst(), body)
  }

  /// Where the options of a choice or of a column stand.
  var optionsPath: [String] {
    let owner = name == "optionset" ? [] : ["optionset"]
    let special = ["statuses", "states"].first { at(owner + [$0]) != nil }
    return owner + [special ?? "options"]
  }

  /// What one is called, by its list.
  private static let optionTags = ["options": "option", "statuses": "status", "states": "state"]

  private func has(_ value: Int, at path: [String]) -> Bool {
    at(path)?.children.contains { $0.isOption(value) } ?? false
  }

  private func isOption(_ value: Int) -> Bool { attribute("value") == String(value) }

  /// Settings stand before labels.
  private mutating func make(_ step: String) -> Int {
    let at =
      MakingOrder.place(of: step, in: self)
      ?? children.firstIndex { $0.name == "displaynames" } ?? children.endIndex
    children.insert(Element(step), at: at)
    return at
  }

  /// With the version in which it, and each part of it, came into the world (LC-124).
  func introduced(in version: String) -> Element {
    // Those of the platform's own words are other ones.
    let made: Set = ["1.0", "1.0.0.0"]
    var new = self
    new.attributes = attributes.map {
      $0.name == "IntroducedVersion" && made.contains($0.value)
        ? Attribute(name: $0.name, value: version, origin: $0.origin) : $0
    }
    if name == "IntroducedVersion", made.contains(text) { new.text = version }
    new.children = children.map { $0.introduced(in: version) }
    return new
  }

  /// The element at a path; nil where there is none.
  func at(_ path: [String]) -> Element? {
    path.reduce(self as Element?) { $0?.child($1) }
  }

  private mutating func say(_ text: String) {
    // What was nothing is something.
    if !text.isEmpty { attributes.removeAll { $0.name.hasSuffix(":nil") } }
    guard children.isEmpty, self.text != text else { return }
    self.text = text
  }

  mutating func label(_ name: String, _ texts: [String: String]) {
    for (language, text) in texts.sorted(by: { $0.key < $1.key }) {
      if let at = children.firstIndex(where: { $0.attribute("languagecode") == language }) {
        children[at].set("description", text, as: .bottom)
      } else {
        children.append(Element(name, [("description", text), ("languagecode", language)]))
      }
    }
  }

  private mutating func put(_ option: MadeOption, as name: String) {
    let value = String(option.value)
    let at = children.firstIndex { $0.attribute("value") == value } ?? children.endIndex
    let isNew = at == children.endIndex
    if isNew {
      let external = name == "option" ? [("ExternalValue", "")] : []
      children.append(Element(name, [("value", value)] + external))
    }
    if let color = option.color { children[at].set("Color", color, as: .bottom) }
    if let state = option.state { children[at].set("state", String(state), as: .bottom) }
    children[at].change(["labels"]) { $0.label("label", option.labels) }
    if isNew, let language = option.labels.keys.min() {
      children[at].change(["Descriptions"]) { $0.label("Description", [language: ""]) }
    }
  }

  /// A property that is there is changed like every other; a plain setting is made.
  private mutating func property(_ path: String, _ value: String?) throws(EditError) {
    let document = Document(root: self)
    do {
      self = try document.applying([PropertyEdit(path, value)]).root
    } catch {
      guard case .noSuchProperty = error else { throw error }
      guard let value else { return }
      guard let setting = Setting(path) else { throw error }
      change(setting.steps[...]) { element in
        if let attribute = setting.attribute {
          element.set(attribute, value, as: .bottom)
        } else {
          element.say(value)
        }
      }
    }
  }

  /// A path without anything that would have to be found.
  private struct Setting {
    let steps: [String]
    let attribute: String?

    init?(_ path: String) {
      let parts = path.split(separator: "@", omittingEmptySubsequences: false)
      steps = parts[0].split(separator: "/").map(String.init)
      attribute = parts.count == 2 ? String(parts[1]) : nil
      let names = steps + [attribute].compactMap { $0 }
      let isPlain = names.allSatisfy { name in
        !name.isEmpty
          && name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
              || $0 == 0x5F
          }
      }
      guard isPlain, parts.count <= 2, attribute != nil || !steps.isEmpty else { return nil }
    }
  }
}
