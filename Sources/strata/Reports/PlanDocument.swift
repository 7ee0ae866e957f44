import Hashing
import Solutions

/// A plan as other programs read it, and as it is saved (`strata.plan`, docs/plan.schema.json).
struct PlanDocument: Codable, Sendable {
  let format: String
  let formatVersion: Int
  var base: Base
  let packages: [Package]
  /// Packages as `Name version`, where they are taken in another order than the one given; absent otherwise.
  let order: [String]?
  let summary: Summary
  let changes: [Change]
  let solutions: [Solution]
  let findings: [FindingDocument]
  /// Whether unmanaged work is refused from now on; absent where that stays as it is.
  let blocksUnmanaged: Bool?
  /// What `apply` needs to make the same plan again; only on an environment.
  var apply: Apply?

  struct Apply: Codable, Sendable {
    struct Package: Codable, Sendable {
      let path: String
      let sha256: String
    }

    let fingerprint: String
    let packages: [Package]
    let options: OptionsDocument
  }

  struct Base: Codable, Sendable {
    let revision: Int
    let environment: String
    /// `empty` or `packages`, where the plan is for what packages install; absent for an environment.
    var target: String?
  }

  struct Package: Codable, Sendable {
    let uniqueName: String
    let version: String
    @Nullable var sha256: String?
    @Nullable var file: String?
    let managed: Bool
    let publisher: String
    let action: String
    @Nullable var from: String?
  }

  struct Summary: Codable, Sendable {
    var add = 0
    var change = 0
    /// Changes in metadata only; not counted in `change`.
    var metadata: Int? = 0
    /// Layers put, moved or taken without effect; counted in `change`.
    var layerOnly: Int? = 0
    var delete = 0
    var dereference = 0
    var masked = 0
    /// Changes that wait until they are published.
    var drafts: Int? = 0
    var unchanged = 0
    var errors = 0
    var warnings = 0
    var tablesLost = 0
    var columnsLost = 0
    @Nullable var rowsLost: Int?
    @Nullable var valuesLost: Int?
    /// Needs that neither the packages nor what they are planned for meet: an environment without them refuses the import.
    var needsUnknown: Int? = 0
  }

  struct Change: Codable, Sendable {
    let action: String
    let component: ComponentDocument
    let solution: String
    let masked: Bool
    let maskedBy: [String]
    let baseKnown: Bool
    /// `saved`, `published` or `discarded`; null where there is no draft, or it stays as it is.
    @Nullable var draft: String?
    /// `layer`: put, moved or taken without effect; `metadata`: nothing that acts; absent for all else.
    let impact: String?
    /// Whether before and after are two spellings of the same; absent for all else.
    let respelled: Bool?
    let properties: [Property]
    @Nullable var dataLoss: DataLoss?
    let reason: Reason
    @Nullable var at: FindingDocument.Place?
  }

  struct Property: Codable, Sendable {
    let path: String
    @Nullable var before: String?
    @Nullable var after: String?
    @Nullable var effectiveBefore: String?
    @Nullable var effectiveAfter: String?
    /// `metadata`, where only the generation of the exporter explains it; absent for all else.
    let impact: String?
  }

  struct DataLoss: Codable, Sendable {
    @Nullable var rows: Int?
    @Nullable var values: Int?
  }

  struct Reason: Codable, Sendable {
    let text: String
    let rule: String
    let provenance: String
  }

  struct Solution: Codable, Sendable {
    struct Side: Codable, Sendable { let version: String }

    let uniqueName: String
    @Nullable var before: Side?
    @Nullable var after: Side?
    let removed: Bool
  }

  /// The exit status of `plan` (contract).
  var status: Int32 {
    if summary.errors > 0 { return 4 }
    if summary.delete > 0 { return 3 }
    let isSame = changes.allSatisfy { $0.respelled == true }
    return isSame && solutions.isEmpty && blocksUnmanaged == nil ? 0 : 2
  }
}

