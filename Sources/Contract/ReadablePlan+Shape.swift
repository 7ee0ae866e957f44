package import Reading
import Solutions

extension ReadablePlan {
  package init(_ plan: PlanShape) {
    self.init(
      packages: plan.packages.map { package in
        Package(
          uniqueName: package.uniqueName,
          version: package.version,
          from: package.from,
          action: package.action.model
        )
      },
      entries: plan.changes.map { ReadableEntry($0) },
      notes: plan.findings.map { ReadableNote($0) },
      unchanged: plan.summary.unchanged,
      needsUnknown: plan.summary.needsUnknown?.number ?? 0,
      isMoving: !plan.solutions.isEmpty || plan.publishers != nil || plan.blocksUnmanaged != nil
        || plan.values != nil || plan.data != nil,
      restored: plan.data?.count { $0.action == .restore } ?? 0,
      purged: plan.data?.count { $0.action == .purge } ?? 0,
      told: plan.filtered == true
        ? Told(sentences: plan.verdict ?? [], exitStatus: plan.exitStatus?.number) : nil
    )
  }

  /// Of two packages; what is in effect anywhere is none of its business.
  package init(_ difference: DiffShape) {
    self.init(
      packages: [],
      entries: difference.changes.map { ReadableEntry($0) },
      notes: [],
      unchanged: Count(counted: difference.summary.unchanged),
      needsUnknown: 0,
      isMoving: !difference.isEmpty,
      isComparison: true
    )
  }

  /// What one operation did.
  package init(_ results: [HistoryShape.Result]) {
    self.init(
      packages: [],
      entries: results.map { ReadableEntry($0) },
      notes: [],
      unchanged: 0,
      needsUnknown: 0,
      isMoving: true
    )
  }
}

extension ReadableEntry {
  convenience init(_ change: PlanShape.Change) {
    let waits = change.waits
    func told(_ loss: PlanShape.DataLoss) -> Loss {
      let count = change.component.kind == "Attribute" ? loss.values : loss.rows
      return count.map { .counted($0) } ?? .unknown
    }
    self.init(
      action: change.action.model,
      kind: change.component.kind,
      name: change.component.name,
      displayName: change.component.displayName,
      parent: change.component.parent,
      parentName: change.component.parentDisplayName,
      impact: change.impact?.model ?? .behavior,
      isLayerOnly: change.isLayerOnly,
      isFirstStatement: change.firstStatement == true,
      maskedBy: change.maskedBy,
      isBaseKnown: change.baseKnown,
      draft: change.draftWords,
      properties: change.properties.map { property in
        Property(
          path: property.path,
          words: property.words,
          before: property.toldBefore,
          after: property.after,
          impact: property.impact?.model ?? .behavior,
          effect: waits || change.isEffectUnknown(property) ? nil : property.effect,
          secret: property.secret?.words,
          isKept: property.after == nil && property.effectiveAfter != nil && !waits
            && !change.isEffectUnknown(property)
        )
      },
      loss: change.dataLoss.map(told),
      returning: change.dataReturn.map(told),
      reason: change.reason.text,
      rule: change.reason.rule
    )
  }

  convenience init(_ entry: DiffShape.Entry) {
    self.init(entry.action, entry.component, entry.properties, impact: entry.impact.model)
  }

  /// What differs of two states weighs nothing.
  convenience init(_ entry: DriftShape.Entry) {
    self.init(entry.action, entry.component, entry.properties, impact: .behavior)
  }

  /// The history knows addresses, and a column's table by the column's name.
  package convenience init(_ result: HistoryShape.Result) {
    let kind = result.component.split(separator: ":").first.map(String.init) ?? ""
    let name = result.component.droppingKind
    let table = ["Attribute", "EntityKey"].contains(kind) ? name.split(separator: ".").first : nil
    self.init(
      action: result.action.model,
      kind: kind,
      name: name,
      displayName: nil,
      parent: table.map { "Entity:\($0)" },
      parentName: nil,
      impact: .behavior,
      isLayerOnly: false,
      isFirstStatement: false,
      maskedBy: result.maskedBy,
      isBaseKnown: true,
      draft: nil,
      properties: [],
      loss: result.lost.map { .counted(Count(counted: $0)) },
      reason: result.reason,
      rule: result.rule
    )
  }

