import Contract
import Mustache
import Solutions

/// A plan as one self-contained HTML file: deletions first, nothing from elsewhere, no script.
struct PlanHTML {
  let plan: PlanShape

  func text() throws -> String {
    var content = Self.visible(content()) as? [String: Any] ?? [:]
    content["style"] = Self.style
    return try MustacheTemplate(string: Self.template).render(content)
  }

  /// Every text in it, on one line and visible: most are foreign.
  private static func visible(_ content: Any) -> Any {
    switch content {
    case let text as String: text.visible
    case let list as [Any]: list.map { visible($0) }
    case let fields as [String: Any]: fields.mapValues { visible($0) }
    default: content
    }
  }

  private func content() -> [String: Any] {
    let packages = plan.packages.map { package -> [String: Any] in
      let head = PlanHead(package)
      return [
        "title": head.title, "name": package.uniqueName, "version": package.version,
        "versions": head.versions,
        "kind": package.managed ? "managed" : "unmanaged", "publisher": package.publisher,
        "sha256": package.sha256.map { [$0] } ?? [],
      ]
    }
    let title = plan.packages.map {
      "\(PlanHead($0).title) \($0.version)"
    }.joined(separator: ", ")
    return [
      "title": title, "packages": packages, "status": plan.status,
      "verdict": verdict, "tiles": tiles, "hasFindings": !plan.findings.isEmpty,
      "findings": plan.findings.map { finding($0) },
      "notes": (PlanNotes(plan).lines + [PlanNotes(plan).needs].compactMap { $0 }).map(\.text),
      "sections": Self.sections.compactMap { section($0.title, $0.action, isOpen: $0.isOpen) },
      "metadata": PlanFolding.metadata(plan.changes),
      "hasMetadata": !PlanFolding.metadata(plan.changes).isEmpty,
      "metadataCount": "\(summaryMetadata)",
      "formatVersion": PlanShape.formatVersion, "environment": plan.base.environment,
      "revision": "\(plan.base.revision)", "digest": plan.digest.map { [$0] } ?? [],
    ]
  }

  private var summaryMetadata: Count { plan.summary.metadata ?? 0 }

  private static let sections = [
    (title: "Deleted, with their data", action: Wire.Action.delete, isOpen: true),
    (title: "Dereferenced: another layer keeps them", action: .dereference, isOpen: false),
    (title: "Added", action: .add, isOpen: false),
    (title: "Changed", action: .change, isOpen: true),
  ]

  private var verdict: String {
    switch plan.status {
    case 0:
      summaryMetadata > 0
        ? "✓ Nothing would change but the spelling of \(counted(summaryMetadata, "component"))."
        : "✓ Nothing would change."
    case 4:
      "✕ Refused: \(counted(plan.summary.errors, "error")). What follows is what it would do."
    case 3: "! It would destroy \(counted(plan.summary.delete, "component")) with their data."
    default: "~ It would change the target and destroy nothing."
    }
  }

  private var tiles: [[String: Any]] {
    let summary = plan.summary
    func tile(_ number: Count?, _ label: String) -> [String: Any] {
      ["number": number.map { "\($0)" } ?? "unknown", "label": label]
    }
    var tiles = [
      tile(summary.delete, "- deleted"), tile(summary.dereference, "→ dereferenced"),
      tile(summary.add, "+ added"), tile(summary.change, "~ changed"),
      tile(summary.masked, "⊘ masked"), tile(summary.unchanged, "unchanged"),
      tile(summary.errors, "errors"), tile(summary.warnings, "warnings"),
    ]
    if summaryMetadata > 0 { tiles.insert(tile(summaryMetadata, "in metadata only"), at: 4) }
    if summary.tablesLost + summary.columnsLost > 0 {
      tiles += [
        tile(summary.tablesLost, "tables lost"), tile(summary.rowsLost, "rows lost"),
        tile(summary.columnsLost, "columns lost"), tile(summary.valuesLost, "values lost"),
      ]
    }
    return tiles
  }

