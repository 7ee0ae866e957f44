import ArgumentParser
import Lifecycle
import Solutions

struct PublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Publish drafts: all of them or those named.",
    discussion: """
      Edits and unmanaged imports of forms, views, charts, apps, site maps, ribbons and web resources wait as drafts. \
      Publishing puts them into the unmanaged layer; it is planned, checked against the owners' managed properties \
      and undone by a rollback like every other operation.
      """
  )

  @Argument(
    help: "KIND:NAME or a GUID; a table stands for its forms, views, charts and ribbon.",
    completion: .component
  )
  var components: [String] = []

  @Option(help: "What this unmanaged solution lists.", completion: .solution)
  var solution: SolutionName?

  @OptionGroup var changing: SafeChangeOptions

  func validate() throws {
    guard components.isEmpty || solution == nil else {
      throw ValidationError("Name components or a solution, not both.")
    }
  }

  func run() async throws {
    try await changing.perform(.publishing(try await publishing()))
  }

  private func publishing() async throws -> Publishing {
    if let solution { return .solution(solution) }
    guard !components.isEmpty else { return .all }
    var ids: Set<ComponentID> = []
    for text in components {
      ids.insert(try await changing.environment.component(text, kinds: .standard))
    }
    return .components(ids)
  }
}
