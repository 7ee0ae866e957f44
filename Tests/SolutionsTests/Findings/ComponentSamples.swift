@testable import Solutions

extension Sample {
  private static let told = Timestamp(milliseconds: 1_764_000_000_000)

  private static func edition(
    _ version: SolutionVersion,
    _ isManaged: Bool = true,
    by publisher: String = "x"
  ) -> OtherVersionThere.Edition {
    OtherVersionThere.Edition(
      version: version,
      isManaged: isManaged,
      publisher: PublisherName(publisher)
    )
  }

  /// What an environment told against packages.
  static let ofFacts: [any FindingContent] = [
    OtherVersionThere(solution: x, given: edition(one), there: edition(two), at: told),
    OtherVersionThere(solution: x, given: edition(one), there: nil, at: told),
    OtherVersionThere(solution: x, given: edition(one), there: edition(one, false), at: told),
    OtherVersionThere(solution: x, given: edition(one), there: edition(one, by: "other"), at: told),
    ListedOtherwise(solution: x, version: one, missing: [table], others: [process], at: told),
    MembersNotKnown(solution: x, version: one, unnamed: nil, at: told, isStrict: false),
    MembersNotKnown(solution: x, version: one, unnamed: 2, at: told, isStrict: true),
    NeedsTold(solution: x, present: ["Entity y of Y (1.0)"], notKnown: [], at: told),
    NeedsTold(
      solution: x,
      present: ["Entity y of Y (1.0)"],
      notKnown: ["Entity z of Z (1.0)"],
      at: told
    ),
  ]

  /// What stands in the way of a deletion, or goes with it.
  static let ofDeletion: [any FindingContent] = [
    InUse(blockage: blockage(upgrade, [use()], provider: "Y (1.0)")),
    InUse(blockage: blockage(upgrade, [use(form, x), use(view, .active), use(view, .draft)])),
    InUse(blockage: blockage(removal, [use(view, .active)])),
    UninstallProtected(blockage: blockage(uninstall, [use(), use(form)])),
    UninstallInUse(blockage: blockage(discard, [use(view, .active, isManaged: false)])),
    LayersAbove(
      component: table,
      cause: uninstall,
      others: [LayersAbove.Other(solution: y, publisher: b)]
    ),
    LayersAbove(
      component: table,
      cause: upgrade,
      others: [LayersAbove.Other(solution: y, publisher: b, isTold: true)]
    ),
    InUse(
      blockage: blockage(
        upgrade,
        [NamedUse(component: view, layer: y, isManaged: true, via: [], isTold: true)]
      )
    ),
    InUse(
      blockage: blockage(
        upgrade,
        [NamedUse(component: view, layer: .system, isManaged: false, via: [], isTold: true)]
      )
    ),
    PartOfOthers(part: column, whole: table, owner: y, cause: upgrade, isTold: true),
    RemovalNotKnown(
      solution: x,
      at: told,
      gaps: [
        RemovalNotKnown.Part(gap: .unnamed, components: [column]),
        RemovalNotKnown.Part(gap: .uses, components: [view]),
        RemovalNotKnown.Part(gap: .layers, components: [form]),
        RemovalNotKnown.Part(gap: .parts, components: [table]),
        RemovalNotKnown.Part(gap: .users, components: [process]),
      ],
      isStrict: false
    ),
    RemovalNotKnown(
      solution: x,
      at: told,
      gaps: [RemovalNotKnown.Part(gap: .uses, components: [column])],
      isStrict: true
    ),
    PartOfOthers(part: column, whole: table, owner: y, cause: uninstall),
    PartOfOthers(part: column, whole: nil, owner: y, cause: removal),
    UnmanagedWorkGoes(cause: upgrade, made: [column], changed: []),
    UnmanagedWorkGoes(cause: uninstall, made: [], changed: [form]),
    UnmanagedWorkGoes(cause: upgrade, made: [column, process], changed: [form, table]),
    PartWithoutWhole(part: column, whole: table, cause: upgrade),
    PartWithoutWhole(part: column, whole: nil, cause: upgrade),
    UntrackedUse(component: table, cause: upgrade, uses: [use(process)]),
    UntrackedUse(component: table, cause: upgrade, uses: [use(process), use()]),
    PrivilegesLost(table: table, roles: [use(role)]),
    PrivilegesLost(table: table, roles: [use(role), use(role, .active)]),
    UnreadUses(
      solution: x,
      unread: [UnreadUses.Unread(component: process, solution: y, source: unread)]
    ),
    UnreadUses(
      solution: x,
      unread: [
        UnreadUses.Unread(component: process, solution: y, source: unread),
        UnreadUses.Unread(component: process, solution: .active, source: unread),
      ]
    ),
    SurfacingReferences(
      component: form,
      solution: x,
      missing: ["Attribute new_t.gone: control"],
      isBackToBefore: false,
      isCertain: true
    ),
    SurfacingReferences(
      component: form,
      solution: x,
      missing: ["WebResource new_/gone.js: onload"],
      isBackToBefore: false,
      isCertain: false
    ),
    SurfacingReferences(
      component: form,
      solution: holding,
      missing: ["Attribute new_t.gone: control"],
      isBackToBefore: true,
      isCertain: true
    ),
    StagedOnly(component: form, target: column),
    KeptWithTable(solution: x, version: two, components: [column]),
    KeptWithTable(solution: x, version: two, components: [column, view]),
    GoesWithTable(component: column),
    FallbackFormChosen(form: form, table: table),
    LastActiveForm(form: form, table: table),
    LastFallbackForm(form: form, table: table),
    StepsOfFormerVersion(
      assembly: type,
      former: one,
      version: two,
      steps: [StepsOfFormerVersion.Step(step: process, solution: y)]
    ),
    StepsOfFormerVersion(
      assembly: type,
      former: one,
      version: two,
      steps: [
        StepsOfFormerVersion.Step(step: process, solution: y),
        StepsOfFormerVersion.Step(step: view, solution: x),
      ]
    ),
    PluginTypeGone(type: type, assemblyVersion: one),
    ManagedComponent(component: column, base: .system, hasActiveLayer: true),
    ManagedComponent(component: column, base: x, hasActiveLayer: false),
  ]

