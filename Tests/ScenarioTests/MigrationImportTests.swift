import EnvironmentSupport
import TestSupport
import Testing

/// Files of the Configuration Migration tool, taken in by the program: which rows are found, and what becomes of them.
@Suite("rows import DATA.zip")
struct MigrationImportTests {
  private static let package = """
    X 1.0 by A
    table t
    column t.code nvarchar 20
    column t.up lookup
    primary t.name
    relationship r t.up -> u
    key t.k code
    table u
    column u.n int
    column u.who lookup
    relationship ru u.who -> systemuser
    primary u.name
    many tu t u
    """

  /// Rows as `table id field=value …`, pairs as `table id > intersect id`; what the schema says of a table or field behind `!`.
  private static func files(_ lines: String...) -> [(String, String)] {
    var (schema, data, order): ([String: (String, String)], [String: [String]], [String]) =
      ([:], [:], [])
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      let table = words[0]
      if !order.contains(table) { order.append(table) }
      if words[1] == "!" {
        let fields = words.dropFirst(2).filter { !$0.contains("=") }
        let facts = words.dropFirst(2).filter { $0.contains("=") }.map {
          $0.replacing("=", with: "=\"") + "\""
        }
        schema[table] = (
          facts.joined(separator: " "),
          fields.map { "<field name=\"\($0)\" updateCompare=\"true\"/>" }.joined()
        )
      } else if words[2] == ">" {
        data[table, default: []].append(
          "p<m2mrelationship sourceid=\"\(words[1])\" m2mrelationshipname=\"\(words[3])\"><targetids><targetid>\(words[4])</targetid></targetids></m2mrelationship>"
        )
      } else {
        let fields = words.dropFirst(2).map { word in
          let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
          let target = parts[0] == "up" ? " lookupentity=\"u\"" : ""
          return
            "<field name=\"\(parts[0])\" value=\"\(parts.count > 1 ? parts[1] : "")\"\(target)/>"
        }
        data[table, default: []].append(
          "r<record id=\"\(words[1])\">\(fields.joined())</record>"
        )
      }
    }
    func part(_ table: String, _ kind: String) -> String {
      (data[table] ?? []).filter { $0.hasPrefix(kind) }.map { String($0.dropFirst()) }.joined()
    }
    return [
      (
        "data_schema.xml",
        "<entities>"
          + order.map { name in
            "<entity name=\"\(name)\" \(schema[name]?.0 ?? "")><fields>\(schema[name]?.1 ?? "")</fields></entity>"
          }.joined() + "</entities>"
      ),
      (
        "data.xml",
        "<entities>"
          + order.map { name in
            "<entity name=\"\(name)\"><records>\(part(name, "r"))</records><m2mrelationships>\(part(name, "p"))</m2mrelationships></entity>"
          }.joined() + "</entities>"
      ),
    ]
  }

  private static func zip(_ files: [(String, String)]) -> [UInt8] {
    var zip = ZipWriter()
    for (path, text) in files { zip.add(path, Array(text.utf8)) }
    return zip.bytes()
  }

  private static func id(_ number: Int) -> String {
    "00000000-0000-0000-0000-0000000000\(number)"
  }

  /// With rows 11 and 12 in t, and 21 in u.
  private func filled() throws -> Workshop {
    let shop = try Workshop(["x.zip": Self.package])
    let id = Self.id
    try shop.write("uid,name,n\n\(id(21)),Café,7\n", "u.csv")
    try shop.write("tid,name,code,up\n\(id(11)),one,A,\(id(21))\n\(id(12)),two,B,\n", "t.csv")
    let made = try shop(
      """
      set -e
      strata init --env e && strata import x.zip --quiet --env e
      for t in u t; do strata rows import $t $t.csv --quiet --env e; done
      """
    )
    #expect(made.status == 0, "\(made.errors)")
    return shop
  }

  private func rows(_ shop: Workshop, _ table: String, _ columns: String) throws -> [String] {
    let result = try shop(
      "strata rows export \(table) - --select \(columns) --order \(columns) --env e"
    )
    #expect(result.status == 0, "\(result.errors)")
    return result.output.split(separator: "\n").dropFirst().map(String.init)
  }

  @Test(
    "RW-50 --match finds rows by compared columns or an active key, and what leads to them follows"
  )
  func match() throws {
    let shop = try filled()
    let id = Self.id
    try shop.write(
      Self.zip(
        Self.files(
          "u ! name",
          "u \(id(31)) name=CAFE n=8",
          "u \(id(32)) name=new n=9",
          "t \(id(41)) code=a name=changed up=\(id(32))",
          "t \(id(42)) code=C name=three up=\(id(31))",
          "t \(id(12)) code=B name=two",
          "t \(id(41)) > tu \(id(31))",
          "u \(id(32)) > tu \(id(42))"
        )
      ),
      "d.zip"
    )
    // Without it, ids alone count: the key has A already.
    let refused = try shop("strata rows import d.zip --env e")
    #expect(refused.status == 4)
    #expect(refused.errors.contains("another row has the same code"), "\(refused.errors)")
    let planned = try shop("strata rows import d.zip --match --plan --env e")
    #expect(planned.status == 2, "\(planned.errors)")
    let lines = """
      t  1 new, 1 changed, 1 equal
      u  1 new, 1 changed, 0 equal
      tu (pairs)  2 new, 0 equal
      1 row of u found by name
      1 row of t found by code

      """
    #expect(planned.output == "Would write:\n" + lines)
    #expect(try rows(shop, "u", "name,n") == ["Café,7"])
    let done = try shop("strata rows import d.zip --match --env e")
    #expect(done.output == lines + "Done: operation 4.\n", "\(done.errors)")
    #expect(try rows(shop, "u", "uid,name,n") == ["\(id(21)),CAFE,8", "\(id(32)),new,9"])
    let changed = try rows(shop, "t", "tid,name,up")
    #expect(
      changed == [
        "\(id(11)),changed,\(id(32))", "\(id(12)),two,", "\(id(42)),three,\(id(21))",
      ]
    )
    #expect(try rows(shop, "tu", "tid,uid") == ["\(id(11)),\(id(21))", "\(id(42)),\(id(32))"])
    let again = try shop("strata rows import d.zip --match --plan --env e")
    #expect(again.status == 0)
    #expect(
      again.output.contains("t  0 new, 3 equal\nu  0 new, 2 equal\ntu (pairs)  0 new, 2 equal")
    )
    #expect(try shop("strata history 4 --env e").output.contains("1 row of t found by code"))
    #expect(try shop("strata verify --rows --env e").status == 0)
  }

  @Test("RW-50 what is found twice, or by what is not here, is refused with its numbers")
  func vague() throws {
    let shop = try filled()
    let id = Self.id
    func refusal(_ lines: [(String, String)]) throws -> String {
      try shop.write(Self.zip(lines), "d.zip")
      let result = try shop("strata rows import d.zip --match --env e")
      #expect(result.status == 4, "\(result.output)")
      return result.errors
    }
    #expect(
      try refusal(Self.files("t \(id(41)) code=A name=x", "t \(id(42)) code=a name=y"))
        .contains("2 records of t: another record is of the row with the same code")
    )
    #expect(
      try refusal(Self.files("t \(id(41)) code=A name=x", "t \(id(11)) name=y"))
        .contains("1 record of t: another record is of the row with the same code")
    )
    #expect(
      try refusal(Self.files("t ! gone", "t \(id(41)) code=A"))
        .contains("rows of t are found by gone, which is not here")
    )
    try shop.write("uid,name\n\(id(22)),cafe\n", "u2.csv")
    #expect(try shop("strata rows import u u2.csv --env e").status == 0)
    #expect(
      try refusal(Self.files("u ! name", "u \(id(31)) name=Café"))
        .contains("1 record of u: several rows have the same name")
    )
    #expect(try rows(shop, "t", "name") == ["one", "two"])
    // By the id first, whatever others are called.
    try shop.write(Self.zip(Self.files("u ! name", "u \(id(22)) name=Café n=1")), "d.zip")
    #expect(try shop("strata rows import d.zip --match --env e").status == 0)
    let found = try rows(shop, "u", "uid,n")
    #expect(found == ["\(id(21)),7", "\(id(22)),1"])
  }

  @Test("RW-50 skipupdate leaves rows that are there alone, forcecreate looks for none")
  func flags() throws {
    let shop = try filled()
    let id = Self.id
    try shop.write(
      Self.zip(
        Self.files(
          "u ! skipupdate=true",
          "u \(id(21)) name=other n=7",
          "u \(id(23)) name=new n=3",
          "t ! forcecreate=True code",
          "t \(id(43)) code=Q name=q"
        )
      ),
      "d.zip"
    )
    let done = try shop("strata rows import d.zip --match --env e")
    #expect(done.output.contains("u  1 new, 0 equal, 1 left as they are\n"), "\(done)")
    #expect(done.output.contains("t  1 new, 0 equal\n"))
    #expect(try rows(shop, "u", "uid,name") == ["\(id(21)),Café", "\(id(23)),new"])
    let again = try shop("strata rows import d.zip --json --env e")
    #expect(again.status == 4)
    #expect(again.errors.contains("t \(id(43)): another row has the same"), "\(again.errors)")
  }

  @Test("RW-50 a folder with what lies in such a file is one, and links in it are none")
  func folder() throws {
    let shop = try filled()
    let id = Self.id
    #expect(try shop("mkdir -p d/files f/files").status == 0)
    for (path, text) in Self.files("u \(id(23)) name=new n=3") { try shop.write(text, "d/\(path)") }
    let done = try shop("strata rows import d --env e")
    #expect(done.output.contains("u  1 new, 0 equal"), "\(done.errors)")
    #expect(
      try shop("strata rows import f --env e").errors.contains("it has no data.xml"),
      "an empty folder"
    )
    #expect(try shop("ln -s ../d/data.xml f/data.xml; cp d/data_schema.xml f").status == 0)
    #expect(try shop("strata rows import f --env e").errors.contains("it has no data.xml"))
  }

  @Test("RW-50 the default of a user map is the user that others become")
  func userMap() throws {
    let shop = try filled()
    let id = Self.id
    var files = Self.files("u \(id(23)) name=new who=\(id(99))")
    files[1].1.replace("name=\"who\"", with: "name=\"who\" lookupentity=\"systemuser\"")
    try shop.write(Self.zip(files), "d.zip")
    #expect(try shop("strata rows import d.zip --env e").status == 4)
    try shop.write("<MappingConfiguration DefaultUserToMapTo=\"SYSTEM\"/>", "map.xml")
    let done = try shop("strata rows import d.zip --user-map map.xml --env e")
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.output.contains("1 value mapped: systemuser → systemuser"))
    let pairs =
      "<MappingConfiguration DefaultUserToMapTo=\"SYSTEM\"><m><p old=\"a\" new=\"b\"/></m></MappingConfiguration>"
    for (map, why) in [
      (pairs, "names pairs of users"), ("<MappingConfiguration/>", "has no DefaultUserToMapTo"),
      ("<entities/>", "is no user map"),
    ] {
      try shop.write(map, "map.xml")
      let refused = try shop("strata rows import d.zip --user-map map.xml --env e")
      #expect(refused.status == 1)
      #expect(refused.errors.contains(why), "\(refused.errors)")
    }
    #expect(
      try shop("strata rows import d.zip --user-map map.xml --map-user SYSTEM --env e").status == 64
    )
    #expect(try shop("strata rows import u u.csv --match --env e").status == 64)
  }
}
