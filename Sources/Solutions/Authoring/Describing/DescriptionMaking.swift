/// Finds the words for what stands: says what is needed, looks what the platform makes of it, and says what differs.
///
/// So what a file leaves out is what it makes anyway, and nothing it says is beyond what it can make.
struct DescriptionMaking {
  let solution: InstalledSolution
  let state: InstalledState
  /// To what the file is applied.
  let base: InstalledState
  let kinds: ComponentKinds
  /// Whether also what the platform keeps for itself is said.
  let isFull: Bool
  let context: MakingContext
  /// In the order in which they are made, which stays.
  private(set) var entries: [DescriptionPart]
  private let places: [ComponentID: Int]
  /// Relationships by the column that they are made with.
  private let targetPlaces: [ComponentID: [Int]]
  /// Components that there are no words for.
  private(set) var obstacles: [ComponentID: Phrase]
  /// What the file has made so far.
  private var making: BlueprintMaking
  private let names: [ComponentID: String]
  private let paths: [ComponentID: String]
  private let contents: [ComponentID: (path: String, content: DescribedFiles.Content)]

  init(
    of solution: InstalledSolution,
    on state: InstalledState,
    isFull: Bool,
    kinds: ComponentKinds
  ) {
    (self.solution, self.state, self.isFull, self.kinds) = (solution, state, isFull, kinds)
    base = state.without(solution, kinds)
    let found = DescribedContents(of: solution, on: state, kinds)
    (entries, obstacles, names, contents) = (
      found.entries, found.obstacles, found.names, found.contents
    )
    places = Dictionary(entries.enumerated().map { ($1.id, $0) }) { first, _ in first }
    var targetPlaces: [ComponentID: [Int]] = [:]
    for (at, entry) in entries.enumerated() {
      if case .target(let column, _) = entry.place { targetPlaces[column, default: []].append(at) }
    }
    self.targetPlaces = targetPlaces
    paths = contents.mapValues(\.path)
    var context = MakingContext(language: found.language)
    for file in contents.values { context.files.put(file.content, at: file.path) }
    self.context = context
    let publisher = state.publishers[solution.publisher]
    making = BlueprintMaking(
      .init(empty: solution, publisher: publisher, context),
      base,
      kinds
    )
  }

  private var telling: Telling {
    Telling(making: making, names: names, paths: paths)
  }

  func entry(_ id: ComponentID) -> DescriptionPart? { places[id].map { entries[$0] } }

  mutating func tell() {
    for at in entries.indices {
      var entry = entries[at]
      tell(&entry)
      entries[at] = entry
    }
  }

  // MARK: One component

  private mutating func tell(_ entry: inout DescriptionPart) {
    entry.comesAlong = making.pieces[entry.id] != nil
    // What is there and not known is none that a file could make.
    entry.subject.isNew = !entry.comesAlong && !making.isThere(entry.id)
    if case .target(let column, _) = entry.place { return tell(&entry, targetOf: column) }
    guard entry.subject.isNew || differs(entry) else { return }
    var best: (said: [Said.Pair], piece: BlueprintMaking.Piece?, cost: Int)?
    let former = making.pieces[entry.id]
    nameRows(of: entry)
    for words in needed(entry) {
      making.put(back: former, of: entry.id)
      if let obstacle = making.obstacle(making: entry.part(words, primary: primary(of: entry))) {
        entry.obstacle = entry.obstacle ?? obstacle
        continue
      }
      var said = words
      sayFields(of: entry, &said)
      let cost = differences(entry).count
      if cost < best?.cost ?? .max { best = (said, making.pieces[entry.id], cost) }
      if cost == 0 { break }
    }
    guard let best else {
      entry.obstacle = entry.obstacle ?? "no word of a readable file makes one"
      // What is there is listed all the same.
      making.put(back: former, of: entry.id)
      if entry.comesAlong || !entry.subject.isNew { entry.obstacle = nil }
      return
    }
    entry.obstacle = nil
    making.put(back: best.piece, of: entry.id)
    entry.said = best.said
    sayProperties(of: &entry)
  }

