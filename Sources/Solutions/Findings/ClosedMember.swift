package struct ClosedMember: FindingContent {
  package static let kind = FindingKind(
    "0x8004F015",
    .error,
    "LC-112",
    "What its owner does not allow to be customized is added to no unmanaged solution."
  )

  let component: NamedComponent
  let owner: PublisherName

  package var subject: Subject { .component(component) }

  package var text: Phrase { "\(owner) does not allow \(component) to be customized" }
}