extension PlanDocument {
  /// A saved plan.
  static func read(_ path: String) throws -> PlanDocument {
    let bytes = try Files.bytes(of: path)
    let document: PlanDocument
    do {
      document = try DocumentCoder.decode(PlanDocument.self, bytes)
    } catch {
      throw Files.Failure(description: "cannot read \(path): not a saved plan")
    }
    guard document.format == "strata.plan", document.formatVersion == 1 else {
      throw Files.Failure(
        description:
          "cannot read \(path): format \(document.format) \(document.formatVersion) is not known; use a newer strata"
      )
    }
    return document
  }

  init(_ plan: Plan, kinds: ComponentKinds) {
    format = "strata.plan"
    formatVersion = 1
    base = Base(revision: plan.base.revision, environment: plan.base.environment)
    packages = plan.packages.map { package in
      Package(
        uniqueName: package.name.text,
        version: package.version.text,
        sha256: package.digest?.description,
        file: package.file,
        managed: package.isManaged,
        publisher: package.publisher.text,
        action: package.action.rawValue,
        from: package.from?.text
      )
    }
    order = plan.order
    summary = Summary(plan, kinds: kinds)
    changes = plan.changes.map { Change($0, kinds: kinds) }
    solutions = plan.solutions.map { solution in
      Solution(
        uniqueName: solution.name.text,
        before: solution.before.map { .init(version: $0.text) },
        after: solution.after.map { .init(version: $0.text) },
        removed: solution.after == nil
      )
    }
    findings = plan.findings.map { FindingDocument($0) }
    blocksUnmanaged = plan.blocksUnmanaged
  }
}

extension PlanDocument.Summary {
  fileprivate init(_ plan: Plan, kinds: ComponentKinds) {
    unchanged = plan.unchanged
    errors = plan.findings.count { $0.severity == .error }
    warnings = plan.findings.count { $0.severity == .warning }
    drafts = plan.changes.count { $0.draft == .saved }
    needsUnknown = plan.findings.filter { $0.tells(MissingDependencies.self) }
      .map(\.because.count).reduce(0, +)
    var rows: Int? = 0
    var values: Int? = 0
    for change in plan.changes {
      switch change.action {
      case .add: add += 1
      case .change where change.impact == .metadata: metadata = (metadata ?? 0) + 1
      case .change: self.change += 1
      case .delete: delete += 1
      case .dereference: dereference += 1
      }
      if change.isMasked { masked += 1 }
      if change.impact == .layer { layerOnly = (layerOnly ?? 0) + 1 }
      guard change.action == .delete else { continue }
      switch kinds[change.id.type].physical {
      case .table:
        tablesLost += 1
        rows = sum(rows, change.dataLoss?.rows)
      case .column:
        columnsLost += 1
        values = sum(values, change.dataLoss?.values)
      case .relationship:
        // Pairs of rows, of a many-to-many one.
        if let loss = change.dataLoss { rows = sum(rows, loss.rows) }
      case .key, .none: continue
      }
    }
    rowsLost = rows
    valuesLost = values
  }

  /// One unknown makes the sum unknown.
  private func sum(_ total: Int?, _ more: Int?) -> Int? {
    guard let total, let more else { return nil }
    return total + more
  }
}

extension PlanDocument.Change {
  fileprivate init(_ change: Change, kinds: ComponentKinds) {
    action = change.action.word
    component = ComponentDocument(
      change.id,
      name: change.name,
      displayName: change.displayName,
      parent: change.parent,
      kinds: kinds
    )
    solution = change.solution.text
    masked = change.isMasked
    maskedBy = change.maskedBy.map(\.text)
    baseKnown = change.isBaseKnown
    draft = change.draft?.rawValue
    impact = change.impact?.rawValue
    respelled = change.isRespelling ? true : nil
    properties = change.properties.map { property in
      PlanDocument.Property(
        path: property.path,
        before: property.before,
        after: property.after,
        effectiveBefore: property.effectiveBefore,
        effectiveAfter: property.effectiveAfter,
        impact: property.generation == nil ? nil : "metadata"
      )
    }
    dataLoss = change.dataLoss.map { PlanDocument.DataLoss(rows: $0.rows, values: $0.values) }
    reason = PlanDocument.Reason(
      text: change.reason.text,
      rule: change.reason.rule.id,
      provenance: change.reason.rule.provenance.rawValue
    )
    at = change.at.map { FindingDocument.Place(file: $0.file, line: $0.line) }
  }
}