  /// What a definition may not change.
  static let ofDefinitions: [any FindingContent] = [
    TableFactsChanged(table: table, moved: ["TableType: Standard → Virtual"]),
    ProcessTaken(process: process, name: "Reject", owner: y, moved: ["Category: 0 → 5"]),
    ControlPrefix(control: view, prefix: "b", publisherPrefix: "new"),
    UnmanagedForm(form: form, solution: x),
    FullFormNeeded(form: form, table: table, solution: x, isStrict: false),
    FullFormNeeded(form: form, table: table, solution: x, isStrict: true),
    FullFormFromOther(form: form, solution: x, owner: b),
    EmptySiteMap(map: map),
    FullSiteMapNeeded(map: map, solution: x),
    RibbonIDTwice(ribbon: ribbon, id: "CustomAction new.a"),
    RibbonIDTooLong(ribbon: ribbon, id: "CustomAction new.a"),
    RibbonIDShared(ribbon: ribbon, solution: y, publisher: b, ids: ["CustomAction new.a"]),
    ColumnTypeChanged(column: column, before: "nvarchar", after: "int", isRemade: true),
    ColumnTypeChanged(column: column, before: "nvarchar", after: "int", isRemade: false),
    ColumnCasing(column: column, before: "new_a", after: "new_A"),
    ColumnShortened(column: column, before: 100, after: 50),
    ColumnShortened(column: column, before: 100, after: 50)
      .answered([.longer(than: 50, in: column.id): 2]),
    ColumnShortened(column: column, before: 100, after: 50)
      .answered([.longer(than: 50, in: column.id): 0]),
    ColumnNarrowed(
      column: column,
      moved: ["MinValue: 0 → 10"],
      limits: ColumnNarrowed.Limits(min: 10, max: nil)
    ),
    ColumnNarrowed(
      column: column,
      moved: ["MinValue: 0 → 10"],
      limits: ColumnNarrowed.Limits(min: 10, max: nil)
    ).answered([.outside(min: 10, max: nil, in: column.id): 2]),
    DateBehaviorChanged(column: column, before: .userLocal, after: .timeZoneIndependent)
      .answered([.moments(in: column.id): 1]),
    DateBehaviorChanged(column: column, before: .dateOnly, after: .userLocal),
    DefaultStatusDeleted(column: column, value: "3"),
    BooleanOptionAdded(column: column, value: "2"), StateOptionAdded(column: column, value: "2"),
    FixedOptionDeleted(column: column, value: "0", isState: true),
    FixedOptionDeleted(column: column, value: "1", isState: false),
    KeyColumnUnfit(key: key, column: "new_a", fault: .twice),
    KeyColumnUnfit(key: key, column: "new_a", fault: .secured),
    KeyColumnUnfit(key: key, column: "new_a", fault: .type("ntext")),
    KeyColumnsChanged(key: key, before: ["new_a"], after: ["new_a", "new_b"]),
    KeyNotUnique(key: key, equal: equal), KeyOverEqualRows(key: key, equal: equal),
    MomentsBecomeDays(column: column),
    MomentsBecomeDays(column: column)
      .answered([.moments(in: column.id): 4, .notMidnight(in: column.id): 3]),
    MomentsBecomeDays(column: column)
      .answered([.moments(in: column.id): 1, .notMidnight(in: column.id): 0]),
    RelationshipRedirected(relationship: relationship, moved: ["ReferencedEntityName: u → w"]),
    UnlayeredExists(component: ribbon),
    ConvertedToManaged(component: view),
    BaseUnknown(components: [form]),
    BaseUnknown(components: [form, map]),
    TargetLost(column: column, relationship: relationship, target: "new_u"),
    TargetLost(column: column, relationship: relationship, target: "new_u")
      .answered([.leading(to: "new_u", from: column.id): 1]),
    OptionsLost(component: column, options: [OptionsLost.Option(value: "1", label: "High")]),
    OptionsLost(
      component: column,
      options: [
        OptionsLost.Option(value: "1", label: "High"), OptionsLost.Option(value: "2", label: ""),
      ]
    ).answered([
      .holding(option: 1, of: column.id): 1, .holding(option: 2, of: column.id): 0,
    ]),
  ]

