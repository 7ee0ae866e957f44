import ArgumentParser
import FoundationEssentials
import Lifecycle
import SQL
import SQLite
import SolutionStore
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// Which environment: a file, by flag, by `STRATA_ENV`, or `./environment.strata`.
struct EnvironmentOptions: ParsableArguments {
  static let fallback = "./environment.strata"

  @Option(
    name: .customLong("env"),
    help: "The environment's file; default STRATA_ENV, else \(fallback)."
  )
  var path: String?

  /// Said, in one way or another.
  var chosen: String? {
    if let path { return path }
    if let named = getenv("STRATA_ENV") {
      let text = String(cString: named)
      if !text.isEmpty { return text }
    }
    return nil
  }

  var location: String { chosen ?? Self.fallback }

  var isThere: Bool { FileManager.default.fileExists(atPath: location) }

  func lifecycle() async throws -> Lifecycle {
    guard !location.hasPrefix("postgres:") && !location.hasPrefix("postgresql:") else {
      throw Files.Failure(description: "\(location): PostgreSQL is not supported yet")
    }
    do {
      let database = try SQLiteDatabase(path: location, mode: .open)
      return Lifecycle(store: try await SolutionStore.open(database), surroundings: .system)
    } catch let error as SQLError where error.code == SQLError.missing {
      throw Files.Failure(
        description: "there is no environment at \(location)\n  → strata init --env \(location)"
      )
    } catch let error as SQLError where error.code == SQLError.foreign {
      throw StoreError.notAnEnvironment(location)
    }
  }
}

extension Lifecycle.Surroundings {
  static var system: Self {
    Self(
      clock: { .now },
      newID: { UUID().uuidString.lowercased() },
      who: user,
      process: Int(getpid())
    )
  }
}

/// By the user id, since USER may be empty or say anything.
private var user: String {
  getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "user \(getuid())"
}

extension Timestamp {
  static var now: Timestamp {
    Timestamp(milliseconds: Int(Date().timeIntervalSince1970 * 1000))
  }
}

extension SQLError {
  /// What a person can do about it.
  var hint: String? {
    switch Int(code).map({ $0 & 0xFF }) {
    case 13: "the disk is full; nothing was changed"
    case 8: "the file cannot be written; nothing was changed"
    case 10: "reading or writing the disk failed; nothing was changed"
    case 11, 26: "the file is damaged or not an environment"
    case 5, 6: "another program keeps the file locked"
    default: nil
    }
  }
}
