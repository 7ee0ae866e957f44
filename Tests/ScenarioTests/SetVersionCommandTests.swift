import EnvironmentSupport
import Foundation
import TestSupport
import Testing

/// Versions of solutions in environments, packages and folders.
@Suite("strata set-version")
struct SetVersionCommandTests {
  private static let packages = [
    "u.zip": "U 1.2.3.4 by pub unmanaged\ntable new_t\ncolumn new_t.new_a\nresource new_/a.js x",
    "m.zip": "M 1.0 by pub\ntable new_t",
  ]

  /// With everything in the way of a careless search.
  private static let manifest = """
    \u{FEFF}<?xml version="1.0" encoding="utf-8"?>\r
    <ImportExportXml version="9.2" SolutionPackageVersion="9.2">\r
      <!-- <SolutionManifest><Version>9.9.9.9</Version></SolutionManifest> -->\r
      <SolutionManifest>\r
        <UniqueName>Fab</UniqueName>\r
        <Descriptions><Description description="a > b <![CDATA[" languagecode="1033" /></Descriptions>\r
        <Version>1.0.0.7</Version>\r
        <Managed>2</Managed>\r
        <Publisher><Version>1.0.0.7</Version></Publisher>\r
      </SolutionManifest>\r
    </ImportExportXml>
    """.replacing("<![CDATA[", with: "&lt;![CDATA[")

  private func version(_ workshop: Workshop, _ file: String) throws -> String {
    let output = try workshop("strata inspect \(file) --json").output
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    let solution = (value as? [String: Any])?["solution"] as? [String: Any]
    return solution?["version"] as? String ?? ""
  }

  @Test("In a folder only the text of the version changes")
  func folder() throws {
    for place in ["Other", "src/Other"] {
      let workshop = try Workshop()
      try workshop("mkdir -p \(place)")
      try workshop.write(Self.manifest, "\(place)/Solution.xml")
      let result = try workshop("strata set-version . 1.0.1.0")
      #expect(result.status == 0 && result.output.contains("1.0.0.7 → 1.0.1.0"))
      let expected = Self.manifest.replacing(
        "<Version>1.0.0.7</Version>\r\n    <Managed>",
        with: "<Version>1.0.1.0</Version>\r\n    <Managed>"
      )
      #expect(expected != Self.manifest)
      #expect(try workshop.text("\(place)/Solution.xml") == expected)
      #expect(try workshop("strata set-version . --bump revision --plan").status == 2)
      #expect(try workshop.text("\(place)/Solution.xml") == expected)
    }
  }

  /// As Git integration writes it, with a comment and more in the way of a careless search.
  private static let yaml = """
    # Version: 9.9.9.9
    ImportExportXml:
      '@version': 9.2.25.1
      SolutionManifest:
        UniqueName: Fab
        LocalizedNames:
          LocalizedName: { '@description': "Version: 1.0.0.7 ü", '@languagecode': 1033 }
        Version: 1.0.0.7  # ours
        Managed: 0
        Publisher:
          Version: 1.0.0.7

    """

  @Test("PF-B3 in a folder of the newer layout only the text of the version changes, comments stay")
  func yamlFolder() throws {
    let path = "solutions/Fab/solution.yml"
    for (place, named) in [("", "."), ("", path), ("", "solutions/Fab"), ("src/", ".")] {
      let workshop = try Workshop()
      try workshop("mkdir -p \(place)solutions/Fab")
      try workshop.write(Self.yaml, place + path)
      let result = try workshop("strata set-version \(named) 1.0.1.0")
      #expect(result.status == 0 && result.output.contains("1.0.0.7 → 1.0.1.0"), "\(result)")
      let expected = Self.yaml.replacing("Version: 1.0.0.7  #", with: "Version: 1.0.1.0  #")
      #expect(try workshop.text(place + path) == expected)
      #expect(try workshop("strata set-version \(named) --bump minor --plan").status == 2)
      #expect(try workshop.text(place + path) == expected)
      // As a number it would be 1.1.
      #expect(try workshop("strata set-version \(named) 1.10").status == 0)
      #expect(try workshop.text(place + path).contains("Version: '1.10'  # ours"))
      #expect(try workshop("strata set-version \(named) 1.2.0.0").output.contains("1.10 → 1.2.0.0"))
      #expect(try workshop.text(place + path).contains("Version: '1.2.0.0'  # ours"))
    }
  }

  @Test(
    "PF-B3 of several solutions one has to be named, and what is written in pieces is left as it is"
  )
  func wrongYAML() throws {
    let workshop = try Workshop()
    try workshop("mkdir -p solutions/A solutions/B")
    for name in ["A", "B"] { try workshop.write(Self.yaml, "solutions/\(name)/solution.yml") }
    let result = try workshop("strata set-version . 1.1")
    #expect(result.status == 1 && result.errors.contains("several solutions"), "\(result)")
    #expect(try workshop("strata set-version solutions/B 1.1").status == 0)
    #expect(try workshop.text("solutions/A/solution.yml") == Self.yaml)
    for value in ["&v 1.0", ">\n      1.0", "!!str 1.0", "\"1.\\x30\"", "x", "[1.0]", "*no"] {
      let text = Self.yaml.replacing("1.0.0.7  # ours", with: value)
      try workshop.write(text, "solutions/A/solution.yml")
      #expect(try workshop("strata set-version solutions/A 1.1").status == 1, "\(value)")
      #expect(try workshop.text("solutions/A/solution.yml") == text)
    }
  }

