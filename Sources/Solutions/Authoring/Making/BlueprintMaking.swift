internal import XML

extension Blueprint {
  /// What the file makes of a state, as a package that states it.
  struct Made {
    /// Components that are as they are said count as not modified.
    let package: SolutionPackage
    /// What is wrong with the file itself; nothing of it is planned where there is something.
    let findings: [Finding]
    /// What the environment is to say of components.
    let settings: [ComponentID: Setting]
  }

  /// The components that a file describes, over what is there; nothing is asked of what they do to others.
  package func package(on state: InstalledState, kinds: ComponentKinds) -> SolutionPackage {
    made(on: state, kinds: kinds).package
  }

  func made(on state: InstalledState, kinds: ComponentKinds) -> Made {
    var making = BlueprintMaking(self, state, kinds)
    making.make()
    return making.made()
  }
}

/// Makes the components of a file, over what is there.
struct BlueprintMaking {
  struct Piece {
    var element: Element
    let wrapper: Element?
    /// As it is in effect; nil of what is new.
    let former: Element?
    let parent: ComponentID?
    let line: Int
    /// Its files; nil for those that it has.
    var files: [Definition.Part]?
    /// Those that it has.
    var formerFiles: [Definition.Part] = []
    /// What the environment is to say of it.
    var setting: Setting?

    /// Whether it is as it was.
    var isAsBefore: Bool { element == former && (files ?? formerFiles) == formerFiles }
  }

  let blueprint: Blueprint
  let state: InstalledState
  let kinds: ComponentKinds
  /// Of the publisher, without the underscore; empty where nobody is known to have one.
  let prefix: String
  let context: MakingContext
  /// In which what is new comes into the world; nil outside of any solution.
  private let version: String?
  private(set) var pieces: [ComponentID: Piece] = [:]
  /// Tables that are listed.
  private(set) var tables: Set<ComponentID> = []
  private(set) var findings: [Finding] = []
  private(set) var problems: [DescriptionUnsound.Problem]
  /// What leads to something that other words of the same part make.
  private var waiting: [(id: ComponentID, making: Making, line: Int)] = []

  init(_ blueprint: Blueprint, _ state: InstalledState, _ kinds: ComponentKinds) {
    (self.blueprint, self.state, self.kinds) = (blueprint, state, kinds)
    let installed = state.solutions[blueprint.solution]?.publisher
    let publisher = (installed ?? blueprint.publisher?.name).flatMap { state.publishers[$0] }
    prefix = publisher?.prefix.lowercased() ?? blueprint.publisher?.prefix ?? ""
    var context = blueprint.context
    context.optionPrefix = publisher?.optionValuePrefix ?? context.optionPrefix
    self.context = context
    problems = blueprint.problems
    let present = blueprint.version ?? state.solutions[blueprint.solution]?.version ?? .first
    // What is made in the first version says 1.0 or 1.0.0.0, each kind as the platform does.
    version = blueprint.solution == .default || present == .first ? nil : present.text
  }

  mutating func make() {
    for step in 0...Blueprint.Part.stepLast {
      for part in blueprint.parts where part.subject.step == step { make(part) }
    }
  }

  mutating func make(_ part: Blueprint.Part) {
    waiting = []
    attempt(part) { making throws(Unsound) in
      switch part.subject {
      case .table(let primary, let without): try making.table(part, primary, without)
      case .column(let table): try making.column(part, of: table)
      case .key(let table): try making.key(part, of: table)
      case .choice: try making.choice(part)
      case .manyToMany: try making.manyToMany(part)
      case .described(let kind): try kind.make(&making, part)
      }
    }
    for property in waiting { say(property.making, of: property.id, at: property.line) }
  }

  /// Makes a part, if it can be made.
  ///
  /// - Returns: what stands in the way; then it is as it was.
  mutating func obstacle(making part: Blueprint.Part) -> Phrase? {
    let (former, told, found) = (pieces[part.id], findings.count, problems.count)
    make(part)
    guard
      let obstacle = problems.dropFirst(found).first?.problem
        ?? findings.dropFirst(told).first.map(\.content.text)
    else { return nil }
    pieces[part.id] = former
    problems.removeSubrange(found...)
    findings.removeSubrange(told...)
    return obstacle
  }

  /// Puts a piece back, or takes it away.
  mutating func put(back piece: Piece?, of id: ComponentID) { pieces[id] = piece }

  // MARK: Telling

  private mutating func attempt(
    _ part: Blueprint.Part,
    _ body: (inout BlueprintMaking) throws(Unsound) -> Void
  ) {
    do throws(Unsound) {
      try body(&self)
    } catch {
      let line = error.line == 0 ? part.line : error.line
      // A file that cannot be read is told once.
      guard !blueprint.problems.contains(where: { $0.line == line }) else { return }
      tell(problem: error.problem, at: line)
    }
  }

  mutating func tell(_ content: any FindingContent, at line: Int) {
    findings.append(Finding(content, at: location(line)))
  }

  mutating func tell(problem: Phrase, at line: Int) {
    problems.append(DescriptionUnsound.Problem(line: line, problem: problem))
  }

  func location(_ line: Int) -> Location { Location(file: blueprint.file, line: line) }

  func named(_ id: ComponentID, as name: String? = nil) -> NamedComponent {
    let component = state.standing(id)?.top.component
    return NamedComponent(
      id,
      kinds,
      name: component?.name ?? name,
      displayName: component?.displayName
    )
  }

  // MARK: What is there

  /// What a component says, or would, if it is there or made.
  func element(_ id: ComponentID) -> Element? { pieces[id]?.element ?? inEffect(id)?.root }

