import Contract

/// A word that plans and documents use: its row in docs/glossary.md.
struct GlossaryWord {
  let word: String
  /// Other forms, in lower case.
  let forms: [String]
  let says: String
  let example: String
  let look: String

  init(
    _ word: String,
    _ forms: [String] = [],
    says: String,
    example: String,
    look: String
  ) {
    (self.word, self.forms, self.says) = (word, forms, says)
    (self.example, self.look) = (example, look)
  }

  var names: [String] { [word.lowercased()] + forms }

  var shape: ExplainShape.WordEntry {
    ExplainShape.WordEntry(word: word, says: says, example: example, look: look)
  }
}

/// The words that somebody needs who reads a plan.
enum Glossary {
  static let all = packages + layers + operations + plans

  private static let packages = [
    GlossaryWord(
      "solution",
      says: "A named set of components that is packed, versioned and installed as a whole.",
      example: "FieldService 1.1.0.0",
      look: "strata list"
    ),
    GlossaryWord(
      "publisher",
      says: "Who owns solutions and their components; its prefix begins their names.",
      example: "publisher fabrikam with the prefix fab",
      look: "strata inspect PACKAGE"
    ),
    GlossaryWord(
      "managed",
      ["managed solution"],
      says: "Installed as a product: removed as a whole, and changed only by its next version.",
      example: "FieldService_1_0_0_0_managed.zip",
      look: "strata list"
    ),
    GlossaryWord(
      "unmanaged",
      ["unmanaged solution"],
      says: "Open for work: its components share one layer, and deleting the solution leaves them.",
      example: "the solution in the development environment",
      look: "strata layers --unmanaged"
    ),
    GlossaryWord(
      "component",
      says: "One thing that a solution carries: a table, column, form, view, process, app.",
      example: "Attribute:fab_workorder.fab_name",
      look: "strata components SOLUTION"
    ),
    GlossaryWord(
      "patch",
      says: "A small managed solution that adds to its base solution and is replaced with it.",
      example: "FieldService_Patch_1 1.0.1.0",
      look: "strata list"
    ),
    GlossaryWord(
      "carried",
      says: "Kept byte for byte and compared, but not interpreted.",
      example: "the sources of a canvas app",
      look: "strata inspect PACKAGE"
    ),
  ]

  private static let layers = [
    GlossaryWord(
      "layer",
      ["layers"],
      says: "What one solution states about one component.",
      example: "FieldService 1.0.0.0 states the form's three tabs",
      look: "strata layers COMPONENT"
    ),
    GlossaryWord(
      "layer stack",
      ["stack"],
      says: "All layers of a component, from its base to the active layer.",
      example: "system, FieldService, NorthwindDispatch, active",
      look: "strata layers COMPONENT"
    ),
    GlossaryWord(
      "active layer",
      ["unmanaged layer"],
      says: "The layer of unmanaged customizations; it is always on top.",
      example: "a label that somebody changed in production",
      look: "strata layers --unmanaged"
    ),
    GlossaryWord(
      "base",
      says: "The layer with the full definition, to which differences are applied.",
      example: "the form as FieldService first brought it",
      look: "strata layers COMPONENT"
    ),
    GlossaryWord(
      "in effect",
      ["effective"],
      says: "What users get after all layers of a component are merged.",
      example: "a maximum length of 150, whatever lower layers state",
      look: "strata blame COMPONENT"
    ),
    GlossaryWord(
      "masked",
      ["hidden"],
      says: "Installed, but covered by a layer above, so that users do not see it.",
      example: "the new label waits below the active layer",
      look: "strata layers --masked"
    ),
    GlossaryWord(
      "assumed present",
      ["assumed"],
      says: "Needed by a package, seen in none, and taken to be in the target.",
      example: "the table account, when only your own packages are given",
      look: "strata plan PACKAGE --strict"
    ),
    GlossaryWord(
      "draft",
      says: "An unmanaged change that waits until it is published.",
      example: "a view that was edited and not published",
      look: "strata status"
    ),
    GlossaryWord(
      "drift",
      says: "The difference between an environment and the packages that it should have.",
      example: "a view that was changed by hand",
      look: "strata diff PACKAGE --env ENVIRONMENT"
    ),
  ]

