import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct ListTrash: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "What was dropped and can come back, newest first."
  )

  @Flag(inversion: .prefixedNo, help: "Count rows and values; takes time that grows with them.")
  var count = true

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let rows = try await lifecycle.ask(TrashQuestion(counting: count))
    let document = TrashShape(rows, kinds: .standard)
    try output.give(document) { document.text($0) }
  }
}

extension TrashShape {
  func text(_ style: TextStyle) -> Prose {
    guard !items.isEmpty else { return "The trash is empty.\n" }
    return items.map { $0.line(style) }.joined(separator: "\n") + "\n"
  }
}

extension TrashShape.Item {
  func line(_ style: TextStyle) -> Prose {
    let noun = component.hasPrefix("Attribute:") ? "value" : "row"
    let count = count.map { counted($0, noun) } ?? "not counted"
    let when = style("\(why) by operation \(operation), \(dropped)", .gray)
    return "\(style.bold("\(number)"))  \(component.shown())  \(count)  \(when)"
  }

  /// How it came there.
  private var why: String {
    switch origin {
    case .dropped: "dropped"
    case .overwritten: "overwritten"
    case .takenBack: "taken back"
    }
  }
}
