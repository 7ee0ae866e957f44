/// What a live environment reported of itself at one time: names, versions, layers, uses and counts; no content, no rows.
///
/// What was not asked, or not answered, is nil and never empty: nobody may take silence for a no.
package struct Facts: Equatable, Sendable {
  /// When the first question was asked.
  package let at: Timestamp
  /// Scheme and host.
  package let url: String
  package let organization: GUID
  /// Of the platform.
  package var version: String?
  /// Codes of the languages that are there, sorted; nil where nobody said.
  package var languages: [Int]?
  package var publishers: [Publisher] = []
  /// By name, each once; nil where they were not told.
  package var solutions: [Solution]?
  /// By object, each once.
  package var components: [Component] = []
  package var uses: [Use] = []
  /// By logical name; nil is a table that nobody could count.
  package var rows: [LogicalName: Int?] = [:]
  /// Columns with a value, `table.column`; nil where nobody could count.
  package var values: [ComponentID: Int?] = [:]
  package var variables: [Held]?
  package var connections: [Held]?
  /// Names are hashed, those of some packages aside.
  package var isRedacted = false
  package var refusals: [Refusal] = []

  package init(at: Timestamp, url: String, organization: GUID) {
    self.at = at
    self.url = url
    self.organization = organization
  }

  /// A component as the environment numbers it.
  package struct Object: Hashable, Comparable, Sendable {
    package let type: Int
    package let id: GUID

    package init(type: Int, id: GUID) {
      self.type = type
      self.id = id
    }

    package static func < (left: Self, right: Self) -> Bool {
      left.type == right.type
        ? left.id.description < right.id.description : left.type < right.type
    }
  }

  package struct Solution: Equatable, Sendable {
    package let id: GUID
    package let name: SolutionName
    package let displayName: String
    package let version: SolutionVersion
    package let isManaged: Bool
    package let publisher: PublisherName
    /// Of a patch.
    package let parent: SolutionName?
    /// As the environment writes it; orders first installations.
    package let installed: String?
    /// Whether all that it lists is among the components.
    package var isListed: Bool
    /// Whether the environment said what would stand in the way of its removal.
    package var isUninstallTold: Bool

    package init(
      id: GUID,
      name: SolutionName,
      displayName: String,
      version: SolutionVersion,
      isManaged: Bool,
      publisher: PublisherName,
      parent: SolutionName?,
      installed: String?,
      isListed: Bool = false,
      isUninstallTold: Bool = false
    ) {
      self.id = id
      self.name = name
      self.displayName = displayName
      self.version = version
      self.isManaged = isManaged
      self.publisher = publisher
      self.parent = parent
      self.installed = installed
      self.isListed = isListed
      self.isUninstallTold = isUninstallTold
    }

    package func patch(of parent: SolutionName) -> Solution {
      Solution(
        id: id,
        name: name,
        displayName: displayName,
        version: version,
        isManaged: isManaged,
        publisher: publisher,
        parent: parent,
        installed: installed,
        isListed: isListed,
        isUninstallTold: isUninstallTold
      )
    }
  }

  package struct Component: Equatable, Sendable {
    package let object: Object
    /// nil where the environment gave no name that a package could have for it.
    package var id: ComponentID?
    package var name: String?
    package var displayName: String?
    /// The table that it is a part of.
    package var parent: ComponentID?
    /// Solutions that list it, with how much of it, by name.
    package var listings: [SolutionName: Int?] = [:]
    package var isManaged: Bool?
    /// Bottom first, never empty; nil where they were not told.
    package var layers: [Layer]?
    /// Whether the environment said what stands in the way of its deletion: it is among the uses.
    package var isDeletionTold = false

    package init(object: Object) { self.object = object }
  }

  package struct Layer: Equatable, Sendable {
    package let solution: SolutionName
    package let publisher: PublisherName
    package let order: Int

    package init(solution: SolutionName, publisher: PublisherName, order: Int) {
      self.solution = solution
      self.publisher = publisher
      self.order = order
    }
  }

  /// A component that needs another one, as the environment tracks it.
  package struct Use: Hashable, Sendable {
    package let required: Object
    package let dependent: Object
    /// The platform's number: 1 internal to a solution, 2 published, 4 unpublished.
    package let type: Int

    package init(required: Object, dependent: Object, type: Int) {
      self.required = required
      self.dependent = dependent
      self.type = type
    }

    /// Whether it stops a deletion (DP-430).
    package var blocks: Bool { type != 1 }
  }

  /// An environment variable or a connection reference, and whether it has something: what, is not told.
  package struct Held: Equatable, Sendable {
    package let name: String
    package let hasValue: Bool
    /// Of a variable, whether its definition has one for all.
    package let hasDefault: Bool

    package init(name: String, hasValue: Bool, hasDefault: Bool = false) {
      self.name = name
      self.hasValue = hasValue
      self.hasDefault = hasDefault
    }
  }

  /// Something that was asked and not answered.
  package struct Refusal: Hashable, Sendable {
    /// In words, as `layers of Attribute:fab_workorder.fab_priority`.
    package let question: String
    /// Of HTTP.
    package let status: Int
    package let reason: String

    package init(question: String, status: Int, reason: String) {
      self.question = question
      self.status = status
      self.reason = reason
    }
  }
}

/// Where facts are from, for plans that rest on them.
package struct FactsOrigin: Equatable, Sendable {
  package let url: String
  package let organization: GUID
  package let at: Timestamp
  /// How many questions were refused.
  package let refused: Int

  package init(_ facts: Facts) {
    url = facts.url
    organization = facts.organization
    at = facts.at
    refused = facts.refusals.count
  }
}

extension Facts {
  /// The logical name of a table.
  package typealias LogicalName = String

  /// The same with everything in its order, and what is told twice told once.
  package var canonical: Facts {
    var facts = self
    facts.publishers.sort { $0.name < $1.name }
    facts.solutions?.sort { $0.name < $1.name }
    facts.components.sort { $0.object < $1.object }
    facts.uses = Set(uses).sorted {
      ($0.required, $0.dependent, $0.type) < ($1.required, $1.dependent, $1.type)
    }
    facts.variables?.sort { $0.name < $1.name }
    facts.connections?.sort { $0.name < $1.name }
    facts.languages?.sort()
    facts.refusals = Set(refusals).sorted {
      ($0.question, $0.status, $0.reason) < ($1.question, $1.status, $1.reason)
    }
    return facts
  }

  package func solution(_ name: SolutionName) -> Solution? {
    solutions?.first { $0.name == name }
  }

  /// What the environment counted, as a plan takes it.
  package var counts: RowCounts {
    RowCounts(
      rows: rows.reduce(into: [:]) { counts, entry in counts[.entity(entry.key)] = entry.value },
      values: values.compactMapValues { $0 }
    )
  }
}
