import PostgreSQL
import SQL
import SQLite

/// Which database an environment lies in: nobody else knows that there are two.
enum Database {
  enum Mode {
    case create
    /// As `create`, where a copy that was cut off may be.
    case copy
    case open
    /// As `open`, for a program that answers many: what takes long gives way to what does not.
    case serve
    case read
  }

  /// A file, or a schema of a server.
  ///
  /// - Parameter patience: how many seconds to wait while other programs keep it locked.
  static func open(
    _ location: String,
    _ mode: Mode,
    patience: Double = 10
  ) throws(SQLError) -> any SQLDatabase {
    guard isOnServer(location) else {
      return switch mode {
      case .create: try SQLiteDatabase(path: location, mode: .create, patience: patience)
      case .copy: try SQLiteDatabase(path: location, mode: .copy, patience: patience)
      case .open: try SQLiteDatabase(path: location, mode: .open, patience: patience)
      case .serve: try SQLiteDatabase(path: location, mode: .serve, patience: patience)
      case .read: try SQLiteDatabase(path: location, mode: .read, patience: patience)
      }
    }
    let address = try PostgreSQLAddress(location)
    return switch mode {
    case .create: try PostgreSQLDatabase(address, mode: .create, patience: patience)
    case .copy: try PostgreSQLDatabase(address, mode: .copy, patience: patience)
    // The work is that of the server.
    case .open, .serve: try PostgreSQLDatabase(address, mode: .open, patience: patience)
    case .read: try PostgreSQLDatabase(address, mode: .read, patience: patience)
    }
  }

  /// The environments of a server's database, by the names of their schemas.
  ///
  /// - Parameter server: an address without a schema.
  static func schemas(of server: String) throws(SQLError) -> [(name: String, address: String)] {
    try PostgreSQLDatabase.schemas(of: server)
  }

  /// Whether it is no file.
  static func isOnServer(_ location: String) -> Bool { PostgreSQLAddress.isOne(location) }

  /// For messages: without passwords.
  static func shown(_ location: String) -> String {
    guard isOnServer(location) else {
      // Meant as an address, and spelled in another way.
      let text = location.lowercased()
      let isSecret = text.contains("password=") || text.contains("postgres") && text.contains("://")
      return isSecret ? "postgres://…" : location
    }
    do throws(SQLError) {
      return try PostgreSQLAddress(location).location
    } catch {
      // Nobody knows which part of it is secret.
      return "postgres://…"
    }
  }

  /// What an environment is called by its location alone: the schema, or the file.
  static func name(_ location: String) -> String {
    guard isOnServer(location) else { return Files.name(of: location) }
    do throws(SQLError) {
      return try PostgreSQLAddress(location).schema
    } catch {
      return "environment"
    }
  }

  /// Beside which a service keeps its folder: what lies on a server has one where the service runs.
  static func place(_ location: String) -> String {
    Files.absolute(isOnServer(location) ? name(location) : location)
  }
}
