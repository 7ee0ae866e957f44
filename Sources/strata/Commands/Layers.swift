import ArgumentParser
import Hashing
import Solutions

struct Layers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The layers of a component, topmost first, and what each changes."
  )

  @Argument(help: "KIND:NAME or a GUID.")
  var component: String

  @OptionGroup var looking: ComponentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let kinds = ComponentKinds.standard
    let (id, installed) = try await looking.find(component, kinds: kinds)
    guard let stack = installed.stacks[id] else { return }
    let document = LayersDocument(stack, state: installed, kinds: kinds)
    print(
      output.json
        ? try DocumentCoder.json(document) : document.text(output.style),
      terminator: ""
    )
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
    let updated: [DiffDocument.Property]
  }

  let format: String
  let formatVersion: Int
  let component: ComponentDocument
  let merge: String
  let baseKnown: Bool
  /// Topmost first.
  let layers: [Item]

  init(_ stack: LayerStack, state: InstalledState, kinds: ComponentKinds) {
    format = "strata.layers"
    formatVersion = 1
    let top = stack.top.component
    let kind = kinds[top.id.type]
    component = ComponentDocument(
      top.id,
      name: top.name,
      displayName: top.displayName,
      parent: top.parent,
      kinds: kinds
    )
    merge = kind.merge.title
    baseKnown = stack.isBaseKnown(kind.merge)
    layers = stack.updates(kind.merge).enumerated().map { index, entry in
      Item(
        order: index,
        solution: entry.layer.solution.text,
        version: state.solutions[entry.layer.solution]?.version.text,
        publisher: entry.layer.publisher.text,
        place: entry.layer.rank.word,
        active: stack.isActive(entry.layer, kind.merge),
        assumed: entry.layer.isAssumed,
        hash: entry.layer.definition.hash.description,
        updated: entry.properties.map { .init(path: $0.path, before: $0.before, after: $0.after) }
      )
    }.reversed()
  }

  func text(_ style: TextStyle) -> String {
    var lines = [
      "\(style.bold("\(component.kind):\(component.name)"))\(component.displayName.map { "  “\($0.shown(60))”" } ?? "")"
    ]
    lines.append("  \(merge)\(baseKnown ? "" : "; its base is not known here")")
    for layer in layers {
      let mark = layer.active ? "●" : "○"
      let version = layer.version.map { " \($0)" } ?? ""
      lines.append(
        "  \(mark) \(layer.order)  \(layer.solution)\(version)  \(style("\(layer.place), publisher \(layer.publisher)\(layer.assumed ? ", assumed" : "")", .gray))"
      )
      for property in layer.updated {
        lines.append(
          "        \(property.path.shown(100)): \(property.before?.shown(60) ?? "∅") → \(property.after?.shown(60) ?? "∅")"
        )
      }
    }
    lines.append(style("  ● in effect   ○ covered", .gray))
    return lines.joined(separator: "\n") + "\n"
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
