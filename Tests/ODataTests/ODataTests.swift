import OData
import TestSupport
import Testing

/// What requests are read as; text in, text out.
@Suite("OData")
struct ODataTests {
  private static let id = "0a1b2c3d-0000-4000-8000-00000000000f"

  @Test(
    "WA-510 conditions bind as OData says: not, and, or; comparisons over calculations",
    arguments: [
      ("a eq 1", "(eq a 1)"),
      ("a eq 1 and b ne 'x' or c lt 2", "(or (and (eq a 1) (ne b “x”)) (lt c 2))"),
      ("a eq 1 or b eq 2 and c eq 3", "(or (eq a 1) (and (eq b 2) (eq c 3)))"),
      ("(a eq 1 or b eq 2) and c eq 3", "(and (or (eq a 1) (eq b 2)) (eq c 3))"),
      ("not (a eq 1)", "(not (eq a 1))"), ("not contains(a,'x')", "(not contains(a, “x”))"),
      ("not a eq 1 and b eq 2", "(and (not (eq a 1)) (eq b 2))"),
      ("not not a", "(not (not a))"), ("a eq null", "(eq a null)"), ("null ne a", "(ne null a)"),
      ("a eq b", "(eq a b)"), ("a add 1 mul 2 gt -3", "(gt (add a (mul 1 2)) -3)"),
      ("a sub b sub 1 eq 0", "(eq (sub (sub a b) 1) 0)"), ("-a lt 0", "(lt (- a) 0)"),
      ("a in (1,2, 3)", "(in a 1 2 3)"), ("a has 'x'", "(has a “x”)"),
      ("  a   eq\t1 ", "(eq a 1)"), ("or eq 1", "(eq or 1)"),
    ] as [(String, String)]
  )
  func conditions(text: String, tree: String) throws {
    #expect(try Expression(text).spelled == tree)
  }

  @Test(
    "WA-511 values are told from each other by how they are spelled",
    arguments: [
      ("'it''s'", "“it's”"), ("''", "“”"), ("'%20+'", "“%20+”"), ("1", "1"), ("-2.50", "-2.50"),
      ("1E3", "1E3"), ("1.5e-7", "1.5e-7"), ("3L", "3"), ("2.5M", "2.5"), ("true", "true"),
      ("false", "false"), (id, "guid:\(id)"), (id.uppercased(), "guid:\(id)"),
      ("{\(id)}", "guid:\(id)"), ("guid'\(id)'", "guid:\(id)"), ("2020-01-31", "date:2020-01-31"),
      ("2020-01-31T09:30:00Z", "moment:2020-01-31T09:30:00Z"),
      ("2020-01-31t09:30:00.125z", "moment:2020-01-31T09:30:00.125Z"),
      ("2020-01-31T09:30Z", "moment:2020-01-31T09:30Z"),
      ("2020-01-31T09:30:00+02:00", "moment:2020-01-31T09:30:00+02:00"),
      ("2020-01-31T09:30:00 02:00", "moment:2020-01-31T09:30:00+02:00"),
      ("2020-01-31T09:30:00", "moment:2020-01-31T09:30:00"), ("09:30:15", "time:09:30:15"),
      ("duration'P1D'", "duration:P1D"), ("binary'QUJD'", "binary:QUJD"),
      ("Microsoft.Dynamics.CRM.X'Y'", "Microsoft.Dynamics.CRM.X:Y"), ("@p1", "@p1"),
      ("[\"a\",'b',3]", "[“a”, “b”, 3]"), ("[]", "[]"), ("\"a\\\"b\\\\\"", "“a\"b\\”"),
    ] as [(String, String)]
  )
  func values(text: String, tree: String) throws {
    #expect(try Expression(text).spelled == tree)
  }

