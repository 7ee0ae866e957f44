import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

struct ListEnvironments: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the environments of a server, of a folder, or those that have names.",
    discussion: """
      Of a server those that lie in schemas of one of its databases: postgres://HOST/DATABASE, without a schema. Of a folder its \
      files. Without a place those of \(EnvironmentNames.file), or of the file that STRATA_ENVIRONMENTS names; without one, those here.
      """
  )

  @Argument(help: "postgres://HOST/DATABASE, or a folder.", completion: .directory)
  var place: String?

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let entries = await Self.entries(try Self.places(place))
    Progress.end()
    let shape = EnvironmentsShape(entries)
    try output.give(shape) { shape.text($0) }
  }

  private struct Place {
    let name: String
    let address: String
    /// Whether it is said to be one, and not only looked at.
    let isNamed: Bool
  }

  private static func places(_ place: String?) throws -> [Place] {
    guard let place else {
      let names = try EnvironmentNames.known()
      guard names.isEmpty else {
        return names.sorted { $0.key < $1.key }
          .map { Place(name: $0.key, address: $0.value, isNamed: true) }
      }
      return try files(in: ".")
    }
    guard Database.isOnServer(place) else { return try files(in: place) }
    return try Database.schemas(of: place)
      .map { Place(name: $0.name, address: $0.address, isNamed: true) }
  }

  private static func files(in folder: String) throws -> [Place] {
    guard FileNode(folder)?.kind == .folder else {
      throw Failure(
        .unreadable,
        "\(folder) is no folder",
        remedy: "strata status --env \(folder.word)"
      )
    }
    return try Files.databases(in: folder)
      .map { Place(name: Files.name(of: $0), address: $0, isNamed: false) }
  }

  /// Looks at one time: most of its time each waits for a server.
  private static let togetherMax = 8

  /// In the order of the places; a few are looked at together.
  private static func entries(_ places: [Place]) async -> [EnvironmentsShape.Entry] {
    await withTaskGroup(of: (number: Int, entries: [EnvironmentsShape.Entry]).self) { group in
      var found: [[EnvironmentsShape.Entry]] = Array(repeating: [], count: places.count)
      var seen = 0
      func take(_ done: (number: Int, entries: [EnvironmentsShape.Entry])) {
        found[done.number] = done.entries
        seen += 1
        Progress.show("Looked at \(places[done.number].name): \(seen) of \(places.count)")
      }
      for (number, place) in places.enumerated() {
        if number >= togetherMax, let done = await group.next() { take(done) }
        group.addTask { (number, await Self.entries(place)) }
      }
      for await done in group { take(done) }
      return found.flatMap(\.self)
    }
  }

  /// What cannot be looked at is listed with the reason; none for a database of something else.
  private static func entries(_ place: Place) async -> [EnvironmentsShape.Entry] {
    let location = Database.shown(place.address)
    do {
      let lifecycle = try await EnvironmentOptions(at: place.address).opened()
      let outline = EnvironmentOutline(
        name: place.name,
        location: location,
        standing: try await lifecycle.standing(),
        solutions: try await lifecycle.ask(InstalledQuestion()).count,
        bytes: try await lifecycle.size()
      )
      return [EnvironmentsShape.Entry(outline)]
    } catch {
      let failure = Failure(error)
      guard place.isNamed || failure.code != Failure.Code.notAnEnvironment.rawValue else {
        return []
      }
      // What is said of an address goes without it, what was tried at one does not.
      let text = failure.message.text
      let problem =
        text.hasPrefix("\(location): ") ? String(text.dropFirst(location.count + 2)) : text
      return [EnvironmentsShape.Entry(name: place.name, location: location, problem: problem)]
    }
  }
}

extension EnvironmentsShape {
  func text(_ style: TextStyle) -> Prose {
    guard !environments.isEmpty else { return "No environments.\n" }
    let rows = environments.map { entry -> [Prose] in
      let name = style.bold("\(entry.name)")
      guard let revision = entry.revision else {
        return [name, "", "", "", "\((entry.problem ?? "").shown(120))"]
      }
      let last = entry.lastOperation.map { operation -> Prose in
        "\(operation.title.shown(60)), \(operation.completed)"
      }
      return [
        name, "\(revision)", "\(entry.solutions ?? 0)", FileSize.text(entry.bytes ?? 0),
        (last ?? "nothing was done yet") + (entry.runs == true ? "; one runs now" : ""),
      ]
    }
    return TextTable.text(
      ["Name", "Revision", "Solutions", "Size", "Last operation"],
      rows,
      style
    )
  }
}

/// Bytes for people.
enum FileSize {
  static func text(_ bytes: Int) -> Prose {
    bytes < 10_000_000 ? "\((bytes + 999) / 1000) kB" : "\(bytes / 1_000_000) MB"
  }
}
