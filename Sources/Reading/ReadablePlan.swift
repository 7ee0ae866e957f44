package import Solutions

/// What a plan, a saved plan, a difference or an operation says, as far as people read it.
package struct ReadablePlan: Sendable {
  package struct Package: Sendable {
    package let uniqueName: String
    package let version: String
    package let from: String?
    package let action: Plan.Action

    package init(uniqueName: String, version: String, from: String?, action: Plan.Action) {
      self.uniqueName = uniqueName
      self.version = version
      self.from = from
      self.action = action
    }
  }

  /// What a plan comes to of which only a part is here, as it says itself.
  package struct Told: Sendable {
    package let sentences: [String]
    /// As `plan` ends.
    package let exitStatus: Int?

    package init(sentences: [String], exitStatus: Int?) {
      self.sentences = sentences
      self.exitStatus = exitStatus
    }
  }

  package let packages: [Package]
  /// In the order of the document.
  package let entries: [ReadableEntry]
  package let notes: [ReadableNote]
  package let unchanged: Count
  /// Needs that neither the packages nor what they are planned for meet.
  package let needsUnknown: Int
  /// Whether something happens that no entry tells.
  package let isMoving: Bool
  /// Entries of the trash that come back to what is there, and those that are deleted for good.
  package let restored: Int
  package let purged: Int
  /// Whether nothing happens: two things are compared.
  package let isComparison: Bool
  /// nil where all of it is here.
  package let told: Told?

  package init(
    packages: [Package],
    entries: [ReadableEntry],
    notes: [ReadableNote],
    unchanged: Count,
    needsUnknown: Int,
    isMoving: Bool,
    restored: Int = 0,
    purged: Int = 0,
    isComparison: Bool = false,
    told: Told? = nil
  ) {
    self.packages = packages
    self.entries = entries
    self.notes = notes
    self.unchanged = unchanged
    self.needsUnknown = needsUnknown
    self.isMoving = isMoving
    self.restored = restored
    self.purged = purged
    self.isComparison = isComparison
    self.told = told
  }
}

extension ReadablePlan {
  /// Whether all that moves is the version of something installed.
  var isVersionOnly: Bool {
    !packages.isEmpty
      && packages.allSatisfy { package in
        package.from != nil && [.upgrade, .update, .downgrade, .patch].contains(package.action)
      }
  }
}

/// What becomes of one component.
///
/// A class, since entries are sorted, grouped and filtered by the ten thousand.
package final class ReadableEntry: Sendable {
  package struct Property: Sendable {
    package let path: String
    /// The path in the names of a form's parts.
    package let words: String?
    package let before: String?
    package let after: String?
    package let impact: Impact
    /// What becomes of the value in effect, where that is another story.
    package let effect: Prose?
    /// What becomes of a secret, whose values are none of anybody's business.
    package let secret: Prose?
    /// Whether what is stated no longer stays in effect: another layer has it, too.
    package let isKept: Bool

    /// What is stated now for the first time by its owner and was so before: nothing of it is news to users.
    package static let inEffectAlready: Prose = "in effect already"

    package init(
      path: String,
      words: String?,
      before: String?,
      after: String?,
      impact: Impact,
      effect: Prose?,
      secret: Prose?,
      isKept: Bool = false
    ) {
      self.path = path
      self.words = words
      self.before = before
      self.after = after
      self.impact = impact
      self.effect = effect
      self.secret = secret
      self.isKept = isKept
    }

    var withoutEffect: Property {
      Property(
        path: path,
        words: words,
        before: before,
        after: after,
        impact: impact,
        effect: nil,
        secret: secret,
        isKept: isKept
      )
    }
  }

  package let action: Change.Action
  /// As the wire has it: `Attribute`.
  package let kind: String
  package let name: String
  package let displayName: String?
  /// `Entity:fab_thing`; nil for what is part of nothing.
  package let parent: String?
  package let parentName: String?
  package let impact: Impact
  package let isLayerOnly: Bool
  package let isFirstStatement: Bool
  package let maskedBy: [String]
  package let isBaseKnown: Bool
  /// What becomes of its draft.
  package let draft: Prose?
  package let properties: [Property]
  /// Rows of a table, pairs of a relationship, values of a column: what is lost; nil where nothing can be.
  package let loss: Loss?
  /// Rows, pairs or values that come out of the trash with it; nil where nothing does.
  package let returning: Loss?
  package let reason: String
  package let rule: String

  package enum Loss: Sendable, Equatable {
    case unknown
    case counted(Count)
  }

  package init(
    action: Change.Action,
    kind: String,
    name: String,
    displayName: String?,
    parent: String?,
    parentName: String?,
    impact: Impact,
    isLayerOnly: Bool,
    isFirstStatement: Bool,
    maskedBy: [String],
    isBaseKnown: Bool,
    draft: Prose?,
    properties: [Property],
    loss: Loss?,
    returning: Loss? = nil,
    reason: String,
    rule: String
  ) {
    self.action = action
    self.kind = kind
    self.name = name
    self.displayName = displayName
    self.parent = parent
    self.parentName = parentName
    self.impact = impact
    self.isLayerOnly = isLayerOnly
    self.isFirstStatement = isFirstStatement
    self.maskedBy = maskedBy
    self.isBaseKnown = isBaseKnown
    self.draft = draft
    self.properties = properties
    self.loss = loss
    self.returning = returning
    self.reason = reason
    self.rule = rule
  }

  /// `Attribute:fab_thing.fab_name`.
  package var address: String { "\(kind):\(name)" }

  package var isTable: Bool { kind == "Entity" }

  /// Whether it changes nothing that anybody notices.
  package var isUnnoticed: Bool { action == .change && impact == .metadata && !isLayerOnly }

  /// A fact of what comes or goes, by the last step of its path.
  package subscript(_ path: String) -> String? {
    properties.first { $0.path == path }.flatMap { $0.after ?? $0.before }
  }
}

/// A finding.
package struct ReadableNote: Sendable {
  package let severity: Finding.Severity
  package let code: String
  package let rule: String
  /// How sure the rule is, as the wire has it.
  package let provenance: String
  package let subject: String
  /// File and line; nil where it stands nowhere.
  package let place: String?
  package let message: String
  package let because: [String]
  package let remedy: String?

  package init(
    severity: Finding.Severity,
    code: String,
    rule: String,
    provenance: String,
    subject: String,
    place: String?,
    message: String,
    because: [String],
    remedy: String?
  ) {
    self.severity = severity
    self.code = code
    self.rule = rule
    self.provenance = provenance
    self.subject = subject
    self.place = place
    self.message = message
    self.because = because
    self.remedy = remedy
  }
}
