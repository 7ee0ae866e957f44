import EnvironmentSupport
import Foundation
import TestSupport
import Testing

/// The habits of `pac solution`.
@Suite("strata pac")
struct PacCommandTests {
  private static let packages = [
    "one.zip": "X 1.0 by pub\ntable new_t\ncolumn new_t.new_a\ncolumn new_t.new_b",
    "two.zip": "X 2.0 by pub\ntable new_t\ncolumn new_t.new_a",
    "u.zip": "U 1.2.3.4 by pub unmanaged\ntable new_u\ncolumn new_u.new_a",
    "abc.zip": "W 1.0 by pub\ntable abc_t",
  ]

  @Test("docs/pac.md has what each verb says of itself")
  func documented() throws {
    let program = try #require(Program.strata)
    func said(_ words: String...) throws -> String {
      let result = try #require(Program.run(program, ["pac"] + words))
      #expect(result.status == 0, "\(result.errors)")
      return result.output
    }
    var lines = [
      "# pac", "",
      "`strata pac solution …` takes the verbs, flags and aliases of `pac solution` as they are documented, and does what they say",
      "with the commands that exist. Switches stand alone or with `true` or `false`; values follow, or stand behind `=`; cases have no",
      "meaning. `--environment` names an environment of Strata. Options of Strata's own go with a verb where its command takes them, and",
      "stand below it: what an upgrade destroys has to be named here as well.",
      "",
      "An import without `--import-as-holding` and `--stage-and-upgrade` is an update, as it is there: nothing is deleted.",
      "",
      "This page is made from the sources; `strata pac solution VERB --help` prints the same.", "",
    ]
    let verbs = try said("solution", "--help").split(separator: "\n")
      .filter { $0.hasPrefix("  ") }.compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(verbs.count == 18)
    for verb in verbs {
      let help = try said("solution", verb, "--help")
      lines += ["## \(verb)", "", "```", help.trimmingCharacters(in: .newlines), "```", ""]
    }
    try expectGolden(lines.joined(separator: "\n"), "../../docs/pac.md")
  }

  @Test(
    "Options of Strata's own stand below the verbs whose commands take them, and below no others"
  )
  func ownOptions() throws {
    let workshop = try Workshop(Self.packages)
    func words(_ command: String) throws -> [String] {
      try workshop("strata \(command) --help").output
        .split { " ,<>[]()/\n".contains($0) }.map(String.init)
    }
    let verbs = try workshop("strata pac solution --help").output.split(separator: "\n")
      .filter { $0.hasPrefix("  ") }.compactMap { $0.split(separator: " ").first }
    var checked = 0
    for verb in verbs {
      let help = try workshop("strata pac solution \(verb) --help").output.split(separator: "\n")
      guard let own = help.first(where: { $0.hasPrefix("  of Strata's own: ") }),
        let becomes = help.first(where: { $0.hasPrefix("  becomes  ") })
      else { continue }
      let whole = becomes.dropFirst("  becomes  ".count)
      let command = whole.split { ",;".contains($0) }[0].split(separator: " --")[0]
      let taken = try words(String(command))
      let said = own.split { " ,".contains($0) }.map(String.init).filter { $0.hasPrefix("--") }
      #expect(said.filter { !taken.contains($0) } == [], "\(verb)")
      for option in ["--plan", "--wait", "--allow-destroy"] {
        #expect(said.contains(option) == taken.contains(option), "\(verb) \(option)")
      }
      checked += 1
    }
    #expect(checked > 12)
    let refused = try workshop("strata pac solution list --plan")
    #expect(refused.status == 64 && refused.errors.contains("list has no --plan"))
    let shown = try workshop("strata pac solution online-version -sn U --plan")
    #expect(shown.status == 64 && shown.errors.contains("--plan goes with --solution-version"))
  }

  @Test("Nobody is asked for consent, and nothing is counted, where nothing can be destroyed")
  func harmless() throws {
    let workshop = try Workshop(Self.packages)
    for command in [
      "new publisher", "new solution", "clone patch", "clone solution", "set-version", "activate",
      "deactivate", "publish", "components add", "components remove",
    ] {
      let help = try workshop("strata \(command) --help").output
      #expect(help.contains("--plan") && !help.contains("--allow-destroy"), "\(command)")
      #expect(!help.contains("--no-count"), "\(command)")
    }
  }

