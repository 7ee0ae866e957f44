internal import SQL

/// Steps that lead a database from nothing to what this release reads; an older one takes those it lacks.
///
/// Rows of solutions, publishers, memberships, layers and settings carry the operation that opened them and the one
/// that closed them; current rows are not closed. Definitions and identities are written once and never change.
enum Schema {
  /// A step is never edited once it has been released, except that what a table refers to comes before it: no file is
  /// within a step.
  static let migrations: [@Sendable (any SQLDialect) -> [SQLText]] = [
    { dialect in
      [
        """
        CREATE TABLE component (
          id BIGINT NOT NULL PRIMARY KEY, type \(dialect.text) NOT NULL, key \(dialect.text) NOT NULL, UNIQUE (type, key))
        """,
        """
        CREATE TABLE operation (
          number BIGINT NOT NULL PRIMARY KEY, verb \(dialect.text) NOT NULL, title \(dialect.text) NOT NULL, who \(dialect.text) NOT NULL,
          started BIGINT NOT NULL, completed BIGINT NOT NULL, options \(dialect.text) NOT NULL,
          added BIGINT NOT NULL, changed BIGINT NOT NULL, deleted BIGINT NOT NULL,
          dereferenced BIGINT NOT NULL, masked BIGINT NOT NULL, unchanged BIGINT NOT NULL)
        """,
        """
        CREATE TABLE operation_package (
          operation BIGINT NOT NULL REFERENCES operation, position BIGINT NOT NULL, name \(dialect.text) NOT NULL,
          version \(dialect.text) NOT NULL, from_version \(dialect.text), action \(dialect.text) NOT NULL, digest \(dialect.blob),
          PRIMARY KEY (operation, position))
        """,
        """
        CREATE TABLE operation_change (
          operation BIGINT NOT NULL REFERENCES operation, position BIGINT NOT NULL, action \(dialect.text) NOT NULL,
          component BIGINT NOT NULL REFERENCES component, solution \(dialect.text) NOT NULL, masked_by \(dialect.text) NOT NULL,
          reason \(dialect.text) NOT NULL, rule \(dialect.text) NOT NULL, milliseconds BIGINT NOT NULL,
          PRIMARY KEY (operation, position))
        """,
        """
        CREATE TABLE operation_finding (
          operation BIGINT NOT NULL REFERENCES operation, position BIGINT NOT NULL, severity \(dialect.text) NOT NULL,
          code \(dialect.text) NOT NULL, rule \(dialect.text) NOT NULL, subject \(dialect.text) NOT NULL, message \(dialect.text) NOT NULL, remedy \(dialect.text),
          PRIMARY KEY (operation, position))
        """,
        """
        CREATE TABLE attempt (
          id \(dialect.text) NOT NULL PRIMARY KEY, verb \(dialect.text) NOT NULL, title \(dialect.text) NOT NULL, who \(dialect.text) NOT NULL,
          process BIGINT NOT NULL, started BIGINT NOT NULL, ended BIGINT, outcome \(dialect.text) NOT NULL,
          message \(dialect.text), operation BIGINT REFERENCES operation)
        """,
        // Another key by which definitions name a component.
        """
        CREATE TABLE alias (
          component BIGINT NOT NULL REFERENCES component, other BIGINT NOT NULL REFERENCES component,
          PRIMARY KEY (component, other))
        """,
        """
        CREATE TABLE definition (
          hash \(dialect.blob) NOT NULL PRIMARY KEY, content \(dialect.blob) NOT NULL, is_wrapped BIGINT NOT NULL)
        """,
        """
        CREATE TABLE definition_part (
          definition \(dialect.blob) NOT NULL REFERENCES definition, path \(dialect.text) NOT NULL, bytes BIGINT NOT NULL,
          digest \(dialect.blob) NOT NULL, content \(dialect.blob), PRIMARY KEY (definition, path))
        """,
        // A component as one definition states it: what its references follow from.
        """
        CREATE TABLE statement (
          id BIGINT NOT NULL PRIMARY KEY, component BIGINT NOT NULL REFERENCES component,
          definition \(dialect.blob) NOT NULL REFERENCES definition, UNIQUE (component, definition))
        """,
        """
        CREATE TABLE reference (
          statement BIGINT NOT NULL REFERENCES statement, target BIGINT NOT NULL REFERENCES component,
          PRIMARY KEY (statement, target))
        """,
        "CREATE INDEX reference_target ON reference (target)",
        """
        CREATE TABLE publisher (
          key \(dialect.text) NOT NULL, name \(dialect.text) NOT NULL, display_name \(dialect.text) NOT NULL, prefix \(dialect.text) NOT NULL,
          option_value_prefix BIGINT, opened BIGINT NOT NULL, closed BIGINT)
        """,
        "CREATE UNIQUE INDEX publisher_current ON publisher (key) WHERE closed IS NULL",
        """
        CREATE TABLE solution (
          key \(dialect.text) NOT NULL, id \(dialect.text) NOT NULL, name \(dialect.text) NOT NULL, display_name \(dialect.text) NOT NULL, version \(dialect.text) NOT NULL,
          is_managed BIGINT NOT NULL, publisher \(dialect.text) NOT NULL, role \(dialect.text) NOT NULL, parent \(dialect.text),
          block BIGINT NOT NULL, opened BIGINT NOT NULL, closed BIGINT)
        """,
        "CREATE UNIQUE INDEX solution_current ON solution (key) WHERE closed IS NULL",
        """
        CREATE TABLE membership (
          solution \(dialect.text) NOT NULL, component BIGINT NOT NULL REFERENCES component,
          opened BIGINT NOT NULL, closed BIGINT)
        """,
        "CREATE UNIQUE INDEX membership_current ON membership (solution, component) WHERE closed IS NULL",
        "CREATE INDEX membership_component ON membership (component) WHERE closed IS NULL",
        "CREATE INDEX membership_opened ON membership (opened)",
        "CREATE INDEX membership_closed ON membership (closed) WHERE closed IS NOT NULL",
        """
        CREATE TABLE layer (
          component BIGINT NOT NULL REFERENCES component, solution \(dialect.text) NOT NULL, publisher \(dialect.text) NOT NULL,
          block BIGINT NOT NULL, guest BIGINT NOT NULL, statement BIGINT NOT NULL REFERENCES statement,
          name \(dialect.text) NOT NULL, display_name \(dialect.text), parent BIGINT REFERENCES component,
          file \(dialect.text) NOT NULL, line BIGINT NOT NULL, opened BIGINT NOT NULL, closed BIGINT)
        """,
        "CREATE UNIQUE INDEX layer_current ON layer (component, solution) WHERE closed IS NULL",
        "CREATE INDEX layer_history ON layer (component, opened)",
        "CREATE INDEX layer_statement ON layer (statement) WHERE closed IS NULL",
        "CREATE INDEX layer_parent ON layer (parent) WHERE closed IS NULL",
        "CREATE INDEX layer_opened ON layer (opened)",
        "CREATE INDEX layer_closed ON layer (closed) WHERE closed IS NOT NULL",
        """
        CREATE TABLE setting (
          component BIGINT NOT NULL REFERENCES component, kind \(dialect.text) NOT NULL, value \(dialect.text) NOT NULL,
          opened BIGINT NOT NULL, closed BIGINT)
        """,
        "CREATE UNIQUE INDEX setting_current ON setting (component) WHERE closed IS NULL",
        // The archives themselves, for comparing and for going back.
        """
        CREATE TABLE package (
          digest \(dialect.blob) NOT NULL PRIMARY KEY, file \(dialect.text) NOT NULL, content \(dialect.blob) NOT NULL)
        """,
      ]
    },
    // Tables of rows: `data_…`, made by code since their names stand in definitions.
    { dialect in
      [
        // Tables and columns with their values; `place` is the table that a column lies in, 0 one of the system's;
        // `stored_name` what the database calls it, for good.
        """
        CREATE TABLE incarnation (
          id BIGINT NOT NULL PRIMARY KEY, component BIGINT NOT NULL REFERENCES component,
          table_name \(dialect.text) NOT NULL, place BIGINT, stored_name \(dialect.text) NOT NULL, purged BIGINT)
        """,
        "CREATE INDEX incarnation_component ON incarnation (component)",
        "CREATE INDEX incarnation_place ON incarnation (place, table_name)",
        "CREATE INDEX incarnation_table ON incarnation (table_name) WHERE place IS NULL",
        // When it was the one in use; nobody has it while it lies in the trash.
        """
        CREATE TABLE tenure (
          incarnation BIGINT NOT NULL REFERENCES incarnation, opened BIGINT NOT NULL, closed BIGINT)
        """,
        "CREATE UNIQUE INDEX tenure_current ON tenure (incarnation) WHERE closed IS NULL",
        "CREATE INDEX tenure_incarnation ON tenure (incarnation)",
        // Keys whose index could not be made over the rows that are there.
        """
        CREATE TABLE failed_key (
          component BIGINT NOT NULL PRIMARY KEY REFERENCES component, message \(dialect.text) NOT NULL)
        """,
        "ALTER TABLE operation_change ADD COLUMN lost BIGINT",
      ]
    },
    // Attempts in the order in which they were begun, whatever the clock says; components by name, solutions by id.
    { _ in
      [
        "ALTER TABLE attempt ADD COLUMN number BIGINT",
        """
        UPDATE attempt SET number = (SELECT COUNT(*) FROM attempt AS other
          WHERE other.started < attempt.started OR (other.started = attempt.started AND other.id <= attempt.id))
        """,
        "CREATE UNIQUE INDEX attempt_number ON attempt (number)",
        "CREATE INDEX layer_name ON layer (name)",
        "CREATE INDEX solution_id ON solution (id)",
      ]
    },
    // When the environment refused unmanaged work.
    { _ in ["CREATE TABLE unmanaged_block (opened BIGINT NOT NULL, closed BIGINT)"] },
    { _ in
      [
        "CREATE INDEX tenure_opened ON tenure (opened)",
        "CREATE INDEX tenure_closed ON tenure (closed) WHERE closed IS NOT NULL",
      ]
    },
    // Drafts are layers of a solution that no name can mean; they are found without looking at the others.
    { _ in
      [
        """
        CREATE INDEX layer_draft ON layer (solution, component)
        WHERE solution = '(draft)' AND closed IS NULL
        """
      ]
    },
    // What definitions name is read anew (`deriveReferences`).
    { _ in [] },
    // What each operation left: `StateDigest`, a number for each part of the state.
    { dialect in
      [
        """
        CREATE TABLE operation_state (
          operation BIGINT NOT NULL PRIMARY KEY REFERENCES operation,
          publishers \(dialect.blob) NOT NULL, solutions \(dialect.blob) NOT NULL,
          members \(dialect.blob) NOT NULL, layers \(dialect.blob) NOT NULL,
          settings \(dialect.blob) NOT NULL)
        """,
        "CREATE INDEX setting_opened ON setting (opened)",
        "CREATE INDEX setting_closed ON setting (closed) WHERE closed IS NOT NULL",
      ]
    },
    // What makes digests of secrets; its key is drawn by code (`Sealing`).
    { dialect in ["CREATE TABLE seal (key \(dialect.blob) NOT NULL)"] },
    // What comes next in columns that number their rows.
    { _ in
      [
        """
        CREATE TABLE number_sequence (
          component BIGINT NOT NULL PRIMARY KEY REFERENCES component, next BIGINT NOT NULL)
        """
      ]
    },
    // Keys over texts keep rows apart by what the texts compare by (`foldKeys`).
    { _ in [] },
    // What migrations of rows overwrote and filled: each has a table `moved_…`, made by code; when it was done, and not
    // taken back.
    { dialect in
      [
        """
        CREATE TABLE value_move (
          id BIGINT NOT NULL PRIMARY KEY, operation BIGINT NOT NULL, component BIGINT NOT NULL REFERENCES component,
          table_name \(dialect.text) NOT NULL, place BIGINT NOT NULL, incarnation BIGINT, source \(dialect.text) NOT NULL,
          overwritten BIGINT NOT NULL, filled BIGINT NOT NULL, purged BIGINT)
        """,
        """
        CREATE TABLE value_turn (
          move BIGINT NOT NULL REFERENCES value_move, opened BIGINT NOT NULL, closed BIGINT)
        """,
        "CREATE UNIQUE INDEX value_turn_current ON value_turn (move) WHERE closed IS NULL",
      ]
    },
    // How much of its roots an unmanaged solution lists.
    { dialect in
      [
        """
        CREATE TABLE root_behavior (
          solution \(dialect.text) NOT NULL, component BIGINT NOT NULL REFERENCES component, behavior BIGINT NOT NULL,
          opened BIGINT NOT NULL, closed BIGINT)
        """,
        """
        CREATE UNIQUE INDEX root_behavior_current ON root_behavior (solution, component) WHERE closed IS NULL
        """,
        "CREATE INDEX root_behavior_opened ON root_behavior (opened)",
        "CREATE INDEX root_behavior_closed ON root_behavior (closed) WHERE closed IS NOT NULL",
      ]
    },
    // What definitions name is read anew: tables of pairs, columns behind `valueof`, what scripts of forms need.
    { _ in ["CREATE INDEX alias_other ON alias (other)"] },
    // What a live environment told (`FactsText`).
    { dialect in
      [
        """
        CREATE TABLE told (
          digest \(dialect.blob) NOT NULL, content \(dialect.blob) NOT NULL, opened BIGINT NOT NULL, closed BIGINT)
        """
      ]
    },
    // Who has which security role: tables of rows of the system, made by code.
    { _ in [] },
    // More columns of the platform's own tables, made by code.
    { _ in [] },
  ]

