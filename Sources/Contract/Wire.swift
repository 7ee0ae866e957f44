package import Solutions

/// Words of the wire that stand for cases: each is spelled here and nowhere else.
package enum Wire {
  /// What becomes of a component.
  package enum Action: String, CaseIterable, Codable, Sendable {
    case delete
    case dereference
    case add
    case change

    package init(_ model: Change.Action) {
      self =
        switch model {
        case .delete: .delete
        case .dereference: .dereference
        case .add: .add
        case .change: .change
        }
    }
  }

  /// As which package an unpacked solution is packed.
  package enum PackageType: String, CaseIterable, Codable, Sendable {
    case unmanaged
    case managed
    case both
  }

  /// Who says something, beside packages.
  package enum Source: String, CaseIterable, Codable, Sendable {
    case environment
  }

  /// How something came into the trash.
  package enum Origin: String, CaseIterable, Codable, Sendable {
    case dropped
    case overwritten
    case takenBack = "taken-back"

    package init(_ model: TrashRow.Origin) {
      self =
        switch model {
        case .dropped: .dropped
        case .overwritten: .overwritten
        case .takenBack: .takenBack
        }
    }
  }

  /// What becomes of a solution.
  package enum Move: String, CaseIterable, Codable, Sendable {
    case install
    case upgrade
    case downgrade
    case stage
    case update
    case patch
    case applyUpgrade = "apply-upgrade"
    case discard
    case uninstall

    package init(_ model: Plan.Action) {
      self =
        switch model {
        case .install: .install
        case .upgrade: .upgrade
        case .downgrade: .downgrade
        case .stage: .stage
        case .update: .update
        case .patch: .patch
        case .applyUpgrade: .applyUpgrade
        case .discard: .discard
        case .uninstall: .uninstall
        }
    }
  }

  /// How a higher version comes in.
  package enum Choice: String, CaseIterable, Codable, Sendable {
    case auto
    case upgrade
    case stage
    case update

    package init(_ model: PlanOptions.Choice) {
      self =
        switch model {
        case .auto: .auto
        case .upgrade: .upgrade
        case .stage: .stage
        case .update: .update
        }
    }
  }

  /// What becomes of a member of a solution.
  package enum Listing: String, CaseIterable, Codable, Sendable {
    case add
    case remove
    case change

    package init(_ model: Plan.MemberChange.Action) {
      self =
        switch model {
        case .added: .add
        case .removed: .remove
        case .changed: .change
        }
    }
  }

  /// How much of a root comes along: all its parts, its settings and chosen parts, chosen parts alone.
  package enum Behavior: String, CaseIterable, Codable, Sendable {
    case all
    case metadata
    case shell

    package init(_ model: RootComponent.Behavior) {
      self =
        switch model {
        case .includeSubcomponents: .all
        case .doNotIncludeSubcomponents: .metadata
        case .shell: .shell
        }
    }

    package var model: RootComponent.Behavior {
      switch self {
      case .all: .includeSubcomponents
      case .metadata: .doNotIncludeSubcomponents
      case .shell: .shell
      }
    }
  }

  /// What becomes of a draft.
  package enum Draft: String, CaseIterable, Codable, Sendable {
    case saved
    case published
    case discarded

    package init(_ model: Change.Draft) {
      self =
        switch model {
        case .saved: .saved
        case .published: .published
        case .discarded: .discarded
        }
    }
  }

  /// What becomes of data where no change says so.
  package enum DataAction: String, CaseIterable, Codable, Sendable {
    case restore
    case purge
    case activate

    package init(_ model: Solutions.DataStep.Action) {
      self =
        switch model {
        case .restore: .restore
        case .purge: .purge
        case .activate: .activate
        }
    }
  }

  /// What becomes of a secret.
  package enum Secret: String, CaseIterable, Codable, Sendable {
    case set
    case changed
    case unchanged
    case unset

    package init(_ model: PropertyChange.SecretChange) {
      self =
        switch model {
        case .set: .set
        case .changed: .changed
        case .unchanged: .unchanged
        case .unset: .unset
        }
    }
  }

  /// What people notice of a change, the weightiest first.
  package enum Impact: String, CaseIterable, Codable, Sendable {
    case data
    case behavior
    case access
    case interface
    case label
    case metadata
    /// In plans that were saved before `layerOnly` was there.
    case layer

    package init(_ model: Solutions.Impact) {
      self =
        switch model {
        case .data: .data
        case .behavior: .behavior
        case .access: .access
        case .interface: .interface
        case .label: .label
        case .metadata: .metadata
        }
    }
  }

  /// How much a finding matters; an error refuses.
  package enum Severity: String, CaseIterable, Codable, Sendable {
    case error
    case warning
    case info

    package init(_ model: Finding.Severity) {
      self =
        switch model {
        case .error: .error
        case .warning: .warning
        case .info: .info
        }
    }
  }

  /// Where a rule is from.
  package enum Provenance: String, CaseIterable, Codable, Sendable {
    case documented
    case inferred
    case assumed

    package init(_ model: Solutions.Provenance) {
      self =
        switch model {
        case .documented: .documented
        case .inferred: .inferred
        case .assumed: .assumed
        }
    }
  }

  /// Where `find` finds a text.
  package enum Match: String, CaseIterable, Codable, Sendable {
    case whole
    case beginning
    case within
    case label

    package init(_ model: ComponentHit.Match) {
      self =
        switch model {
        case .whole: .whole
        case .beginning: .beginning
        case .within: .within
        case .label: .label
        }
    }
  }

  /// What a plan without an environment is for.
  package enum Target: String, CaseIterable, Codable, Sendable {
    case empty
    case packages
  }

  /// What became of an attempt.
  package enum Outcome: String, CaseIterable, Codable, Sendable {
    case running
    case done
    case refused
    case failed
    case cancelled
    case interrupted

    package init(_ model: Attempt.Outcome) {
      self =
        switch model {
        case .running: .running
        case .done: .done
        case .refused: .refused
        case .failed: .failed
        case .cancelled: .cancelled
        case .interrupted: .interrupted
        }
    }
  }

  /// What was looked at.
  package enum Scope: String, CaseIterable, Codable, Sendable {
    case present
    case whole

    package init(_ model: Verification.Scope) {
      self =
        switch model {
        case .present: .present
        case .whole: .whole
        }
    }
  }

  /// What a layer does to a thing within a definition.
  package enum Status: String, CaseIterable, Codable, Sendable {
    case added = "Added"
    case updated = "Updated"
    case removed = "Removed"
    case unchanged = "Unchanged"

    package init(_ model: LayerChild.Status) {
      self =
        switch model {
        case .added: .added
        case .updated: .updated
        case .removed: .removed
        case .unchanged: .unchanged
        }
    }
  }

  /// How a component depends on another (DP-102); `untracked` where the platform does not look.
  package enum Dependency: String, CaseIterable, Codable, Sendable {
    case solutionInternal = "internal"
    case published
    case unpublished
    case untracked

    package init(_ model: DependencyType) {
      self =
        switch model {
        case .solutionInternal: .solutionInternal
        case .published: .published
        case .unpublished: .unpublished
        case .untracked: .untracked
        }
    }
  }

  /// Whether a step or process is on.
  package enum Switch: String, CaseIterable, Codable, Sendable {
    case on
    case off

    package init(isOn: Bool) { self = isOn ? .on : .off }
  }

  /// Where a layer lies.
  package enum Place: String, CaseIterable, Codable, Sendable {
    case system
    case managed
    case patch
    case pendingUpgrade = "pending upgrade"
    case unmanaged

    package init(_ rank: LayerRank) {
      self =
        switch rank {
        case .system: .system
        case .managed(_, _, .base): .managed
        case .managed(_, _, .patch): .patch
        case .managed(_, _, .holding): .pendingUpgrade
        case .active: .unmanaged
        }
    }
  }
}

extension Wire.Choice {
  package var model: PlanOptions.Choice {
    switch self {
    case .auto: .auto
    case .upgrade: .upgrade
    case .stage: .stage
    case .update: .update
    }
  }
}
