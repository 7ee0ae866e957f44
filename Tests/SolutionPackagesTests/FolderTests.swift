import SolutionPackages
import Solutions
import TestSupport
import Testing

/// Packages taken apart into files, and put together again.
@Suite("Unpacked solutions")
struct FolderTests {
  private let id = "{\(PackageText.guid("f"))}"

  private func package(_ lines: String, managed: Bool = false) -> [UInt8] {
    PackageText("X 1.0\(managed ? "" : " unmanaged") by A\n" + lines).archive()
  }

  private func unpacked(_ lines: String) throws -> SolutionFolder {
    try FolderReader().unpack((package(lines), "x.zip"))
  }

  private func paths(_ folder: SolutionFolder) -> [String] { folder.files.map(\.path) }

  private func text(_ path: String, _ folder: SolutionFolder) -> String? {
    folder.files.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  /// A folder with files changed, added or removed.
  private func changed(
    _ folder: SolutionFolder,
    _ changes: [String: String] = [:],
    without removed: [String] = []
  ) -> SolutionFolder {
    let kept = folder.files.filter { changes[$0.path] == nil && !removed.contains($0.path) }
    return SolutionFolder(
      files: kept + changes.map { SolutionFolder.File(path: $0.key, bytes: Array($0.value.utf8)) }
    )
  }

  private func refusal(_ folder: SolutionFolder, isManaged: Bool? = nil) -> [String] {
    do {
      _ = try FolderReader().pack(folder, isManaged: isManaged, name: "src")
      return []
    } catch {
      let lines = error.finding.because
      return lines.isEmpty ? [error.finding.message] : lines
    }
  }

  private func isSame(_ one: [UInt8], _ other: [UInt8]) throws -> Bool {
    let (one, other) = (
      try PackageReader().read(one, file: "x"), try PackageReader().read(other, file: "x")
    )
    return one.components.map(\.definition) == other.components.map(\.definition)
      && one.components.map(\.id) == other.components.map(\.id) && one.carried == other.carried
      && one.manifest.isManaged == other.manifest.isManaged
      && one.frame?.files.mapValues(\.digest) == other.frame?.files.mapValues(\.digest)
  }

  @Test("PF-A1 each component lies where SolutionPackager puts it")
  func layout() throws {
    let folder = try unpacked(
      """
      table new_t
      column new_t.a nvarchar 100
      form f new_t a
      view f new_t a
      choice new_c 1 2
      role r
      relationship new_r new_t.u -> account
      resource new_/a/b.js text
      """
    )
    #expect(
      paths(folder) == [
        "Entities/new_t/Entity.xml", "Entities/new_t/FormXml/main/\(id).xml",
        "Entities/new_t/SavedQueries/\(id).xml", "OptionSets/new_c.xml",
        "Other/Customizations.xml", "Other/Relationships.xml", "Other/Relationships/account.xml",
        "Other/Solution.xml", "Roles/r.xml", "WebResources/new_/a/b.js",
        "WebResources/new_/a/b.js.data.xml",
      ]
    )
    #expect(text("WebResources/new_/a/b.js", folder) == "text")
  }

