import ArgumentParser
import Hashing
import Lifecycle
import SolutionStore
import Solutions

struct Layers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The layers of a component, topmost first, and what each changes.",
    discussion: """
      Without a component: --unmanaged lists every managed component of an environment with an unmanaged layer, \
      --masked those whose unmanaged layer hides managed changes.
      """
  )

  @Argument(help: "KIND:NAME or a GUID.")
  var component: String?

  @Flag(help: "All properties of each layer, not only those that it changes.")
  var all = false

  @Flag(help: "Every managed component with an unmanaged layer, and what that changes.")
  var unmanaged = false

  @Flag(help: "Every component whose unmanaged layer hides managed changes.")
  var masked = false

  @OptionGroup var looking: ComponentOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard [component != nil, unmanaged, masked].count(where: { $0 }) == 1 else {
      throw ValidationError("Name a component, or say --unmanaged or --masked.")
    }
    guard component != nil || (looking.state.against.isEmpty && looking.asOf == nil) else {
      throw ValidationError("--unmanaged and --masked look at an environment as it is now.")
    }
  }

  func run() async throws {
    let kinds = ComponentKinds.standard
    guard let component else {
      let lifecycle = try await looking.state.environment.lifecycle()
      let isMasked = masked
      let document = try await lifecycle.store.read { session in
        try isMasked
          ? CustomizedDocument(masked: session, kinds: kinds)
          : CustomizedDocument(unmanaged: session, kinds: kinds)
      }
      return try output.give(document) { document.text($0) }
    }
    let (id, installed) = try await looking.find(component, kinds: kinds)
    var histories: [SolutionName: LayerHistory] = [:]
    var operations: [Int: Operation] = [:]
    var settingOperation: Int?
    if looking.state.isOnEnvironment {
      let asOf = looking.asOf
      (histories, operations, settingOperation) = try await looking.state.environment.lifecycle()
        .store.read {
          session in
          (
            try session.layerHistories(of: id, at: asOf),
            Dictionary(try session.history().map { ($0.number, $0) }) { first, _ in first },
            try session.settingOperation(of: id, at: asOf)
          )
        }
    }
    let document = LayersDocument(
      id,
      state: installed,
      kinds: kinds,
      written: histories.compactMapValues {
        $0.statements.last.flatMap { operations[$0.operation] }
      },
      setting: settingOperation.flatMap { operations[$0] },
      isWhole: all
    )
    guard let document else { return }
    try output.give(document) { document.text($0) }
  }
}

/// `layers --json`.
struct LayersDocument: Codable {
  struct Item: Codable {
    let order: Int
    let solution: String
    @Nullable var version: String?
    let publisher: String
    let place: String
    /// Whether its statement is in effect; for kinds that merge, several are.
    let active: Bool
    let assumed: Bool
    let hash: String
    /// What wrote it; null where packages alone are looked at.
    @Nullable var operation: Written?
    let updated: [DiffDocument.Property]
    let children: [Child]
    /// With --all.
    let properties: [Property]?
  }

  struct Written: Codable {
    let number: Int
    let title: String
    let completed: String
  }

  /// What waits beside the layers until it is published.
  struct Draft: Codable {
    let publisher: String
    let hash: String
    @Nullable var operation: Written?
    /// What publishing would change of what is in effect; empty where nothing was ever published.
    let wouldChange: [DiffDocument.Property]
  }

  struct Setting: Codable {
    let path: String
    let value: String
    @Nullable var operation: Written?
  }

  struct Child: Codable {
    let list: String
    let path: String
    let key: String
    let status: String
  }

  struct Property: Codable {
    let path: String
    let value: String
  }

  let format: String
  let formatVersion: Int
  let component: ComponentDocument
  let merge: String
  let baseKnown: Bool
  /// 0 published, 1 with a draft (LC-333).
  let componentState: Int
  /// What the environment says beside the layers: a state, a value or a connection.
  @Nullable var setting: Setting?
  @Nullable var draft: Draft?
  /// Topmost first; none of a component that was never published.
  let layers: [Item]

  /// nil where the component is not there.
  init?(
    _ id: ComponentID,
    state: InstalledState,
    kinds: ComponentKinds,
    written: [SolutionName: Operation],
    setting operation: Operation?,
    isWhole: Bool
  ) {
    guard let standing = state.standing(id) else { return nil }
    format = "strata.layers"
    formatVersion = 1
    let kind = kinds[id.type]
    let stack = state.stacks[id]
    component = ComponentDocument(standing.top.component, kinds: kinds)
    merge = kind.merge.title
    baseKnown = standing.isBaseKnown(kind.merge)
    componentState = state.componentState(of: id).rawValue
    setting = state.settings[id].map {
      Setting(path: $0.path, value: $0.text, operation: operation.map { Written($0) })
    }
    draft = Draft(id, state: state, kind: kind, written: written[.draft])
    layers = (stack?.updates(kind.merge) ?? []).enumerated().map { index, entry in
      Item(
        order: index,
        solution: entry.layer.solution.text,
        version: state.solutions[entry.layer.solution]?.version.text,
        publisher: entry.layer.publisher.text,
        place: entry.layer.rank.word,
        active: stack?.isActive(entry.layer, kind.merge) ?? false,
        assumed: entry.layer.isAssumed,
        hash: entry.layer.definition.hash.description,
        operation: written[entry.layer.solution].map { Written($0) },
        updated: entry.properties.map { .init(path: $0.path, before: $0.before, after: $0.after) },
        children: entry.children.map {
          Child(list: $0.list, path: $0.path, key: $0.key, status: $0.status.rawValue)
        },
        properties: isWhole && !entry.layer.isAssumed
          ? Properties(entry.layer.definition).list.map { Property(path: $0.path, value: $0.value) }
          : nil
      )
    }.reversed()
  }