  @Test(
    "WA-512, WA-513, WA-515 functions, paths and conditions on what a path leads to",
    arguments: [
      ("contains(name,'x') eq true", "(eq contains(name, “x”) true)"),
      ("startswith(tolower(name),@p)", "startswith(tolower(name), @p)"),
      ("parentcustomerid_account/name eq 'x'", "(eq parentcustomerid_account/name “x”)"),
      ("a/b/c gt 1", "(gt a/b/c 1)"), ("coll/any()", "(any coll  )"),
      ("coll/any(o:o/x eq 1)", "(any coll o (eq o/x 1))"),
      (
        "a/coll/all(o: o/x eq 1 and o/y/any(p:p/z eq 2))",
        "(all a/coll o (and (eq o/x 1) (any o/y p (eq p/z 2))))"
      ),
      ("coll/$count gt 3", "(gt coll/$count 3)"),
      (
        "Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=[\"1\",\"2\"])",
        "Microsoft.Dynamics.CRM.In(PropertyName=“a”, PropertyValues=[“1”, “2”])"
      ),
      (
        "Microsoft.Dynamics.CRM.Today(PropertyName=@p1)",
        "Microsoft.Dynamics.CRM.Today(PropertyName=@p1)"
      ),
      ("year(createdon) eq 2020", "(eq year(createdon) 2020)"),
    ] as [(String, String)]
  )
  func functions(text: String, tree: String) throws {
    #expect(try Expression(text).spelled == tree)
  }

  @Test(
    "WA-101, WA-105, WA-411 paths of resources, with keys, functions and words",
    arguments: [
      ("", ""), ("accounts", "accounts"), ("/accounts/", "accounts"), ("a//b", "a / b"),
      ("accounts(\(id))", "accounts(guid:\(id))"),
      ("accounts(accountid=\(id))", "accounts(accountid=guid:\(id))"),
      ("accounts(a='it''s / a (slash)',b=3)", "accounts(a=“it's / a (slash)”, b=3)"),
      ("accounts(\(id))/primarycontactid/$ref", "accounts(guid:\(id)) / primarycontactid / $ref"),
      (
        "accounts(\(id))/Account_Tasks(\(id))/$ref",
        "accounts(guid:\(id)) / Account_Tasks(guid:\(id)) / $ref"
      ),
      ("accounts/$count", "accounts / $count"), ("$metadata", "$metadata"), ("$batch", "$batch"),
      ("WhoAmI()", "WhoAmI()"), ("F(P=@p1,Q='x')", "F(P=@p1, Q=“x”)"),
      (
        "EntityDefinitions(LogicalName='t')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata",
        "EntityDefinitions(LogicalName=“t”) / Attributes / Microsoft.Dynamics.CRM.PicklistAttributeMetadata"
      ),
      ("$1/lastname", "$1 / lastname"),
      (
        "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default')",
        "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType:Default)"
      ),
    ] as [(String, String)]
  )
  func paths(text: String, tree: String) throws {
    #expect(try ResourcePath(text).spelled == tree)
  }

  @Test(
    "WA-103 options in both encodings, nested expansions, aliases, and what is no option of OData",
    arguments: [
      ("", ""), ("$select=a,b&$filter=x%20eq%20'1'", "select a, b; filter (eq x “1”)"),
      ("%24select=a%2C+b&%24filter=x+eq+%271%2B1%27", "select a, b; filter (eq x “1+1”)"),
      ("$orderby=a desc,b asc,c&$top=3&$count=true", "order a desc, b, c; top 3; count"),
      ("$select=*", "select *"), ("$select=&$filter=", ""),
      ("$select=a,b,&$orderby=c desc,", "select a, b; order c desc"),
      (
        "$expand=p($select=n,;$orderby=y,),q($select=m,),",
        "expand p {select n; order y}; expand q {select m}"
      ),
      (
        "$expand=p($select=n;$expand=q($filter=x eq 1;$orderby=y desc;$top=2)),r/$ref,s",
        "expand p {select n; expand q {filter (eq x 1); order y desc; top 2}}; expand r/$ref; expand s"
      ),
      ("$filter=contains(@p1,'x')&@p1=name", "filter contains(@p1, “x”); @p1=name"),
      ("fetchXml=%3Cfetch/%3E&api-version=9.1", "fetchXml: <fetch/>; api-version: 9.1"),
      ("$skiptoken=a%3Db", "token a=b"),
      (
        "$apply=filter(a gt 1)/groupby((b,c/d),aggregate(e with sum as f,$count as n))",
        "apply filter (gt a 1); apply group (b, c/d) sum e as f, count $count as n"
      ),
      ("$apply=aggregate(a with average as b)", "apply group () average a as b"),
      ("$apply=groupby((a))", "apply group (a) "),
    ] as [(String, String)]
  )
  func options(text: String, tree: String) throws {
    #expect(try QueryOptions(query: text).spelled == tree)
  }

