import ArgumentParser
import Faces
import FoundationEssentials
import Lifecycle
import SQL
import SQLite
import SolutionStore
import Solutions
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Which environment: a file or a schema of a server, by flag, by `STRATA_ENV`, or `./environment.strata`.
struct EnvironmentOptions: ParsableArguments {
  static let fallback = "./environment.strata"

  @Option(
    name: .customLong("env"),
    help:
      "The environment's file, postgres://HOST/DATABASE?schema=NAME, or a name of \(EnvironmentNames.file); default STRATA_ENV where it is set and not empty, else \(fallback).",
    completion: .environment
  )
  var path: String?

  /// One that is named by itself.
  init(at place: String) throws {
    guard !place.isEmpty else {
      throw ValidationError("An environment without a name (an unset variable?).")
    }
    self = try Self.parse([])
    path = place
  }

  init() {}

  /// Environments up to this schema can be opened.
  static let schemaVersion = SolutionStore.schemaVersion

  /// Of the database that is built in.
  static let databaseVersion = SQLiteDatabase.libraryVersion

  /// Ends of the names of what lies beside an environment's file for it.
  static let companions = SQLiteDatabase.companions

  /// Said, in one way or another; empty when the flag says nothing.
  var chosen: String? { path ?? Self.said }

  /// By the environment of the process.
  private static var said: String? {
    getenv("STRATA_ENV").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What is meant where a command does not say it.
  static var unsaid: String { said ?? fallback }

  /// As it was said.
  private var word: String { chosen ?? Self.fallback }

  /// What that stands for: it may hold a password.
  private var address: String { EnvironmentNames.address(of: word) ?? word }

  /// What it is called in messages.
  var location: String { Database.shown(address) }

  /// As far as can be told without asking a server.
  var isThere: Bool {
    Database.isOnServer(address) || isFileThere
  }

  /// Whether a file lies there.
  var isFileThere: Bool {
    !Database.isOnServer(address) && FileManager.default.fileExists(atPath: address)
  }

  /// What it is called among others, and its pages.
  var name: String {
    EnvironmentNames.address(of: word) == nil ? Database.name(address) : word
  }

  /// Beside which a service keeps its folder.
  var place: String { Database.place(address) }

  /// To be read: nothing is written, and nobody waited for.
  func lifecycle() async throws -> Lifecycle {
    do {
      return try await lifecycle(.read)
    } catch let error as StoreError {
      guard case .tooOld = error else { throw error }
      do {
        _ = try await lifecycle(.open)
      } catch let failure as SQLError where failure.reason == .readOnly {
        throw error
      }
      return try await lifecycle(.read)
    }
  }

  /// To be looked at while somebody types: as it is, at once and without a word.
  ///
  /// - Returns: nil where nothing lies there, so that none is looked for.
  func glance() async throws -> Lifecycle? {
    guard isThere else { return nil }
    return try await opened()
  }

  /// As it is, without waiting and without bringing it up to date.
  func opened() async throws -> Lifecycle {
    try await Lifecycle.open(try database(.read, patience: 0.2), surroundings: .system)
  }

  /// To be changed.
  ///
  /// - Parameters:
  ///   - seconds: how long an operation waits for its turn.
  ///   - servesMany: whether many ask for it at one time.
  func writing(waiting seconds: Int = 0, servesMany: Bool = false) async throws -> Lifecycle {
    let patience = max(Double(seconds), 10)
    return try await lifecycle(servesMany ? .serve : .open, patience)
      .waiting(atMost: .seconds(seconds))
  }

  private func lifecycle(
    _ mode: Database.Mode,
    _ patience: Double = 10
  ) async throws -> Lifecycle {
    do {
      let database = try database(mode, patience: patience)
      let lifecycle = try await Lifecycle.open(database, surroundings: .system)
      for notice in lifecycle.notices { Progress.note("Note: \(notice)") }
      return lifecycle
    } catch let error as SQLError where error.reason == .missing {
      throw Failure(
        .noEnvironment,
        "there is no environment at \(location)",
        remedy: "strata init --env \(location.word)"
      )
    } catch let error as SQLError where error.reason == .foreign {
      throw StoreError.notAnEnvironment(location)
    } catch let error as SQLError where error.reason == .folder {
      throw Self.folder(location)
    }
  }

  /// What a copy that was cut off has left there.
  ///
  /// - Parameter error: why it could not be opened.
  /// - Returns: nil where that was for another reason.
  func leftCopy(
    after error: any Error
  ) async throws -> (copy: UnfinishedCopy, database: any SQLDatabase)? {
    guard let error = error as? StoreError, case .unfinishedCopy = error else { return nil }
    let database = try database(.open)
    return try await Lifecycle.unfinishedCopy(in: database).map { ($0, database) }
  }

  /// What is printed goes into no environment.
  private func requireApart() throws {
    guard !Database.isOnServer(address) else { return }
    for file in Outputs.files(of: location) {
      guard let stream = file.node.flatMap({ Console.stream(on: $0) }) else { continue }
      throw Failure(
        .wouldOverwrite,
        "\(stream) goes into \(file.path), which belongs to the environment \(location)"
      )
    }
  }

  func database(_ mode: Database.Mode, patience: Double = 10) throws -> any SQLDatabase {
    guard !address.isEmpty else { throw ValidationError("--env is empty (an unset variable?).") }
    try EnvironmentNames.requireReadable(for: word)
    try requireApart()
    do throws(SQLError) {
      return try Database.open(address, mode, patience: patience)
    } catch {
      guard error.reason == .malformed else { throw error }
      throw ValidationError(
        "\(error.sentence); write --env as postgres://HOST/DATABASE?schema=NAME."
      )
    }
  }

  static func folder(_ location: String) -> Failure {
    Failure(
      .notAnEnvironment,
      "\(location) is a folder, and an environment is a file",
      remedy: "name the file, for example --env \(location)/environment.strata"
    )
  }
}

/// How long an operation waits for its turn.
struct WaitingOptions: ParsableArguments {
  @Option(
    help: "How many seconds to wait while another operation runs; default 0, of rows \(ofRows).",
    transform: Numbers.seconds
  )
  var wait: Int?

  /// The platform lets people write rows while solutions come in (LC-302).
  static let ofRows = 5

  /// Where nobody says how long.
  func seconds(otherwise seconds: Int = 0) -> Int { wait ?? seconds }
}

extension Lifecycle.Surroundings {
  private static let ids = Mutex(GUIDSequence())

  static var system: Self {
    Self(
      clock: { .now },
      newID: {
        let random = UInt64.random(in: .min ... .max)
        return ids.withLock { $0.next(at: .now, random: random) }.description
      },
      process: Int(getpid())
    )
  }
}

extension Caller {
  /// Who runs this program: by the user id, since USER may be empty or say anything.
  static var user: Caller {
    let name = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) }
    return Caller(name ?? "user \(getuid())", through: .commandLine)
  }
}
