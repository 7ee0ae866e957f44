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

/// Which environment: a file, by flag, by `STRATA_ENV`, or `./environment.strata`.
struct EnvironmentOptions: ParsableArguments {
  static let fallback = "./environment.strata"

  @Option(
    name: .customLong("env"),
    help:
      "The environment's file; default STRATA_ENV where it is set and not empty, else \(fallback).",
    completion: .environment
  )
  var path: String?

  /// Environments up to this schema can be opened.
  static let schemaVersion = SolutionStore.schemaVersion

  /// Of the database that is built in.
  static let databaseVersion = SQLiteDatabase.libraryVersion

  /// Said, in one way or another; empty when the flag says nothing.
  var chosen: String? {
    path ?? getenv("STRATA_ENV").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  var location: String { chosen ?? Self.fallback }

  var isThere: Bool { FileManager.default.fileExists(atPath: location) }

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
    let database = try SQLiteDatabase(path: try file(), mode: .read, patience: 0.2)
    return try await Lifecycle.open(database, surroundings: .system)
  }

  /// To be changed.
  ///
  /// - Parameter seconds: how long an operation waits for its turn.
  func writing(waiting seconds: Int = 0) async throws -> Lifecycle {
    let patience = max(Double(seconds), 10)
    return try await lifecycle(.open, patience).waiting(atMost: .seconds(seconds))
  }

  private func lifecycle(
    _ mode: SQLiteDatabase.Mode,
    _ patience: Double = 10
  ) async throws -> Lifecycle {
    let location = try file()
    try requireApart(location)
    do {
      let database = try SQLiteDatabase(path: location, mode: mode, patience: patience)
      let lifecycle = try await Lifecycle.open(database, surroundings: .system)
      for notice in lifecycle.notices { Progress.note("Note: \(notice)") }
      return lifecycle
    } catch let error as SQLError where error.reason == .missing {
      throw Failure(
        .noEnvironment,
        "there is no environment at \(location)",
        remedy: "strata init --env \(location)"
      )
    } catch let error as SQLError where error.reason == .foreign {
      throw StoreError.notAnEnvironment(location)
    } catch let error as SQLError where error.reason == .folder {
      throw Self.folder(location)
    }
  }

  /// What is printed goes into no environment.
  private func requireApart(_ location: String) throws {
    for file in Outputs.files(of: location) {
      guard let stream = file.node.flatMap({ Console.stream(on: $0) }) else { continue }
      throw Failure(
        .wouldOverwrite,
        "\(stream) goes into \(file.path), which belongs to the environment \(location)"
      )
    }
  }

  /// The location, which names a file.
  func file() throws -> String {
    guard !location.isEmpty else { throw ValidationError("--env is empty (an unset variable?).") }
    guard !location.hasPrefix("postgres:") && !location.hasPrefix("postgresql:") else {
      throw Failure(.unsupported, "\(location): PostgreSQL is not supported yet")
    }
    return location
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
