import SolutionPackages
import Solutions
import TestSupport
import Testing
import XML

/// Folders in the layout of Git integration (appendix B).
@Suite("Sources in YAML")
struct YAMLFolderTests {
  private static let id = "00000000-0000-4000-8000-00000000000f"

  /// A solution with a component of each place, written by hand.
  private static let files: [String: String] = [
    "solutions/X/solution.yml": """
    ImportExportXml:
      '@version': 9.2.25.1
      '@SolutionPackageVersion': 9.2
      '@languagecode': 1033
      '@xmlns:xsi': http://www.w3.org/2001/XMLSchema-instance
      SolutionManifest:
        UniqueName: X
        LocalizedNames:
          LocalizedName:
            '@description': The X
            '@languagecode': 1033
        Descriptions:
        Version: 1.0.0.0
        Managed: 0
        Publisher:
          UniqueName: Pub
    """,
    "solutions/X/solutioncomponents.yml": """
    SolutionComponents:
      Component:
        - '@path': /entities/new_t
        - '@path': /entities/new_t/attributes/new_name.yml
        - '@path': /entities/new_t/formxml/main/\(id)
        - '@path': /entities/new_t/ribbondiffs
        - '@path': /entities/new_t/savedqueries/\(id)
        - '@path': /entityrelationships/new_r
        - '@path': /optionsets/new_c
        - '@path': /webresources/\(id)
        - '@path': /environmentvariabledefinitions/new_v
        - '@path': canvasapps/new_app
        - '@path': /publishers/Pub
    """,
    "solutions/X/rootcomponents.yml": """
    RootComponents:
      RootComponent:
        - '@type': 1
          '@schemaName': new_t
          '@behavior': 0
        - '@type': 9
          '@schemaName': new_c
          '@behavior': 0
        - '@type': 61
          '@schemaName': new_/a.js
          '@behavior': 0
        - '@type': 300
          '@schemaName': new_app
          '@behavior': 0
    """,
    "solutions/X/missingdependencies.yml": "MissingDependencies:\n",
    "publishers/Pub/publisher.yml": """
    Publisher:
      UniqueName: Pub
      EMailAddress:
        '@xsi:nil': true
        '@xmlns:xsi': http://www.w3.org/2001/XMLSchema-instance
      CustomizationPrefix: new
      CustomizationOptionValuePrefix: 10000
    """,
    "entities/new_t/entity.yml": """
    Entity:
      Name:
        '@LocalizedName': Thing
        '#text': new_t
      EntityInfo:
        entity:
          '@Name': new_t
          LocalizedNames:
            LocalizedName: {'@description': Thing, '@languagecode': 1033}
          attributes:
          EntitySetName: new_ts
    """,
    "entities/new_t/attributes/new_name.yml": """
    attribute:
      '@PhysicalName': new_name
      Type: nvarchar
      Name: new_name
      LogicalName: new_name
      MaxLength: 100
      IntroducedVersion: 1.0
    """,
    "entities/new_t/attributes/new_other.yml": "attribute:\n  '@PhysicalName': new_other\n",
    "entities/new_t/formxml/main/\(id)/systemform.yml": """
    systemform:
      formid: '{\(id)}'
      FormPresentation: 1
      form:
        tabs:
    """,
    "entities/new_t/ribbondiffs/ribbondiff.yml": """
    RibbonDiffXml:
      CustomActions:
    """,
    "entities/new_t/savedqueries/\(id)/savedquery.yml": """
    savedquery:
      savedqueryid: '{\(id)}'
      returnedtypecode: 1
    """,
    "entityrelationships/new_r/entityrelationship.yml": """
    EntityRelationship:
      '@Name': new_r
      EntityRelationshipType: OneToMany
      ReferencingEntityName: new_t
      ReferencedEntityName: account
      ReferencingAttributeName: new_account
    """,
    "optionsets/new_c/optionset.yml": """
    optionset:
      '@Name': new_c
      OptionSetType: picklist
      options:
        option:
          - '@value': 1
            labels:
              label: {'@description': "one\\ntwo", '@languagecode': 1033}
    """,
    "webresources/\(id)/webresource.yml": """
    WebResource:
      WebResourceId: '{\(id)}'
      Name: new_/a.js
      WebResourceType: 3
      FileName: /WebResources/new_ajs\(id)
    """,
    "webresources/\(id)/new_ajs\(id).js": "text",
    "environmentvariabledefinitions/new_v/environmentvariabledefinition.yml": """
    environmentvariabledefinition:
      '@schemaname': new_v
      type: 100000000
    """,
    "canvasapps/new_app.meta.yml": """
    CanvasApp:
      Name: new_app
      DocumentUri: /CanvasApps/new_app_DocumentUri.msapp
    """,
    "canvasapps/new_app/new_app.msapp": "app",
    "canvasapps/new_app/Src/App.pa.yaml": "App:",
    "README.md": "text",
  ]