  private static let operations = [
    GlossaryWord(
      "upgrade",
      says:
        "Replaces base and patches by a new version and deletes what the new version no longer has.",
      example: "FieldService 1.0.0.0 → 1.1.0.0",
      look: "strata plan PACKAGE --action upgrade"
    ),
    GlossaryWord(
      "stage",
      ["stage for upgrade", "holding solution", "_upgrade"],
      says:
        "Installs a new version beside the old one, as NAME_Upgrade, so that data can be moved.",
      example: "FieldService and FieldService_Upgrade",
      look: "strata import PACKAGE --action stage"
    ),
    GlossaryWord(
      "apply upgrade",
      ["apply solution upgrade"],
      says: "Ends a stage: removes the old version and its patches, and the new one takes over.",
      example: "after the rows have moved to the new column",
      look: "strata upgrade apply SOLUTION"
    ),
    GlossaryWord(
      "update",
      says: "Replaces what the new version contains and deletes nothing; not recommended.",
      example: "a column that the new version lacks stays",
      look: "strata plan PACKAGE --action update"
    ),
    GlossaryWord(
      "downgrade",
      says: "Returns a solution to a version that was installed here before.",
      example: "FieldService 1.1.0.0 → 1.0.0.0",
      look: "strata downgrade SOLUTION"
    ),
    GlossaryWord(
      "rollback",
      says: "An operation that undoes others, data included.",
      example: "back to where the environment was before the upgrade",
      look: "strata rollback"
    ),
    GlossaryWord(
      "operation",
      says: "One change of an environment: an import, an upgrade, a rollback. It has a number.",
      example: "operation 3: import FieldService 1.1.0.0",
      look: "strata history"
    ),
    GlossaryWord(
      "revision",
      says: "The number of the last operation of an environment.",
      example: "revision 3",
      look: "strata status"
    ),
    GlossaryWord(
      "trash",
      says: "Where dropped tables and columns keep their rows until they are purged.",
      example: "2 rows of a table that an upgrade deleted",
      look: "strata trash list"
    ),
  ]

  private static let plans = [
    GlossaryWord(
      "facts",
      ["facts of an environment"],
      says:
        "What a live environment reported of itself at one time: names, layers, uses and counts.",
      example: "facts.json, 2 hours old",
      look: "strata facts show FILE"
    ),
    GlossaryWord(
      "not known",
      ["not reported"],
      says: "What neither a package nor the environment has said; it is never taken for a yes.",
      example: "what uses a column that is to go, where the account may not ask",
      look: "strata plan PACKAGE --facts FILE"
    ),
    GlossaryWord(
      "plan",
      says: "What an operation would do, in full; applied exactly or not at all.",
      example: "2 tables are deleted, 20 components change",
      look: "strata plan PACKAGE"
    ),
    GlossaryWord(
      "finding",
      ["findings"],
      says:
        "Something to know about a plan: an error refuses it, a warning or information does not.",
      example: "0x8004F01F: what others reference cannot be deleted",
      look: "strata explain CODE"
    ),
    GlossaryWord(
      "deleted",
      ["delete"],
      says: "Gone, with its data, because no solution has it any more.",
      example: "the table fab_legacynote with 42 rows",
      look: "strata plan PACKAGE"
    ),
    GlossaryWord(
      "dereferenced",
      ["dereference"],
      says: "No longer in this solution, and kept by another.",
      example: "a column that NorthwindDispatch has, too",
      look: "strata plan PACKAGE"
    ),
    GlossaryWord(
      "consent",
      says: "Naming what may be destroyed; without it nothing is.",
      example: "--allow-destroy Entity:fab_legacynote",
      look: "strata import --help"
    ),
    GlossaryWord(
      "digest",
      says: "The fingerprint of a plan: who approves it approves this plan and no other.",
      example: "sha256:5c8045809da7…",
      look: "strata apply PLAN --expect DIGEST"
    ),
    GlossaryWord(
      "documented",
      ["inferred"],
      says: "How a rule is known: a public page says it, or (inferred) it follows from others.",
      example: "LY-311, documented",
      look: "strata explain LY-311"
    ),
  ]
}
