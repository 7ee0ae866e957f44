internal import Hashing
package import Reading
package import Solutions

/// A plan as other programs read it, and as it is saved (`strata.plan`, docs/schemas/plan.json).
package struct PlanShape: Shape {
  package static let format = "strata.plan"

  package var base: Base
  package let packages: [Package]
  /// Packages as `Name version`, where they are taken in another order than the one given; absent otherwise.
  package let order: [String]?
  package let summary: Summary
  package private(set) var changes: [Change]
  package let solutions: [Solution]
  /// That are made, changed or taken back for themselves; absent where none are.
  package let publishers: [PublisherChange]?
  /// What unmanaged solutions list, list no longer or in another way, where no change says it; absent where there is nothing.
  package let members: [Member]?
  package var findings: [FindingShape]
  /// Whether unmanaged work is refused from now on; absent where that stays as it is.
  package let blocksUnmanaged: Bool?
  /// Values of rows that are as they were before a migration, or as it made them; absent where there are none.
  package var values: [Values]?
  /// Data that comes out of the trash or goes for good, and keys that are tried again; absent where there are none.
  package var data: [DataStep]?
  /// The live environment whose facts it rests on; absent where it rests on none.
  package var facts: Facts?
  /// What it comes to, in the sentences that people read, the gravest first; absent in plans of before.
  package var verdict: [String]?
  /// As `plan` ends: 0 nothing, 2 changes, 3 destroys, 4 refused; absent in plans of before.
  package var exitStatus: Count?
  /// Whether changes are left out; absent otherwise.
  package var filtered: Bool?
  /// By which words of the command line; absent where nothing is left out.
  package var filteredBy: String?
  /// Of what it does, also where no change tells of it; absent where `apply` has it, and in plans for packages alone.
  package var fingerprint: String?
  /// What `apply` needs to make the same plan again; only on an environment.
  package var apply: Apply?
  /// `sha256:…` of all the rest (`madeDigest`); absent in a plan that is part of a result.
  package var digest: String?

  package struct Apply: Codable, Sendable {
    package struct Package: Codable, Sendable {
      package let path: String
      package let sha256: String
      /// As which a folder was taken where that was said; absent otherwise.
      package let packageType: Wire.PackageType?

      package init(path: String, sha256: String, packageType: Wire.PackageType?) {
        self.path = path
        self.sha256 = sha256
        self.packageType = packageType
      }
    }

    /// Of the program that made the plan; missing in plans of releases that compared less.
    package let version: String?
    /// Of what it does, also where no change tells of it.
    package let fingerprint: String
    package let packages: [Package]
    package let options: OptionsShape

    package init(
      version: String?,
      fingerprint: String,
      packages: [Package],
      options: OptionsShape
    ) {
      self.version = version
      self.fingerprint = fingerprint
      self.packages = packages
      self.options = options
    }
  }

  package struct Facts: Codable, Sendable {
    package let url: String
    package let organizationId: String
    /// When they were told, in UTC.
    package let at: String
    /// How many questions were refused.
    package let refused: Count

    package init(_ origin: FactsOrigin) {
      url = origin.url
      organizationId = origin.organization.description
      at = origin.at.rowText
      refused = Count(counted: origin.refused)
    }
  }

  package struct Base: Codable, Sendable {
    package let revision: Count
    package let environment: String
    /// Where the plan is for what packages install; absent for an environment.
    package var target: Wire.Target?
  }

  package struct Package: Codable, Sendable {
    package let uniqueName: String
    package let version: String
    @Nullable package var sha256: String?
    @Nullable package var file: String?
    package let managed: Bool
    package let publisher: String
    package let action: Wire.Move
    @Nullable package var from: String?
  }

  package struct Summary: Codable, Sendable {
    package var add: Count = 0
    package var change: Count = 0
    /// Changes in metadata only; not counted in `change`.
    package var metadata: Count? = 0
    /// Changes by the weightiest of what they do, layers without effect aside; their sum is
    /// `change` and `metadata` less `layerOnly`.
    package var byImpact: ByImpact? = ByImpact()
    /// Layers put, moved or taken without effect; counted in `change`.
    package var layerOnly: Count? = 0
    package var delete: Count = 0
    package var dereference: Count = 0
    package var masked: Count = 0
    /// Changes that wait until they are published.
    package var drafts: Count? = 0
    package var unchanged: Count = 0
    package var errors: Count = 0
    package var warnings: Count = 0
    package var tablesLost: Count = 0
    package var columnsLost: Count = 0
    /// Of tables that stay.
    package var columnsLostOutsideTables: Count? = 0
    @Nullable package var rowsLost: Count?
    @Nullable package var valuesLost: Count?
    /// Rows, pairs among them, and values that come out of the trash; absent where none do.
    package var rowsReturned: Count?
    package var valuesReturned: Count?
    /// Needs that neither the packages nor what they are planned for meet: an environment without them refuses the import.
    package var needsUnknown: Count? = 0
  }

  /// How many components change, by `Wire.Impact`.
  package struct ByImpact: Codable, Sendable {
    package var data: Count = 0
    package var behavior: Count = 0
    package var access: Count = 0
    package var interface: Count = 0
    package var label: Count = 0
    package var metadata: Count = 0
  }

  package struct Change: Codable, Sendable {
    package let action: Wire.Action
    package let component: ComponentShape
    package let solution: String
    package let masked: Bool
    package let maskedBy: [String]
    package let baseKnown: Bool
    /// Null where there is no draft, or it stays as it is.
    @Nullable package var draft: Wire.Draft?
    /// Of the weightiest property or, of what comes or goes, of its kind; absent in plans of before.
    package let impact: Wire.Impact?
    /// Whether a layer comes, goes or moves without effect; absent for all else.
    package let layerOnly: Bool?
    /// Whether it is stated for the first time over a base that is not known here; absent for all else.
    package let firstStatement: Bool?
    /// Whether before and after are two spellings of the same; absent for all else.
    package let respelled: Bool?
    package let properties: [Property]
    @Nullable package var dataLoss: DataLoss?
    /// What comes out of the trash with it; absent where nothing does, or nobody counted.
    package let dataReturn: DataLoss?
    package let reason: Reason
    @Nullable package var at: FindingShape.Place?
  }

  package struct Property: Codable, Sendable {
    package let path: String
    /// The path in the names of a form's parts; absent where it says no more than `path`.
    package let words: String?
    @Nullable package var before: String?
    @Nullable package var after: String?
    @Nullable package var effectiveBefore: String?
    @Nullable package var effectiveAfter: String?
    /// Absent in plans of before, but for what only the generation of the exporter explains.
    package let impact: Wire.Impact?
    /// What becomes of a secret, whose values are keyed digests, or `set` without an environment; absent for all else.
    package let secret: Wire.Secret?
  }

  package struct DataLoss: Codable, Sendable {
    @Nullable package var rows: Count?
    @Nullable package var values: Count?
  }

  package struct Reason: Codable, Sendable {
    package let text: String
    package let rule: String
    package let provenance: Wire.Provenance
  }

  package struct Solution: Codable, Sendable {
    package struct Side: Codable, Sendable { package let version: String }

    package let uniqueName: String
    @Nullable package var before: Side?
    @Nullable package var after: Side?
    package let removed: Bool
  }

  /// The same with the changes alone that a reader asks for; its digest is that of the whole.
  package func filtered(by filter: ReadingFilter, _ words: String) -> PlanShape {
    var plan = self
    plan.changes = changes.filter { filter.takes(ReadableEntry($0)) }
    (plan.filtered, plan.filteredBy) = (true, words)
    return plan
  }
}