  /// What an environment must have to be read where it cannot be written: reading does without what later steps add, and
  /// knows of definitions what was read of them before.
  static let readable = 7

  /// From here on an environment has tables of rows.
  static let withRows = 2

  /// From here on its references are all that is read of definitions now.
  static let withReferences = 14

  /// From here on the system's tables say who has which security role, and whom a directory knows as which user.
  static let withPeople = 16

  /// From when on the system's tables have their later columns, in the order of `SystemBaseline.laterColumns`.
  static let withColumns = [withPeople, 17]

  /// From here on it has a key for its secrets.
  static let withSeal = 9

  /// From here on keys over texts compare them as the platform does.
  static let withFoldedKeys = 11

  static let version = migrations.count
}

extension Schema {
  /// Where a database is not what the steps up to a version have made, in words.
  ///
  /// What is there besides is somebody else's, or a table of rows.
  static func faults(_ sql: any SQLReader, at version: Int) throws -> [String] {
    let there = try sql.objects()
    return try objects(at: version, sql.dialect).sorted { $0.key < $1.key }.compactMap {
      name,
      kind in
      guard let found = there[name] else { return "the \(kind) \(name) is missing" }
      return found == kind ? nil : "\(name) is a \(found) and no \(kind)"
    }
  }

  /// All that the steps up to a version have made, by its name.
  static func objects(
    at version: Int,
    _ dialect: any SQLDialect
  ) throws -> [String: SQLObject] {
    Dictionary(try made(at: version, dialect)) { first, _ in first }
  }