  /// What becomes of rows and of what lies in the trash.
  static let ofRows: [any FindingContent] = [
    NothingToRestore(component: unstated),
    ValuesOfOtherType(column: column, before: "text", after: "number"),
    PairsOfOtherTables(
      relationship: relationship,
      before: PairsOfOtherTables.Pair(name: "new_t_u", columns: ["new_tid", "new_uid"]),
      after: PairsOfOtherTables.Pair(name: "new_t_w", columns: ["new_tid", "new_wid"])
    ),
    PairsOfOtherTables(
      relationship: relationship,
      before: PairsOfOtherTables.Pair(name: "new_t_u", columns: ["new_tid", "new_uid"]),
      after: nil
    ),
    DataPurged(component: table, isMadeAnew: true),
    DataPurged(component: table, isMadeAnew: false),
    DataReturns(
      entries: [DataReturns.Entry(component: table, incarnation: 7)],
      data: "rows"
    ).answered([.lying(in: 7, of: table.id): 3]),
    DataReturns(
      entries: [
        DataReturns.Entry(component: table, incarnation: 7),
        DataReturns.Entry(component: column, incarnation: 8),
      ],
      data: "rows"
    ),
    DataLeft(component: table, incarnation: 7, data: "rows"),
    DataStays(
      component: column,
      incarnation: 7,
      data: "values",
      obstacle: "they lie in a former table of the same name"
    ).answered([.lying(in: 7, of: column.id): 1]),
    RequiredEmpty(column: column, incarnation: 7).answered([.lacking(in: 7, of: column.id): 2]),
    LookupsReturn(
      column: column,
      returning: RowQuestion.Returning(incarnation: 7, targets: ["t": nil])
    ).answered([
      .nowhere(RowQuestion.Returning(incarnation: 7, targets: ["t": nil]), of: column.id): 2
    ]),
    PairsReturn(relationship: table, returning: RowQuestion.Pairs(incarnation: 7, ends: []))
      .answered([.unpaired(RowQuestion.Pairs(incarnation: 7, ends: []), of: table.id): 1]),
    UndoesRollback(operation: 5, undone: 4),
    UndoesRollback(operation: 2, undone: 1),
    RowsStay(operations: ["operation 3: rows of new_t"]),
    NoSuchKey(key: unstated),
  ]
}
