internal import SolutionStore
package import Solutions

extension Request {
  /// Drafts take effect.
  package static func publishing(_ publishing: Publishing) -> Request {
    Request(Publish(publishing: publishing))
  }
}

/// See `Request.publishing`.
private struct Publish: Verb {
  let publishing: Publishing

  var name: String { "publish" }

  var title: String {
    switch publishing {
    case .all: "publish all customizations"
    case .components(let ids): "publish \(ids.listed)"
    case .solution(let name): "publish what \(name) lists"
    }
  }

  func plan(_ store: StoreReader) throws -> Planned {
    let ids = try drafts(store)
    let former = try store.stacksBeforeDrafts(of: ids)
    return try store.plan(changing: ids) { state in
      Plan.publishing(publishing, on: state, since: former, kinds: store.kinds)
    }
  }

  private func drafts(_ store: StoreReader) throws -> Set<ComponentID> {
    switch publishing {
    case .all: try store.drafts()
    case .components(let ids): try store.drafts(of: ids).union(ids)
    case .solution(let name): try store.drafts().intersection(store.members(of: name).map(\.id))
    }
  }
}
