package struct OnlyOwner: FindingContent {
  package static let kind = FindingKind(
    "0x8004F031",
    .error,
    "LY-1302",
    "Only the owner changes managed properties."
  )

  struct Differing: Equatable, Sendable {
    let property: String
    let inForce: Bool
  }

  let component: NamedComponent
  let owner: PublisherName
  let changer: Changer
  let differing: [Differing]

  package var subject: Subject { .component(component) }

  package var text: Phrase {
    "\(changer.phrase) sets managed properties of \(component), which belongs to \(owner)"
  }

  package var because: [Phrase] {
    differing.map { "\($0.property) is \($0.inForce) and would be \(!$0.inForce)" }
  }

  package var remedies: [Remedy] {
    changer == .unmanagedWork
      ? [.words("leave them as they are; only a solution of \(owner) changes them")]
      : [
        .words(
          "export from an environment with the owner's latest version, so that it says the same"
        )
      ]
  }
}