  private func inEffect(_ id: ComponentID) -> Document? {
    guard let stack = state.drafted(id), stack.isKnown else { return nil }
    return stack.effective(kinds[id.type].merge).document
  }

  /// Whether something can name it.
  func isThere(_ id: ComponentID) -> Bool {
    pieces[id] != nil || state.standing(id) != nil || SystemBaseline.contains(id)
  }

  /// Takes up what is there.
  ///
  /// - Returns: whether it is.
  mutating func takeUp(_ id: ComponentID, at line: Int) -> Bool {
    guard pieces[id] == nil else { return true }
    guard let document = inEffect(id) else { return false }
    pieces[id] = Piece(
      element: document.root,
      wrapper: document.wrapper,
      former: document.root,
      parent: state.drafted(id)?.top.component.parent,
      line: line,
      formerFiles: document.parts.map(\.part)
    )
    return true
  }

  mutating func put(
    _ id: ComponentID,
    _ element: Element,
    wrapper: Element? = nil,
    in parent: ComponentID? = nil,
    at line: Int
  ) {
    let element = version.map(element.introduced) ?? element
    pieces[id] = Piece(element: element, wrapper: wrapper, former: nil, parent: parent, line: line)
  }

  /// Changes what is made, or was taken up.
  mutating func change(_ id: ComponentID, _ body: (inout Element) throws(Unsound) -> Void)
    throws(Unsound)
  {
    guard var element = pieces[id]?.element else { return }
    try body(&element)
    pieces[id]?.element = element
  }

  /// Takes what was made as one reads it, so that it compares with what is there.
  mutating func settle(_ id: ComponentID) {
    guard let piece = pieces[id] else { return }
    var document = Document(root: piece.element)
    document.wrapper = piece.wrapper
    do throws(EditError) {
      pieces[id]?.element = Document(try document.definition()).root
    } catch {
      tell(EditRefused(component: named(id), error: error), at: piece.line)
    }
  }

  /// Gives it a file, in place of the one of that path.
  mutating func put(_ file: Definition.Part, into id: ComponentID) {
    guard let piece = pieces[id] else { return }
    let others = (piece.files ?? piece.formerFiles).filter { $0.path != file.path }
    pieces[id]?.files = (others + [file]).sorted {
      $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
    }
  }

  mutating func set(_ setting: Setting, of id: ComponentID) { pieces[id]?.setting = setting }

  /// Puts what comes along with something, unless it is there.
  mutating func put(_ part: TableMaking.Part, in table: ComponentID, at line: Int) {
    guard !isThere(part.id) else { return }
    put(part.id, part.element, wrapper: part.wrapper, in: table, at: line)
  }

  mutating func list(_ table: ComponentID) { tables.insert(table) }

  /// LC-103: what is made is named with the publisher's prefix, and outside of any solution with somebody's.
  mutating func requirePrefix(_ id: ComponentID, _ name: String, at line: Int) {
    guard !prefix.isEmpty else {
      if (name.firstIndex(of: "_") ?? name.startIndex) == name.startIndex {
        tell(MissingPrefix(component: named(id, as: name), name: name), at: line)
      }
      return
    }
    guard !name.lowercased().hasPrefix("\(prefix)_") else { return }
    tell(
      OtherPrefix(
        component: named(id, as: name),
        name: name,
        solution: blueprint.solution,
        prefix: prefix
      ),
      at: line
    )
  }

  // MARK: Words

  /// Does what is said of a component to its document.
  ///
  /// - Parameters:
  ///   - own: words that are no fields, and have been read.
  ///   - what: a component as people call it.
  mutating func say(
    _ said: [Said.Pair],
    of id: ComponentID,
    _ fields: [Field],
    own: [String] = [],
    _ what: String
  ) throws(Unsound) {
    for pair in said where !own.contains(pair.key) {
      switch pair.key {
      case "properties":
        for property in try pair.value.pairs() {
          try requireKnown(property, of: id)
          let making = Making.property(property.key, try property.value.text())
          sayOrWait(making, of: id, at: property.line)
        }
      case "unset":
        for path in try pair.value.items() {
          say(.property(try path.name(), nil), of: id, at: path.line)
        }
      default:
        guard let field = fields.first(where: { $0.name == pair.key }) else {
          let words = fields.map(\.name) + own + ["properties", "unset"]
          // Each of them is told.
          tell(problem: Unsound.unknown(pair, among: words, of: what).problem, at: pair.line)
          continue
        }
        for making in try field.read(pair.value, context) { say(making, of: id, at: pair.line) }
      }
    }
  }

  private mutating func sayOrWait(_ making: Making, of id: ComponentID, at line: Int) {
    guard var element = pieces[id]?.element else { return }
    do throws(EditError) {
      try element.apply(making)
      pieces[id]?.element = element
    } catch {
      waiting.append((id, making, line))
    }
  }

  mutating func say(_ making: Making, of id: ComponentID, at line: Int) {
    guard var element = pieces[id]?.element else { return }
    do throws(EditError) {
      try element.apply(making)
      pieces[id]?.element = element
    } catch {
      tell(EditRefused(component: named(id), error: error), at: line)
    }
  }
}

extension Blueprint.Part {
  fileprivate static let stepLast = 6
}

extension Blueprint.Part.Subject {
  /// In which order parts are made: others may name what is made before them.
  var step: Int {
    switch self {
    case .choice, .table: 0
    case .column: 1
    case .key, .manyToMany: 2
    case .described(let kind): kind.step
    }
  }
}