  private convenience init(
    _ action: Wire.Action,
    _ component: ComponentShape,
    _ properties: [DiffShape.Property],
    impact: Impact
  ) {
    self.init(
      action: action.model,
      kind: component.kind,
      name: component.name,
      displayName: component.displayName,
      parent: component.parent,
      parentName: component.parentDisplayName,
      impact: impact,
      isLayerOnly: false,
      isFirstStatement: false,
      maskedBy: [],
      isBaseKnown: true,
      draft: nil,
      properties: properties.map { property in
        Property(
          path: property.path,
          words: property.words,
          before: property.before,
          after: property.after,
          impact: property.impact?.model ?? .behavior,
          effect: nil,
          secret: nil
        )
      },
      loss: nil,
      reason: "",
      rule: ""
    )
  }
}

extension ReadableNote {
  init(_ finding: FindingShape) {
    self.init(
      severity: finding.severity.model,
      code: finding.code,
      rule: finding.rule,
      provenance: finding.provenance.rawValue,
      subject: finding.subject,
      place: finding.at.map { $0.line > 0 ? "\($0.file):\($0.line)" : $0.file },
      message: finding.message,
      because: finding.because,
      remedy: finding.remedy
    )
  }
}

extension PlanShape.Change {
  /// What becomes of its draft, in words.
  fileprivate var draftWords: Prose? {
    switch draft {
    case .saved: "draft until strata publish"
    case .published: "published"
    case .discarded: "its draft is discarded"
    case nil: nil
    }
  }

  /// Whether a layer hides it of which nobody knows what it says.
  fileprivate func isEffectUnknown(_ property: PlanShape.Property) -> Bool {
    masked && !baseKnown && property.effectiveBefore == nil && property.effectiveAfter == nil
  }

  /// Whether it tells of a draft that is not, or no longer, to be in effect.
  fileprivate var waits: Bool {
    (draft == .saved || draft == .discarded)
      && properties.allSatisfy { $0.effectiveBefore == $0.effectiveAfter }
  }
}

extension Wire.Secret {
  fileprivate var words: Prose {
    switch self {
    case .set: "set"
    case .changed: "changed"
    case .unchanged: "unchanged"
    case .unset: "unset"
    }
  }
}

extension PlanShape.Property {
  /// A layer that is new has said nothing before; what it takes the place of is what people know.
  fileprivate var toldBefore: String? {
    before ?? (effectiveAfter == after ? effectiveBefore : nil)
  }

  /// What becomes of the value in effect, where that is another story; nil where it is the same.
  fileprivate var effect: Prose? {
    let (was, now) = (effectiveBefore, effectiveAfter)
    guard secret == nil else { return nil }
    guard was != now else {
      guard before != after else { return nil }
      return now == after ? ReadableEntry.Property.inEffectAlready : "⊘ stays \(told(now))"
    }
    guard was != toldBefore || now != after else { return nil }
    return "in effect \(told(was)) → \(told(now))"
  }

  private func told(_ value: String?) -> Prose { value.map { "\($0)" } ?? "∅" }
}

extension Wire.Action {
  var model: Change.Action {
    switch self {
    case .delete: .delete
    case .dereference: .dereference
    case .add: .add
    case .change: .change
    }
  }
}

extension Wire.Impact {
  /// A layer without effect weighs nothing.
  var model: Impact {
    switch self {
    case .data: .data
    case .behavior: .behavior
    case .access: .access
    case .interface: .interface
    case .label: .label
    case .metadata, .layer: .metadata
    }
  }
}

extension Wire.Severity {
  var model: Finding.Severity {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .info
    }
  }
}

extension Wire.Move {
  var model: Plan.Action {
    switch self {
    case .install: .install
    case .upgrade: .upgrade
    case .downgrade: .downgrade
    case .stage: .stage
    case .update: .update
    case .patch: .patch
    case .applyUpgrade: .applyUpgrade
    case .discard: .discard
    case .uninstall: .uninstall
    }
  }
}
