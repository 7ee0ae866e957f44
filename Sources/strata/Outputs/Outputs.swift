import ArgumentParser
import Faces
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// Where the outputs of a run go: declared and judged together, before anything is read or printed.
///
/// None takes the place of what is read, of an environment, or of another (docs/decisions/075).
struct Outputs {
  /// An option or argument and the path that it names; nil where it was not given.
  typealias Declared = (name: String, path: String?)

  /// What is read in this run.
  struct Input {
    let path: String
    /// As in `the package that is planned`.
    let words: String
  }

  private let places: [String: OutputPlace]

  /// - Parameters:
  ///   - declared: `-` is standard output.
  ///   - environment: the file of the one that is looked at.
  /// - Throws: `Failure` for what cannot be written or would destroy something; `ValidationError` for a path that is
  ///   empty.
  init(_ declared: [Declared], reading inputs: [Input] = [], in environment: String? = nil) throws {
    var places: [(name: String, place: OutputPlace)] = []
    for case (let name, let path?) in declared where path != "-" {
      guard !path.isEmpty else {
        throw ValidationError("\(name) is empty (an unset variable?).")
      }
      places.append((name, OutputPlace(path)))
    }
    try Self.requireApart(declared, places)
    for (_, place) in places {
      try place.check()
      for input in inputs where OutputPlace(input.path).isSame(as: place) {
        throw Self.refusal("\(place.path) is \(input.words)")
      }
      if let environment, Self.files(of: environment).contains(where: { $0.isSame(as: place) }) {
        throw Self.refusal("\(place.path) belongs to the environment \(environment)")
      }
      try Self.refuseDatabase(place)
    }
    self.places = Dictionary(places.map { ($0.place.path, $0.place) }) { first, _ in first }
  }

  /// Texts whole, all of them or none.
  ///
  /// - Throws: `Failure` where one cannot be written.
  func write(_ texts: [(path: String, text: String)], isPrivate: Bool) throws {
    let files = try texts.map { path, text in
      let file = try open(path, isPrivate: isPrivate)
      try file.write(Array(text.utf8))
      return file
    }
    for file in files { try file.commit() }
  }

  /// What is written some at a time.
  ///
  /// - Throws: `Failure` where it cannot be written.
  func open(_ path: String, isPrivate: Bool) throws -> OutputFile {
    guard let place = places[path] else { preconditionFailure("\(path) was not declared") }
    return try OutputFile(place, isPrivate: isPrivate)
  }

  // MARK: Judging

  /// One name for one output.
  private static func requireApart(
    _ declared: [Declared],
    _ places: [(name: String, place: OutputPlace)]
  ) throws {
    let printed = declared.filter { $0.path == "-" }.map(\.name)
    guard printed.count < 2 else {
      throw refusal("\(list(printed)) are all to go to standard output")
    }
    for (name, place) in places {
      let same = places.filter { $0.place.isSame(as: place) && !isStream($0.place) }.map(\.name)
      guard same.count < 2 else { throw refusal("\(list(same)) are one file, \(place.path)") }
      if let node = place.node, let stream = Console.stream(on: node) {
        throw refusal("\(name) and \(stream) are one file, \(place.path)")
      }
    }
  }

  private static func isStream(_ place: OutputPlace) -> Bool { place.node?.kind == .stream }

  private static func list(_ names: [String]) -> String {
    names.dropLast().joined(separator: ", ") + (names.last.map { " and \($0)" } ?? "")
  }

  /// An environment's file and what lies beside it, or may come to.
  static func files(of environment: String) -> [OutputPlace] {
    let file = OutputPlace(environment)
    return [file] + EnvironmentOptions.companions.map { OutputPlace(file.target + $0) }
  }

  /// Environments hold people's data, also those that this run does not look at.
  static func refuseDatabase(_ place: OutputPlace) throws {
    if isDatabase(place) { throw refusal("\(place.path) is a database") }
    for suffix in EnvironmentOptions.companions where place.target.hasSuffix(suffix) {
      let file = OutputPlace(String(place.target.dropLast(suffix.count)))
      guard isDatabase(file) else { continue }
      let name =
        place.path.hasSuffix(suffix) ? String(place.path.dropLast(suffix.count)) : file.path
      throw refusal("\(place.path) belongs to the environment \(name)")
    }
  }

  static func isDatabase(_ place: OutputPlace) -> Bool {
    guard place.node?.kind == .file else { return false }
    let descriptor = Glibc.open(place.target, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let magic = Array("SQLite format 3\0".utf8)
    var start = [UInt8](repeating: 0, count: magic.count)
    return read(descriptor, &start, start.count) == magic.count && start == magic
  }

  private static func refusal(_ what: String) -> Failure {
    Failure(.wouldOverwrite, "\(what); nothing was written", remedy: "name another file")
  }
}