  @Test(
    "What has no name for a file stays where it is, and the package comes back",
    arguments: [
      "resource new_/../../../etc/passwd text",
      "resource new_/a text\nresource new_/a/b text", "resource new_/con.js text",
      "resource new_/a.js.data.xml text", "resource new_/a_managed text",
      "role a\nrole A", "role a/b", "role ..", "role .", "role a.", "role a\u{202E}b",
      "xml Roles <Role id=\"1\" name=\"r_managed\"/>",
      "xml Roles <!-- why --><Role id=\"1\" name=\"r\"><![CDATA[<x>]]></Role>",
      "file Other/Solution.xml <x/>", "file Roles/a.xml <x/>", "file Entities/x/y text",
      "file .git/config text", "file Other/Parts/a text", "file Connectors/a.json {}",
      "file Connector/a.json {}", "file stray.txt text", "file Controls/x/y.data_managed.xml text",
      "file Controls/x/y.data.xml text", "file Workflows/.hidden text",
      "file Controls/Thumbs.db text", "file Unknown/a.txt text",
      "file new_things/a/new_thing.xml <new_thing a=\"1\"/>",
      "xml Dashboards <Dashboard><FormId>..</FormId></Dashboard>",
      "xml new_Sections <x a='1'>text<b/></x>",
      "table new_t\nview v new_t a\nview v new_t a",
    ]
  )
  func lossless(lines: String) throws {
    let original = package(lines)
    let folder = try FolderReader().unpack((original, "x.zip"))
    for file in folder.files {
      let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
      #expect(!file.path.hasPrefix("/") && !parts.contains("..") && !parts.contains(""))
    }
    #expect(Set(folder.files.map { $0.path.lowercased() }).count == folder.files.count)
    let packed = try FolderReader().pack(folder, name: "src")
    #expect(packed.leftOut.isEmpty)
    #expect(try isSame(original, packed.bytes))
    #expect(try FolderReader().pack(folder, name: "src").bytes == packed.bytes)
  }

