/// A word of a readable file: how it is read, and how it is told of what stands.
struct Field: Sendable {
  let name: String
  /// For the reference, one line.
  let about: String
  /// What a file would say of a component; nil where the word has nothing to say of it.
  private let tell: @Sendable (Element, MakingContext) -> Said?
  let read: @Sendable (Said, MakingContext) throws(Unsound) -> [Making]

  init(
    name: String,
    about: String,
    tell: @escaping @Sendable (Element, MakingContext) -> Said?,
    read: @escaping @Sendable (Said, MakingContext) throws(Unsound) -> [Making]
  ) {
    (self.name, self.about, self.tell, self.read) = (name, about, tell, read)
  }

  /// What a file says of a component, such that reading it changes nothing; nil where the word cannot say it.
  func told(of element: Element, _ context: MakingContext) -> Said? {
    guard let said = tell(element, context) else { return nil }
    var same = element
    do {
      for making in try read(said, context) { try same.apply(making) }
    } catch {
      return nil
    }
    return same == element ? said : nil
  }

  /// The text of an element, as a file says it.
  static func text(
    at path: [String],
    _ word: @escaping @Sendable (String) -> String? = { $0 }
  ) -> @Sendable (Element, MakingContext) -> Said? {
    { element, _ in
      guard let leaf = element.at(path), leaf.children.isEmpty else { return nil }
      return word(leaf.text).map { Said(.text($0)) }
    }
  }
}

/// What is meant where a file does not say it.
struct MakingContext: Sendable {
  /// Of labels.
  var language: String
  /// Of the publisher, as far as the file says it.
  var optionPrefix: Int?
  /// Contents of the files that the file names.
  var files = DescribedFiles()
}

extension Field {
  /// What people see of a column, a choice or a key, and what it is for.
  static let displayName = labels("displayName", ["displaynames"], "displayname", "what people see")
  static let description = labels("description", ["Descriptions"], "Description", "what it is for")

  static func text(_ name: String, _ path: [String], _ about: String) -> Field {
    Field(name: name, about: about, tell: text(at: path)) { said, _ throws(Unsound) in
      [.text(path, try said.text())]
    }
  }

  /// - Parameter other: what follows from it, beside it.
  static func whole(
    _ name: String,
    _ path: [String],
    _ range: ClosedRange<Int>,
    _ about: String,
    also other: @escaping @Sendable (Int) -> [Making] = { _ in [] }
  ) -> Field {
    Field(name: name, about: about, tell: text(at: path)) { said, _ throws(Unsound) in
      let number = try said.whole(range)
      return [.text(path, String(number))] + other(number)
    }
  }

  static func number(_ name: String, _ path: [String], _ about: String) -> Field {
    Field(name: name, about: about, tell: text(at: path)) { said, _ throws(Unsound) in
      [.text(path, try said.number())]
    }
  }

  private static let yesOrNo = ["1": "yes", "0": "no"]

  static func flag(_ name: String, _ path: [String], _ about: String) -> Field {
    Field(name: name, about: about, tell: text(at: path) { yesOrNo[$0] }) {
      said,
      _ throws(Unsound) in [.text(path, try said.isYes() ? "1" : "0")]
    }
  }

  /// - Parameter words: as the file has them, with what packages write.
  static func word(
    _ name: String,
    _ path: [String],
    _ words: KeyValuePairs<String, String>,
    _ about: String
  ) -> Field {
    let all = words.map { ($0.key, $0.value) }
    return Field(
      name: name,
      about: "\(about): \(all.map(\.0).joined(separator: ", "))",
      tell: text(at: path) { text in all.first { $0.1 == text }?.0 }
    ) { said, _ throws(Unsound) in
      let word = try said.word(all.map(\.0))
      return all.filter { $0.0 == word }.map { .text(path, $0.1) }
    }
  }

  /// One text in the language of the file, or texts by language.
  static func labels(_ name: String, _ path: [String], _ label: String, _ about: String) -> Field {
    Field(
      name: name,
      about: about,
      tell: { element, context in element.at(path).flatMap { Said(labels: $0.children, context) } },
      read: { said, context throws(Unsound) in
        [.labels(path, label: label, try said.labels(context))]
      }
    )
  }
}

extension Said {
  /// One text where there is none but in the language of the file; nil where there is none at all.
  init?(labels: [Element], _ context: MakingContext) {
    let texts = labels.compactMap { label in
      label.attribute("languagecode").map { ($0, label.attribute("description") ?? "") }
    }
    guard let first = texts.first else { return nil }
    let isAlone = texts.count == 1 && first.0 == context.language
    self.init(
      isAlone ? .text(first.1) : .pairs(texts.map { Pair($0.0, Said(.text($0.1))) })
    )
  }

  /// Texts by language.
  func labels(_ context: MakingContext) throws(Unsound) -> [String: String] {
    guard case .pairs(let pairs) = content else { return [context.language: try text()] }
    var labels: [String: String] = [:]
    for pair in pairs {
      guard let code = Int(pair.key), (1...99_999).contains(code) else {
        throw Unsound(
          line: pair.line,
          problem: "“\(pair.key)” is no code of a language, as 1033 is"
        )
      }
      labels[String(code)] = try pair.value.text()
    }
    return labels
  }
}
