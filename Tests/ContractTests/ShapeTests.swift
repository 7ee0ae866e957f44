import Contract
import EnvironmentSupport
import Foundation
import TestSupport
import Testing

/// JSON for other programs: what it can hold is written down, and what is printed is that.
@Suite("Shapes")
struct ShapeTests {
  /// Every shape, and a command that prints it.
  private static let shapes: [(any Shape.Type, String)] = [
    (BlameShape.self, "blame COMPONENT"), (CheckShape.self, "check PACKAGE"),
    (CompactedShape.self, "compact"),
    (ComponentsShape.self, "components SOLUTION"),
    (CustomizedShape.self, "layers --unmanaged, layers --masked"),
    (DepsShape.self, "deps COMPONENT"),
    (DescriptionShape.self, "describe SOLUTION, describe PACKAGE"),
    (DiffShape.self, "diff OLD NEW"),
    (DriftShape.self, "diff --env A PACKAGE, diff --env A --env B"),
    (DroppedShape.self, "environment drop ENVIRONMENT"),
    (CopiedShape.self, "environment copy FROM TO"), (EnvironmentsShape.self, "environment list"),
    (EnvironmentShape.self, "init"), (ErrorShape.self, "every command that comes to nothing"),
    (ExplainShape.self, "explain"), (ExportShape.self, "export SOLUTION"),
    (FactsShape.self, "facts pull, show, redact"), (FindShape.self, "find TEXT"),
    (HistoryShape.self, "history"), (InspectShape.self, "inspect PACKAGE"),
    (KeysShape.self, "rows keys TABLE"), (LayersShape.self, "layers COMPONENT"),
    (MigrationShape.self, "rows import DATA.zip"),
    (MigrationExportShape.self, "rows export --migration"),
    (PackShape.self, "pack FOLDER PACKAGE"), (PlanShape.self, "plan, show"),
    (ResultShape.self, "import, apply, upgrade, uninstall, rollback and others that change"),
    (RowCountsShape.self, "rows count"), (RowGroupsShape.self, "rows count --by COLUMN"),
    (RowsResultShape.self, "rows import, set, migrate, delete"),
    (RowsShape.self, "rows list TABLE"), (SettingsShape.self, "settings create, check"),
    (SetVersionShape.self, "set-version FILE VERSION"),
    (SolutionShape.self, "show-solution SOLUTION"),
    (SolutionsShape.self, "list"), (StatusShape.self, "status"), (TrashShape.self, "trash list"),
    (TrashContentShape.self, "trash show NUMBER"), (UnpackShape.self, "unpack PACKAGE FOLDER"),
    (VerifyShape.self, "verify"), (VersionShape.self, "version"),
  ]

