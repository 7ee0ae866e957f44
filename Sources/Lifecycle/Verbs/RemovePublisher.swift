internal import SolutionStore
package import Solutions

extension Request {
  /// A publisher of whom there is no solution goes; see `Plan.removing`.
  package static func removing(_ publisher: PublisherName) -> Request {
    Request(RemovePublisher(publisher: publisher))
  }
}

/// See `Request.removing`.
private struct RemovePublisher: Verb {
  let publisher: PublisherName

  var name: String { "edit" }

  var title: String { "remove publisher \(publisher)" }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot()
    return (Plan.removing(publisher, on: state, kinds: store.kinds), state)
  }
}
