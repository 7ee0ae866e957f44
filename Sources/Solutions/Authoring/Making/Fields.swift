/// A word of a readable file: how it is read, and how a component would say it.
struct Field: Sendable {
  let name: String
  /// For the reference, one line.
  let about: String
  let read: @Sendable (Said, MakingContext) throws(Unsound) -> [Making]
  /// What a document says; nil where it says nothing that this word could.
  let tell: @Sendable (Element, MakingContext) -> Said?
}

/// What is meant where a file does not say it.
struct MakingContext: Sendable {
  /// Of labels.
  var language: String
  /// Of the publisher, as far as the file says it.
  var optionPrefix: Int?
}

extension Field {
  static func text(_ name: String, _ path: [String], _ about: String) -> Field {
    Field(name: name, about: about) { said, _ throws(Unsound) in
      [.text(path, try said.text())]
    } tell: { element, _ in
      element.at(path).map { .text($0.text) }
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
    Field(name: name, about: about) { said, _ throws(Unsound) in
      let number = try said.whole(range)
      return [.text(path, String(number))] + other(number)
    } tell: { element, _ in
      element.at(path).flatMap { Int($0.text) }.map { .text(String($0)) }
    }
  }

  static func number(_ name: String, _ path: [String], _ about: String) -> Field {
    Field(name: name, about: about) { said, _ throws(Unsound) in
      [.text(path, try said.number())]
    } tell: { element, _ in
      element.at(path).map { .text($0.text) }
    }
  }

  static func flag(_ name: String, _ path: [String], _ about: String) -> Field {
    Field(name: name, about: about) { said, _ throws(Unsound) in
      [.text(path, try said.isYes() ? "1" : "0")]
    } tell: { element, _ in
      switch element.at(path)?.text {
      case "1": .text("yes")
      case "0": .text("no")
      default: nil
      }
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
    return Field(name: name, about: "\(about): \(all.map(\.0).joined(separator: ", "))") {
      said,
      _ throws(Unsound) in
      let word = try said.word(all.map(\.0))
      return all.filter { $0.0 == word }.map { .text(path, $0.1) }
    } tell: { element, _ in
      let text = element.at(path)?.text
      return all.first { $0.1 == text }.map { .text($0.0) }
    }
  }

  /// One text in the language of the file, or texts by language.
  static func labels(_ name: String, _ path: [String], _ label: String, _ about: String) -> Field {
    Field(name: name, about: about) { said, context throws(Unsound) in
      [.labels(path, label: label, try said.labels(context))]
    } tell: { element, context in
      element.at(path).flatMap { Said(labels: $0.children, context) }
    }
  }
}

extension Said {
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

  /// What labels say: one text where they are in the language of the file alone; nil where there are none.
  init?(labels: [Element], _ context: MakingContext) {
    let texts = labels.compactMap { label -> (String, String)? in
      guard let language = label.attribute("languagecode"),
        let text = label.attribute("description")
      else { return nil }
      return (language, text)
    }
    guard let first = texts.first else { return nil }
    if texts.count == 1, first.0 == context.language {
      self = .text(first.1)
    } else {
      self = .pairs(texts.map { Pair($0.0, .text($0.1)) })
    }
  }
}
