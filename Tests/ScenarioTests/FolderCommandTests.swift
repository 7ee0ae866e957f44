import EnvironmentSupport
import TestSupport
import Testing

/// `strata unpack` and `strata pack` as a user runs them, and folders in place of packages.
@Suite("Folders in place of packages")
struct FolderCommandTests {
  private let one = "U 1.0 by A unmanaged\ntable t\ncolumn t.a\nrole r1\nresource new_/a.js text"
  private let two = "U 1.1 by A unmanaged\ntable t\ncolumn t.a\ncolumn t.b\nrole r2"

  private func workshop() throws -> Workshop {
    try Workshop([
      "one.zip": one, "two.zip": two, "x.zip": "X 1.0 by A\ntable x",
      "two_managed.zip": "U 1.1 by A\ntable t\ncolumn t.a\ncolumn t.b\nrole r2",
    ])
  }

  @Test("A package comes back from its folder, and the folder follows the next version")
  func follows() throws {
    let result = try workshop()(
      """
      strata unpack one.zip src; strata pack src a.zip; strata diff one.zip a.zip > /dev/null; echo $?
      echo text > src/README.md; mkdir src/.git; touch src/.git/config
      strata unpack two.zip src; strata unpack two.zip src
      find src -type f | LC_ALL=C sort
      strata pack src b.zip; strata pack src c.zip --quiet; cmp b.zip c.zip; strata diff two.zip b.zip > /dev/null; echo $?
      """
    )
    #expect(
      result.output == """
        U 1.0, unmanaged, unpacked into src: 6 files
        U 1.0, unmanaged, 4 components, packed into a.zip
        0
        U 1.1, unmanaged, unpacked into src: 4 files
          1 added, 3 changed, 3 removed
          1 file of no solution left alone
        U 1.1, unmanaged, unpacked into src: 4 files
          4 unchanged
          1 file of no solution left alone
        src/.git/config
        src/Entities/t/Entity.xml
        src/Other/Customizations.xml
        src/Other/Solution.xml
        src/README.md
        src/Roles/r2.xml
        U 1.1, unmanaged, 4 components, packed into b.zip
          not packed:
            README.md: no file of a solution
        0

        """,
      "\(result)"
    )
  }

  @Test("A folder is taken wherever a package is")
  func taken() throws {
    let result = try workshop()(
      """
      strata unpack one.zip one --quiet; strata unpack two.zip two --quiet
      strata diff one.zip ./one/ > /dev/null; echo $?
      strata inspect two | head -n 1
      strata plan two --against one > /dev/null; echo $?
      strata init > /dev/null; strata import one --quiet; strata plan two --out p.json > /dev/null; echo $?
      strata apply p.json --allow-destroy all --quiet; echo $?; strata list | awk '{ print $1, $2 }'
      (cd two; strata inspect . --inventory | wc -l)
      """
    )
    #expect(
      result.output == """
        0
        U 1.1  unmanaged
        2
        2
        0
        Name Version
        U 1.1
        4

        """,
      "\(result)"
    )
  }

  @Test("PF-A1 sources of both packages give both, and what does not fit is refused")
  func both() throws {
    let result = try workshop()(
      """
      strata unpack two.zip src --package-type both; strata pack src out.zip --package-type both
      strata diff two.zip out.zip > /dev/null; echo $?; strata diff two_managed.zip out_managed.zip > /dev/null; echo $?
      strata unpack one.zip a --package-type managed; echo $?
      strata unpack one.zip a --package-type both; echo $?; strata unpack x.zip a --package-type unmanaged; echo $?
      ls -d a
      """
    )
    #expect(result.output.hasPrefix("U 1.1, both, unpacked into src: "))
    #expect(result.output.hasSuffix("0\n0\n4\n1\n4\n"), "\(result)")
  }

  @Test(
    "PF-A1 a folder of both is the package that is said, wherever one is read; else it is said which it is"
  )
  func form() throws {
    let shop = try workshop()
    try shop("strata unpack two.zip src --package-type both --quiet; strata init --env e")
    func first(_ words: String) throws -> String {
      try shop("strata \(words)").output.split(separator: "\n").first.map(String.init) ?? ""
    }
    let note = "src holds both packages, and was taken as the unmanaged one"
    #expect(try first("inspect src") == "U 1.1  unmanaged")
    #expect(try first("inspect src --package-type Managed") == "U 1.1  managed")
    for command in [
      "inspect src", "plan src", "check src", "pack src o.zip", "import src --env e --plan",
    ] {
      let silent = command.hasPrefix("plan") ? "--against two.zip" : ""
      #expect(try shop("strata \(command) \(silent)").output.contains(note), "\(command)")
      let said = try shop("strata \(command) \(silent) --package-type unmanaged")
      #expect(!said.output.contains(note) && said.errors.isEmpty, "\(said)")
    }
    #expect(try shop("strata inspect src --json").output.contains("\"strata.form-unsaid\""))
    for command in ["diff src two.zip", "layers t --against src"] {
      #expect(try shop("strata \(command)").errors.contains(note), "\(command)")
      #expect(try !shop("strata \(command) --package-type unmanaged").errors.contains(note))
    }
    #expect(try shop("strata diff src two_managed.zip --package-type managed").status == 0)
    #expect(try shop("strata diff src two_managed.zip").status == 2)
    // A plan is applied from what it was made of.
    let managed = try shop(
      """
      strata plan src --package-type managed --env e --out p.json > /dev/null
      strata apply p.json --env e --quiet; echo $?; strata list --env e --json | grep managed
      """
    )
    #expect(managed.output == "0\n      \"managed\" : true,\n", "\(managed)")
    for command in [
      "inspect two.zip", "plan two.zip", "import two.zip --env e", "diff one.zip two.zip",
    ] {
      let refused = try shop("strata \(command) --package-type managed")
      #expect(refused.status == 64 && refused.errors.contains("is for folders"), "\(refused)")
    }
    #expect(try shop("strata inspect src --package-type both").status == 64)
  }

  @Test("What unpack did not make is replaced only with consent")
  func foreign() throws {
    let result = try workshop()(
      """
      strata unpack one.zip src --quiet; strata unpack x.zip src; echo $?
      mkdir -p other/Roles other/Other; echo mine > other/Roles/r1.xml; strata unpack one.zip other; echo $?
      ls other/Other; cat other/Roles/r1.xml
      strata unpack one.zip other --overwrite --quiet; echo $?; strata inspect other | head -n 1
      echo file > file; strata unpack one.zip file; echo $?
      mkdir linked; ln -s /tmp linked/Roles; strata unpack one.zip linked; echo $?
      """
    )
    #expect(result.output == "1\n1\nmine\n0\nU 1.0  unmanaged\n1\n1\n", "\(result)")
    #expect(result.errors.contains("src holds the solution U, and x.zip is X; nothing was written"))
    #expect(result.errors.contains("other has files that unpack did not make: Roles/r1.xml"))
  }

  @Test("What was cut off is told, and the next run finishes it")
  func halfWay() throws {
    let result = try workshop()(
      """
      strata unpack one.zip src --quiet
      touch src/.strata-unpacking src/Roles/.strata-unpacking-file; rm src/Other/Solution.xml; : > src/Entities/t/Entity.xml
      strata inspect src; echo $?; strata pack src a.zip; echo $?
      strata unpack one.zip src --quiet; echo $?; find src -name '.strata*'; strata pack src a.zip --quiet; strata diff one.zip a.zip | head -n 1
      """
    )
    #expect(result.output == "1\n1\n0\nU 1.0 → U 1.0\n", "\(result)")
    #expect(result.errors.contains("→ unpack into it again"))
  }

  @Test("PF-1102 everything that is wrong with a folder is told, with file and line")
  func wrong() throws {
    let result = try workshop()(
      """
      strata unpack one.zip src --quiet
      printf '<Role>\\n<a></b></Role>' > src/Roles/r1.xml; rm src/WebResources/new_/a.js
      strata inspect src; echo $?; strata pack src a.zip; echo $?; ls a.zip
      strata unpack one.zip src --quiet; ln -s ../../one.zip src/WebResources/b.js; mkfifo src/Roles/p.xml
      strata inspect src; echo $?
      """
    )
    #expect(result.output == "1\n1\n1\n", "\(result)")
    #expect(result.errors.contains("src: 2 problems in the folder"))
    #expect(result.errors.contains("\n  Roles/r1.xml, line 2: "))
    #expect(
      result.errors.contains("\n  WebResources/new_/a.js.data.xml, line ")
        && result.errors.contains("there is no file “WebResources/new_/a.js”")
    )
    #expect(result.errors.contains("\n  WebResources/b.js: it is a link"))
    #expect(result.errors.contains("\n  Roles/p.xml: it is no file"))
  }

  @Test("No package takes the place of a file that it is made of")
  func outputs() throws {
    let result = try workshop()(
      """
      strata unpack one.zip src --quiet; strata pack src src/WebResources/new_/a.js; echo $?
      cat src/WebResources/new_/a.js; strata pack src -; echo $?; strata pack one.zip a.zip; echo $?
      """
    )
    #expect(result.output == "1\ntext64\n1\n", "\(result)")
  }
}

