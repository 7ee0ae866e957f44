@testable import Solutions

extension Sample {
  /// What is told of packages alone.
  static let ofPackages: [any FindingContent] = [
    UnreadableArchive(file: "x.zip", entry: nil, problem: "not a zip"),
    UnreadableArchive(file: "x.zip", entry: "solution.xml", problem: "cut off"),
    UnreadableFolder(
      folder: "src",
      problems: [.init(path: "Other/Solution.xml", line: 7, problem: "no end tag")]
    ),
    UnreadableFolder(
      folder: "src",
      problems: [
        .init(path: "Other/Customizations.xml", line: 0, problem: "it is missing"),
        .init(path: "Other/Solution.xml", line: 7, problem: "no end tag"),
      ]
    ),
    NoPackage(file: "x.zip", missing: ["solution.xml", "customizations.xml"]),
    MalformedPart(part: "customizations.xml", line: 7, problem: "no end tag"),
    FormUnsaid(folder: "src"),
    NoManifest(file: "x.zip"),
    InvalidSolutionName(name: "1x"),
    InvalidVersion(solution: x, version: "1."),
    ManagedUnclear(solution: x, flag: "2"),
    NoPublisherName(solution: x),
    PublisherUnseen(solution: x, name: "a\u{202E}b"),
    InvalidPrefix(solution: x, prefix: "1"),
    InvalidPrefix(solution: x, prefix: "mscrma"),
    InvalidOptionPrefix(solution: x, prefix: "99"),
    InvalidPrefix(publisher: a, prefix: "1"),
    InvalidOptionPrefix(publisher: a, prefix: "99"),
    InvalidPublisherName(name: "a b"),
    PublisherExists(name: a, isBuiltIn: false),
    PublisherExists(name: .system, isBuiltIn: true),
    PublisherInUse(name: a, solutions: [x]),
    NoSuchPublisher(solution: x, publisher: a, present: []),
    NoSuchPublisher(solution: x, publisher: .system, present: [a, b]),
    NoSuchPublisher(solution: nil, publisher: a, present: [b]),
    PrefixForNew(publisher: a, old: "new", new: "fab"),
    SolutionExists(solution: x, version: one),
    UnnamedRoot(),
    UnreadValues(file: "environmentvariablevalues.json"),
    NoIdentity(.savedQuery),
    MissingPart(component: view, path: "WebResources/w.js"),
    UnreadSourceInPackage(component: process, source: unread),
    SystemSolution(solution: .system),
    DefaultSolution(solution: x),
    ReservedName(solution: holding),
    NewerPlatform(solution: x, version: "11.0"),
    DuplicateComponent(component: view),
    DuplicateRoot(root: table),
    UndeclaredRoot(component: table),
    InvalidLogicalName(component: column, named: nil),
    InvalidLogicalName(component: column, named: "a b"),
    KeyTooWide(key: column, columns: 17),
    TableNameShared(component: column, table: "t", holder: variable),
    TableNameShared(component: column, table: "t", holder: nil),
    TableTooWide(table: column, columns: 2_001),
    TableTooWide(table: column, columns: 2_001, dropped: 7),
    MissingPrefix(column: column, name: "a"),
    PackagesOrdered(packages: ["Y 1.0", "X 1.0"]),
    CircularPackages(circle: [x, y]),
    UnknownSetting(name: "new_v", kindTitle: "environment variable"),
    SettingMissing(component: variable, isRequired: true),
    SettingMissing(component: connection, isRequired: false),
    SettingUnfit(variable: variable, kind: .number),
    SettingTwice(name: "new_v", kindTitle: "environment variable"),
    OtherConnector(reference: connection, given: "/apis/shared_a", wanted: "/apis/shared_b"),
  ]

