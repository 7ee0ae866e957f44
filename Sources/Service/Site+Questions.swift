internal import Contract
internal import Faces
internal import Hashing
internal import Lifecycle
internal import Reading
internal import Solutions

/// What can be asked of an environment: the documents of the commands.
extension Site {
  func status() async throws -> StatusShape {
    StatusShape(try await lifecycle.standing(), location: location)
  }

  func solutions(asOf: Int? = nil) async throws -> SolutionsShape {
    SolutionsShape(try await lifecycle.ask(InstalledQuestion(asOf: asOf)))
  }

  func solution(_ name: String, asOf: Int? = nil) async throws -> SolutionShape {
    SolutionShape(try await contents(name, asOf: asOf))
  }

  func components(of name: String, asOf: Int? = nil) async throws -> ComponentsShape {
    ComponentsShape(try await contents(name, asOf: asOf))
  }

  /// - Throws: `Failure` where it is not installed.
  func contents(_ name: String, asOf: Int? = nil) async throws -> SolutionContents {
    guard let known = SolutionName(name) else {
      throw Failure(.notInstalled, "\(name.shown(80)) is not installed")
    }
    return try await lifecycle.solution(known, asOf: asOf)
  }

  /// - Parameter isWhole: all properties of each layer, not only those that it changes.
  func layers(of text: String, asOf: Int? = nil, isWhole: Bool = false) async throws -> LayersShape
  {
    let (id, state) = try await component(text, asOf: asOf)
    let history = try await lifecycle.ask(ComponentHistoryQuestion(of: id, asOf: asOf))
    let shape = LayersShape(
      id,
      state: state,
      kinds: .standard,
      written: history.written,
      setting: history.setting,
      isWhole: isWhole
    )
    guard let shape else { throw Failure(.noSuchComponent, "no component “\(text.shown(80))”") }
    return shape
  }

  /// - Throws: `Failure` also for what is only a draft, of which nothing is in effect.
  func blame(of text: String, asOf: Int? = nil) async throws -> BlameShape {
    let (id, state) = try await component(text, asOf: asOf)
    guard let stack = state.stacks[id] else {
      throw Failure(.draftOnly, "\(text.shown(80)) is only a draft, so nothing of it is in effect")
    }
    let blame = Blame(stack, merge: ComponentKinds.standard[id.type].merge)
    let history = try await lifecycle.ask(ComponentHistoryQuestion(of: id, asOf: asOf))
    return BlameShape(
      stack,
      blame,
      blame.lines,
      state: state,
      kinds: .standard,
      histories: history.layers,
      setting: state.told(id),
      operation: history.setting?.number
    )
  }

  func dependencies(of text: String, asOf: Int? = nil) async throws -> DepsShape {
    let (id, state) = try await component(text, asOf: asOf)
    let graph = DependencyGraph(state, kinds: .standard)
    return DepsShape(
      id,
      state: state,
      kinds: .standard,
      required: graph.required(by: id),
      dependents: graph.dependents(of: id),
      blocking: DependencyGraph.blocking(id, in: state, kinds: .standard)
    )
  }

  /// What a layer has said of a component since an operation.
  struct Statement: Sendable {
    let kind: String
    let name: String
    let solution: String
    let version: String?
    let operation: Int
    let title: String
    let hash: String
  }

  /// What the layers that a component has now have said over time, newest first.
  func statements(of text: String) async throws -> (ComponentShape, [Statement]) {
    let (id, state) = try await component(text, asOf: nil)
    guard let standing = state.standing(id) else {
      throw Failure(.noSuchComponent, "no component “\(text.shown(80))”")
    }
    let shape = ComponentShape(standing.top.component, kinds: .standard)
    let history = try await lifecycle.ask(ComponentHistoryQuestion(of: id))
    let said = history.layers.flatMap { name, layer in layer.statements.map { (name, $0) } }
    let newest = said.sorted { ($0.1.operation, $1.0) > ($1.1.operation, $0.0) }
    let operations = try await lifecycle.ask(OperationsQuestion(Set(newest.map(\.1.operation))))
    return (
      shape,
      newest.map { name, statement in
        Statement(
          kind: shape.kind,
          name: shape.name,
          // The key of a solution that is gone has lost its spelling.
          solution: state.solutions[name]?.name.text ?? name.text,
          version: statement.version,
          operation: statement.operation,
          title: operations[statement.operation]?.record.title ?? "",
          hash: statement.definition.hash.description
        )
      }
    )
  }

  func component(
    _ text: String,
    asOf: Int?
  ) async throws -> (id: ComponentID, state: InstalledState) {
    try await lifecycle.named(ComponentAddress(text: text), asOf: asOf, kinds: .standard)
  }

  func find(_ text: String, kind: String? = nil, table: String? = nil) async throws -> FindShape {
    let kinds = ComponentKinds.standard
    guard !text.isEmpty else { throw Failure(.usage, "say what to look for", status: 64) }
    let type = try kind.map { words in
      guard let kind = kinds[spoken: words] else {
        throw Failure(.usage, "there is no kind “\(words.shown(80))”", status: 64)
      }
      return kind.type
    }
    let hits = try await lifecycle.ask(
      FindQuestion(ComponentSearch(text, type: type, table: table), asOf: nil)
    )
    return FindShape(hits, of: text, kinds: kinds)
  }

  /// Operations, newest first.
  func history(limit: Int = 50, withAttempts: Bool = false) async throws -> HistoryShape {
    try HistoryShape(
      try await lifecycle.ask(
        HistoryQuestion(of: nil, limit: limit, withAttempts: withAttempts)
      )
    )
  }

  /// One operation with what became of each component.
  func operation(_ number: Int) async throws -> HistoryShape {
    let history = try await lifecycle.ask(
      HistoryQuestion(of: number, limit: 1, withAttempts: false)
    )
    guard !history.operations.isEmpty else {
      throw Failure(.noSuchOperation, "there is no operation \(number)")
    }
    return try HistoryShape(history)
  }
}

extension Site {
  /// A solution as a package, with what it is called; what is typed as version is stored nowhere.
  ///
  /// - Throws: `Failure` where it is not installed, or cannot be exported.
  func export(_ name: String, isManaged: Bool) async throws -> (bytes: [UInt8], file: String) {
    let solution = try await contents(name).solution.solution
    let question = ExportQuestion(of: solution.name, as: isManaged ? .managed : .unmanaged)
    guard let exported = try await lifecycle.ask(question) else {
      throw Failure.notExported(solution.name, isManaged: isManaged)
    }
    guard let archive = exported.archive else {
      let reason = exported.export.findings.first { $0.severity == .error }
      throw Failure(refused: "\(name) is not exported: \(reason?.message ?? "")", by: reason)
    }
    let file = Export.fileName(of: solution.name, solution.version, isManaged: isManaged)
    return (archive.bytes, file)
  }
}