  func text(_ style: TextStyle) -> String {
    var lines = [
      "\(style.bold("\(component.kind):\(component.name)"))\(component.displayName.map { "  “\($0.shown(60))”" } ?? "")"
    ]
    lines.append("  \(merge)\(baseKnown ? "" : "; its base is not known here")")
    if let setting {
      let written = setting.operation.map { style("  operation \($0.number)", .gray) } ?? ""
      lines.append("  \(setting.path): \(setting.value.shown(60))\(written)")
    }
    lines += draft?.text(isOnly: layers.isEmpty, style) ?? []
    for layer in layers { lines += text(layer, style) }
    let legend = draft == nil ? "" : "   ◌ in effect when it is published"
    lines.append(style("  ● in effect   ○ covered\(legend)", .gray))
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(_ layer: Item, _ style: TextStyle) -> [String] {
    let mark = layer.active ? "●" : "○"
    let version = layer.version.map { " \($0)" } ?? ""
    let written = layer.operation.map { ", operation \($0.number)" } ?? ""
    let details =
      "\(layer.place), publisher \(layer.publisher)\(layer.assumed ? ", assumed" : "")\(written)"
    var lines = [
      "  \(mark) \(layer.order)  \(layer.solution)\(version)  \(style(details, .gray))"
    ]
    lines += layer.updated.map(\.line)
    for property in layer.properties ?? [] {
      lines.append("        \(property.path.shown(200)) = \(property.value.shown(60))")
    }
    // Of the base everything is new, and a list of it says nothing.
    guard layer.order > 0 else { return lines }
    for (list, children) in Dictionary(grouping: layer.children, by: \.list).sorted(by: {
      $0.key < $1.key
    }) {
      let counts = ["Added", "Updated", "Removed", "Unchanged"].compactMap { status -> String? in
        let count = children.count { $0.status == status }
        return count == 0 ? nil : "\(count) \(status.lowercased())"
      }
      lines.append(style("        \(list): \(counts.joined(separator: ", "))", .gray))
    }
    return lines
  }
}

extension LayersDocument.Written {
  fileprivate init(_ operation: Operation) {
    number = operation.number
    title = operation.record.title
    completed = operation.completed.description
  }
}

extension LayersDocument.Draft {
  init?(_ id: ComponentID, state: InstalledState, kind: ComponentKind, written: Operation?) {
    guard let draft = state.drafts[id] else { return nil }
    publisher = draft.publisher.text
    hash = draft.definition.hash.description
    operation = written.map { LayersDocument.Written($0) }
    wouldChange = state.publishingChanges(id, kind.merge)
  }

  fileprivate func text(isOnly: Bool, _ style: TextStyle) -> [String] {
    let written = operation.map { ", operation \($0.number)" } ?? ""
    let details = "unmanaged, publisher \(publisher)\(written)"
    let what = isOnly ? "never published" : wouldChange.isEmpty ? "" : "strata publish would change"
    return ["  ◌ draft  \(style(details, .gray))\(what.isEmpty ? "" : "  \(what)")"]
      + wouldChange.map { $0.line }
  }
}

extension InstalledState {
  /// What publishing a draft would change of what is in effect.
  func publishingChanges(_ id: ComponentID, _ merge: MergeBehavior) -> [DiffDocument.Property] {
    guard drafts[id] != nil, let stack = stacks[id], let drafted = drafted(id),
      stack.layers.contains(where: { !$0.isAssumed })
    else { return [] }
    return PropertyChanges.between(stack.effective(merge), drafted.effective(merge)).map {
      DiffDocument.Property(path: $0.path, before: $0.before, after: $0.after)
    }
  }
}

extension DiffDocument.Property {
  var line: String {
    "        \(path.shown(100)): \(before?.shown(60) ?? "∅") → \(after?.shown(60) ?? "∅")"
  }
}

extension LayerRank {
  var word: String {
    switch self {
    case .system: "system"
    case .managed(_, _, .base): "managed"
    case .managed(_, _, .patch): "patch"
    case .managed(_, _, .holding): "pending upgrade"
    case .active: "unmanaged"
    }
  }
}
