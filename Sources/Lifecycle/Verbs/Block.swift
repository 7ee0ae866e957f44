internal import SolutionStore
internal import Solutions

extension Request {
  /// Whether unmanaged work is refused.
  package static func blocking(_ isBlocked: Bool) -> Request {
    Request(Block(isBlocked: isBlocked))
  }
}

/// See `Request.blocking`.
private struct Block: Verb {
  let isBlocked: Bool

  var name: String { "block" }

  var title: String { "\(isBlocked ? "block" : "allow") unmanaged customizations" }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.part([])
    return (Plan.blocking(isBlocked, on: state, kinds: store.kinds), state)
  }
}
