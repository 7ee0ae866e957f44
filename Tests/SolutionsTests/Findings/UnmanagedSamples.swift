@testable import Solutions

extension Sample {
  /// What owners and the environment have to say to unmanaged work, and what becomes of drafts.
  static let ofUnmanagedWork: [any FindingContent] = [
    ManagedPropertyClosed(change: change(.managed(x, a), ["CanModifySearchSettings"])),
    ManagedPropertiesClosed(change: change(.unmanaged(x), ["IsCustomizable", "IsRenameable"])),
    UpdateForbidden(change: change(.unmanagedWork, ["IsRenameable"])),
    PublishForbidden(change: change(.unmanagedWork, ["IsCustomizable"])),
    PartForbidden(part: part(.managed(x, a))),
    CreateForbidden(part: part(.unmanagedWork)),
    PublishPartForbidden(part: part(.unmanagedWork)),
    OnlyOwner(
      component: column,
      owner: b,
      changer: .unmanagedWork,
      differing: [OnlyOwner.Differing(property: "IsRenameable", inForce: true)]
    ),
    OnlyOwner(
      component: column,
      owner: b,
      changer: .managed(x, a),
      differing: [OnlyOwner.Differing(property: "IsRenameable", inForce: false)]
    ),
    RestrictionIgnored(
      solution: x,
      ignored: [RestrictionIgnored.Ignored(component: column, properties: ["IsRenameable"])]
    ),
    Overwritten(
      solution: x,
      fates: [Overwritten.Fate(component: view, outcome: .replaced)]
    ),
    Overwritten(
      solution: x,
      fates: [
        Overwritten.Fate(component: form, outcome: .merging),
        Overwritten.Fate(component: view, outcome: .spared(by: [y])),
        Overwritten.Fate(component: column, outcome: .hidden(by: [y, x])),
      ]
    ),
    DraftMasks(component: view, hidden: ["name: a → b, and would be c"]),
    NothingToPublish(component: process, takesEffectAtOnce: true),
    NothingToPublish(component: view, takesEffectAtOnce: false),
    NeedsPublishing(component: form, drafts: [column, view]),
    DraftDiscarded(component: map, solution: x),
    NothingToSwitch(component: unstated),
    NothingToRemove(component: unstated),
    NothingToCustomize(component: unstated),
    NoState(component: view, switchable: ["plug-in step", "process"]),
    OtherPrefix(component: unstated, name: "abc_z", solution: x, prefix: "new"),
    DescriptionUnsound(
      file: "solution.yaml",
      problems: [DescriptionUnsound.Problem(line: 0, problem: "the file names no solution")]
    ),
    DescriptionUnsound(
      file: "solution.yaml",
      problems: [
        DescriptionUnsound.Problem(line: 2, problem: "“x” is no number"),
        DescriptionUnsound.Problem(line: 3, problem: "“y” is no number"),
      ]
    ),
    NoSuchChoice(column: unstated, name: "new_z", choice: "new_choice"),
    NoActiveLayer(component: view),
    OnlyActiveLayer(component: view, isDraft: true),
    OnlyActiveLayer(component: view, isDraft: false),
    UnknownDefinition(component: view),
    UnmanagedBlocked(solution: .active),
    SubcomponentWithoutRoot(component: column, whole: table, solution: x),
    SubcomponentWithoutRoot(component: column, whole: view, solution: x),
    KeyWithoutColumns(key: unstated),
    MemberNotThere(component: unstated),
    EverythingListed(),
    NoSolutionComponent(component: unstated),
    UnknownMember(component: table),
    UnknownMember(component: view),
    ClosedMember(component: table, owner: a),
    NotListed(component: column, solution: x),
    ListedWithTable(component: column, table: table, solution: x),
    EditMalformed(component: view, problem: "no end tag"),
    EditNamesMissing(component: form, missing: ["Attribute new_t.gone: control"]),
  ]

  /// What an export has to say.
  static let ofExports: [any FindingContent] = [
    ManagedExport(solution: x),
    ManagedSolutionKept(solution: x),
    PatchVersionTaken(patch: x, version: one, other: x, otherVersion: one),
    PatchVersionTaken(patch: x, version: one, other: x, otherVersion: two),
    ReadOnlyPublisher(name: PublisherName("contoso"), solutions: [x]),
    ActiveLayerOfUnmanaged(solution: x),
    NoUnmanagedWork(solution: x),
    LockedByPatches(solution: x, patches: ["X_Patch_00000001 1.0.1"]),
    DraftsNotExported(solution: x, drafts: [view]),
    DraftsNotExported(solution: x, drafts: [view, form]),
    RequiredAdded(
      solution: x,
      needs: [RequiredAdded.Need(component: table, dependent: view)]
    ),
    RequiredOfOthers(solution: x, components: [table, view]),
    ExportNeeds(solution: x, needs: [ExportNeeds.Need(component: table, provider: "Y (1.0)")]),
    NotGivenBack(solution: x, components: [column]),
    NotGivenBack(solution: x, components: [column, view]),
    NoBaseToExport(solution: x, components: [form]),
    CloneNotHigher(solution: x, version: one, highest: two),
    NoNextVersion(solution: x, version: one),
  ]

  static let ofEdits: [any FindingContent] = [
    EditRefused(component: process, error: .noSuchProperty("(state)", near: [])),
    EditRefused(component: view, error: .noSuchProperty("nam", near: ["name"])),
    EditRefused(component: view, error: .ambiguous("name", ["a/name", "b/name"])),
    EditRefused(component: view, error: .isFile("content")),
    EditRefused(component: view, error: .notRemovable("name")),
    EditRefused(component: view, error: .notSayable("name")),
    EditRefused(component: view, error: .holdsOthers("layoutxml")),
    EditRefused(component: view, error: .nothingThere(["form/tab"])),
    EditRefused(component: view, error: .otherElement("a", expected: "savedquery")),
  ]

  static let all =
    ofPackages + ofSolutions + ofNeeds + ofDeletion + ofFacts + ofDefinitions + ofRows
    + ofUnmanagedWork
    + ofExports + ofEdits

  private static func change(_ changer: Changer, _ closed: [String]) -> ForbiddenChange {
    ForbiddenChange(component: column, owner: b, changer: changer, closed: closed)
  }

  private static func part(_ changer: Changer) -> ForbiddenPart {
    ForbiddenPart(
      component: column,
      whole: table,
      owner: b,
      changer: changer,
      closed: "CanCreateAttributes"
    )
  }
}