  /// A relationship is made with its column.
  private mutating func tell(_ entry: inout DescriptionPart, targetOf column: ComponentID) {
    guard entry.comesAlong || base.drafted(entry.id)?.isKnown == true else {
      entry.obstacle = "its column makes another relationship"
      return
    }
    guard making.takeUp(entry.id, at: 0), differs(entry) else { return }
    sayFields(of: entry, &entry.said)
    sayProperties(of: &entry)
  }

  /// The column that names rows of a new table.
  private func primary(of entry: DescriptionPart) -> DescriptionPart? {
    guard case .table(let primary?) = entry.place, entry.subject.isNew else { return nil }
    return self.entry(primary)
  }

  /// What people see of the column that names rows is said with its table.
  private mutating func nameRows(of table: DescriptionPart) {
    guard let primary = primary(of: table), let at = places[primary.id] else { return }
    let word = ColumnWord.word(of: primary.subject.document.root)?.name
    let type = word.flatMap { $0 == "text" ? nil : Said.Pair("type", text: $0) }
    entries[at].said = [type].compactMap { $0 } + leading(primary, standard: "Name")
  }

  // MARK: Words

  /// What is needed for one to be made, in the ways in which it can be.
  private func needed(_ entry: DescriptionPart) -> [[Said.Pair]] {
    let isNew = entry.subject.isNew
    switch entry.place {
    case .table: return [isNew ? leadingTable(entry) : []]
    case .column(let table): return [isNew ? column(entry, of: table) : entry.said]
    case .key:
      let list = entry.subject.document.root.child("EntityKeyAttributes")?.children ?? []
      return [leading(entry) + [Said.Pair("columns", Said(texts: list.map(\.text)))]]
    case .choice: return [isNew ? leading(entry) : []]
    case .manyToMany:
      guard isNew else { return [[]] }
      let root = entry.subject.document.root
      let ends = ["FirstEntityName", "SecondEntityName"].compactMap { root.child($0)?.text }
      let between = root.child("IntersectEntityName")?.text
      let own = between.flatMap { $0 == entry.id.key ? nil : Said.Pair("intersect", text: $0) }
      let tables = ends.map { Said(.text($0.lowercased())) }
      return [[Said.Pair("tables", Said(.list(tables)))] + [own].compactMap { $0 }]
    case .target: return [[]]
    case .other: return []
    case .described(let kind, let scope):
      let isNamed = kind.id(entry.subject.name, in: scope) == entry.id
      let id = isNamed ? [] : [Said.Pair("id", text: entry.id.key)]
      let hasLabel = kind.fields.contains { $0.name == "displayName" }
      let head = (hasLabel && isNew ? leading(entry) : []) + id
      return kind.tell(telling, entry.subject).map { head + $0 }
    }
  }

  /// What people see of what is new; its name where that is not said.
  private func leading(_ entry: DescriptionPart, standard: String? = nil) -> [Said.Pair] {
    let label = entry.fields.first { $0.name == "displayName" }?
      .told(of: entry.subject.document.root, context)
    guard let label, label != Said(.text(standard ?? entry.subject.name)), !label.isEmpty else {
      return []
    }
    return [Said.Pair("displayName", label)]
  }

  /// Much of a table follows from these.
  private func leadingTable(_ entry: DescriptionPart) -> [Said.Pair] {
    let root = entry.subject.document.root
    var said = leading(entry)
    for word in ["ownership", "pluralName"] {
      let making = TableMaking(
        name: entry.subject.name,
        primary: nil,
        said: said,
        context: context
      )
      let field = TableMaking.fields.first { $0.name == word }
      guard let told = field?.told(of: root, context),
        told != field?.told(of: making.entity, context)
      else { continue }
      said.append(Said.Pair(word, told))
    }
    return said
  }

  private func column(_ entry: DescriptionPart, of table: ComponentID) -> [Said.Pair] {
    let root = entry.subject.document.root
    guard let word = ColumnWord.word(of: root) else { return [] }
    var said = [Said.Pair("type", text: word.name)] + leading(entry)
    if let choice = root.child("OptionSetName")?.text, !choice.isEmpty {
      said.append(Said.Pair("choice", text: choice))
    }
    let targets = self.targets(of: entry.id, in: table, all: true)
    if !targets.isEmpty { said.append(Said.Pair("target", Said(items: targets))) }
    return said
  }

