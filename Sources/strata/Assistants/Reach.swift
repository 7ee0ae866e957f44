import Faces
import FoundationEssentials
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// What assistants can look at: what was named when the server was started, and nothing else.
struct Reach: Sendable {
  struct Environment: Sendable {
    let name: String
    /// As it was said: it may hold a password.
    let address: String
  }

  let environments: [Environment]
  /// Absolute, and without links.
  private let folders: [String]

  /// - Throws: `Failure` for a folder that is not there.
  init(environments: [Environment], folders: [String]) throws {
    self.environments = environments
    self.folders = try folders.map { folder in
      guard let real = Self.real(folder), FileNode(real)?.kind == .folder else {
        throw Failure(.unreadable, "there is no folder \(folder)")
      }
      return real
    }
  }

  /// The one that is meant: the only one where none is named, and none where there is none.
  func environment(_ arguments: Arguments) throws -> Environment? {
    if let name = arguments.text("env") { return environments.first { $0.name == name } }
    guard environments.count > 1 else { return environments.first }
    throw Arguments.Wrong(words: "say env: one of \(Self.list(environments.map(\.name)))")
  }

  /// As an option; there has to be one.
  func environmentOption(_ arguments: Arguments) throws -> [String] {
    guard let environment = try environment(arguments) else {
      throw Arguments.Wrong(
        words: "no environment was named when the server was started (strata mcp --env ENVIRONMENT)"
      )
    }
    return ["--env=\(environment.address)"]
  }

  /// Packages that are taken as installed, or an environment.
  ///
  /// - Parameter isNeeded: whether there has to be one of them.
  func stateOptions(_ arguments: Arguments, isNeeded: Bool = true) throws -> [String] {
    let against = arguments.texts("against")
    if !against.isEmpty {
      guard arguments.text("env") == nil else {
        throw Arguments.Wrong(words: "say against or env, not both")
      }
      return try against.map { "--against=\(try path($0))" }
    }
    if let environment = try environment(arguments) { return ["--env=\(environment.address)"] }
    guard !isNeeded else {
      throw Arguments.Wrong(
        words: "say against: the packages to look at, in the order of installation"
      )
    }
    return []
  }

  /// A file or folder that may be read.
  func path(_ text: String) throws -> String {
    let places = text.hasPrefix("/") ? [text] : folders.map { "\($0)/\(text)" }
    let found = places.compactMap { Self.real($0) }
    let within = found.first { path in
      folders.contains { $0 == "/" || path == $0 || path.hasPrefix("\($0)/") }
    }
    if let within { return within }
    let place = Self.list(folders)
    throw Arguments.Wrong(
      words: found.isEmpty
        ? "there is no file “\(text)” below \(place)"
        : "“\(text)” is not below \(place), so it is not read (strata mcp --folder FOLDER)"
    )
  }

  private static func list(_ texts: [String]) -> Prose {
    texts.map { "\($0.shown(200))" as Prose }.joined(separator: ", ")
  }

  /// Through all links; nil where nothing is.
  private static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
