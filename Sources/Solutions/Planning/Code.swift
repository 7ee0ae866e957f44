/// Stable codes of findings: the platform's where it has one, `strata.…` where it has none (errors.md).
package struct Code: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  private init(_ text: String) { self.text = text }

  package var description: String { text }

  // Archive and XML.
  package static let unreadableArchive = Code("0x80048495")
  package static let missingRootPart = Code("0x80048060")
  package static let notWellFormed = Code("0x80048013")
  package static let newerPlatform = Code("0x80048068")
  package static let missingRoot = Code("0x8004803A")
  package static let missingComponent = Code("0x8004801F")
  package static let duplicateComponent = Code("0x80071153")
  package static let missingPart = Code("strata.missing-part")
  package static let unreadableIdentity = Code("strata.no-identity")
  package static let columnNameCasing = Code("0x8004F043")

  // Modes, versions, patches, holding.
  package static let managedOverUnmanaged = Code("0x80048040")
  package static let unmanagedOverManaged = Code("0x80048041")
  package static let lowerVersion = Code("0x80048541")
  package static let patchWithoutParent = Code("0x80048540")
  package static let cloneException = Code("0x80048539")
  package static let patchExists = Code("0x8004F042")
  package static let patchNotHighest = Code("0x80061771")
  package static let bothManaged = Code("strata.both-managed")
  package static let nothingStaged = Code("0x8004853B")
  package static let wrongSolutionSelected = Code("0x8004853C")
  package static let invalidVersion = Code("0x8004F01E")
  package static let systemSolution = Code("0x80048046")
  package static let defaultAsPackage = Code("0x80048049")
  package static let managedFlag = Code("strata.managed-flag")
  package static let notInstalled = Code("strata.not-installed")
  package static let lowerVersionUpdate = Code("strata.lower-version")
  package static let patchHigher = Code("strata.patch-is-higher")
  package static let updateOverPatches = Code("strata.update-over-patches")
  package static let order = Code("strata.order")
  package static let handOver = Code("strata.hand-over")

  // Publisher, names, prefixes.
  package static let wrongPublisher = Code("0x8004801C")
  package static let noPublisherName = Code("0x8004F01C")
  package static let optionValuePrefix = Code("0x80048402")
  package static let columnNamePrefix = Code("0x80048062")
  package static let publisherPrefix = Code("strata.publisher-prefix")
  package static let solutionName = Code("0x8004F002")
  package static let solutionNameTaken = Code("0x8004F023")
  package static let reservedName = Code("0x8004F022")

  // Dependencies and deletion.
  package static let missingDependencies = Code("0x8004801D")
  package static let managedNeedsUnmanaged = Code("0x8004803B")
  package static let missingReference = Code("0x8004F036")
  package static let primaryColumn = Code("0x80047002")
  package static let defaultStatus = Code("0x80044341")
  package static let circularSolutions = Code("0x80071157")
  package static let inUse = Code("0x8004F01F")
  package static let uninstallWithDependencies = Code("0x8004F01D")
  package static let uninstallProtected = Code("0x8004F020")
  package static let restrictedSolution = Code("0x8004F005")
  package static let baseLayer = Code("strata.base-layer")
  package static let pluginTypesRemoved = Code("0x80048071")
  package static let assumedPresent = Code("strata.assumed-present")

  // Layers and properties.
  package static let convertedToManaged = Code("strata.converted-to-managed")
  package static let overwriteActive = Code("0x8004F016")
  package static let fullFormNeeded = Code("strata.full-form-needed")
  package static let fullFormFromOther = Code("strata.full-form-from-other")
  package static let approximate = Code("strata.approximate")
  package static let masked = Code("strata.masked")
  package static let columnType = Code("strata.column-type")
  package static let columnShortened = Code("strata.column-shortened")
  package static let relationshipRedirected = Code("strata.relationship-redirected")
  package static let keyColumns = Code("strata.key-columns")
  package static let notActivated = Code("strata.not-activated")
  package static let unknownSetting = Code("strata.unknown-setting")
  package static let notUpgraded = Code("strata.settings-fixed")
  package static let listedWithoutContent = Code("strata.listed-without-content")
  package static let nothingToRestore = Code("strata.nothing-to-restore")
  package static let purged = Code("strata.purged")
  package static let rowsStay = Code("strata.rows-stay")
  package static let carried = Code("strata.carried")
  package static let overwritten = Code("strata.overwritten")

  // Managed properties and the active layer.
  package static let managedProperty = Code("0x8004F026")
  package static let managedProperties = Code("0x8004F027")
  package static let onlyOwner = Code("0x8004F031")
  package static let protectedCreate = Code("0x8004F011")
  package static let protectedUpdate = Code("0x8004F012")
  package static let protectedDelete = Code("0x8004F013")
  package static let unmanagedBlocked = Code("strata.unmanaged-blocked")
  package static let noActiveLayer = Code("strata.no-active-layer")
  package static let noSuchProperty = Code("strata.no-such-property")
  package static let unknownDefinition = Code("strata.unknown-definition")
  package static let optionsLost = Code("strata.options-lost")
  package static let restrictionIgnored = Code("strata.restriction-ignored")
}