  /// What versions, patches and stages do not let in.
  static let ofSolutions: [any FindingContent] = [
    LowerVersion(solution: x, version: one, installed: two),
    LowerVersion(solution: x, version: one, installed: one),
    LowerVersionUpdate(solution: x, version: one, installed: two),
    WrongPublisher(solution: x, installed: x, publisher: b, installedPublisher: a),
    HoldingExists(solution: x, holding: holding),
    HoldingSelected(holding: holding, base: x),
    HoldingWithoutBase(solution: x),
    NothingStaged(solution: x),
    NothingToDiscard(solution: x),
    UpgradePending(solution: x, version: two),
    NotInstalled(solution: x, near: []),
    NotInstalled(solution: x, near: [patch, holding]),
    UnmanagedUpgrade(solution: x),
    UnmanagedOverManaged(solution: x),
    ManagedOverUnmanaged(solution: x),
    PatchWithoutParent(patch: patch, parent: x, version: two),
    UnmanagedPatch(patch: patch, parent: x),
    ManagedPatch(patch: patch, parent: x),
    NoBaseOfPatch(patch: patch, parent: holding),
    NoBaseOfPatch(patch: x, parent: x),
    NameTaken(patch: y, parent: x, installed: y, version: one),
    PatchVersion(patch: patch, version: two, parentVersion: one),
    PatchExists(patch: patch, installed: patch, version: one),
    PatchNotHighest(patch: patch, higher: patch, version: two),
    PatchHigher(patch: patch, patchVersion: two, version: one),
    PatchesFirst(solution: x, patches: ["X_Patch_00000001 1.0.1"]),
    UpdateKeeps(solution: x, version: two, kept: [.init(component: column, parts: 0)]),
    UpdateKeeps(
      solution: x,
      version: two,
      kept: [.init(component: column, parts: 0), .init(component: view, parts: 3)]
    ),
    UpdateOverPatches(solution: x, patches: ["X_Patch_00000001 1.0.1"]),
    BuiltInSolution(solution: .system),
    RestrictedSolution(solution: x),
    ListedWithoutContent(solution: x, components: [view]),
    ListedWithoutContent(solution: x, components: [view, form]),
    HandOver(solution: x, heir: y, components: [column]),
    HandOver(solution: x, heir: y, components: [column, view]),
  ]

  /// What a package needs and names.
  static let ofNeeds: [any FindingContent] = [
    MissingDependencies(
      solution: x,
      isStrict: false,
      missing: ["View v of Y (1.0)"],
      isTargetOfPackages: true
    ),
    MissingDependencies(
      solution: x,
      isStrict: true,
      missing: ["Table t", "View v"],
      isTargetOfPackages: false
    ),
    NeedsUnmanaged(component: table, dependent: "View v"),
    DependsOnUnmanaged(component: view, target: table, via: ["fetchxml/entity@name"]),
    RootMissing(root: view, isStrict: false),
    RootMissing(root: view, isStrict: true),
    ChoiceMissing(column: column, choice: "new_choice", isStrict: false),
    ChoiceMissing(column: column, choice: "new_choice", isStrict: true),
    NamesMissing(component: form, missing: ["Attribute new_t.gone: control"], areColumns: true),
    NamesMissing(component: form, missing: ["WebResource new_w: Library"], areColumns: false),
    RolePrivileges(role: role, tables: ["Entity new_u"], isStrict: false),
    RolePrivileges(role: role, tables: ["Entity new_u"], isStrict: true),
    ProcessFlowTable(process: process, table: "new_flow"),
    AssumedPresent(
      solution: x,
      bases: [AssumedPresent.Base(component: table, evidence: .unmarked)]
    ),
    AssumedPresent(
      solution: x,
      bases: [
        AssumedPresent.Base(component: table, evidence: .required(from: "Y")),
        AssumedPresent.Base(component: column, evidence: .difference),
      ]
    ),
    AssumptionsDropped(components: [table]),
    AssumptionsDropped(components: [table, column]),
    ValueUnfit(variable: variable, before: .text, after: .number),
    ValueReplaced(variable: variable, values: .init(before: "1", after: "2")),
    ValueReplaced(variable: variable, values: nil),
    NotActivated(flow: process, missing: [connection], isAskedFor: false),
    NotActivated(flow: process, missing: [connection], isAskedFor: true),
  ]
}