  /// Tables that the steps up to a version have made: what a table refers to comes before it.
  static func tables(at version: Int, _ dialect: any SQLDialect) throws -> [String] {
    try made(at: version, dialect).filter { $0.1 == .table }.map(\.0)
  }

  private static func made(
    at version: Int,
    _ dialect: any SQLDialect
  ) throws -> [(String, SQLObject)] {
    try (base(dialect) + migrations.prefix(version).flatMap { $0(dialect) }).compactMap {
      statement in
      let text = try statement.rendered { number, _ in "?\(number)" }.text
      let words = text.split { $0.isWhitespace || $0 == "(" }.filter { $0 != "UNIQUE" }
      guard words.count > 2, words[0] == "CREATE" else { return nil }
      return SQLObject(rawValue: words[1].lowercased()).map { (String(words[2]), $0) }
    }
  }

  /// What is there before the first step.
  private static func base(_ dialect: any SQLDialect) -> [SQLText] {
    [
      "CREATE TABLE strata_schema (version BIGINT NOT NULL)",
      """
      CREATE TABLE environment (
        id \(dialect.text) NOT NULL PRIMARY KEY, created BIGINT NOT NULL, revision BIGINT NOT NULL)
      """,
    ]
  }

  /// Makes all that an environment of a version has beside its tables of rows, with nothing in it.
  static func make(at version: Int, in session: any SQLSession) throws {
    for statement in base(session.dialect)
      + migrations.prefix(version).flatMap({ $0(session.dialect) })
    {
      try session.execute(statement)
    }
  }
}
