/// What a readable file says of an unmanaged solution and its components; what it leaves out stays as it is.
package struct Blueprint: Sendable {
  /// How it is called in findings.
  package let file: String
  package let solution: SolutionName
  let displayName: String?
  let version: SolutionVersion?
  let publisher: PublisherPart?
  var context: MakingContext
  let parts: [Part]
  /// Components that are to be gone.
  package let removed: [ComponentID]
  /// What in it cannot be meant.
  var problems: [DescriptionUnsound.Problem]

  struct PublisherPart: Sendable {
    let name: PublisherName
    let displayName: String?
    let prefix: String?
    let optionPrefix: Int?
    let line: Int
  }

  /// One component as the file speaks of it.
  struct Part: Sendable {
    enum Subject: Sendable {
      /// With what only a new one needs.
      case table(primary: Primary?, without: Set<String>)
      case column(table: String)
      case key(table: String)
      case choice
      case manyToMany
      case described(DescribedKind)
    }

    let id: ComponentID
    /// As it is written.
    let name: String
    /// What it is described in: a table, an assembly, a class; nil for what stands alone.
    var scope: Scope?
    let subject: Subject
    let said: [Said.Pair]
    let line: Int
  }

  /// A component in which others are described.
  struct Scope: Sendable {
    let id: ComponentID
    /// As it is written.
    let name: String
    let said: [Said.Pair]
  }

  /// The column that names rows of a table.
  struct Primary: Sendable {
    let name: String
    let said: [Said.Pair]
    let line: Int
  }

  /// The same with contents of the files that it names; one that cannot be read is a problem of its line.
  ///
  /// - Parameter read: what is wrong with the file is thrown.
  package func reading(
    _ read: (NamedFile) throws(DescribedFiles.Unread) -> [UInt8]
  ) -> Blueprint {
    var blueprint = self
    for file in namedFiles {
      do throws(DescribedFiles.Unread) {
        blueprint.context.files.put(try read(file), at: file.path)
      } catch {
        blueprint.problems.append(
          DescriptionUnsound.Problem(line: file.line, problem: error.problem)
        )
      }
    }
    return blueprint
  }

  /// All that it may change or look at.
  package var components: Set<ComponentID> {
    var ids = Set(removed)
    for part in parts {
      ids.insert(part.id)
      ids.formUnion(part.named)
    }
    return ids
  }
}

extension Blueprint.Part {
  /// What it names, as far as that can be told without knowing what is there.
  fileprivate var named: Set<ComponentID> {
    func names(_ said: Said) -> [String] {
      switch said.content {
      case .text(let text): [text.lowercased()]
      case .list(let items): items.flatMap(names)
      case .pairs(let pairs):
        pairs.first { $0.key == "table" }.map { names($0.value) }
          ?? pairs.map { $0.key.lowercased() }
      }
    }
    func said(_ key: String) -> [String] {
      self.said.first { $0.key == key }.map { names($0.value) } ?? []
    }
    switch subject {
    case .table(let primary, _):
      let making = TableMaking(name: name, primary: primary, context: MakingContext(language: ""))
      return Set(making.parts.map(\.id))
    case .column(let table):
      let currency = [ComponentID.attribute(table, "transactioncurrencyid")]
      return Set(
        [.entity(table)] + said("target").map { .entity($0) }
          + said("choice").map { .optionSet($0) }
          + currency
      )
    case .key(let table):
      return Set([.entity(table)] + said("columns").map { .attribute(table, $0) })
    case .choice: return []
    case .manyToMany: return Set(said("tables").map { .entity($0) })
    case .described(let kind): return kind.names(self).union([scope?.id].compactMap { $0 })
    }
  }
}
