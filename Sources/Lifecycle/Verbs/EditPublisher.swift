internal import SolutionStore
package import Solutions

extension Request {
  /// Another display name, prefix or range of option values of a publisher; see `Plan.editing`.
  package static func editing(
    _ publisher: PublisherName,
    displayName: String? = nil,
    prefix: String? = nil,
    optionValuePrefix: Int? = nil
  ) -> Request {
    Request(
      EditPublisher(
        publisher: publisher,
        displayName: displayName,
        prefix: prefix,
        optionValuePrefix: optionValuePrefix
      )
    )
  }
}

/// See `Request.editing`.
private struct EditPublisher: Verb {
  let publisher: PublisherName
  let displayName: String?
  let prefix: String?
  let optionValuePrefix: Int?

  var name: String { "edit" }

  var title: String { "edit publisher \(publisher)" }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot()
    let plan = Plan.editing(
      publisher,
      displayName: displayName,
      prefix: prefix,
      optionValuePrefix: optionValuePrefix,
      on: state,
      kinds: store.kinds
    )
    return (plan, state)
  }
}