  @Test(
    "What cannot be read is told with its place",
    arguments: [
      ("$filter=a eq", "a value is expected, and here is the end at position 4 of $filter"),
      ("$filter=a eq 'x", "the text that begins here does not end at position 5 of $filter"),
      ("$filter=(a eq 1", "“)” is expected, and here is the end at position 7 of $filter"),
      ("$filter=a eq 1 b", "the end is expected, and here is “b” at position 7 of $filter"),
      ("$filter=a eq {1}", "a GUID is expected between braces at position 5 of $filter"),
      ("$filter=a eq 2020-01-01x", "this is no date at position 5 of $filter"),
      ("$filter=a # 1", "a name is expected at position 2 of $filter"),
      ("$select=a,,", "a name is expected, and here is “,” at position 2 of $select"),
      ("$select=,", "a name is expected, and here is “,” at position 0 of $select"),
      ("$top=-1", "a number from 0 is expected at position 0 of $top"),
      ("$top=x", "a number from 0 is expected at position 0 of $top"),
      ("$count=yes", "true or false is expected at position 0 of $count"),
      ("$top=1&$top=2", "$top stands twice at position 0 of the query"),
      ("$levels=2", "$levels is no option that is read at position 0 of $levels"),
      (
        "$apply=topcount(2,a)",
        "“topcount” is no transformation that is read at position 0 of $apply"
      ),
      (
        "$expand=a($foo=1)",
        "$foo is no option of an expansion that is read at position 2 of $expand"
      ),
    ] as [(String, String)]
  )
  func faults(query: String, message: String) throws {
    let error = try #require(throws: ODataError.self) { try QueryOptions(query: query) }
    #expect(error.description == message)
  }

  @Test(
    "Depth, length and number are bounded: what is beyond is told, whatever it is made of",
    arguments: [
      String(repeating: "(", count: 5000) + "a" + String(repeating: ")", count: 5000),
      String(repeating: "not ", count: 5000) + "a",
      "a eq " + String(repeating: "- ", count: 5000) + "b",
      "a eq 1" + String(repeating: " add 1", count: 5000),
      "a eq " + String(repeating: "[", count: 5000),
      String(repeating: "a/any(o:", count: 5000),
      "a eq '" + String(repeating: "x", count: 1 << 17) + "'",
      "a in (" + String(repeating: "1,", count: 15_000) + "1)",
    ]
  )
  func bounds(text: String) throws {
    let error = try #require(throws: ODataError.self) { try Expression(text) }
    #expect(error.reason == .tooLarge)
  }

  @Test("Thousands of conditions side by side are no depth")
  func wide() throws {
    let text = Array(repeating: "a eq 1", count: 3000).joined(separator: " or ")
    guard case .any(let terms) = try Expression(text) else {
      Issue.record("it is no alternative")
      return
    }
    #expect(terms.count == 3000)
  }

  @Test("Whatever is cut off or changed is read or refused, and never a crash", arguments: 0..<200)
  func damaged(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let whole =
      "a/any(o:o/x eq 'y''z' and not (b in (1,2.5,\(Self.id)))) or contains(c,@p) and d ge 2020-01-31T09:30:00Z"
    var bytes = Array(whole.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
      default: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: place)
      }
    }
    let text = String(
      decoding: bytes.prefix(Int.random(in: 0...bytes.count, using: &random)),
      as: UTF8.self
    )
    do throws(ODataError) {
      _ = try Expression(text)
    } catch {
      #expect(error.place <= text.utf8.count)
    }
    _ = try? ResourcePath(text)
    _ = try? QueryOptions(query: text)
  }
}
