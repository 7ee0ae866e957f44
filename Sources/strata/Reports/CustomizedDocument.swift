import SolutionStore
import Solutions

/// `layers --unmanaged --json`, `layers --masked --json`.
struct CustomizedDocument: Codable, Sendable {
  struct Entry: Codable, Sendable {
    let component: ComponentDocument
    /// The managed layer right below.
    let below: String
    /// The operation that brought the unmanaged layer; only with --masked.
    let since: Int?
    let properties: [Property]
    /// What publishing a draft would change of what is in effect; absent where there is no draft.
    let draft: [DiffDocument.Property]?
  }

  struct Property: Codable, Sendable {
    let path: String
    /// What the managed layers say.
    @Nullable var managed: String?
    /// What they said when the unmanaged layer came; only with --masked.
    let managedBefore: String?
    @Nullable var inEffect: String?
  }

  let format: String
  let formatVersion: Int
  let masked: Bool
  /// By kind, then name.
  let components: [Entry]

  /// Managed components with an unmanaged layer or a draft, and where that says something else than what lies below.
  init(unmanaged session: StoreSession, kinds: ComponentKinds) throws {
    format = "strata.customized"
    formatVersion = 1
    masked = false
    let ids = try session.customized().union(try session.customized(by: .draft))
    let state = try session.part(ids)
    components = state.stacks.sorted { $0.key < $1.key }.compactMap { id, stack in
      guard let below = stack.belowActive else { return nil }
      let (active, merge) = (stack.layer(of: .active), kinds[id.type].merge)
      return Entry(
        component: ComponentDocument((active ?? stack.top).component, kinds: kinds),
        below: below.top.solution.text,
        since: nil,
        properties: active.map { Self.changes(of: $0, over: below, merge) } ?? [],
        draft: state.drafts[id].map { _ in state.publishingChanges(id, merge) }
      )
    }
  }

  private static func changes(
    of active: Layer,
    over below: LayerStack,
    _ merge: MergeBehavior
  ) -> [Property] {
    let isTold = !(merge.isElementwise && active.definition.isDifference)
    guard isTold, !below.layers.allSatisfy(\.isAssumed) else { return [] }
    return PropertyChanges.between(below.effective(merge), .stated(active.definition)).map {
      Property(path: $0.path, managed: $0.before, managedBefore: nil, inEffect: $0.after)
    }
  }

  /// Components whose unmanaged layer hides managed changes.
  init(masked session: StoreSession, kinds: ComponentKinds) throws {
    format = "strata.customized"
    formatVersion = 1
    masked = true
    let maskings = try session.maskings()
    let state = try session.part(Set(maskings.map(\.id)))
    components = maskings.compactMap { id, masking, since in
      guard let stack = state.stacks[id], let below = stack.belowActive else { return nil }
      return Entry(
        component: ComponentDocument(stack.top.component, kinds: kinds),
        below: below.top.solution.text,
        since: since,
        properties: masking.properties.map {
          Property(
            path: $0.path,
            managed: $0.after,
            managedBefore: $0.before,
            inEffect: $0.inEffect
          )
        },
        draft: state.drafts[id].map { _ in state.publishingChanges(id, kinds[id.type].merge) }
      )
    }
  }

  func text(_ style: TextStyle) -> String {
    let what =
      masked
      ? "whose unmanaged layer hides managed changes" : "with unmanaged work over managed layers"
    var lines = [style.bold("\(counted(components.count, "component")) \(what)")]
    for entry in components {
      let display = entry.component.displayName.map { "  “\($0.shown(60))”" } ?? ""
      let since = entry.since.map { ", unmanaged since operation \($0)" } ?? ""
      lines.append(
        "  \(entry.component.kind):\(entry.component.name.shown())\(display)  "
          + style("over \(entry.below)\(since)", .gray)
      )
      for property in entry.properties.prefix(8) { lines.append(line(property)) }
      if entry.properties.count > 8 {
        lines.append(style("        … and \(entry.properties.count - 8) more properties", .gray))
      }
      if let draft = entry.draft {
        lines.append("        ◌ draft; strata publish would change")
        lines += draft.prefix(8).map { "  \($0.line)" }
        if draft.count > 8 {
          lines.append(style("          … and \(draft.count - 8) more properties", .gray))
        }
      }
    }
    if !components.isEmpty {
      lines.append(
        style("  strata customize reset COMPONENT removes an unmanaged layer", .gray)
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(_ property: Property) -> String {
    let (managed, inEffect) = (
      property.managed?.shown(60) ?? "∅", property.inEffect?.shown(60) ?? "∅"
    )
    guard masked else { return "        \(property.path.shown(100)): \(managed) → \(inEffect)" }
    return
      "        \(property.path.shown(100)): \(property.managedBefore?.shown(60) ?? "∅") → \(managed)  ⊘ stays \(inEffect)"
  }
}
