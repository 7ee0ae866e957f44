package import JSON
package import Solutions

/// What is asked of a service, one wave after the other, and what its answers come to.
///
/// It decides and sends nothing; the same answers give the same facts, in whatever order they come within a wave.
package struct Pull: Sendable {
  let scope: PullScope
  private let address: ServiceAddress
  private let at: Timestamp
  let kinds = ComponentKinds.standard
  var facts: Facts?
  var components: [Facts.Object: Facts.Component] = [:]
  /// By the id of the definition.
  var tables: [GUID: String] = [:]
  /// By the id of the row.
  var solutions: [GUID: SolutionName] = [:]
  /// Of patches, by the id of its row.
  var parents: [SolutionName: GUID] = [:]
  /// Names of sets, by table.
  var sets: [String: String] = [:]
  /// Tables whose rows are components, by the number that they have here.
  var rowKinds: [Int: String] = [:]
  /// Solutions to look into for the name of a dependent.
  var providers: Set<SolutionName> = []
  /// Tables to look into for the name of a column.
  var owners: Set<String> = []
  var held = HeldNames()
  /// What an answer said in a way that could not be read whole: it is not known.
  var unread: Set<Question.Subject> = []
  private var asked: Set<String> = []
  private var refused: Set<SolutionName> = []
  private var waves = Wave.allCases[...]

  package init(_ address: ServiceAddress, _ scope: PullScope, at: Timestamp) {
    self.address = address
    self.scope = scope
    self.at = at
  }

  private enum Wave: CaseIterable {
    case first
    case always
    case lists
    case names
    /// What is listed by everyone, where a table may go: anyone may have a part of it.
    case everyone
    case namesOfEveryone
    case details
    case dependents
    case namesOfDependents
  }

  /// The next questions; none when all is known that can be.
  package mutating func next() -> [Question] {
    while let wave = waves.popFirst() {
      let questions = questions(of: wave).filter { asked.insert($0.path).inserted }
      if !questions.isEmpty { return questions }
    }
    return []
  }

  private func questions(of wave: Wave) -> [Question] {
    switch wave {
    case .first: [.whoAmI]
    case .always: Question.always
    case .lists: listing { scope.lists($0) }
    case .names, .namesOfEveryone: naming(columnsOf: tablesHere)
    case .everyone:
      mayLoseTable ? listing { !$0.name.isReserved } : []
    case .details: details
    case .dependents: providing + counting
    case .namesOfDependents: naming(columnsOf: owners)
    }
  }

  private func listing(_ isWanted: (Facts.Solution) -> Bool) -> [Question] {
    (facts?.solutions ?? []).filter(isWanted).sorted { $0.name < $1.name }
      .flatMap { [.members(of: $0), .summaries(of: $0)] }
  }

  // MARK: Answers

  /// What became of a question.
  package enum Answer: Sendable {
    case told(JSONDocument)
    /// The service knows and does not say, or does not know what is asked.
    case refused(status: Int, reason: String)
  }

  /// - Returns: the next page of what was asked, where there is one.
  /// - Throws: `DataverseError` for what is not what is documented.
  package mutating func take(
    _ answer: Answer,
    to question: Question
  ) throws(DataverseError) -> Question? {
    switch answer {
    case .refused(let status, let reason):
      if question.subject == .whoAmI {
        throw .notSignedIn("\(status), \(reason)")
      }
      facts?.refusals.append(
        Facts.Refusal(question: question.words, status: status, reason: reason)
      )
      switch question.subject {
      case .members(let name): refused.insert(name)
      case .rows(let tables): for table in tables { facts?.rows[table] = .some(nil) }
      case .values(let table, let column):
        facts?.values[.attribute(table, column)] = .some(nil)
      default: break
      }
      return nil
    case .told(let document):
      let root = document.root
      guard root.kind == .object else { throw unreadable(question, "it is no object") }
      let link = root["@odata.nextLink"]?.text
      // Layers come all at once; of a part of them nobody knows what lies between.
      if link != nil, case .layers = question.subject { unread.insert(question.subject) }
      try note(root, question)
      guard let link else {
        finish(question)
        return nil
      }
      guard let path = address.path(ofLink: link) else {
        throw unreadable(question, "its next page is elsewhere")
      }
      // A service that leads in a circle would never end.
      guard asked.insert(path).inserted else {
        throw unreadable(question, "its pages lead in a circle")
      }
      return question.next(path)
    }
  }

  func unreadable(_ question: Question, _ reason: String) -> DataverseError {
    .unreadable(question: question.words, reason: reason)
  }

  private mutating func finish(_ question: Question) {
    if question.subject == .solutions {
      let told = facts?.solutions?.map { solution in
        parents[solution.name].flatMap { solutions[$0] }.map { solution.patch(of: $0) } ?? solution
      }
      facts?.solutions = told
    }
    if case .members(let name) = question.subject, !refused.contains(name) { list(name) }
    guard !unread.contains(question.subject) else { return }
    if case .deletion(let object) = question.subject {
      components[object]?.isDeletionTold = true
    }
    if case .removal(let name) = question.subject { noteRemoval(of: name) }
  }

  private mutating func list(_ name: SolutionName) {
    guard let place = facts?.solutions?.firstIndex(where: { $0.name == name }) else { return }
    facts?.solutions?[place].isListed = true
  }

  mutating func begin(_ organization: GUID) {
    facts = Facts(at: at, url: address.origin, organization: organization)
  }

  /// What was told, in its order.
  ///
  /// - Returns: nil where the service did not say who it is.
  package func result() -> Facts? {
    guard var facts else { return nil }
    facts.components = Array(components.values)
    facts.variables = held.variables
    facts.connections = held.connections
    return facts.canonical
  }

  /// What is asked, in words, without asking it.
  package static func outline(_ scope: PullScope) -> [String] {
    var lines = [Question.whoAmI.words] + Question.always.map(\.words)
    if scope.isWhole || !scope.planned.isEmpty {
      lines.append("what every solution lists, with names")
    } else {
      for name in scope.solutions.sorted() { lines.append("what \(name) lists, with names") }
    }
    guard !scope.isWhole else { return lines }
    lines.append("the columns of tables, and other names that do not come with them")
    for plan in scope.planned {
      lines += [
        "the layers of what the package of \(plan.solution) has and the environment too",
        "what stands in the way of deleting what \(plan.solution) has there and the package does not, and its layers",
        "the rows of tables, and the values of columns, that may go",
      ]
    }
    for name in scope.solutions.sorted() {
      lines += [
        "the layers of what \(name) lists, and what stands in the way of deleting each",
        "where it has a table: what every solution lists, and the rows",
        Question.removal(of: name).words,
        Question.needs(of: name).words,
      ]
    }
    return lines
  }
}