  private func finding(_ finding: FindingShape) -> [String: Any] {
    let limit = 15
    let more = Array(finding.because.dropFirst(limit))
    return [
      "severity": finding.severity.rawValue, "code": finding.code, "message": finding.message,
      "hasBecause": !finding.because.isEmpty, "because": Array(finding.because.prefix(limit)),
      "hasMore": !more.isEmpty, "moreCount": more.count, "more": more,
      "remedy": finding.remedy.map { [$0] } ?? [], "subject": finding.subject,
      "place": finding.at.map { $0.line > 0 ? ", \($0.file):\($0.line)" : ", \($0.file)" } ?? "",
      "rule": finding.rule, "provenance": finding.provenance.rawValue,
    ]
  }

  private func section(_ title: String, _ action: Wire.Action, isOpen: Bool) -> [String: Any]? {
    let all = plan.changes.filter { $0.action == action && !$0.isUnnoticed }
    let changes = all.filter { !$0.isLayerOnly }
    guard !all.isEmpty else { return nil }
    var kinds: [(kind: String, changes: [PlanShape.Change])] = []
    for change in changes {
      if kinds.last?.kind == change.component.kind {
        kinds[kinds.count - 1].changes.append(change)
      } else {
        kinds.append((change.component.kind, [change]))
      }
    }
    return [
      "title": title, "count": all.count,
      "layers": PlanFolding.layers(all).map { [$0] } ?? [],
      "kinds": kinds.map { entry -> [String: Any] in
        [
          "kind": entry.kind, "count": entry.changes.count,
          // Long lists stay folded: a page of thousands of open rows is no help.
          "open": isOpen && entry.changes.count <= 100,
          "changes": entry.changes.map { self.change($0) },
        ]
      },
    ]
  }

  private func change(_ change: PlanShape.Change) -> [String: Any] {
    let component = change.component
    let display = component.displayName.flatMap { $0.isEmpty || $0 == component.name ? nil : $0 }
    let parent = component.parent?.split(separator: ":", maxSplits: 1).last.map(String.init)
    let isEdit = change.action == .change
    let waits = PlanSymbols.waits(change)
    let isTold = isEdit || change.action == .dereference
    return [
      "css": isEdit ? "change-edit" : change.action.rawValue, "action": change.action.rawValue,
      "sign": PlanSymbols.symbol(change), "name": component.name,
      "display": display.map { [$0] } ?? [],
      "parent": component.id == nil ? [] : parent.map { [$0] } ?? [],
      "loss": loss(change).map { [$0] } ?? [],
      "hidden": change.masked ? [change.maskedBy.joined(separator: ", ")] : [],
      "draft": PlanSymbols.draft(change).map { [$0] } ?? [],
      "baseUnknown": !change.baseKnown, "reason": change.reason.text,
      "facts": isTold ? [] : facts(change).map { [$0] } ?? [],
      "hasProperties": isTold && !PlanSymbols.told(change).isEmpty,
      "properties": isTold ? PlanSymbols.told(change).map { property($0, waits) } : [],
    ]
  }

  /// What is worth a word of a component that comes or goes, in one line.
  private func facts(_ change: PlanShape.Change) -> String? {
    let facts = change.properties.compactMap { property in
      (property.secret?.rawValue ?? property.after ?? property.before).map {
        "\(PlanSymbols.short(property.path)) \($0)"
      }
    }
    return facts.isEmpty ? nil : facts.joined(separator: ", ")
  }

  private func loss(_ change: PlanShape.Change) -> String? {
    guard let loss = change.dataLoss else { return nil }
    if change.component.kind == "EntityRelationship", let pairs = loss.rows {
      return counted(pairs, "pair")
    }
    return change.component.kind == "Entity"
      ? loss.rows.map { counted($0, "row") } ?? "rows unknown"
      : loss.values.map { counted($0, "value") } ?? "values unknown"
  }

  private func property(_ property: PlanShape.Property, _ waits: Bool) -> [String: Any] {
    let secret = property.secret?.rawValue
    let before = PlanSymbols.before(property).map { secret == nil ? $0 : "a secret" }
    return [
      "path": property.words ?? property.path, "before": before ?? "∅",
      "after": secret ?? property.after ?? "∅",
      "effect": waits ? "" : PlanSymbols.effect(property) ?? "",
    ]
  }
}
