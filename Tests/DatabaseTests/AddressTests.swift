import PostgreSQL
import SQL
import Testing

@Suite("Addresses of schemas")
struct AddressTests {
  @Test(
    "What is secret in an address is not told, and the schema is not the server's",
    arguments: [
      ("postgres://h/db?schema=x", "postgres://h/db?schema=x", "x"),
      (
        "postgresql://u:p@h:5/db?sslmode=require&schema=x",
        "postgresql://u@h:5/db?sslmode=require&schema=x", "x"
      ),
      ("postgres://u:p%40@q@h/db?schema=a%20b", "postgres://u@h/db?schema=a%20b", "a b"),
      ("postgres://h/db?password=p&schema=x&sslpassword=q", "postgres://h/db?schema=x", "x"),
      ("postgres://u@h/db?pass%77ord=p&schema=x", "postgres://u@h/db?schema=x", "x"),
      ("postgres:///?service=s&schema=%C3%A9", "postgres:///?service=s&schema=%c3%a9", "é"),
    ]
  )
  func shown(text: String, location: String, schema: String) throws {
    let address = try PostgreSQLAddress(text)
    #expect(address.location == location)
    #expect(address.schema == schema)
  }

  @Test(
    "What is no address of an environment is refused, without telling what is secret in it",
    arguments: [
      "postgres://h/db", "postgres://u:secret@h/db?schema=",
      "postgres://u:secret@h/db?schema=a&schema=b",
      "postgres://u:secret@h/db?schema=pg_x", "postgres://u:secret@h/db?schema=x&nonsense=1",
      "postgres://u:secret@[::1/db?schema=x", "postgres:h/db?schema=x",
      "postgres://h/db?schema=%zz",
      "postgres://h/db?schema=information_schema", "postgres://u:secret@h/db?schema=x&port",
      "postgres://u:0/secret@h/db?schema=x&nonsense=1",
    ]
  )
  func refused(text: String) {
    let error = #expect(throws: SQLError.self) { try PostgreSQLAddress(text) }
    #expect(error?.reason == .malformed)
    #expect(error.map { "\($0)".contains("secret") } == false)
  }

  @Test("What a server that is not there says stands on one line, without the password")
  func unreachable() throws {
    let address = try PostgreSQLAddress("postgres://u:secret@127.0.0.1:1/db?schema=x")
    let error = #expect(throws: SQLError.self) { try PostgreSQLDatabase(address, mode: .open) }
    #expect(error?.reason == .disconnected)
    let message = try #require(error?.message)
    #expect(message.hasPrefix("cannot connect to postgres://u@127.0.0.1:1/db?schema=x: "))
    #expect(!message.contains("secret") && !message.contains("\n") && !message.contains("\t"))
  }
}