  /// The relationships of a column, each by its table where no more is to be said.
  ///
  /// - Parameter all: whether also those are named of which nothing is said.
  func targets(of column: ComponentID, in table: ComponentID, all: Bool) -> [Said] {
    let name = column.tableAndColumn?.column ?? ""
    return (targetPlaces[column] ?? []).compactMap { at -> Said? in
      let entry = entries[at]
      guard case .target(_, let target) = entry.place, all || !entry.said.isEmpty else {
        return nil
      }
      let made = making.relationshipName(from: table.key, name, to: target)
      var words = [Said.Pair("table", text: target)]
      if all, made != entry.subject.name {
        words.append(Said.Pair("relationship", text: entry.subject.name))
      }
      words += entry.said
      return words.count == 1 ? words[0].value : Said(.pairs(words))
    }
  }

  /// Says by their words what is not as it is made.
  private mutating func sayFields(of entry: DescriptionPart, _ said: inout [Said.Pair]) {
    for field in entry.fields where !said.contains(where: { $0.key == field.name }) {
      guard let made = making.pieces[entry.id]?.element,
        let told = field.told(of: entry.subject.document.root, context)
      else { continue }
      let known = field.told(of: made, context)
      guard known != told, known != nil || !told.isEmpty else { continue }
      let pair = Said.Pair(field.name, told.beyond(known))
      guard !pair.value.isEmpty || told.isEmpty else { continue }
      do throws(Unsound) {
        for making in try field.read(pair.value, context) {
          self.making.say(making, of: entry.id, at: 0)
        }
        said.append(pair)
      } catch {
        // What cannot be read is not said.
      }
    }
  }

  // MARK: What has no word

  /// What still differs, but for what the platform keeps.
  private func differences(_ entry: DescriptionPart) -> [PropertyChanges.Change] {
    let made = making.settled(entry.id)
    let changes = PropertyChanges(from: made, to: entry.subject.document).list
    return isFull ? changes : changes.filter { !KeptByPlatform.keeps($0) && !$0.isOfFile }
  }

  private func differs(_ entry: DescriptionPart) -> Bool {
    guard making.pieces[entry.id] != nil else {
      let merge = kinds[entry.id.type].merge
      guard let known = base.drafted(entry.id), known.isKnown else { return true }
      return known.effective(merge).document != entry.subject.document
    }
    return !differences(entry).isEmpty
  }

  private mutating func sayProperties(of entry: inout DescriptionPart) {
    var (values, gone): ([Said.Pair], [Said]) = ([], [])
    for change in differences(entry) {
      for edit in entry.subject.document.root.edits(for: change) {
        guard let element = making.pieces[entry.id]?.element else { continue }
        let makings = edit.map { Making.property($0.path, $0.value) }
        guard element.isBrought(nearer: entry.subject.document.root, by: makings) else { continue }
        for making in makings { self.making.say(making, of: entry.id, at: 0) }
        for one in edit {
          if let value = one.value {
            values.append(Said.Pair(one.path, text: value))
          } else {
            gone.append(Said(.text(one.path)))
          }
        }
        break
      }
    }
    if !values.isEmpty { entry.said.append(Said.Pair("properties", Said(.pairs(values)))) }
    if !gone.isEmpty { entry.said.append(Said.Pair("unset", Said(items: gone))) }
  }

  // MARK: The whole

  /// The file, and what it makes compared with what stands.
  mutating func description() -> Description {
    var said = DescriptionFile(self).said
    // Each time less is said; what cannot be said so at last is not.
    for _ in 0..<8 {
      let culprits = culprits(in: said)
      guard !culprits.isEmpty else { break }
      for (at, obstacle) in culprits.sorted(by: { $0.key < $1.key }) where !strip(at) {
        drop(at, obstacle)
      }
      said = DescriptionFile(self).said
    }
    let made = made(by: said, on: base)
    let files = Set(made?.blueprint.namedFiles.map(\.path) ?? [])
    return Description(
      solution: solution,
      said: said,
      files: contents.values.filter { files.contains($0.path) }.sorted { $0.path < $1.path }
        .map { Description.File(path: $0.path, content: $0.content) },
      components: told(made)
    )
  }

