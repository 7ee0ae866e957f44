/// What a readable file says of one component, as it is put together.
struct DescriptionPart: Sendable {
  enum Place: Sendable {
    case table(primary: ComponentID?)
    case column(table: ComponentID)
    case key(table: ComponentID)
    case choice
    case manyToMany
    /// A relationship, which a column of its table says as its target.
    case target(column: ComponentID, table: String)
    case described(DescribedKind, in: Blueprint.Scope?)
    /// What only comes along with others.
    case other
  }

  var subject: DescribedSubject
  /// By which problems of the file are traced to it.
  var line = 0
  let place: Place
  /// Words, in the order in which they are said.
  var said: [Said.Pair] = []
  /// What a new table does without.
  var without: [String] = []
  /// Whether it comes along with something, so that it need not be said.
  var comesAlong = false
  /// What stands in the way of saying it at all.
  var obstacle: Phrase?

  var id: ComponentID { subject.id }

  /// Whether the file has to name it.
  var isNamed: Bool { obstacle == nil && (!comesAlong || !said.isEmpty) }

  /// As the file has it, for what makes components.
  func part(_ said: [Said.Pair], primary: DescriptionPart? = nil) -> Blueprint.Part {
    let kind: Blueprint.Part.Subject
    var scope: Blueprint.Scope?
    switch place {
    case .table:
      let own = primary.map {
        Blueprint.Primary(name: $0.subject.name, said: $0.said, line: 0)
      }
      kind = .table(primary: own, without: Set(without))
    case .column(let table): kind = .column(table: table.key)
    case .key(let table): kind = .key(table: table.key)
    case .choice: kind = .choice
    case .manyToMany: kind = .manyToMany
    case .target(_, let table): kind = .column(table: table)
    case .other: kind = .choice
    case .described(let described, let outer): (kind, scope) = (.described(described), outer)
    }
    return Blueprint.Part(
      id: id,
      name: subject.name,
      scope: scope,
      subject: kind,
      said: said.filter { $0.key != "id" },
      line: 0
    )
  }

  /// Words that set something.
  var fields: [Field] {
    switch place {
    case .table: TableMaking.fields
    case .column:
      ColumnWord.common + (ColumnWord.word(of: subject.document.root)?.fields ?? [.ownOptions])
    case .key: [.displayName]
    case .choice: [.displayName, .description, .ownOptions]
    case .manyToMany, .other: []
    case .target: RelationshipMaking.cascades
    case .described(let kind, _): kind.fields
    }
  }

  /// When it is made; what comes along with others is changed after them.
  var order: (Int, Int, String) {
    switch place {
    case .table, .choice: (0, 0, subject.name.lowercased())
    case .column(let table):
      (1, isMadeLate ? 1 : 0, "\(table.key).\(subject.name.lowercased())")
    case .target: (1, 2, id.key)
    case .key, .manyToMany: (2, 0, id.key)
    case .other: (9, 0, id.key)
    case .described(let kind, let scope):
      (kind.step, kind.isNested ? 1 : 0, "\(scope?.id.key ?? "") \(subject.name.lowercased())")
    }
  }

  /// Columns that come with an amount, and those that no word makes.
  private var isMadeLate: Bool {
    let isCurrency = SystemColumn.currency.contains {
      $0.name.lowercased() == id.tableAndColumn?.column
    }
    return isCurrency || ColumnWord.word(of: subject.document.root) == nil
  }
}

extension DescribedKind {
  /// Whether it is described in others.
  fileprivate var isNested: Bool {
    !(DescribedKind.all + DescribedKind.ofTables).contains { $0.section == section }
  }
}
