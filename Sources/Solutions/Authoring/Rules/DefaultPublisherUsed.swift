/// A solution of the publisher that every environment has.
package struct DefaultPublisherUsed: AuthoringRule {
  package static let kind = FindingKind(
    "strata.default-publisher",
    .warning,
    "CK-202",
    "A solution has a publisher of its own: the default publisher is another one in every environment, and everybody's prefix is the same."
  )
  package static let source = "alm/solution-concepts-alm; maker/create-solution"

  let solution: SolutionName
  let publisher: PublisherName
  let prefix: String

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    "\(solution) is of the default publisher \(publisher), with the prefix \(prefix)"
  }

  package var remedies: [Remedy] {
    [.words("make a publisher with a prefix of your own, and a solution of it")]
  }

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    let publisher = package.manifest.publisher
    guard publisher.name.text.lowercased().hasPrefix("defaultpublisher") else { return [] }
    let content = DefaultPublisherUsed(
      solution: package.package.name,
      publisher: publisher.name,
      prefix: publisher.prefix
    )
    return [Finding(content, at: package.manifestPlace)]
  }
}
