package struct EditRefused: FindingContent {
  package static let kind = FindingKind(
    "strata.no-such-property",
    .error,
    .inferred("LY-305"),
    "An edit of the unmanaged layer names properties that it can change."
  )

  let component: NamedComponent
  let error: EditError

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    switch error {
    case .noSuchProperty("(state)", _):
      "the state of \(component) belongs to the environment and to no layer"
    case .noSuchProperty(let path, _): "\(component) has no property “\(path)”"
    case .ambiguous(let path, let meant):
      "“\(path)” means \(meant.count) properties of \(component)"
    case .isFile(let path): "“\(path)” of \(component) is a file and no property"
    case .notRemovable(let path):
      "“\(path)” of \(component) belongs to other layers and cannot be taken out"
    case .notSayable(let path):
      "an unmanaged layer cannot say this change of “\(path)” of \(component)"
    case .holdsOthers(let path):
      "“\(path)” of \(component) holds other properties and has no value itself"
    case .notXML(_, let text): "the edit of \(component) is no XML: \(text)"
    case .nothingThere: "the difference changes what \(component) does not have"
    case .otherElement(let name, _): "the difference begins with “\(name)”"
    }
  }

  package var because: [Phrase] {
    switch error {
    case .noSuchProperty("(state)", _): []
    case .noSuchProperty(_, let near): near.map { "there is \($0)" }
    case .ambiguous(_, let paths), .nothingThere(let paths): paths.map { Phrase($0) }
    case .otherElement(_, let expected):
      ["the definition of \(component) is a “\(expected)”"]
    case .isFile, .notRemovable, .notSayable, .holdsOthers, .notXML: []
    }
  }

  package var remedies: [Remedy] {
    switch error {
    case .noSuchProperty("(state)", _): [.switchState]
    case .noSuchProperty, .holdsOthers: [.listPaths(component)]
    case .ambiguous: [.words("write enough of the path")]
    case .isFile: [.words("import an unmanaged solution with the new file")]
    case .notRemovable: [.words("hide it by an element of your own, or leave it")]
    case .notSayable: [.words("import an unmanaged solution with the whole definition")]
    case .notXML: [.words("correct it")]
    case .nothingThere: [.words("mark what is new with solutionaction=\"Added\"")]
    case .otherElement(_, let expected):
      [.words("begin with \(expected), or with an element right below it")]
    }
  }
}
