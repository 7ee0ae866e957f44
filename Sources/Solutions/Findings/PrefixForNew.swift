/// Another prefix of a publisher renames nothing.
package struct PrefixForNew: FindingContent {
  package static let kind = FindingKind(
    "strata.prefix-for-new",
    .info,
    "LC-103",
    "Another prefix of a publisher is that of what is made from then on; names that are there stay."
  )

  let publisher: PublisherName
  let old: String
  let new: String

  package var subject: Subject { .entry(publisher.text) }

  package var text: Phrase {
    "names that are made for \(publisher) begin with \(new)_ from now on; those with \(old)_ stay"
  }
}