  @Test("Every shape has a schema in docs/schemas, and a row in docs/json.md")
  func schemas() throws {
    let reader = try SchemaReader()
    var rows: [String] = []
    for (type, command) in Self.shapes {
      let name = type.format.dropFirst("strata.".count)
      var json = try schema(of: type, reader).json
      json["$schema"] = "https://json-schema.org/draft/2020-12/schema"
      json["title"] = "\(type.format), version \(type.formatVersion)"
      let data = try JSONSerialization.data(
        withJSONObject: json,
        options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      )
      try expectGolden(
        String(decoding: data, as: UTF8.self) + "\n",
        "../../docs/schemas/\(name).json"
      )
      rows.append("| `\(type.format)` | `\(command)` | [\(name).json](schemas/\(name).json) |")
    }
    let page = try Repository.text("docs/json.md")
    for row in rows { #expect(page.contains(row), "\(row)") }
    let files = Repository.files(below: "docs/schemas")
    #expect(files.count == Self.shapes.count)
  }

  @Test("Every shape of the sources is listed")
  func complete() throws {
    var formats: Set<String> = []
    for file in Repository.files(below: "Sources/Contract") {
      for match in try Repository.text("Sources/Contract/\(file)")
        .matches(of: /static let format = "([a-z.-]+)"/)
      {
        formats.insert(String(match.output.1))
      }
    }
    #expect(formats == Set(Self.shapes.map { $0.0.format }))
  }

  private static let packages = [
    "a.zip": "X 1.0 by A\ntable t\ncolumn t.c nvarchar 100\ncolumn t.d nvarchar 100\nkey t.k c",
    "b.zip": "X 1.1 by A\ntable t\ncolumn t.c nvarchar 50\nview v1 t c",
    "c.zip": "X 1.1 by A\ntable t\ncolumn t.c nvarchar 50\nneeds Attribute q.a from Y",
    "u.zip": "U 1.0 by A unmanaged\ntable w\ncolumn w.c nvarchar 100",
  ]

  /// Commands that together print every shape.
  private static let session = """
    version
    init --env e
    import a.zip --env e
    import u.zip --env e
    export U u2.zip --env e
    export X x2.zip --env e
    status --env e
    list --env e
    show-solution X --env e
    components X --env e
    components U --env e
    components add U Table:w --behavior shell --plan --env e
    layers Attribute:t.c --all --env e
    blame Attribute:t.c --env e
    deps Attribute:t.c --env e
    describe U --env e
    describe a.zip
    find c --env e
    explain
    rows import t r.csv --env e
    rows list t --env e
    rows count --env e
    rows count t --by c --env e
    rows keys t --env e
    rows export --migration data.zip --env e
    customize set Attribute:t.d displayname@description=Mine --env e
    layers --unmanaged --env e
    export U u2.zip --env e
    layers --masked --env e
    diff a.zip b.zip
    diff b.zip --env e
    inspect a.zip --components
    unpack a.zip src
    pack src a2.zip
    check a.zip u.zip --suppressions s.yml
    settings create a.zip settings.json
    settings check a.zip settings.json
    set-version u.zip 1.5
    plan b.zip --env e
    plan c.zip --env e
    import c.zip --env e
    plan b.zip --against a.zip
    facts show f.json
    plan b.zip --against a.zip --facts f.json
    import b.zip --env e
    import b.zip --allow-destroy all --env e
    history --env e
    history 2 --env e
    history --attempts --env e
    trash list --env e
    trash show $(strata trash --env e | sed 's/ .*//;q') --env e
    rollback --plan --env e
    rollback --allow-destroy all --env e
    verify --env e
    compact --env e
    environment copy e e2
    environment list .
    environment drop e2 --yes e2
    rows delete t --where c=A --allow-destroy all --env e
    layers Entity:nope --env e
    nonsense
    """

  private static let facts = """
    {"format":"strata.facts","formatVersion":1,"at":"2026-01-01T00:00:00Z","url":"https://contoso.crm.dynamics.com",
     "organizationId":"00000000-0000-4000-8000-000000000001","publishers":[],"components":[],"uses":[],"values":[],
     "solutions":[{"solutionId":"00000000-0000-4000-8000-000000000002","uniqueName":"X","displayName":"X","version":"1.0",
       "managed":true,"publisher":"A","listed":false,"removalTold":false}],
     "rows":[{"table":"t","rows":null}],"refused":[{"question":"q","status":403,"reason":""}]}
    """

  @Test("What commands print with --json is what the schemas say")
  func printed() throws {
    let reader = try SchemaReader()
    var schemas: [String: ShapeSchema] = [:]
    for (type, _) in Self.shapes { schemas[type.format] = try schema(of: type, reader) }
    let workshop = try Workshop(Self.packages)
    try workshop.write("c,d\nA,B\nC,D\n", "r.csv")
    try workshop.write(Self.facts, "f.json")
    try workshop.write("suppressions: [{rule: CK-101, reason: r}]", "s.yml")
    var seen: Set<String> = []
    for line in Self.session.split(separator: "\n") {
      let result = try workshop("strata \(line) --json")
      let value = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let object = try #require(value as? [String: Any], "\(line)")
      let format = try #require(object["format"] as? String, "\(line)")
      seen.insert(format)
      let schema = try #require(schemas[format], "\(line)")
      #expect(schema.problems(object) == [], "\(line)")
    }
    // A migration file of its own prints this one.
    #expect(Set(schemas.keys).subtracting(seen) == ["strata.rows-imported"])
  }

  private func schema(of type: any Shape.Type, _ reader: SchemaReader) throws -> ShapeSchema {
    func opened<Content: Shape>(_ type: Content.Type) throws -> ShapeSchema {
      try reader.schema(of: type)
    }
    return try opened(type)
  }
}
