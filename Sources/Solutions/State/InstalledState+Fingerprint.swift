internal import Hashing

extension InstalledState {
  /// Equal for states with the same solutions, memberships, layers and settings, whatever led to them.
  package var fingerprint: String {
    var lines: [String] = []
    for publisher in publishers.values {
      lines.append(
        "publisher \(publisher.name.text.lowercased()) \(publisher.displayName) \(publisher.prefix) \(publisher.optionValuePrefix ?? 0)"
      )
    }
    for solution in solutions.values {
      lines.append(
        "solution \(solution.id) \(solution.name) \(solution.displayName) \(solution.version) \(solution.isManaged) "
          + "\(solution.publisher.text.lowercased()) \(solution.role) \(solution.block)"
      )
      for id in solution.members { lines.append("member \(solution.name) \(id.type) \(id.key)") }
    }
    for layer in stacks.values.flatMap(\.layers) + drafts.values {
      let id = layer.component.id
      lines.append(
        "layer \(id.type) \(id.key) \(layer.solution) \(layer.rank) \(layer.definition.hash)"
      )
    }
    for (id, setting) in settings { lines.append("setting \(id.type) \(id.key) \(setting)") }
    if blocksUnmanaged { lines.append("blocks unmanaged") }
    var hasher = SHA256Hasher()
    for line in lines.sorted() { hasher.update(Array((line + "\n").utf8)) }
    return hasher.finish().description
  }
}
