package import Solutions

/// Facts of a live environment, as `facts pull` writes them and `plan --facts` reads them (docs/live.md).
package struct FactsShape: Shape {
  package static let format = "strata.facts"

  /// When the first question was asked, in UTC.
  package let at: String
  package let url: String
  package let organizationId: String
  /// Of the platform.
  @Nullable package var version: String?
  @Nullable package var languages: [Count]?
  package let publishers: [Publisher]
  @Nullable package var solutions: [Solution]?
  package let components: [Component]
  package let uses: [Use]
  package let rows: [Rows]
  package let values: [Values]
  @Nullable package var environmentVariables: [Variable]?
  @Nullable package var connectionReferences: [Connection]?
  /// Whether names are hashed; absent otherwise.
  package let redacted: Bool?
  package let refused: [Refusal]

  package struct Publisher: Codable, Sendable {
    package let uniqueName: String
    package let displayName: String
    package let prefix: String
    @Nullable package var optionValuePrefix: Count?
  }

  package struct Solution: Codable, Sendable {
    package let solutionId: String
    package let uniqueName: String
    package let displayName: String
    package let version: String
    package let managed: Bool
    package let publisher: String
    /// Of a patch.
    @Nullable package var parent: String?
    @Nullable package var installedOn: String?
    /// Whether all that it lists is among the components.
    package let listed: Bool
    /// Whether it was told what stands in the way of its removal.
    package let removalTold: Bool
  }

  package struct Object: Codable, Sendable {
    package let type: Count
    package let objectId: String
  }

  package struct Component: Codable, Sendable {
    package struct Listing: Codable, Sendable {
      package let solution: String
      /// 0 with all parts, 1 with chosen parts, 2 chosen parts alone; null for a part.
      @Nullable package var behavior: Count?
    }

    package struct Layer: Codable, Sendable {
      package let solution: String
      package let publisher: String
      /// Ascending from the bottom.
      package let order: Count
    }

    package let type: Count
    package let objectId: String
    /// The number that packages have for its kind, where that is another; absent otherwise.
    package let packageType: Count?
    /// Of rows, whose kind is known by their table; absent otherwise.
    package let table: String?
    /// What makes it the same in every package; null where it was not named.
    @Nullable package var key: String?
    @Nullable package var name: String?
    @Nullable package var displayName: String?
    /// The table that it is a part of; absent for what is part of none.
    package let parentTable: String?
    package let solutions: [Listing]
    @Nullable package var managed: Bool?
    /// Bottom first; null where they were not told.
    @Nullable package var layers: [Layer]?
    /// Whether it was told what stands in the way of its deletion.
    package let deletionTold: Bool
  }

  package struct Use: Codable, Sendable {
    package let required: Object
    package let dependent: Object
    /// The platform's number: 1 internal to a solution, 2 published, 4 unpublished.
    package let dependencyType: Count
  }

  package struct Rows: Codable, Sendable {
    package let table: String
    @Nullable package var rows: Count?
  }

  package struct Values: Codable, Sendable {
    package let table: String
    package let column: String
    /// Rows with a value.
    @Nullable package var values: Count?
  }

  package struct Variable: Codable, Sendable {
    package let schemaName: String
    package let hasValue: Bool
    package let hasDefault: Bool
  }

  package struct Connection: Codable, Sendable {
    package let logicalName: String
    package let connected: Bool
  }

  package struct Refusal: Codable, Sendable {
    package let question: String
    /// Of HTTP.
    package let status: Count
    package let reason: String
  }
}

// MARK: From facts

extension FactsShape {
  package init(_ told: Facts) {
    let facts = told.canonical
    at = facts.at.rowText
    url = facts.url
    organizationId = facts.organization.description
    publishers = facts.publishers.map { publisher in
      Publisher(
        uniqueName: publisher.name.text,
        displayName: publisher.displayName,
        prefix: publisher.prefix,
        optionValuePrefix: publisher.optionValuePrefix.map { Count(counted: $0) }
      )
    }
    components = facts.components.map { Component($0) }
    uses = facts.uses.map { use in
      Use(
        required: Object(use.required),
        dependent: Object(use.dependent),
        dependencyType: Count(counted: use.type)
      )
    }
    rows = facts.rows.sorted { $0.key < $1.key }.map { table, rows in
      Rows(table: table, rows: rows.map { Count(counted: $0) })
    }
    values = facts.values.sorted { $0.key < $1.key }.compactMap { id, values in
      guard let (table, column) = id.tableAndColumn else { return nil }
      return Values(table: table, column: column, values: values.map { Count(counted: $0) })
    }
    redacted = facts.isRedacted ? true : nil
    refused = facts.refusals.map { refusal in
      Refusal(
        question: refusal.question,
        status: Count(counted: refusal.status),
        reason: refusal.reason
      )
    }
    version = facts.version
    languages = facts.languages?.map { Count(counted: $0) }
    solutions = facts.solutions?.map { Solution($0) }
    environmentVariables = facts.variables?.map { held in
      Variable(schemaName: held.name, hasValue: held.hasValue, hasDefault: held.hasDefault)
    }
    connectionReferences = facts.connections?.map { held in
      Connection(logicalName: held.name, connected: held.hasValue)
    }
  }
}

extension FactsShape.Object {
  fileprivate init(_ object: Facts.Object) {
    type = Count(counted: object.type)
    objectId = object.id.description
  }
}

extension FactsShape.Solution {
  fileprivate init(_ solution: Facts.Solution) {
    solutionId = solution.id.description
    uniqueName = solution.name.text
    displayName = solution.displayName
    version = solution.version.text
    managed = solution.isManaged
    publisher = solution.publisher.text
    listed = solution.isListed
    removalTold = solution.isUninstallTold
    parent = solution.parent?.text
    installedOn = solution.installed
  }
}

extension FactsShape.Component {
  fileprivate init(_ component: Facts.Component) {
    type = Count(counted: component.object.type)
    objectId = component.object.id.description
    switch component.id?.type {
    case .number(let number)? where number != component.object.type:
      (packageType, table) = (Count(counted: number), nil)
    case .table(let name)?: (packageType, table) = (nil, name)
    default: (packageType, table) = (nil, nil)
    }
    parentTable = component.parent?.key
    solutions = component.listings.sorted { $0.key < $1.key }.map { name, behavior in
      Listing(solution: name.text, behavior: behavior.map { Count(counted: $0) })
    }
    deletionTold = component.isDeletionTold
    key = component.id?.key
    name = component.name
    displayName = component.displayName
    managed = component.isManaged
    layers = component.layers?.map { layer in
      Layer(
        solution: layer.solution.text,
        publisher: layer.publisher.text,
        order: Count(counted: layer.order)
      )
    }
  }
}
