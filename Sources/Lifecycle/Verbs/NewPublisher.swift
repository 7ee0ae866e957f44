internal import SolutionStore
package import Solutions

extension Request {
  /// A publisher of whom there is no solution yet; see `Plan.makingPublisher`.
  package static func makingPublisher(
    _ name: PublisherName,
    prefix: String,
    optionValuePrefix: Int? = nil,
    displayName: String? = nil
  ) -> Request {
    Request(
      NewPublisher(
        publisher: name,
        prefix: prefix,
        optionValuePrefix: optionValuePrefix,
        displayName: displayName
      )
    )
  }
}

/// See `Request.makingPublisher`.
private struct NewPublisher: Verb {
  let publisher: PublisherName
  let prefix: String
  let optionValuePrefix: Int?
  let displayName: String?

  var name: String { "new" }

  var title: String { "publisher \(publisher)" }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot()
    let plan = Plan.makingPublisher(
      publisher,
      prefix: prefix,
      optionValuePrefix: optionValuePrefix,
      displayName: displayName,
      on: state,
      kinds: store.kinds
    )
    return (plan, state)
  }
}
