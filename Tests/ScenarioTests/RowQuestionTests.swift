import EnvironmentSupport
import TestSupport
import Testing

/// What can be asked of rows on a command line, and how answers are written.
@Suite("Questions about rows")
struct RowQuestionTests {
  private static let package = """
    X 1.0 by A
    table t
    column t.size picklist 1 2 3
    column t.sizes multiselectpicklist
    column t.n int
    column t.up lookup
    column t.who lookup
    primary t.name
    relationship ru t.up -> u
    relationship rw t.who -> systemuser
    table u
    primary u.name
    """

  private static func id(_ number: Int) -> String {
    "00000000-0000-0000-0000-0000000000\(number)"
  }

  private func filled() throws -> Workshop {
    let shop = try Workshop(["x.zip": Self.package])
    let id = Self.id
    try shop.write("uid,name\n\(id(21)),Köln\n\(id(22)),Bonn\n\(id(23)),bonn\n", "u.csv")
    try shop.write(
      """
      tid,name,size,n,up
      \(id(11)),one,1,5,\(id(21))
      \(id(12)),two,2,6,\(id(22))
      \(id(13)),a|b,2,,\(id(21))
      \(id(14)),=1+1,,-7,

      """,
      "t.csv"
    )
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

  private func names(_ shop: Workshop, _ options: String) throws -> String {
    let result = try shop("strata rows export t - --select name --order n \(options) --env e")
    #expect(result.status == 0, "\(options): \(result.errors)")
    return result.output.split(separator: "\n").dropFirst().joined(separator: " ")
  }

  @Test("RW-55 what lies behind a lookup is asked for by LOOKUP.COLUMN, in all parts of a question")
  func lookups() throws {
    let shop = try filled()
    #expect(try names(shop, "--where up.name=koln") == "a|b one")
    #expect(try names(shop, "--where up.name!=koln") == "two")
    #expect(try names(shop, "--where up.name=") == "=1+1")
    #expect(try names(shop, "--where up=KOLN") == "a|b one")
    #expect(try names(shop, "--where createdby=SYSTEM --where 'n>5'") == "two")
    #expect(try names(shop, "--where createdby.fullname=system --top 1") == "a|b")
    let listed = try shop(
      "strata rows export t - --select name,up.name --order up.name:desc,name --env e"
    )
    #expect(listed.output == "name,up.name\na|b,Köln\none,Köln\ntwo,Bonn\n=1+1,\n")
    let page = try shop(
      "strata rows list t --select up.name --order up.name --top 2 --json --env e"
    )
    #expect(page.output.contains(#""up.name" : "Bonn""#), "\(page.output)")
    for (asked, why) in [
      ("up=bonn", "more than one row of u is called “bonn”"),
      ("up=nobody", "no row of u is called “nobody”"),
      ("up.nosuch=1", "up leads to no table with a column nosuch"),
      ("name.x=1", "the table t has no lookup name"),
      ("nosuch=1", "the table t has no column nosuch"),
      ("n=x", "n: “x” is no whole number"),
    ] {
      let refused = try shop("strata rows list t --where \(asked) --env e")
      #expect(refused.status == 1)
      #expect(refused.errors.contains(why), "\(asked): \(refused.errors)")
    }
  }

  @Test("RW-55 several values of a column are one of them; a bar of its own is escaped")
  func alternatives() throws {
    let shop = try filled()
    #expect(try names(shop, "--where 'name=one|TWO'") == "one two")
    #expect(try names(shop, #"--where 'name=a\|b'"#) == "a|b")
    #expect(try names(shop, "--where 'n=|5'") == "a|b one")
    #expect(try names(shop, "--where 'n!=5|6'") == "=1+1")
    #expect(try names(shop, "--where 'size!=|1'") == "a|b two")
    #expect(try names(shop, "--where 'name~o%|t%'") == "one two")
    #expect(try names(shop, "--where 'up=köln|\(Self.id(22))'") == "a|b one two")
    #expect(try shop("strata rows list t --where 'n<1|2' --env e").status == 64)
    // What is deleted is what is found.
    let deleted = try shop(
      "strata rows delete t --where 'up.name=koln|x' --allow-destroy all --env e"
    )
    #expect(deleted.output.contains("- t  2 rows"), "\(deleted.errors)")
    #expect(try names(shop, "") == "=1+1 two")
  }

  @Test("RW-55 --labels shows options by their labels, patterns ask for them, and --by counts them")
  func labels() throws {
    let shop = try filled()
    let labels = try shop(
      "strata rows export t - --select statecode,name --labels --order name --env e"
    )
    #expect(labels.output.contains("Active,one\n"), "\(labels.output)")
    // What is written so comes in again.
    #expect(
      try shop(
        "strata rows export t l.csv --labels --env e && strata rows import t l.csv --upsert --env e"
      ).status == 0
    )
    #expect(try names(shop, "--where 'statecode~act%'") == "a|b =1+1 one two")
    #expect(try names(shop, "--where 'statecode~in%'") == "")
    let counts = try shop("strata rows count t --by up.name,size --env e")
    #expect(
      counts.output == """
        up.name  size  count
                       1
        Bonn     2     1
        Köln     1     1
        Köln     2     1

        """,
      "\(counts.errors)"
    )
    let states = try shop(
      "strata rows count t --by statecode --labels --where 'n>0' --json --env e"
    )
    #expect(states.output.contains(#""statecode" : "Active""#), "\(states.output)")
    #expect(states.output.contains(#""rows" : 2"#))
    for words in ["count --by name", "count t --labels", "count t --by name --out x.json"] {
      #expect(try shop("strata rows \(words) --env e").status == 64, "\(words)")
    }
  }

  @Test("RW-57 exports are exact; --no-formulas and --headers display are for spreadsheets")
  func spreadsheets() throws {
    let shop = try filled()
    let columns = "--select name,n,size --order n --env e"
    #expect(
      try shop("strata rows export t - \(columns)").output
        == "name,n,size\na|b,,2\n=1+1,-7,\none,5,1\ntwo,6,2\n"
    )
    #expect(
      try shop("strata rows export t - --no-formulas \(columns)").output
        == "name,n,size\na|b,,2\n'=1+1,-7,\none,5,1\ntwo,6,2\n"
    )
    for begin in ["+1", "-1", "@x", "\t1", "\r1"] {
      try shop.write("tid,name\n\(Self.id(14)),\"\(begin)\"\n", "n.csv")
      #expect(try shop("strata rows import t n.csv --upsert --env e").status == 0)
      let written = try shop(
        "strata rows export t - --no-formulas --select name --where n=-7 --env e"
      )
      #expect(written.output.contains("'\(begin)"), "\(written.output)")
    }
    #expect(try shop("strata rows export t x.jsonl --no-formulas --env e").status == 64)
    #expect(try shop("strata rows export --migration x.zip --labels --env e").status == 64)
  }

  @Test("RW-55 rows set changes one row that is there, and no other")
  func set() throws {
    let shop = try filled()
    let id = Self.id
    let done = try shop("strata rows set t \(id(11)) name=new n= up=\(id(22)) --env e")
    #expect(done.output == "Done: operation 4, 1 row into t.\n", "\(done.errors)")
    #expect(
      try shop("strata rows export t - --select name,n,size,up --where tid=\(id(11)) --env e")
        .output
        == "name,n,size,up\nnew,,1,\(id(22))\n"
    )
    #expect(
      try shop("strata history 4 --env e").output.contains("name, n, up of \(id(11)) set in t")
    )
    let missing = try shop("strata rows set t \(id(99)) name=x --env e")
    #expect(missing.status == 1)
    #expect(missing.errors.contains("the table t has no row \(id(99))"))
    #expect(try shop("strata rows count t --env e").output.contains("4 rows"))
    #expect(try shop("strata rows set t \(id(11)) n=x --env e").status == 4)
    #expect(try shop("strata rows set t \(id(11)) n=8 --plan --env e").status == 2)
    #expect(try shop("strata rows set t one name=x --env e").status == 64)
    #expect(try names(shop, "--where n=8") == "")
  }

  @Test("RW-80 Lines of JSON say to another reader what CSV says")
  func linesOfJSON() throws {
    let shop = try Workshop(["x.zip": Self.odd])
    try shop.write(
      "memo,b,i,d,f,w\n"
        + "plain,1,-5,12345678901.5,0.1,2026-01-31T10:00:00Z\n"
        + "\"a \"\"quoted\"\" \\ back\",0,9007199254740993,-0.00000001,1e300,\n"
        + "\"two\nlines\ttab\u{1}\u{7f}\u{2028} / é 🐢\",,,100000,-2.5,\n,,,,1e-05,\n",
      "rows.csv"
    )
    let result = try shop(
      """
      strata init --env e > /dev/null && strata import x.zip --env e --quiet
      strata rows import t rows.csv --env e --quiet
      for form in csv jsonl; do strata rows export t x.$form --select memo,b,i,d,f,w --env e --quiet; done
      python3 - <<'PYTHON'
      import csv, json
      from decimal import Decimal
      with open("x.csv", newline="") as file: rows = list(csv.DictReader(file))
      with open("x.jsonl") as file: lines = [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in file.read().split("\\n") if line]
      def same(text, value):
          if value is None: return text == ""
          if isinstance(value, bool): return text == ("true" if value else "false")
          return Decimal(text) == value if isinstance(value, Decimal) else text == value
      assert [list(line) for line in lines] == [sorted(line) for line in lines]
      for row, line in zip(rows, lines, strict=True):
          for name in row: assert same(row[name], line[name]), (name, row[name], line[name])
      print(len(lines), sorted(type(line["memo"]).__name__ for line in lines))
      PYTHON
      """
    )
    #expect(result.output == "4 ['NoneType', 'str', 'str', 'str']\n")
    #expect(result.errors == "")
  }

  private static let odd = """
    X 1.0 by A
    table t
    column t.memo ntext 2000
    column t.b bit
    column t.i bigint
    column t.d decimal
    column t.f float
    column t.w datetime
    """
}