extension PlanShape {
  /// - Parameter spelled: how the face spells a way to go on.
  package init(_ plan: Plan, kinds: ComponentKinds, spelled: (Remedy) -> String) {
    base = Base(revision: Count(counted: plan.base.revision), environment: plan.base.environment)
    packages = plan.packages.map { package in
      Package(
        uniqueName: package.name.text,
        version: package.version.text,
        sha256: package.digest?.description,
        file: package.file,
        managed: package.isManaged,
        publisher: package.publisher.text,
        action: Wire.Move(package.action),
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
    publishers = plan.publishers.isEmpty ? nil : plan.publishers.map { PublisherChange($0) }
    members =
      plan.members.isEmpty ? nil : plan.members.map { Member($0, kinds: kinds) }
    findings = plan.findings.map { FindingShape($0, spelled: spelled) }
    blocksUnmanaged = plan.blocksUnmanaged
    values = plan.turns.isEmpty ? nil : plan.turns.map { Values($0, kinds: kinds) }
    let steps = plan.dataSteps
    data = steps.isEmpty ? nil : steps.map { DataStep($0, kinds: kinds) }
    facts = plan.facts.map { Facts($0) }
    exitStatus = Count(counted: Int(status))
    let plan = ReadablePlan(self)
    verdict = Verdict(plan, Names(plan.entries, kinds: kinds)).sentences.map(\.text)
  }
}

extension PlanShape.Summary {
  fileprivate init(_ plan: Plan, kinds: ComponentKinds) {
    unchanged = Count(counted: plan.unchanged)
    errors = Count(counted: plan.findings.count { $0.severity == .error })
    warnings = Count(counted: plan.findings.count { $0.severity == .warning })
    drafts = Count(counted: plan.changes.count { $0.draft == .saved })
    let needs = plan.findings.filter { $0.tells(MissingDependencies.self) }
    needsUnknown = Count(counted: needs.map(\.because.count).reduce(0, +))
    let tables = Set(
      plan.changes.filter { $0.action == .delete && $0.id.type == .entity }.map(\.id)
    )
    var rows: Count? = 0
    var values: Count? = 0
    for change in plan.changes {
      switch change.action {
      case .add: add += 1
      case .change where change.impact == .metadata && !change.isLayerOnly:
        metadata = (metadata ?? 0) + 1
      case .change: self.change += 1
      case .delete: delete += 1
      case .dereference: dereference += 1
      }
      if change.isMasked { masked += 1 }
      if change.isLayerOnly {
        layerOnly = (layerOnly ?? 0) + 1
      } else if change.action == .change {
        byImpact?.count(change.impact)
      }
      if let rows = change.dataReturn?.rows {
        rowsReturned = (rowsReturned ?? 0) + Count(counted: rows)
      }
      if let values = change.dataReturn?.values {
        valuesReturned = (valuesReturned ?? 0) + Count(counted: values)
      }
      guard change.action == .delete else { continue }
      switch kinds[change.id.type].physical {
      case .table:
        tablesLost += 1
        rows = sum(rows, change.dataLoss?.rows)
      case .column:
        columnsLost += 1
        if let table = change.parent, !tables.contains(table) {
          columnsLostOutsideTables = (columnsLostOutsideTables ?? 0) + 1
        }
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
  private func sum(_ total: Count?, _ more: Int?) -> Count? {
    guard let total, let more else { return nil }
    return total + Count(counted: more)
  }
}

extension PlanShape.ByImpact {
  fileprivate mutating func count(_ impact: Impact) {
    switch impact {
    case .data: data += 1
    case .behavior: behavior += 1
    case .access: access += 1
    case .interface: interface += 1
    case .label: label += 1
    case .metadata: metadata += 1
    }
  }
}

extension PlanShape.Change {
  /// Also as plans of before spell it.
  package var isLayerOnly: Bool { layerOnly == true || impact == .layer }

  /// Whether it changes nothing that anybody notices; a layer is worth a line.
  package var isUnnoticed: Bool { action == .change && impact == .metadata && !isLayerOnly }

  fileprivate init(_ change: Change, kinds: ComponentKinds) {
    action = Wire.Action(change.action)
    component = ComponentShape(
      change.id,
      name: change.name,
      displayName: change.displayName,
      parent: change.parent,
      parentName: change.parentName,
      kinds: kinds
    )
    solution = change.solution.text
    masked = change.isMasked
    maskedBy = change.maskedBy.map(\.text)
    baseKnown = change.isBaseKnown
    draft = change.draft.map { Wire.Draft($0) }
    impact = Wire.Impact(change.impact)
    layerOnly = change.isLayerOnly ? true : nil
    firstStatement = change.isFirstStatement ? true : nil
    respelled = change.isRespelling ? true : nil
    properties = change.properties.map { property in
      PlanShape.Property(
        path: property.path,
        words: property.words,
        before: property.before,
        after: property.after,
        effectiveBefore: property.effectiveBefore,
        effectiveAfter: property.effectiveAfter,
        impact: Wire.Impact(property.impact),
        secret: property.secret.map { Wire.Secret($0) }
      )
    }
    dataLoss = change.dataLoss.map { PlanShape.DataLoss($0) }
    dataReturn = change.dataReturn.map { PlanShape.DataLoss($0) }
    reason = PlanShape.Reason(
      text: change.reason.text,
      rule: change.reason.rule.id,
      provenance: Wire.Provenance(change.reason.rule.provenance)
    )
    at = change.at.map { FindingShape.Place($0) }
  }
}

extension PlanShape.DataLoss {
  fileprivate init(_ loss: DataLoss) {
    rows = loss.rows.map { Count(counted: $0) }
    values = loss.values.map { Count(counted: $0) }
  }
}
