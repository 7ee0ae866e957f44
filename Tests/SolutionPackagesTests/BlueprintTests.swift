import SolutionPackages
import Solutions
import TestSupport
import Testing
import XML

/// What a readable file describes, made of nothing and over what is there.
@Suite("Solutions described in a file")
struct BlueprintTests {
  private static let head = """
    solution: {name: Orders, version: 1.2.0.0}
    publisher: {name: contoso, displayName: Contoso, prefix: new, optionValuePrefix: 20000}

    """

  private static let orders = """
    choices:
      new_priority:
        options: {1: Low, 2: {label: High, color: "#ff0000"}}
    tables:
      new_Order:
        displayName: Order
        primaryName: new_Name
        columns:
          new_Total: {type: decimal, displayName: Total, precision: 4}
          new_kind: {type: choice, options: [Small, Large]}
          new_prio: {type: choice, choice: new_priority}
          new_item: {type: lookup, target: new_item}
        keys:
          new_byname: {columns: new_name}
      new_item:
        ownership: organization
        primaryName: {name: new_title, displayName: Title, maxLength: 200}
    relationships:
      new_order_contact: {tables: [new_order, contact]}
    """

  private func blueprint(_ text: String) throws -> Blueprint {
    let said = try SaidReader.read(Array(text.utf8), file: "orders.yaml")
    return try Blueprint(said, file: "orders.yaml")
  }

  private func plan(_ text: String, on state: InstalledState = InstalledState()) throws -> Plan {
    Plan.bringing(to: try blueprint(text), on: state)
  }

  /// What comes of a file that is not refused.
  private func state(
    _ text: String,
    on state: InstalledState = InstalledState()
  ) throws -> InstalledState {
    let plan = try plan(text, on: state)
    #expect(plan.isApplicable, "\(spelled(plan))")
    return state.applying(plan)
  }

  private func orders(_ state: InstalledState) throws -> InstalledSolution {
    let name = try #require(SolutionName("Orders"))
    return try #require(state.solutions[name])
  }

  /// The problems that a plan has with its file, as they are shown.
  private func problems(_ plan: Plan) -> [String] {
    let unsound = plan.findings.filter { $0.code == DescriptionUnsound.kind.code }
    return unsound.flatMap { finding in
      finding.because.isEmpty
        ? ["line \(finding.at?.line ?? 0): \(finding.message)"] : finding.because.map { "\($0)" }
    }
  }

  @Test("LC-124 what is new says the version in which it is made; what was there keeps its own")
  func introduced() throws {
    let first = try state(Self.head + Self.orders)
    func version(_ column: String, in state: InstalledState) -> String? {
      state.effective(.attribute("new_order", column), "IntroducedVersion")
    }
    #expect(version("new_total", in: first) == "1.2.0.0")
    let head = Self.head.replacing("1.2.0.0", with: "1.3.0.1")
    let more = Self.orders.replacing(
      "new_Total:",
      with: "new_late: {type: text}\n      new_Total:"
    )
    let second = try state(head + more, on: first)
    #expect(version("new_total", in: second) == "1.2.0.0")
    #expect(version("new_late", in: second) == "1.3.0.1")
    // Outside of any solution, and in a first version, it is as the platform writes it.
    let plan = Plan.bringing(to: try .column("abc_x", of: "new_order"), on: second)
    #expect(version("abc_x", in: second.applying(plan)) == "1.0.0.0")
  }

  @Test("DP-204 a table has one key of the same columns")
  func keyTwice() throws {
    let twice = Self.orders.replacing(
      "new_byname: {columns: new_name}",
      with: "new_byname: {columns: new_name}\n      new_again: {columns: [new_NAME]}"
    )
    let refused = try plan(Self.head + twice).findings.filter { $0.severity == .error }
    #expect(refused.map(\.code) == ["0x80060894"])
  }

