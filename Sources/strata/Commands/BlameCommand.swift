import ArgumentParser
import Contract
import Faces
import Lifecycle
import Reading
import Solutions

struct BlameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blame",
    abstract: "Show which layer set each property."
  )

  @Argument(help: "KIND:NAME or a GUID.", completion: .component)
  var component: String

  @Argument(help: "Only this property, by its path or the end of it.")
  var property: String?

  @OptionGroup var looking: ComponentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let kinds = ComponentKinds.standard
    let (id, installed) = try await looking.find(component, kinds: kinds)
    guard let stack = installed.stacks[id] else {
      throw Failure(
        .draftOnly,
        "\(component) is only a draft, so nothing of it is in effect",
        remedy: "strata publish \(component)"
      )
    }
    let blame = Blame(stack, merge: kinds[id.type].merge)
    func isMeant(_ path: String, _ words: String? = nil) -> Bool {
      property.map { PathText.isMeant(path, words, by: $0) } ?? true
    }
    let lines = blame.lines.filter { isMeant($0.path, $0.words) }
    let setting = installed.told(id).flatMap { isMeant($0.path) ? $0 : nil }
    guard property == nil || !lines.isEmpty || setting != nil else {
      throw Failure(.noSuchProperty, "\(component) has no property “\(property ?? "")”")
    }
    let history = try await looking.history(of: id)
    let document = BlameShape(
      stack,
      blame,
      lines,
      state: installed,
      kinds: kinds,
      histories: history.layers,
      setting: setting,
      operation: history.setting?.number
    )
    try output.give(document) { document.text($0) }
  }
}

extension BlameShape {
  func text(_ style: TextStyle) -> Prose {
    var lines: [Prose] = [style.bold("\(component.kind):\(component.name)")]
    if !baseKnown {
      lines.append("  its base is not known here: this is what differences say")
    }
    for (layer, own) in properties.grouped(by: \.layer) {
      let origins = own.grouped(by: \.origin)
      let only = origins.count == 1 ? origins[0].key : ""
      lines.append("  \(style("\(layer)", .blue))\(only.isEmpty ? "" : style("  \(only)", .gray))")
      // What the layer says in its own name comes first.
      let isOwn = { (origin: String) in !origin.hasPrefix("since") }
      for (origin, said) in origins.filter({ isOwn($0.key) }) + origins.filter({ !isOwn($0.key) }) {
        let isApart = origins.count > 1 && !origin.isEmpty
        if isApart { lines.append(style("    \(origin)", .gray)) }
        for line in said {
          lines.append(
            "\(isApart ? "      " : "    ")\((line.words ?? line.path).shownPath(90)): \(line.value.shown(70))"
          )
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension BlameShape.Line {
  fileprivate var layer: String { [solution, version].compactMap(\.self).joined(separator: " ") }

  /// Where the value comes from, as far as that is not the layer itself.
  fileprivate var origin: String {
    let first = operationVersion ?? sinceVersion
    var words: [String] = []
    if since != solution {
      words.append(["since", since, first].compactMap(\.self).joined(separator: " "))
    } else if let first, first != version {
      words.append("since \(first)")
    }
    if let operation { words.append("operation \(operation)") }
    return words.joined(separator: ", ")
  }
}