  @Test("import: an update without more, an upgrade or a holding one when it is said")
  func importing() throws {
    let workshop = try Workshop(Self.packages)
    func pac(_ words: String) throws -> Program.Result {
      try workshop("strata pac solution \(words)")
    }
    try workshop("strata init --env e")
    #expect(try pac("import --path one.zip --environment e").status == 0)
    // An update deletes nothing.
    #expect(
      try pac("import -p two.zip -env e --async true -wt 60 --json").output.contains("\"update\"")
    )
    #expect(try workshop("strata components X --env e").output.contains("new_t.new_b"))
    #expect(try workshop("strata rollback --env e --quiet").status == 0)
    // An upgrade asks for consent, here as everywhere.
    #expect(try pac("import -p two.zip -up --env e").status == 3)
    #expect(try pac("import -p two.zip -h --env e").status == 0)
    #expect(try pac("upgrade -sn X --env e --allow-destroy all").status == 0)
    #expect(try !workshop("strata components X --env e").output.contains("new_t.new_b"))
    #expect(try pac("list --env e").output.contains("X"))
    #expect(try pac("delete --solution-name X --env e --allow-destroy all").status == 0)
    #expect(try !pac("list --env e").output.contains("X"))
  }

  @Test("LC-110 a component is added by the number of its kind, with its name or its id")
  func addingComponents() throws {
    let workshop = try Workshop(Self.packages)
    try workshop("strata init --env e; strata import one.zip --env e --quiet")
    try workshop("strata new publisher B --prefix new --env e --quiet")
    try workshop("strata new solution U --publisher B --env e --quiet")
    let add = "strata pac solution add-solution-component -sn U --env e"
    let table = try workshop("\(add) -c new_t -ct 1")
    #expect(table.status == 0, "\(table)")
    #expect(try workshop("strata components U --env e").output.contains("Entity:new_t"))
    #expect(try workshop("\(add) -c new_t.new_a -ct 2").status == 0)
    #expect(try workshop("\(add) -c new_t -ct 999").status == 64)
    #expect(try workshop("\(add) -c new_t -ct 1 -arc --plan").status == 0)
  }

  @Test("A version that is there, or a higher one, is left out where it is asked for")
  func skipping() throws {
    let workshop = try Workshop(Self.packages)
    func pac(_ words: String) throws -> Program.Result {
      try workshop("strata pac solution import \(words) --skip-lower-version --env e")
    }
    try workshop("strata init --env e")
    #expect(try pac("-p two.zip -up").status == 0)
    for package in ["one.zip", "two.zip"] {
      let result = try pac("-p \(package) -up")
      #expect(result.status == 0 && result.errors.contains("is left out: 2.0 is there"))
    }
    #expect(try pac("-p one.zip --json").output.contains("\"operation\" : null"))
    #expect(try workshop("strata import one.zip u.zip --skip-lower-version --env e").status == 0)
    #expect(try workshop("strata list --env e").output.contains("1.2.3.4"))
    #expect(
      try workshop("strata import one.zip --skip-lower-version --two-phase --env e").status == 0
    )
  }

  @Test("A switch is false where it is said so, and a plan is shown where it is asked for")
  func switches() throws {
    let workshop = try Workshop(Self.packages)
    try workshop("strata init --env e; strata import one.zip --env e --quiet")
    func action(_ words: String) throws -> String {
      let output = try workshop("strata pac solution import \(words) --env e --json").output
      let value = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
      let plan = value?["plan"] as? [String: Any] ?? value
      let packages = plan?["packages"] as? [[String: Any]]
      return packages?.first?["action"] as? String ?? ""
    }
    #expect(try action("--path=two.zip --STAGE-AND-UPGRADE true") == "upgrade")
    #expect(try action("-p two.zip --import-as-holding=False -up") == "upgrade")
    #expect(try action("-p two.zip -h False -up false") == "update")
  }

  @Test("Versions, exports, settings and checks are those of the commands that exist")
  func authoring() throws {
    let workshop = try Workshop(Self.packages)
    func pac(_ words: String) throws -> Int32 {
      try workshop("strata pac solution \(words)").status
    }
    try workshop("strata init --env e; strata import u.zip --env e --quiet")
    #expect(try pac("online-version -sn U -sv 1.3.0.0 --env e") == 0)
    let shown = try workshop("strata pac solution online-version -sn U --env e").output
    #expect(shown.contains("1.3.0.0"))
    #expect(try pac("export --name U --path out.zip --managed false --env e") == 0)
    #expect(try pac("export --name U --path out.zip --env e") == 1)
    #expect(try pac("export --name U --path out.zip --overwrite --env e") == 0)
    #expect(try pac("publish --env e") != 64)
    let manifest = """
      <a><SolutionManifest><UniqueName>F</UniqueName><Version>1.2.3.4</Version></SolutionManifest></a>
      """
    try workshop("mkdir -p src/Other")
    try workshop.write(manifest, "src/Other/Solution.xml")
    func version() throws -> String { try workshop.text("src/Other/Solution.xml") }
    #expect(try pac("version -bv 7") == 0 && version().contains("1.2.7.0"))
    #expect(try pac("version -sp src -bv 8 -rv 9") == 0 && version().contains("1.2.8.9"))
    #expect(
      try pac("version -rv 3 -sp src/Other/Solution.xml") == 0 && version().contains("1.2.8.3")
    )
    #expect(try pac("version --strategy Solution") == 0 && version().contains("1.2.9.0"))
    #expect(try pac("version --strategy FileTracking") == 1 && pac("version") == 64)
    #expect(try pac("create-settings -z u.zip -s s.json") == 0)
    #expect(try workshop.text("s.json").contains("ConnectionReferences"))
    #expect(try pac("create-settings -s s.json") == 64)
    #expect(try pac("check -p abc.zip -o . -g Europe") == 2)
    #expect(try workshop.text("check.sarif").contains("CK-201"))
    #expect(try pac("check -p 'a*.zip'") == 2 && pac("check -p 'q*.zip'") == 1)
  }

  @Test("A package is unpacked, checked, given settings and packed again")
  func folders() throws {
    let workshop = try Workshop(Self.packages)
    func pac(_ words: String) throws -> Int32 {
      try workshop("strata pac solution \(words)").status
    }
    #expect(try pac("unpack -z u.zip -f src -p Unmanaged -ad true -aw true") == 0)
    #expect(try workshop("test -e src/Other/Solution.xml").status == 0)
    #expect(try pac("version -sp src -bv 5") == 0)
    #expect(try pac("check -p src") == 0)
    #expect(try pac("create-settings -f src -s s.json") == 0)
    #expect(try pac("pack --zipfile v.zip --folder src --packagetype unmanaged") == 0)
    #expect(try workshop("strata inspect v.zip").output.contains("1.2.5.0"))
    #expect(try pac("pack --zipfile v.zip --folder src --map m.xml") == 1)
  }

  @Test("clone makes a folder of sources of a solution, sync brings it to what the environment has")
  func projects() throws {
    let workshop = try Workshop(Self.packages)
    func pac(_ words: String) throws -> Program.Result {
      try workshop("strata pac solution \(words)")
    }
    try workshop("strata init --env e; strata import u.zip --env e --quiet --publish-changes")
    let cloned = try pac("clone --name U --outputDirectory w/x --async --env e")
    #expect(cloned.status == 0 && cloned.output.contains("both sources written to w/x/U/src"))
    #expect(try workshop("strata diff u.zip w/x/U/src --package-type unmanaged").status == 0)
    #expect(try workshop("strata inspect w/x/U/src --package-type managed").status == 0)
    // Nothing has changed: no file does.
    let again = try pac("sync --solution-folder w/x/U --env e")
    #expect(again.status == 0 && !again.output.contains(" changed"), "\(again)")
    try workshop(
      """
      echo '<!-- ours -->' >> w/x/U/src/Entities/new_u/Entity.xml; echo text > w/x/U/src/README.md
      strata customize add column new_u.new_b --type text --set maxLength=9 --solution U --env e --quiet
      """
    )
    let plan = try workshop("cd w/x/U; strata pac solution sync -p Both --plan --env ../../../e")
    #expect(plan.output.contains("would be written") && plan.output.contains("1 changed"))
    #expect(try !workshop.text("w/x/U/src/Entities/new_u/Entity.xml").contains("new_b"))
    let synced = try workshop("cd w/x/U; strata pac solution sync --env ../../../e")
    #expect(synced.status == 0 && synced.output.contains("  1 changed, "), "\(synced)")
    #expect(synced.output.contains("1 file of no solution left alone"))
    #expect(try workshop.text("w/x/U/src/Entities/new_u/Entity.xml").contains("new_b"))
    // The folder of another solution is not taken.
    try workshop("strata import one.zip --env e --quiet")
    #expect(try pac("sync -f none --env e").status == 1)
    #expect(try pac("clone -n X --env e").status == 4)
    #expect(try workshop("strata export U --folder w/x/U/src --env e --managed").status == 64)
  }

  @Test("init begins sources of an empty solution, which are packed and imported like any other")
  func initializing() throws {
    let workshop = try Workshop(Self.packages)
    let made = try workshop("strata pac solution init -pn Fabrikam -pp fab -o Service")
    #expect(made.status == 0 && made.output.contains("Service 1.0.0.0"), "\(made)")
    let result = try workshop(
      """
      strata inspect Service/src | head -n 2; strata pack Service/src s.zip --quiet; echo $?
      strata init --env e > /dev/null; strata import Service/src --env e --quiet; echo $?
      strata export Service t.zip --env e --quiet; strata diff s.zip t.zip > /dev/null; echo $?
      cd Service; strata pac solution init --publisher-name Fabrikam --publisher-prefix fab; echo $?
      strata new sources src --name Service --publisher Fabrikam --prefix mscrmx; echo $?
      strata new sources other --name 1x --publisher Fabrikam --prefix fab; echo $?; ls
      """
    )
    #expect(result.output.hasPrefix("Service 1.0.0.0  unmanaged\n"), "\(result)")
    #expect(result.output.hasSuffix("0\n0\n0\n1\n4\n64\nsrc\n"), "\(result)")
  }

  @Test("What is not supported is named with its reason, and what has no effect is said")
  func unsupported() throws {
    let workshop = try Workshop(Self.packages)
    func pac(_ words: String) throws -> Program.Result {
      try workshop("strata pac \(words)")
    }
    for words in [
      "solution clone -n X --localize", "solution sync --map m.xml", "solution add-license",
      "solution clone -n X -i general", "solution add-reference",
    ] {
      let result = try pac(words)
      #expect(result.status == 1 && result.errors.contains("is not supported: "), "\(words)")
    }
    let refused = try pac("solution export -n X -i general --json")
    #expect(refused.status == 1 && refused.output.contains("\"unsupported\""))
    #expect(refused.errors.contains("export --include is not supported: "))
    try workshop("strata init --env e")
    #expect(
      try pac("solution import -p one.zip -a --env e").errors.contains("--async has no effect: ")
    )
    #expect(try !pac("solution import -p one.zip -a --env e --quiet").errors.contains("no effect"))
    #expect(try pac("auth list").errors.contains("of pac there is solution alone"))
  }

  @Test("Wrong usage is told with what is near")
  func wrong() throws {
    let workshop = try Workshop(Self.packages)
    for (words, message) in [
      ("imprt", "did you mean import?"), ("import", "needs --path"),
      ("import --pth one.zip", "did you mean --path?"), ("import --path", "--path has no value"),
      ("import --path --async", "--path has no value"), ("import -p one.zip extra", "has no extra"),
      ("import -p one.zip --async=maybe", "--async is true or false"),
      ("import -p one.zip -h -up", "not both"), ("delete", "needs --solution-name"),
    ] {
      let result = try workshop("strata pac solution \(words)")
      #expect(result.status == 64 && result.errors.contains(message), "\(words): \(result.errors)")
    }
    #expect(try workshop("strata pac").output.contains("create-settings"))
    #expect(try workshop("strata pac solution").output.contains("create-settings"))
    #expect(
      try workshop("strata pac solution import help").output.contains("--stage-and-upgrade, -up")
    )
  }
}