  @Test("PF-A1 sources of both forms give each back, and hold twice only what differs")
  func both() throws {
    let lines = "table new_t\nrole r1\nresource new_/a.js text"
    let unmanaged = package(lines + "\nform f new_t a b\nrole r2")
    let managed = package(lines + "\nform f new_t a\nrole r3", managed: true)
    let folder = try FolderReader().unpack(
      (unmanaged, "x.zip"),
      managed: (managed, "x_managed.zip")
    )
    #expect(
      paths(folder).filter { $0.hasSuffix("_managed.xml") } == [
        "Entities/new_t/FormXml/main/\(id)_managed.xml", "Other/Solution_managed.xml",
        "Roles/r2_managed.xml", "Roles/r3_managed.xml",
      ]
    )
    #expect(text("Other/Solution.xml", folder)?.contains("<Managed>2</Managed>") == true)
    #expect(FolderReader().form(of: folder) == .both)
    let reader = FolderReader()
    #expect(try isSame(unmanaged, try reader.pack(folder, isManaged: false, name: "src").bytes))
    #expect(try isSame(managed, try reader.pack(folder, isManaged: true, name: "src").bytes))
    #expect(try isSame(unmanaged, try reader.pack(folder, name: "src").bytes))
    // What is wrong with a twin is told of the twin.
    let twin = "Entities/new_t/FormXml/main/\(id)_managed.xml"
    let broken = changed(folder, [twin: "<forms>\n<a></b>\n</forms>"])
    do throws(PackageError) {
      _ = try reader.pack(broken, isManaged: true, name: "src")
      Issue.record("it is packed")
    } catch {
      #expect(error.finding.message.hasPrefix("\(twin), line 2: "), "\(error.finding.message)")
    }
  }

  @Test("LC-359 a root that the manifest lists and no file has is told, with its line")
  func roots() throws {
    let folder = try unpacked("table new_t\nrole r1\nresource new_/a.js text")
    let reader = FolderReader()
    func told(_ folder: SolutionFolder) throws -> [Finding] {
      try reader.read(try reader.pack(folder, name: "src"), name: "src").findings
        .filter { $0.tells(RootsWithoutFiles.self) }
    }
    #expect(try told(folder).isEmpty)
    let finding = try #require(try told(changed(folder, without: ["Roles/r1.xml"])).first)
    #expect(finding.at?.file == "Other/Solution.xml" && (finding.at?.line ?? 0) > 1)
  }

  @Test("PF-1102 everything that is wrong with a folder is told, with file and line")
  func problems() throws {
    let folder = try unpacked("table new_t\nrole r1\nresource new_/a.js text")
    #expect(refusal(folder) == [])
    #expect(
      refusal(changed(folder, without: ["Other/Solution.xml"])) == [
        "Other/Solution.xml: it is missing"
      ]
    )
    let broken = changed(
      folder,
      [
        "Roles/r1.xml": "<Role>\n<a></b>\n</Role>", "OptionSets/c.xml": "<Role/>",
        "Entities/new_u/RibbonDiff.xml": "<RibbonDiffXml/>",
      ],
      without: ["WebResources/new_/a.js"]
    )
    let told = refusal(broken)
    #expect(told.count == 4)
    #expect(told.contains { $0.hasPrefix("Roles/r1.xml, line 2: ") })
    #expect(
      told.contains("OptionSets/c.xml, line 1: its element is “Role”, and here it is optionset")
    )
    #expect(told.contains("Entities/new_u/RibbonDiff.xml: there is no Entity.xml for it"))
    #expect(told.contains { $0.contains("there is no file “WebResources/new_/a.js”") })
  }

  @Test("Names that differ by case alone are one on other systems, and are refused")
  func caseTwins() throws {
    let folder = try unpacked("role r1\nrole r2")
    #expect(
      refusal(changed(folder, ["roles/R1.xml": "<Role name=\"x\" id=\"1\"/>"])).first?
        .contains("by nothing but case") == true
    )
    #expect(
      refusal(
        changed(
          folder,
          ["ROLES/r1.xml": text("Roles/r1.xml", folder) ?? ""],
          without: ["Roles/r1.xml"]
        )
      ) == []
    )
  }

  @Test("What is no file of a solution is left out and told")
  func leftOut() throws {
    let folder = changed(
      try unpacked("role r1"),
      [
        "README.md": "text", "docs/a.md": "text", "WebResources/new_/b.js.map": "text",
        "Resources/en-US/a.resx": "text",
      ]
    )
    #expect(
      try FolderReader().pack(folder, name: "src").leftOut.map(\.path)
        == ["README.md", "Resources/en-US/a.resx", "WebResources/new_/b.js.map", "docs/a.md"]
    )
  }

  @Test("A canvas app in pieces is not packed: its .msapp is, or the folder is refused")
  func canvas() throws {
    let app =
      "xml CanvasApps <CanvasApp><Name>new_app</Name><DocumentUri>/CanvasApps/new_app.msapp</DocumentUri></CanvasApp>"
    let whole = try unpacked(app + "\nfile CanvasApps/new_app.msapp text")
    let source = "CanvasApps/src/new_app/Src/App.fx.yaml"
    let both = changed(whole, [source: "App:"])
    #expect(
      try FolderReader().pack(both, name: "src").leftOut.map(\.path)
        == ["CanvasApps/src/new_app"]
    )
    let told = refusal(changed(both, without: ["CanvasApps/new_app.msapp"]))
    #expect(told.count == 1)
    #expect(
      told.first?.contains("make it with “pac canvas pack” as CanvasApps/new_app.msapp") == true
    )
  }

  @Test("Findings about a package that was a folder name the folder's files and their lines")
  func origins() throws {
    let folder = try unpacked("table new_t\nview v new_t a\ncolumn new_t.a nvarchar 10")
    let path = "Entities/new_t/Entity.xml"
    let lines = text(path, folder)?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
    let line = lines.firstIndex { $0.contains("<attribute ") } ?? 0
    // The same column once more.
    let entity = lines.map(String.init)
    let end = entity.firstIndex { $0.contains("</attribute>") } ?? 0
    let twice = entity[...end] + entity[line...end] + entity[(end + 1)...]
    let changedFolder = changed(folder, [path: twice.joined(separator: "\n")])
    let packed = try FolderReader().pack(changedFolder, name: "src")
    let package = try FolderReader().read(packed, name: "src")
    let finding = try #require(package.findings.first { $0.tells(DuplicateComponent.self) })
    #expect(finding.at?.file == path)
    let place = (finding.at?.line ?? 0) - 1
    #expect(
      twice.indices.contains(place + twice.startIndex) && twice[place].contains("<attribute ")
    )
  }
}
