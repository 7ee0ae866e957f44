/// A word of a readable file: how it is read.
struct Field: Sendable {
  let name: String
  /// For the reference, one line.
  let about: String
  let read: @Sendable (Said, MakingContext) throws(Unsound) -> [Making]
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
    Field(name: name, about: about) { said, _ throws(Unsound) in
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
    Field(name: name, about: about) { said, _ throws(Unsound) in
      let number = try said.whole(range)
      return [.text(path, String(number))] + other(number)
    }
  }

  static func number(_ name: String, _ path: [String], _ about: String) -> Field {
    Field(name: name, about: about) { said, _ throws(Unsound) in
      [.text(path, try said.number())]
    }
  }

  static func flag(_ name: String, _ path: [String], _ about: String) -> Field {
    Field(name: name, about: about) { said, _ throws(Unsound) in
      [.text(path, try said.isYes() ? "1" : "0")]
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
      about: "\(about): \(all.map(\.0).joined(separator: ", "))"
    ) { said, _ throws(Unsound) in
      let word = try said.word(all.map(\.0))
      return all.filter { $0.0 == word }.map { .text(path, $0.1) }
    }
  }

  /// One text in the language of the file, or texts by language.
  static func labels(_ name: String, _ path: [String], _ label: String, _ about: String) -> Field {
    Field(name: name, about: about) { said, context throws(Unsound) in
      [.labels(path, label: label, try said.labels(context))]
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
}
