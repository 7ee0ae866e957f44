extension DescribedKind {
  /// What a step sees of a row as it was before, or is after (PF-609).
  static let stepImage = DescribedKind(
    "images",
    title: "an image of a step",
    step: 4,
    fields: [
      .word(
        "type",
        ["ImageType"],
        ["pre": "0", "post": "1", "both": "2"],
        "whether it shows the row as it was before, as it is after, or both; before where not said, after for Create"
      ),
      .text("alias", ["EntityAlias"], "what the class asks for it by; its name where not said"),
      .text(
        "property",
        ["MessagePropertyName"],
        "what of the message names the row; Id for Create, Target for others where not said"
      ),
    ],
    own: [
      ("columns", "the columns that it shows; all of them where not said"),
      ("id", "its id, where the name does not give it"),
    ],
    id: { name, step in
      ComponentID(
        ComponentKind.sdkMessageProcessingStepImage.type,
        madeID("stepimage", "\(step?.id.key ?? "") \(name)")
      )
    },
    tell: { _, image in
      let columns = (image.document.root.child("Attributes")?.text ?? "").split(separator: ",")
      return [columns.isEmpty ? [] : [Said.Pair("columns", Said(texts: columns.map(String.init)))]]
    },
    make: { making, part throws(Unsound) in try making.image(part) }
  )
}

extension BlueprintMaking {
  fileprivate mutating func image(_ part: Blueprint.Part) throws(Unsound) {
    guard let id = part.scope?.id, let step = element(id) else { return }
    if !takeUp(part.id, at: part.line) {
      put(part.id, .image(part, of: step), in: id, at: part.line)
    }
    if let said = part.value("columns") {
      let names = try said.items().map { item throws(Unsound) in try item.name().lowercased() }
      if !names.isEmpty {
        guard let table = step.stepTable else {
          throw said.unsound("an image has columns where its step has a table")
        }
        try requireColumns(names.map { ($0, said.line) }, of: .entity(table), at: said.line)
      }
      say(.text(["Attributes"], names.joined(separator: ",")), of: part.id, at: said.line)
    }
    try say(part, .stepImage)
    guard let type = element(part.id)?.child("ImageType")?.text,
      let problem = step.refusal(ofImage: type)
    else { return }
    throw Unsound(line: part.value("type")?.line ?? part.line, problem: problem)
  }
}

extension Element {
  fileprivate static func image(_ part: Blueprint.Part, of step: Element) -> Element {
    let isCreate = step.stepMessage == "Create"
    let facts = [
      ("SdkMessageProcessingStepImageId", "{\(part.id.key)}"), ("Attributes", ""),
      ("EntityAlias", part.name), ("ImageType", isCreate ? "1" : "0"),
      ("MessagePropertyName", isCreate ? "Id" : "Target"),
      ("IsCustomizable", "1"),
    ]
    return Element(
      "SdkMessageProcessingStepImage",
      [("Name", part.name)],
      children: facts.map { Element($0, text: $1) }
    )
  }

  /// Why a step can have no image of this type: there is no row before it is created, none after it is deleted, and nothing is
  /// after it while it happens.
  fileprivate func refusal(ofImage type: String) -> Phrase? {
    let (isBefore, isAfter) = (type != "1", type != "0")
    if isBefore, stepMessage == "Create" {
      return "before a row is created there is nothing to show"
    }
    if isAfter, stepMessage == "Delete" { return "after a row is deleted there is nothing to show" }
    if isAfter, let stage = child("Stage")?.text, stage != "40" {
      return "what a row is after is shown to steps of the stage postOperation alone"
    }
    return nil
  }

  /// The table whose rows a step is about; nil for all of them.
  fileprivate var stepTable: String? {
    child("PrimaryEntity").flatMap { ["", "none"].contains($0.text) ? nil : $0.text }
  }
}
