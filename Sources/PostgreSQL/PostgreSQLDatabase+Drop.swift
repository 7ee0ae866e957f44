package import SQL

extension PostgreSQLDatabase {
  /// Takes the schema away, with all that is in it.
  ///
  /// - Throws: `SQLError`, where it cannot be done or the server cannot be reached.
  package static func drop(_ address: PostgreSQLAddress) throws(SQLError) {
    let text: SQLText = "DROP SCHEMA IF EXISTS \(name: address.schema) CASCADE"
    try Connection(address).run(try PostgreSQLSession.rendered(text))
  }
}
