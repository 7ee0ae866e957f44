import Solutions
import TestSupport
import Testing
import XML

@testable import SolutionPackages

/// Component files in JSON (PF-707): what differs never comes out alike.
@Suite("JSON parts")
struct JSONFormTests {
  private static let path = "smp_things/a/smp_thing.json"

  private func package(_ json: String) throws -> SolutionPackage {
    var zip = ZipWriter()
    zip.add("solution.xml", Array(Self.manifest.utf8))
    zip.add("customizations.xml", Array("<ImportExportXml/>".utf8))
    zip.add("[Content_Types].xml", [])
    zip.add(Self.path, Array(json.utf8))
    return try PackageReader().read(zip.bytes(), file: "x.zip")
  }

  private static let manifest = """
    <ImportExportXml><SolutionManifest><UniqueName>Sample</UniqueName><Version>1.0</Version><Managed>1</Managed>\
    <Publisher><UniqueName>sample</UniqueName><CustomizationPrefix>smp</CustomizationPrefix></Publisher>\
    <RootComponents/><MissingDependencies/></SolutionManifest></ImportExportXml>
    """

  /// The canonical form of `{"smp_thing":{"@id":"1","v":…}}` within the element.
  private func canonical(_ value: String) throws -> String {
    let package = try package(#"{"smp_thing":{"@id":"1","v":\#(value)}}"#)
    let component = try #require(package.components.first)
    #expect(component.name == "1")
    let bytes = CanonicalWriter.bytes(of: component.definition.fragment)
    let whole = String(decoding: bytes, as: UTF8.self)
    return whole.replacing(#"<smp_thing id="1">"#, with: "").replacing("</smp_thing>", with: "")
  }

  private func problem(_ json: String) throws -> String {
    do {
      _ = try package(json)
      return ""
    } catch let error as PackageError {
      return error.finding.message
    }
  }

  @Test(
    "PF-707 the canonical form keeps the type of each value",
    arguments: [
      (#""x""#, "<v>x</v>"), (#""""#, "<v></v>"), (#""1""#, "<v>1</v>"),
      ("1", #"<v json-type="number">1</v>"#), ("1.0", #"<v json-type="number">1.0</v>"#),
      ("1e999", #"<v json-type="number">1e999</v>"#),
      ("true", #"<v json-type="boolean">true</v>"#), (#""true""#, "<v>true</v>"),
      ("null", #"<v json-type="null"></v>"#), ("{}", #"<v json-type="object"></v>"#),
      (#"{"@a":1}"#, #"<v a="1" json-type="object" json-type-a="number"></v>"#),
      (#"{"b":"2","a":"1"}"#, "<v><a>1</a><b>2</b></v>"),
      (#"["x"]"#, #"<v json-type="array">["x"]</v>"#), ("[]", #"<v json-type="array">[]</v>"#),
      ("[1, \"1\" ,[null]]", #"<v json-type="array">[1,"1",[null]]</v>"#),
      (#"[{"b":1,"a":2}]"#, #"<v json-type="array">[{"a":2,"b":1}]</v>"#),
      (#"[{"a":"1"},{"a":"2"}]"#, "<v><a>1</a></v><v><a>2</a></v>"),
      (#""\u0001""#, #"<v json-type="string">"\u0001"</v>"#),
      (#""\"\\u0001\"""#, #"<v>"\u0001"</v>"#), (#""<&>\n""#, "<v>&lt;&amp;&gt;\n</v>"),
    ]
  )
  func types(value: String, expected: String) throws {
    #expect(try canonical(value) == expected)
  }

  @Test("PF-707 no two of these are the same definition")
  func different() throws {
    let values = [
      "9007199254740992", "9007199254740993", "0.1", "0.10000000000000000001", "1", "1.0", "\"1\"",
      "null", "\"\"", "{}", "[]", "[null]", "[\"x\"]", "\"x\"", "[[\"x\"]]", "true", "\"true\"",
      "\"[]\"", "\"null\"", #"{"@a":null}"#, #"{"@a":""}"#, #"{"a":null}"#, #"{"a":""}"#,
      #"[{},{}]"#, #"[{},[{}]]"#, #"[[{},{}]]"#,
    ]
    let hashes = try values.map { value in
      try #require(package(#"{"smp_thing":{"@id":"1","v":\#(value)}}"#).components.first)
        .definition.hash
    }
    #expect(Set(hashes).count == values.count)
  }

  @Test("PF-707 order, blanks and escapes say nothing")
  func equal() throws {
    let one = try package(#"{"smp_thing":{"@id":"1","a":"\u00e9","b":[{"y":1,"x":"\/"}]}}"#)
    let other = try package(
      "{ \"smp_thing\":{\"b\":[{\"x\":\"/\",\n\"y\":1}],\"a\":\"é\",\"@id\":\"1\"}}"
    )
    #expect(one.components[0].definition.hash == other.components[0].definition.hash)
  }

  @Test(
    "PF-1102 what is no JSON, says something twice or is too deep is refused with its line",
    arguments: [
      (#"{"smp_thing":{"list":1,"list":2}}"#, "line 1: the key list stands twice"),
      ("{\"smp_thing\":\n{\"a\":01}}", "line 2: not valid JSON"),
      (#"{"smp_thing":{"a":"\ud800"}}"#, "line 1: half a surrogate pair is no character"),
      (
        "{\"smp_thing\":{\"a\":" + String(repeating: "[", count: 63)
          + String(repeating: "]", count: 63) + "}}", "line 1: more than 64 levels"
      ),
    ]
  )
  func refused(json: String, expected: String) throws {
    #expect(try problem(json) == "cannot read \(Self.path), \(expected)")
  }

  @Test("PF-707 62 levels below a row are taken")
  func deep() throws {
    let arrays = String(repeating: "[", count: 62) + String(repeating: "]", count: 62)
    #expect(try canonical(arrays) == "<v json-type=\"array\">\(arrays)</v>")
  }

  @Test(
    "PF-707 JSON that XML cannot spell stays a plain file",
    arguments: [
      "[]", "1", "{}", #"{"a":{},"b":{}}"#, #"{"smp_thing":1}"#, #"{"smp_thing":{"a b":1}}"#,
      #"{"smp_thing":{"@json-type":"1"}}"#, #"{"smp_thing":{"@json-type-x":"1"}}"#,
      #"{"smp_thing":{"@a":[]}}"#, #"{"smp_thing":{"-a":1}}"#, #"{"smp_thing":{"":1}}"#,
      #"{"1":{}}"#,
    ]
  )
  func plain(json: String) throws {
    let package = try package(json)
    #expect(package.components.isEmpty)
    #expect(package.carried.map(\.count) == [1])
  }

  @Test("The reference program reads JSON parts alike")
  func reference() throws {
    let values = [
      "1.50", "\"a\\u0001\\ufffe\"", "null", "[1,{\"b\":\"é\\n\",\"a\":[]}]", "[{},{\"x\":true}]",
      "{\"@t\":false,\"@u\":\"\\u0007\"}", "\"\\\"<&>\"",
    ]
    for value in values {
      var zip = ZipWriter()
      zip.add("solution.xml", Array(Self.manifest.utf8))
      zip.add("customizations.xml", Array("<ImportExportXml/>".utf8))
      zip.add("[Content_Types].xml", [])
      zip.add(Self.path, Array(#"{"smp_thing":{"@id":1,"v":\#(value)}}"#.utf8))
      let file = try Repository.temporaryFile("json-form.zip", zip.bytes())
      defer { Repository.remove(file) }
      let script = "\(Repository.root)/Tests/Reference/inventory.py"
      let printed = try #require(Program.run("/usr/bin/env", ["python3", script, file])).output
      let component = try #require(
        PackageReader().read(zip.bytes(), file: "x.zip").components.first
      )
      #expect(printed == "smp_thing\t1\t\(component.definition.hash)\n", "\(value)")
    }
  }

  @Test("JSON parts of the cases differ where they do", .enabled(if: Cases.arePresent))
  func cases() throws {
    let (a, b) = (try Cases.read("trust-json-equal/a"), try Cases.read("trust-json-equal/b"))
    #expect(a.carried.map(\.digest) != b.carried.map(\.digest))
    #expect(throws: PackageError.self) { try Cases.read("trust-json-equal/twice") }
  }

  @Test(
    "PF-707 the canonical form says all that the JSON said",
    arguments: [
      #"{"smp_thing":{"@id":"1","v":"x"}}"#,
      #"{"smp_thing":{"@id":"1","@n":2,"v":{"b":1.0,"a":[true,null,"\u0001\"\\"]},"w":null,"x":{},"y":{"@z":1}}}"#,
      #"{"smp_thing":{"@id":"1","v":[{"a":"1"},{"a":["2"]}],"e":"","s":"\u0001é🐢","t":[{"b":1}]}}"#,
    ]
  )
  func spelled(json: String) throws {
    let component = try #require(try package(json).components.first)
    var spelling = JSONSpelling()
    spelling.write(file: component.definition.element)
    let again = try package(String(decoding: spelling.bytes, as: UTF8.self))
    #expect(again.components.first?.definition == component.definition)
  }
}