  private func made(by said: Said, on state: InstalledState) -> BlueprintMaking? {
    do throws(BlueprintError) {
      var blueprint: Blueprint = try .init(said, file: "solution.yaml", solution: solution.name)
      blueprint.context.files = context.files
      var making = BlueprintMaking(blueprint, state, kinds)
      making.make()
      return making
    } catch {
      return nil
    }
  }

  private func told(_ made: BlueprintMaking?) -> [Description.Told] {
    let told = entries.map { entry in
      let made = made?.settled(entry.id) ?? settledInBase(entry)
      let isUnknown = base.standing(entry.id) != nil || SystemBaseline.contains(entry.id)
      let why: Phrase =
        isUnknown
        ? "what lies below is in no solution that is here"
        : "what it belongs to is not described"
      let missing: Phrase? = made == nil ? why : nil
      let changes =
        made.map { PropertyChanges(from: $0, to: entry.subject.document).list } ?? []
      let isSameFile =
        made?.parts.map(\.part.digest) == entry.subject.document.parts.map(\.part.digest)
      let unsaid = changes.filter { $0.isOfFile ? !isSameFile : !KeptByPlatform.keeps($0) }
      return Description.Told(
        component: named(entry.id),
        obstacle: entry.obstacle ?? missing,
        unsaid: unsaid.map(\.path),
        kept: changes.filter { !$0.isOfFile && KeptByPlatform.keeps($0) }.map(\.path)
      )
    }
    let others = obstacles.map { id, obstacle in
      Description.Told(component: named(id), obstacle: obstacle, unsaid: [], kept: [])
    }
    return (told + others).sorted { $0.component.id < $1.component.id }
  }

  private func settledInBase(_ entry: DescriptionPart) -> Document? {
    guard let known = base.drafted(entry.id), known.isKnown else { return nil }
    return known.effective(kinds[entry.id.type].merge).document
  }

  private func named(_ id: ComponentID) -> NamedComponent {
    let component = state.standing(id)?.top.component
    return NamedComponent(id, kinds, name: component?.name, displayName: component?.displayName)
  }

  /// What would change something where it stands, or cannot be meant.
  private func culprits(in said: Said) -> [Int: Phrase] {
    var culprits: [Int: Phrase] = [:]
    func trace(_ making: BlueprintMaking) {
      let told = making.findings.compactMap { finding in
        finding.at.map { ($0.line, finding.content.text) }
      }
      for (line, problem) in making.problems.map({ ($0.line, $0.problem) }) + told
      where entries.indices.contains(line - 1) { culprits[line - 1] = problem }
    }
    if let made = made(by: said, on: base) { trace(made) }
    guard !solution.isManaged, let same = made(by: said, on: state) else { return culprits }
    trace(same)
    for at in entries.indices where entries[at].obstacle == nil {
      guard let piece = same.pieces[entries[at].id], !piece.isAsBefore else { continue }
      culprits[at] = "what words make of it is another one"
    }
    return culprits
  }

  private mutating func drop(_ at: Int, _ obstacle: Phrase) {
    entries[at].said = []
    entries[at].obstacle = obstacle
  }

  /// Leaves what is needed to make one.
  ///
  /// - Returns: whether that is less.
  private mutating func strip(_ at: Int) -> Bool {
    let id = entries[at].id
    let needed = Set(needed(entries[at]).flatMap { $0.map(\.key) })
    let words = entries[at].said.filter { needed.contains($0.key) }
    var isLess = words.count < entries[at].said.count
    entries[at].said = words
    for other in targetPlaces[id] ?? [] where !entries[other].said.isEmpty {
      entries[other].said = []
      isLess = true
    }
    return isLess
  }
}
