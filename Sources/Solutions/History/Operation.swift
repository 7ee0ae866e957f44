package import Hashing

/// What the history says of an operation, beside its plan.
package struct OperationRecord: Equatable, Sendable {
  package let verb: String
  package let title: String
  /// The caller, as text.
  package let who: String
  package let started: Timestamp
  /// What was chosen; nil for operations that have no choices.
  package let options: OperationOptions?

  package init(
    verb: String,
    title: String,
    who: String,
    started: Timestamp,
    options: OperationOptions? = nil
  ) {
    self.verb = verb
    self.title = title
    self.who = who
    self.started = started
    self.options = options
  }
}

/// An operation that has been done.
package struct Operation: Equatable, Sendable {
  /// Counted from 1, without gaps.
  package let number: Int
  package let record: OperationRecord
  package let completed: Timestamp
  package let counts: Counts
  /// In the order in which they came in; empty for operations without packages.
  package let packages: [Package]

  package init(
    number: Int,
    record: OperationRecord,
    completed: Timestamp,
    counts: Counts,
    packages: [Package]
  ) {
    self.number = number
    self.record = record
    self.completed = completed
    self.counts = counts
    self.packages = packages
  }

  /// How many components became what.
  package struct Counts: Equatable, Sendable {
    package let add: Int
    package let change: Int
    package let delete: Int
    package let dereference: Int
    package let masked: Int
    package let unchanged: Int

    package init(
      add: Int,
      change: Int,
      delete: Int,
      dereference: Int,
      masked: Int,
      unchanged: Int
    ) {
      self.add = add
      self.change = change
      self.delete = delete
      self.dereference = dereference
      self.masked = masked
      self.unchanged = unchanged
    }
  }

  /// A package that came in, or a solution that ended.
  package struct Package: Equatable, Sendable {
    package let name: SolutionName
    package let version: SolutionVersion
    /// What was installed before; nil for a first installation.
    package let from: SolutionVersion?
    package let action: Plan.Action
    /// Of the archive; nil where none came in.
    package let digest: SHA256Digest?

    package init(
      name: SolutionName,
      version: SolutionVersion,
      from: SolutionVersion?,
      action: Plan.Action,
      digest: SHA256Digest?
    ) {
      self.name = name
      self.version = version
      self.from = from
      self.action = action
      self.digest = digest
    }
  }

  /// What became of one component.
  package struct Result: Equatable, Sendable {
    package let action: Change.Action
    package let id: ComponentID
    package let solution: SolutionName
    /// Layers that hid what was written, topmost first.
    package let maskedBy: [SolutionName]
    package let reason: String
    package let rule: String
    /// Since the operation began.
    package let milliseconds: Int
    /// Rows of a table or values of a column that went to the trash; nil where nobody counted.
    package let lost: Int?

    package init(
      action: Change.Action,
      id: ComponentID,
      solution: SolutionName,
      maskedBy: [SolutionName],
      reason: String,
      rule: String,
      milliseconds: Int,
      lost: Int?
    ) {
      self.action = action
      self.id = id
      self.solution = solution
      self.maskedBy = maskedBy
      self.reason = reason
      self.rule = rule
      self.milliseconds = milliseconds
      self.lost = lost
    }
  }
}

/// An archive that was imported and is kept.
package struct KeptPackage: Equatable, Sendable {
  package let version: SolutionVersion
  package let digest: SHA256Digest
  /// The operation that imported it.
  package let operation: Int

  package init(version: SolutionVersion, digest: SHA256Digest, operation: Int) {
    self.version = version
    self.digest = digest
    self.operation = operation
  }
}
