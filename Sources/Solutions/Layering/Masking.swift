/// Managed changes that the active layer hides (LY-305): what somebody wonders about after an upgrade.
package struct Masking: Equatable, Sendable {
  package struct Property: Equatable, Sendable {
    package let path: String
    /// The path in names; nil where it says no more than `path`.
    package let words: String?
    /// What managed layers said when the active layer came, and what they say now.
    package let before: String?
    package let after: String?
    package let inEffect: String?
  }

  package let properties: [Property]

  /// - Parameters:
  ///   - now: the component's layers.
  ///   - then: those when the active layer came; nil where the component was not managed.
  /// - Returns: nil where nothing is hidden: kinds that merge hide nothing.
  package init?(of now: LayerStack, since then: LayerStack?, merge: MergeBehavior) {
    guard !merge.isElementwise, now.layer(of: .active) != nil, let below = now.belowActive
    else { return nil }
    let managed = below.effective(merge)
    let former = then?.belowActive?.effective(merge)
    guard managed != former, managed != .stated(Assumed.definition) else { return nil }
    let effective = now.effective(merge)
    let shown = effective.document
    // Where nobody had shown the managed definition before, all that differs now is hidden.
    let properties = PropertyChanges.between(former ?? effective, managed).compactMap {
      change -> Property? in
      let inEffect = shown.value(of: change)
      // What the owner alone states is hidden by nobody (LY-1302).
      guard change.after != inEffect, !merge.isOutside(change.path) else { return nil }
      return Property(
        path: change.path,
        words: change.words,
        before: former == nil ? nil : change.before,
        after: change.after,
        inEffect: inEffect
      )
    }
    guard !properties.isEmpty else { return nil }
    self.properties = properties
  }
}

extension LayerStack {
  /// The same without the active layer; nil where nothing else is there.
  package var belowActive: LayerStack? {
    var below = self
    return below.remove(.active) ? below : nil
  }
}

/// A component whose active layer hides managed changes.
package struct MaskedComponent: Equatable, Sendable {
  package let id: ComponentID
  package let masking: Masking
  /// The operation that brought the layer.
  package let since: Int

  package init(id: ComponentID, masking: Masking, since: Int) {
    self.id = id
    self.masking = masking
    self.since = since
  }
}