  private func folder(
    _ changes: [String: String] = [:],
    without removed: [String] = [],
    solution: String? = nil
  ) -> SolutionFolder {
    let files = Self.files.filter { !removed.contains($0.key) }.merging(changes) { $1 }
    return SolutionFolder(
      files: files.map { SolutionFolder.File(path: $0.key, bytes: Array($0.value.utf8)) },
      solution: solution
    )
  }

  private func read(_ folder: SolutionFolder) throws -> SolutionPackage {
    let packed = try FolderReader().pack(folder, name: "src")
    return try FolderReader().read(packed, name: "src")
  }

  private func refusal(_ folder: SolutionFolder) -> [String] {
    do {
      _ = try FolderReader().pack(folder, name: "src")
      return []
    } catch {
      let lines = error.finding.because
      return lines.isEmpty ? [error.finding.message] : lines
    }
  }

  @Test("PF-B1 what the solution lists is put together, each at its place")
  func reads() throws {
    let package = try read(folder())
    #expect(package.name.text == "X" && !package.manifest.isManaged)
    #expect(package.findings.filter { $0.severity == .error } == [])
    let names = package.components.map { ComponentKinds.standard[$0.id.type].name }.sorted()
    #expect(
      names == [
        "Attribute", "CanvasApp", "Entity", "EntityRelationship", "EnvironmentVariableDefinition",
        "OptionSet", "SavedQuery", "SystemForm", "WebResource",
      ]
    )
    #expect(package.frame?.files["CanvasApps/new_app_DocumentUri.msapp"]?.bytes == 3)
    #expect(package.frame?.files["WebResources/new_ajs\(Self.id)"]?.bytes == 4)
    #expect(package.carried.isEmpty)
    let packed = try FolderReader().pack(folder(), name: "src")
    #expect(
      packed.leftOut.map(\.path) == ["README.md", "canvasapps/new_app/Src/App.pa.yaml"]
    )
    #expect(try FolderReader().pack(folder(), name: "src").bytes == packed.bytes)
  }

  @Test("PF-B2 attributes, texts, lists, nothing and numbers are what they are in XML")
  func values() throws {
    let package = try read(folder())
    let frame = try #require(package.frame)
    #expect(frame.manifest.attribute("SolutionPackageVersion") == "9.2")
    let publisher = frame.manifest.descend("SolutionManifest", "Publisher")
    #expect(publisher?.text(of: "CustomizationPrefix") == "new")
    #expect(publisher?.child("EMailAddress")?.attribute("xsi:nil") == "true")
    let entity = frame.customizations.descend("Entities", "Entity")
    #expect(entity?.child("Name")?.attribute("LocalizedName") == "Thing")
    #expect(entity?.text(of: "Name") == "new_t")
    let column = entity?.descend("EntityInfo", "entity", "attributes", "attribute")
    #expect(column?.text(of: "IntroducedVersion") == "1.0")
    #expect(entity?.descend("FormXml", "forms")?.attribute("type") == "main")
    let label = frame.customizations.descend("optionsets", "optionset", "options", "option")?
      .descend("labels", "label")
    #expect(label?.attribute("description") == "one\ntwo")
    #expect(frame.customizations.descend("Languages", "Language")?.text == "1033")
  }

  @Test("PF-B1 components of other solutions stay out; without a list all belong to it")
  func listed() throws {
    #expect(try !read(folder()).components.contains { $0.id.key.contains("new_other") })
    let all = folder(without: ["solutions/X/solutioncomponents.yml"])
    #expect(try read(all).components.contains { $0.id.key.contains("new_other") })
  }

  @Test("A root that is listed without files is an error, and so is a path that leads nowhere")
  func missing() throws {
    let roots =
      (Self.files["solutions/X/rootcomponents.yml"] ?? "")
      + "\n    - '@type': 1\n      '@schemaName': new_gone\n      '@behavior': 0\n"
    #expect(
      refusal(folder(["solutions/X/rootcomponents.yml": roots])) == [
        "solutions/X/rootcomponents.yml, line 15: it lists Entity “new_gone”, and no file has it"
      ]
    )
    #expect(
      refusal(folder(without: ["optionsets/new_c/optionset.yml"])) == [
        "solutions/X/solutioncomponents.yml, line 9: no file lies at “optionsets/new_c”"
      ]
    )
  }

  @Test("PF-1102 what is wrong is told with file and line")
  func problems() throws {
    #expect(
      refusal(folder(["optionsets/new_c/optionset.yml": "optionset:\n  a: [1\n  b: 2\n"])).first?
        .hasPrefix("optionsets/new_c/optionset.yml, line ") == true
    )
    #expect(
      refusal(folder(["optionsets/new_c/optionset.yml": "- a\n- b\n"])) == [
        "optionsets/new_c/optionset.yml, line 1: it is not one element with a name"
      ]
    )
    #expect(
      refusal(folder(["optionsets/new_c/optionset.yml": "optionset:\n  'a b': 1\n"])) == [
        "optionsets/new_c/optionset.yml, line 2: “a b” is no name of an element"
      ]
    )
    let script = "webresources/\(Self.id)/new_ajs\(Self.id).js"
    #expect(
      refusal(folder(without: [script])) == [
        "webresources/\(Self.id)/webresource.yml, line 5: its content is missing: no file for “/WebResources/new_ajs\(Self.id)”"
      ]
    )
    #expect(
      refusal(folder(without: ["publishers/Pub/publisher.yml"])).contains {
        $0.contains("there is no publishers/Pub/publisher.yml")
      }
    )
    #expect(
      refusal(folder(without: ["entities/new_t/entity.yml"])).contains {
        $0.contains("there is no entity.yml in it")
      }
    )
  }

  @Test("What stands for more than is read is refused, and no call goes deeper than the stack")
  func bounds() throws {
    var aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for number in 1..<9 {
      let list = Array(repeating: "*a\(number - 1)", count: 10).joined(separator: ", ")
      aliases += "a\(number): &a\(number) [\(list)]\n"
    }
    let bomb = "optionset:\n" + aliases.split(separator: "\n").map { "  \($0)\n" }.joined()
    #expect(refusal(folder(["optionsets/new_c/optionset.yml": bomb])).count == 1)
    for deep in [String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000)] {
      #expect(refusal(folder(["optionsets/new_c/optionset.yml": deep])).count == 1)
    }
    let nested = (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(refusal(folder(["optionsets/new_c/optionset.yml": nested])).count == 1)
  }

  @Test("Of several solutions in a folder one is named")
  func several() throws {
    let other = (Self.files["solutions/X/solution.yml"] ?? "")
      .replacing("UniqueName: X", with: "UniqueName: Y")
    let changes = ["solutions/Y/solution.yml": other]
    #expect(
      refusal(folder(changes)) == [
        "solutions: there are several, X, Y; name the folder of one of them"
      ]
    )
    #expect(try read(folder(changes, solution: "X")).name.text == "X")
    // Whose the rest of the folder is, only lists can say.
    #expect(
      refusal(folder(changes, solution: "Y")) == [
        "solutions/Y/solutioncomponents.yml: it is missing, and which files belong to Y is not known without it, since solutions/X/solution.yml is there, too"
      ]
    )
    let listed = changes.merging(["solutions/Y/solutioncomponents.yml": "SolutionComponents:\n"]) {
      $1
    }
    #expect(try read(folder(listed, solution: "Y")).name.text == "Y")
  }

  @Test("Findings about the package name the file and its line")
  func origins() throws {
    let column = (Self.files["entities/new_t/attributes/new_name.yml"] ?? "")
    let twice = folder(
      ["entities/new_t/attributes/new_twice.yml": "# the same\n" + column],
      without: ["solutions/X/solutioncomponents.yml", "entities/new_t/attributes/new_other.yml"]
    )
    let finding = try #require(
      try read(twice).findings.first { $0.tells(DuplicateComponent.self) }
    )
    let places = [
      Location(file: "entities/new_t/attributes/new_name.yml", line: 1),
      Location(file: "entities/new_t/attributes/new_twice.yml", line: 2),
    ]
    #expect(finding.at.map(places.contains) == true)
  }
}
