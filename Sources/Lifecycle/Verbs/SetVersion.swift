internal import SolutionStore
package import Solutions

extension Request {
  /// Another version of an unmanaged solution.
  package static func settingVersion(of name: SolutionName, to version: SolutionVersion) -> Request
  {
    Request(SetVersion(solution: name, version: version))
  }
}

/// See `Request.settingVersion`.
private struct SetVersion: Verb {
  let solution: SolutionName
  let version: SolutionVersion

  var name: String { "version" }

  var title: String { "version \(version) of \(solution)" }

  func plan(_ store: StoreReader) throws -> Planned {
    let state = try store.snapshot(and: [solution])
    return (
      Plan.settingVersion(of: solution, to: version, on: state, kinds: store.kinds), state
    )
  }
}
