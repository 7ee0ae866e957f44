internal import Lifecycle
internal import Solutions
internal import Synchronization

/// Components by what they are known by over the wire; looked for again when something else than rows was written.
final class KnownComponents: Sendable {
  private struct Index: Sendable {
    var revision = -1
    var spoken: [GUID: [ComponentID]] = [:]
    /// Tables and columns that every environment has, too; nil where nobody has asked for them.
    var everywhere: [GUID: [ComponentID]]?
  }

  private let index = Mutex(Index())

  /// Those of which somebody has spoken.
  ///
  /// - Throws: `StoreError`, `SQLError`.
  func find(_ id: GUID, in catalog: Catalog) async throws -> [ComponentID] {
    try await current(catalog).spoken[id] ?? []
  }

  /// Those that are tables and columns, whether or not somebody has spoken of them.
  ///
  /// - Throws: `StoreError`, `SQLError`.
  func findAnywhere(_ id: GUID, in catalog: Catalog) async throws -> [ComponentID] {
    let current = try await current(catalog)
    if let everywhere = current.everywhere { return everywhere[id] ?? [] }
    var ids: [ComponentID] = []
    for head in try await catalog.heads() {
      let columns = try await catalog.model(of: head.name).table.columns
      ids += [.entity(head.name)] + columns.map { .attribute(head.name, $0.name) }
    }
    let found = Self.byID(ids)
    index.withLock { if $0.revision == current.revision { $0.everywhere = found } }
    return found[id] ?? []
  }

  private func current(_ catalog: Catalog) async throws -> Index {
    let known = index.withLock { $0 }
    let (revision, names) = try await catalog.lifecycle.ask(NamesSinceQuestion(known.revision))
    guard let names else { return known }
    let found = Index(revision: revision, spoken: Self.byID(names))
    // Others may know more by now.
    index.withLock { if $0.revision < revision { $0 = found } }
    return found
  }

  private static func byID(_ ids: [ComponentID]) -> [GUID: [ComponentID]] {
    Dictionary(grouping: ids) { Definitions.id(of: $0) }
  }
}