  @Test(
    "LC-101, LC-110 solution, publisher and components are made, and a second run changes nothing"
  )
  func twice() throws {
    let text = Self.head + Self.orders
    let state = try state(text)
    let solution = try orders(state)
    #expect(solution.version.text == "1.2.0.0" && !solution.isManaged)
    #expect(state.publishers[solution.publisher]?.prefix == "new")
    let whole = RootComponent.Behavior.includeSubcomponents
    #expect(solution.behaviors[.entity("new_order")] == whole)
    #expect(solution.members.contains(.attribute("new_order", "new_total")))
    #expect(solution.members == Set(state.stacks.keys))
    #expect(state.drafts.isEmpty, "what comes with a new table is published")
    let again = try plan(text, on: state)
    #expect(again.effects.isEmpty && again.changes.isEmpty, "\(spelled(again))")
  }

  @Test("What is made has the types, labels and values that the file says")
  func values() throws {
    let state = try state(Self.head + Self.orders)
    func value(_ column: String, _ path: String) -> String? {
      state.effective(.attribute("new_order", column), path)
    }
    #expect(value("new_total", "Type") == "decimal")
    #expect(value("new_total", "Accuracy") == "4")
    #expect(value("new_total", "@PhysicalName") == "new_Total")
    #expect(value("new_total", "displaynames/displayname[1033]@description") == "Total")
    #expect(value("new_prio", "OptionSetName") == "new_priority")
    let options = "optionset/options/option"
    #expect(value("new_kind", "\(options)[200000001]/labels/label[1033]@description") == "Large")
    #expect(
      state.effective(.attribute("new_item", "new_title"), "MaxLength") == "200"
        && state.effective(.attribute("new_item", "new_title"), "Length") == "400"
    )
    #expect(
      state.effective(.entity("new_item"), "EntityInfo/entity/OwnershipTypeMask") == "OrgOwned"
    )
    #expect(state.stacks[.attribute("new_item", "ownerid")] == nil)
    let lookup = ComponentID(.entityRelationship, "new_order_new_item_new_item")
    #expect(state.effective(lookup, "ReferencedEntityName") == "new_item")
    #expect(state.effective(lookup, "CascadeDelete") == "RemoveLink")
  }

  @Test("What a file leaves out stays as it is")
  func leftOut() throws {
    let state = try state(Self.head + Self.orders)
    let text = """
      solution: Orders
      choices: {new_priority: {options: {2: Urgent}}}
      tables:
        new_order:
          columns:
            new_total: {precision: 1}
            statuscode: {options: {3: {label: Waiting, state: 0}}}
      """
    let plan = try plan(text, on: state)
    #expect(
      spelled(plan) == """
        ~ Attribute new_order.new_total
        ~ Attribute new_order.statuscode
        ~ OptionSet new_priority
        """
    )
    let after = state.applying(plan)
    let choice = ComponentID.optionSet("new_priority")
    #expect(after.effective(choice, "options/option[1]/labels/label[1033]@description") == "Low")
    #expect(after.effective(choice, "options/option[2]/labels/label[1033]@description") == "Urgent")
    #expect(after.effective(choice, "options/option[2]@Color") == "#ff0000")
    let total = ComponentID.attribute("new_order", "new_total")
    #expect(after.effective(total, "displaynames/displayname[1033]@description") == "Total")
  }

  @Test("What is removed goes, and is listed no more")
  func removal() throws {
    let state = try state(Self.head + Self.orders)
    let text = "solution: Orders\nremove: [Attribute:new_order.new_total]"
    let plan = try plan(text, on: state)
    #expect(spelled(plan) == "- Attribute new_order.new_total")
    let after = state.applying(plan)
    let solution = try orders(after)
    #expect(!solution.members.contains(.attribute("new_order", "new_total")))
    #expect(try self.plan(text, on: after).effects.isEmpty)
  }

  @Test(
    "Every column that a file can have is made, and made once",
    arguments: [
      "text, maxLength: 10, format: email", "memo, maxLength: 4000", "integer, min: 0, max: 10",
      "decimal, precision: 3", "float", "money, precisionFrom: column", "boolean, default: yes",
      "date", "datetime, behavior: timeZoneIndependent",
      "choice, options: {1: A, 2: B}, default: 2",
      "choices, options: {1: A}", "lookup, target: [account, {table: contact, delete: restrict}]",
      "customer", "file, maxSize: 100", "image, maxSize: 100",
      "autonumber, autoNumber: 'A-{SEQNUM:4}'",
    ]
  )
  func everyColumn(words: String) throws {
    let text =
      Self.head + "tables: {new_t: {primaryName: new_name, columns: {new_c: {type: \(words)}}}}"
    let state = try state(text)
    #expect(state.stacks[.attribute("new_t", "new_c")] != nil)
    #expect(try plan(text, on: state).effects.isEmpty)
  }

  @Test(
    "What cannot be meant is refused with its line, all of it at once, and nothing is planned",
    arguments: [
      ("table: {}", "line 3: “table” is no word of a file"),
      ("choices: {new_c: {colour: red}}", "line 3: “colour” is no word of a choice"),
      (
        "tables: {new_t: {columns: {new_c: {type: text}}}}",
        "one that is made needs its primaryName"
      ),
      ("tables: {new_t: {primaryName: new_n, columns: {new_c: {}}}}", "needs its type"),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_c: {type: decimals}}}}",
        "“decimals” is no type of a column; there are text,"
      ),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_c: {type: text, maxLength: 0}}}}",
        "“0” is no whole number from 1 to 4000"
      ),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_c: {type: lookup}}}}", "needs a target"
      ),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_c: {type: lookup, target: new_x}}}}",
        "there is no table new_x"
      ),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_c: {type: text, target: account}}}}",
        "only a lookup has a target"
      ),
      (
        "tables: {new_t: {primaryName: new_n, keys: {new_k: {columns: new_x}}}}",
        "no column new_t.new_x"
      ),
      (
        "tables: {new_t: {primaryName: new_n, views: {V: {columns: [new_n], filter: [statecode = abc]}}}}",
        "new_t.statecode compares with a number"
      ),
      ("tables: {new_t: {primaryName: new_n, auditing: maybe}}", "“maybe” is neither yes nor no"),
      ("tables: {new_t: {primaryName: new_n, without: [chairs]}}", "comes with no “chairs”"),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_c: {type: lookup, target: []}}}}",
        "needs a target"
      ),
      (
        "tables: {new_t: {primaryName: new_n, keys: {new_k: {columns: [new_n, new_n]}}}}",
        "has the column new_n twice"
      ),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_tid: {type: text}}}}",
        "the column new_tid comes with the table as primarykey"
      ),
      (
        "tables: {new_t: {primaryName: new_n, columns: {ownerid: {type: text}}}}",
        "the column ownerid comes with the table as owner"
      ),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_c: {type: integer, min: 9, max: 1}}}}",
        "at least its min"
      ),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_c: {type: integer, min: -99999999999}}}}",
        "min of the column new_c is beyond what integer takes"
      ),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_c: {type: autonumber, autoNumber: 'A-{SEQ:3}'}}}}",
        "{SEQ:3} stands for nothing"
      ),
      ("relationships: {new_r: {tables: [account]}}", "needs two tables"),
      ("tables: {new_t: {primaryName: new_n}, NEW_T: {}}", "“NEW_T” is described twice"),
      ("remove: [chairs]", "“chairs” is no KIND:NAME"),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_c: {type: text}}}}\nremove: [Attribute:new_t.new_c]",
        "stands under remove, too"
      ),
      (
        "tables: {new_t: {primaryName: new_n, columns: {new_c: {type: choice, options: [A], default: 99}}}}",
        "99 is no option"
      ),
      (
        "tables: {new_t: {primaryName: new_n, columns: {statuscode: {options: {9: {label: Bad, state: 7}}}}}}",
        "the state 7 of the status 9"
      ),
    ]
  )
  func unsound(text: String, problem: String) throws {
    let plan = try plan(Self.head + text)
    #expect(!plan.isApplicable && plan.effects.isEmpty)
    #expect(problems(plan).contains { $0.contains(problem) }, "\(problems(plan))")
    #expect(problems(plan).allSatisfy { $0.hasPrefix("line 3: ") }, "\(problems(plan))")
  }

  @Test("Each word that there is not is told, with all that a table can say")
  func unknownWords() throws {
    let words = "tables: {new_t: {primaryName: new_n, displayname: x, colums: {}}}"
    let told = problems(try plan(Self.head + words))
    #expect(told.contains { $0.contains("“displayname” is no word of a table") }, "\(told)")
    #expect(told.contains { $0.contains("“colums” is no word of a table") }, "\(told)")
    #expect(told.allSatisfy { $0.contains("columns, ") && $0.contains("keys, ") }, "\(told)")
  }

  @Test("LY-907 states and the options of two are those that there are")
  func fixedOptions() throws {
    let text =
      Self.head
      + "tables: {new_t: {primaryName: new_n, columns: {new_b: {type: boolean}}}}"
    let there = try state(text)
    for (column, change, code) in [
      ("statecode", "withoutOptions: [1]", "strata.fixed-option-deleted"),
      ("new_b", "withoutOptions: [0]", "strata.fixed-option-deleted"),
      ("new_b", "options: {2: Maybe}", "0x8004431D"),
    ] {
      let changed = try plan(
        Self.head + "tables: {new_t: {columns: {\(column): {\(change)}}}}",
        on: there
      )
      #expect(changed.findings.contains { $0.code == code && $0.severity == .error }, "\(column)")
    }
    let renamed = try plan(
      Self.head + "tables: {new_t: {columns: {new_b: {options: {1: Ja}}}}}",
      on: there
    )
    #expect(renamed.isApplicable && !renamed.effects.isEmpty)
  }

  @Test("A lookup of several tables has a name for each of them, one of a single table its own")
  func navigation() throws {
    let there = try state(
      Self.head
        + "tables: {new_t: {primaryName: new_n, columns: {new_Poly: {type: lookup, target: [account, contact]}, new_One: {type: lookup, target: account}}}}"
    )
    let names = there.stacks.filter { $0.key.type == .entityRelationship }.values
      .flatMap { stack in
        stack.top.component.definition.element.descendants("NavigationPropertyName").map(\.text)
      }
    #expect(names.contains("new_Poly_account") && names.contains("new_Poly_contact"))
    #expect(names.contains("new_One") && !names.contains("new_Poly"))
    let style = { there.effective(.attribute("new_t", $0), "LookupStyle") }
    #expect(style("new_poly") == "polymorphic" && style("new_one") == "single")
    // What was made for several takes more; what was made for one does not.
    func adding(to column: String) throws -> Plan {
      try plan(
        Self.head
          + "tables: {new_t: {columns: {\(column): {target: [account, contact, systemuser]}}}}",
        on: there
      )
    }
    #expect(try adding(to: "new_poly").isApplicable)
    #expect(
      problems(try adding(to: "new_one")) == [
        "line 3: the lookup new_one was made for account alone, and leads to no other table; make another column for both"
      ]
    )
  }

  @Test("Options that are to be gone are gone, whoever asks again; new rows begin with none then")
  func withoutOptions() throws {
    let made = try state(
      Self.head + """
        choices: {new_p: {options: {1: A, 2: B}}}
        tables:
          new_t:
            primaryName: new_n
            columns: {new_c: {type: choice, options: {1: A, 2: B}, default: 2}}
        """
    )
    let text =
      Self.head + """
        choices: {new_p: {withoutOptions: [2]}}
        tables: {new_t: {columns: {new_c: {withoutOptions: [2]}}}}
        """
    let after = try state(text, on: made)
    #expect(after.effective(.attribute("new_t", "new_c"), "AppDefaultValue") == "-1")
    let again = try plan(text, on: after)
    #expect(again.isApplicable && again.effects.isEmpty, "\(spelled(again))")
  }

  @Test("A path of a setting that the platform does not write is a slip of the pen")
  func unknownProperties() throws {
    let text =
      Self.head + """
        tables:
          new_t:
            primaryName: new_n
            properties: {Frobnicate: 1, EntityInfo/entity/IsMaped: 1, EntityInfo/entity/IsMappable: 0}
            columns: {new_c: {type: text, properties: {MaxLenght: 5}}}
        """
    let told = problems(try plan(text))
    #expect(told.count == 2, "\(told)")
    #expect(told.first?.contains("“Frobnicate”") == true)
    #expect(told.last?.contains("“MaxLenght”") == true)
  }

  @Test("A column that a view shows no longer is asked for no longer")
  func viewColumns() throws {
    func text(_ columns: String) -> String {
      Self.head + """
        tables:
          new_t:
            primaryName: new_n
            columns: {new_c: {type: text}}
            views: {Mine: {columns: [\(columns)]}}
        """
    }
    let shown = try state(text("new_n, new_c, createdon"))
    let after = try state(text("new_n, createdon"), on: shown)
    let view = try #require(
      after.standingComponents.sorted().first {
        $0.type == .savedQuery && shown.drafted($0)?.top != after.drafted($0)?.top
      }
    )
    let fetched = try #require(after.drafted(view)).top.definition.element
      .descendants("fetchxml").flatMap { $0.descendants("attribute") }
      .compactMap { $0.attribute("name") }
    #expect(!fetched.contains("new_c") && fetched.contains("createdon"), "\(fetched)")
  }

  @Test("Values of options are whole numbers from 0 on")
  func optionValues() throws {
    #expect(
      problems(try plan(Self.head + "choices: {new_c: {options: {-1: A}}}")) == [
        "line 3: “-1” is no value of an option: a whole number from 0 on is"
      ]
    )
  }

  @Test("What is removed is named by its kind as people call it, too")
  func removedBySpokenKind() throws {
    let there = try state(Self.head + Self.orders)
    let plan = try plan(Self.head + "remove: [\"Column:new_order.new_total\"]", on: there)
    #expect(plan.changes.map(\.id) == [.attribute("new_order", "new_total")])
  }

  @Test("All problems of a file are shown, in order of lines")
  func all() throws {
    let text = Self.head + "choices:\n  new_c: {options: [A]}\n  new_d: {x: y}\ntable: {}"
    #expect(problems(try plan(text)).map { $0.prefix(7) } == ["line 5:", "line 6:"])
  }

  @Test(
    "LC-103 what is made is named with the publisher's prefix; what is there may have any name",
    arguments: [
      "choices: {abc_c: {options: {1: A}}}", "tables: {abc_t: {primaryName: new_name}}",
      "tables: {new_t: {primaryName: abc_name}}",
      "tables: {new_t: {primaryName: new_name, columns: {abc_c: {type: text}}}}",
      "tables: {new_t: {primaryName: new_name, keys: {abc_k: {columns: new_name}}}}",
      "relationships: {abc_r: {tables: [account, contact]}}",
    ]
  )
  func prefix(text: String) throws {
    let plan = try plan(Self.head + text)
    #expect(spelled(plan).contains("! 0x80044366 LC-103"), "\(spelled(plan))")
    #expect(plan.effects.isEmpty)
    // The same where it was made by another publisher.
    let other = Self.head.replacing("contoso", with: "abcs").replacing(
      "prefix: new",
      with: "prefix: abc"
    )
    .replacing("Orders", with: "Others")
    let foreign = try? state(other + text.replacing("new_", with: "abc_"))
    if let foreign {
      let again = try self.plan(Self.head + text.replacing("new_", with: "abc_"), on: foreign)
      #expect(!spelled(again).contains("LC-103"), "\(spelled(again))")
    }
  }

  @Test("LC-110 a column on somebody else's table lists the table by chosen parts alone")
  func foreignTable() throws {
    let managed = try installed([
      "Base 1.0 by B\ntable b_t\nprimary b_t.b_name\ncolumn b_t.b_a nvarchar 10"
    ])
    let text =
      Self.head + """
        tables:
          b_t: {columns: {new_c: {type: text}, b_a: {displayName: Changed}}}
          account: {columns: {new_d: {type: text}}}
        """
    let after = try state(text, on: managed)
    let solution = try orders(after)
    #expect(solution.behaviors[.entity("b_t")] == .shell)
    #expect(solution.behaviors[.entity("account")] == .shell)
    #expect(after.stacks[.entity("account")] == nil)
    let changed = ComponentID.attribute("b_t", "b_a")
    #expect(after.stacks[changed]?.layers.count == 2)
    #expect(after.effective(changed, "displaynames/displayname[1033]@description") == "Changed")
    #expect(try plan(text, on: after).effects.isEmpty)
  }

  @Test(
    "E-6, LY-1150 a managed solution, and an environment that is closed to unmanaged work, refuse it"
  )
  func closed() throws {
    let managed = try installed(["Orders 1.0 by contoso\ntable new_t"])
    #expect(try !plan(Self.head + Self.orders, on: managed).isApplicable)
    var blocked = InstalledState()
    blocked.blocksUnmanaged = true
    #expect(try !plan(Self.head + Self.orders, on: blocked).isApplicable)
  }

  @Test("LC-106, LC-107 a solution keeps its publisher, and a publisher its prefix")
  func publishers() throws {
    let state = try state(Self.head + Self.orders)
    let other = "solution: Orders\npublisher: {name: other, prefix: oth}"
    #expect(
      problems(try plan(other, on: state)) == [
        "line 2: Orders is a solution of contoso, and stays one"
      ]
    )
    let renamed = "solution: Orders\npublisher: {name: contoso, prefix: oth}"
    #expect(problems(try plan(renamed, on: state)).count == 1)
    let renumbered = "solution: Orders\npublisher: {name: contoso, optionValuePrefix: 99999}"
    #expect(problems(try plan(renumbered, on: state)).count == 1)
    #expect(spelled(try plan("solution: Orders\nchoices: {new_c: {}}")).contains("!"))
  }

  @Test("What the file says of settings without a word of their own, by their paths")
  func properties() throws {
    let text =
      Self.head + """
        tables:
          new_t:
            primaryName: new_name
            properties: {EntityInfo/entity/IsOfflineInMobileClient: 1}
            columns:
              new_c: {type: text, properties: {IsSearchable: 1, ExternalName: c}, unset: [IsLocalizable]}
        """
    let state = try state(text)
    let column = ComponentID.attribute("new_t", "new_c")
    #expect(state.effective(column, "IsSearchable") == "1")
    #expect(state.effective(column, "ExternalName") == "c")
    #expect(state.effective(column, "IsLocalizable") == nil)
    #expect(state.effective(.entity("new_t"), "EntityInfo/entity/IsOfflineInMobileClient") == "1")
    #expect(try plan(text, on: state).effects.isEmpty)
  }

  @Test(
    "What is no YAML is refused with its line",
    arguments: ["tables: [", "a: &a [*a, *a]\nb: *a", "a: \"\\u0001\"", "a: 1\na: 2", ""]
  )
  func noYAML(text: String) {
    #expect(throws: (any Error).self) { try blueprint(text) }
  }
}

@Suite("Reference of described solutions")
struct BlueprintReferenceTests {
  @Test("docs/customize.md has every word")
  func words() throws {
    let page = try Repository.text("docs/customize.md")
    let missing = MakingWords.rows.map { "| `\($0.word)` | \($0.says) |" }.filter {
      !page.contains($0)
    }
    #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
    for word in MakingWords.ofColumns { #expect(page.contains("`\(word)`"), "\(word)") }
  }

  @Test("The example of docs/customize.md is made, and made once")
  func example() throws {
    let page = try Repository.text("docs/customize.md")
    let example = try #require(
      page.split(separator: "```yaml\n").dropFirst().first?.split(separator: "```").first
    )
    let said = try SaidReader.read(Array(example.utf8), file: "solution.yaml")
    let blueprint = try Blueprint(said, file: "solution.yaml")
    let plan = Plan.bringing(to: blueprint, on: InstalledState())
    #expect(plan.isApplicable, "\(spelled(plan))")
    let state = InstalledState().applying(plan)
    #expect(Plan.bringing(to: blueprint, on: state).effects.isEmpty)
  }
}
