import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct BlameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blame",
    abstract: "Show which layer set each property."
  )

  @Argument(help: "KIND:NAME or a GUID.")
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
    let width = min(
      44,
      properties.map { $0.solution.count + ($0.version?.count ?? 0) + 1 }.max() ?? 0
    )
    for line in properties {
      let owner = "\(line.solution) \(line.version ?? "")"
      let pad = String(repeating: " ", count: max(0, width - owner.count))
      let version = line.operationVersion ?? line.sinceVersion
      var since: Prose = ""
      if line.since != line.solution {
        since = "  since \(line.since) \(version ?? "")"
      } else if version != line.version {
        since = "  since \(version ?? "")"
      }
      if let operation = line.operation {
        since += since.isEmpty ? "  operation \(operation)" : ", operation \(operation)"
      }
      lines.append(
        "  \(style("\(owner)", .blue))\(pad)  \((line.words ?? line.path).shownPath(90)): \(line.value.shown(70))\(style(since, .gray))"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