/// Folders of Git integration as a user names them.
@Suite("Folders in YAML in place of packages")
struct YAMLFolderCommandTests {
  private let script = """
    mkdir -p src/solutions/X src/publishers/P src/roles/r
    cat > src/solutions/X/solution.yml <<'END'
    ImportExportXml:
      '@languagecode': 1033
      SolutionManifest:
        UniqueName: X
        Version: 1.0
        Managed: 0
        Publisher:
          UniqueName: P
    END
    printf "Publisher:\\n  UniqueName: P\\n  CustomizationPrefix: new\\n  CustomizationOptionValuePrefix: 10000\\n" > src/publishers/P/publisher.yml
    printf "Role:\\n  '@id': 00000000-0000-4000-8000-000000000001\\n  '@name': r\\n" > src/roles/r/role.yml
    cat > src/solutions/X/rootcomponents.yml <<'END'
    RootComponents:
      RootComponent:
      - '@type': 20
        '@id': '{00000000-0000-4000-8000-000000000001}'
        '@behavior': 0
    END

    """

  @Test("A folder in YAML is packed, planned and inspected, and not unpacked into")
  func taken() throws {
    let result = try Workshop(["x.zip": "X 1.0 by P unmanaged\ntable t"])(
      script + """
        strata pack src a.zip; strata diff a.zip src > /dev/null; echo $?
        strata plan src > /dev/null; echo $?; strata inspect src/solutions/X | head -n 1
        strata unpack x.zip src; echo $?
        cp -r src/solutions/X src/solutions/Y; strata inspect src; echo $?
        printf "SolutionComponents:\\n  Component:\\n  - '@path': /roles/r\\n" > src/solutions/X/solutioncomponents.yml
        strata inspect src/solutions/X --inventory | wc -l
        (cd src/solutions/X; strata inspect . | head -n 1)
        """
    )
    #expect(
      result.output == """
        X 1.0, unmanaged, 1 component, packed into a.zip
        0
        2
        X 1.0  unmanaged
        1
        1
        1
        X 1.0  unmanaged

        """,
      "\(result)"
    )
    #expect(result.errors.contains("src has the layout of Git integration"))
    #expect(result.errors.contains("there are several, X, Y; name the folder of one of them"))
  }

  @Test(
    "A file that nests as deeply as the parser reads is refused by every command, and none crashes"
  )
  func deep() throws {
    let result = try Workshop()(
      script + """
        printf 'a:\\n' > src/roles/r/role.yml
        for n in $(seq 1 950); do printf '%*sa:\\n' $n '' >> src/roles/r/role.yml; done
        strata plan src; echo $?; strata inspect src; echo $?
        """
    )
    #expect(result.output == "1\n1\n", "\(result)")
    #expect(result.errors.contains("it is nested too deeply"))
  }
}