  @Test("A folder without a manifest, or with one that is no such thing, is left as it is")
  func wrongFolders() throws {
    let workshop = try Workshop()
    #expect(try workshop("strata set-version . 1.1").status == 1)
    try workshop("mkdir Other")
    for text in [
      "no", "<a><SolutionManifest><UniqueName>F</UniqueName></SolutionManifest></a>",
      "<a><SolutionManifest><UniqueName>F</UniqueName><Version>x</Version></SolutionManifest></a>",
      "<a><SolutionManifest><UniqueName>F</UniqueName><Version>1.<!-- -->0</Version></SolutionManifest></a>",
      "<a><SolutionManifest><UniqueName>F</UniqueName><Version>1&#46;0</Version></SolutionManifest></a>",
    ] {
      try workshop.write(text, "Other/Solution.xml")
      #expect(try workshop("strata set-version . 1.1").status == 1, "\(text)")
      #expect(try workshop.text("Other/Solution.xml") == text)
    }
  }

  @Test("A package is written anew with the version, and holds what it held")
  func package() throws {
    let workshop = try Workshop(Self.packages)
    #expect(try workshop("strata set-version u.zip --bump minor").status == 0)
    #expect(try version(workshop, "U_1_3_0_0.zip") == "1.3.0.0")
    #expect(try version(workshop, "u.zip") == "1.2.3.4")
    #expect(
      try workshop(
        "diff <(strata inspect u.zip --inventory) <(strata inspect U_1_3_0_0.zip --inventory)"
      ).status == 0
    )
    #expect(try workshop("strata set-version m.zip --bump revision").status == 0)
    #expect(try version(workshop, "M_1_0_0_1_managed.zip") == "1.0.0.1")
    #expect(try workshop("strata set-version m.zip 2.0 --out new.zip").status == 0)
    #expect(try version(workshop, "new.zip") == "2.0")
    #expect(try workshop("strata set-version m.zip 2.0 --out m.zip").status == 1)
    #expect(try version(workshop, "m.zip") == "1.0")
    #expect(
      try workshop("strata set-version m.zip 3.0 --out p.zip --plan || test ! -e p.zip").status == 0
    )
  }

  @Test("Strategies: one number raised, the day, the newest tag")
  func strategies() throws {
    let workshop = try Workshop(Self.packages)
    func made(_ words: String) throws -> String {
      let result = try workshop("strata set-version u.zip \(words) --plan")
      #expect(result.status == 2, "\(result.errors)")
      return result.output.split(separator: " ").dropFirst(3).first.map(String.init) ?? ""
    }
    #expect(try made("--bump major") == "2.0.0.0" && made("--bump minor") == "1.3.0.0")
    #expect(try made("--bump build") == "1.2.4.0" && made("--bump revision") == "1.2.3.5")
    #expect(try made("--from-date 2026-11-29") == "1.2.20261129.0")
    try workshop("strata set-version u.zip 1.2.20261129.3 --out d.zip")
    let again = try workshop("strata set-version d.zip --from-date 2026-11-29 --plan").output
    #expect(again.contains("→ 1.2.20261129.4"))
    #expect(try made("--from-date today").hasPrefix("1.2.20"))
    let git = "git -c user.name=a -c user.email=a@b.c"
    try workshop(
      "git init -q . && \(git) commit -q --allow-empty -m a && git tag release/v4.5.6"
    )
    #expect(try made("--from-git-tag") == "4.5.6")
    for wrong in [
      "", "1.0 --bump minor", "1", "--bump all", "--from-date 2026-13-01", "--from-date 2026-02-30",
      "--from-date tomorrow",
    ] { #expect(try workshop("strata set-version u.zip \(wrong)").status == 64, "\(wrong)") }
    try workshop("\(git) commit -q --allow-empty -m b && git tag latest")
    #expect(try made("--from-git-tag") == "4.5.6", "a tag that marks no version is passed over")
    try workshop("git tag -d release/v4.5.6")
    let none = try workshop("strata set-version u.zip --from-git-tag")
    #expect(none.status == 1 && none.errors.contains("the newest is latest"), "\(none.errors)")
    try workshop("strata set-version u.zip 1.2147483647 --out e.zip")
    #expect(try workshop("strata set-version e.zip --bump minor").status == 1)
  }

  @Test("In an environment it is an operation like any other")
  func environment() throws {
    let workshop = try Workshop(Self.packages)
    try workshop("strata init --env e && strata import u.zip --env e && rm u.zip")
    #expect(try workshop("strata set-version U --bump build --env e --plan").status == 2)
    #expect(try workshop("strata set-version U --bump build --env e").status == 0)
    #expect(try workshop("strata list --env e").output.contains("1.2.4.0"))
    #expect(try workshop("strata rollback --env e --quiet").status == 0)
    #expect(try workshop("strata list --env e").output.contains("1.2.3.4"))
    #expect(try workshop("strata set-version Nobody 1.0 --env e").status == 1)
    // Also where a folder of that name lies here.
    try workshop("strata pac solution clone -n U -o . --env e")
    let online = try workshop(
      "strata pac solution online-version -sn U -sv 1.4.0.0 --environment e"
    )
    #expect(online.status == 0 && online.output.contains("operation"), "\(online)")
    #expect(try workshop("strata list --env e").output.contains("1.4.0.0"))
    #expect(try workshop("strata set-version U 1.5.0.0 --env e").status == 0)
    #expect(try workshop("strata list --env e").output.contains("1.5.0.0"))
    #expect(try workshop("strata inspect U/src").output.contains("1.2.3.4"))
  }
}
