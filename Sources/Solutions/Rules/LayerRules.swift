extension RuleText {
  /// Of layers, merging and managed properties.
  static let layers: [RuleText] = [
    RuleText("LY-101", "Each component has layers of its own.", "alm/solution-layers-alm"),
    RuleText("LY-103", "All unmanaged work shares one layer.", "alm/solution-layers-alm"),
    RuleText(
      "LY-104",
      "The lowest layer is the base; its publisher owns the component.",
      "alm/solution-layers-alm"
    ),
    RuleText(
      "LY-105",
      "What is made in an environment has only the unmanaged layer.",
      "alm/solution-concepts-alm"
    ),
    RuleText(
      "LY-106",
      "Within one solution the base is lowest, then come patches, then a pending upgrade.",
      "alm/solution-layers-alm"
    ),
    RuleText(
      "LY-1101",
      "Removing the unmanaged layer brings up the next one.",
      "maker/solution-layers"
    ),
    RuleText("LY-1102", "What has only an unmanaged layer is deleted instead.", "inferred"),
    RuleText("LY-1105", "Where layers merge, only the unmanaged difference goes.", "inferred"),
    RuleText(
      "LY-1106",
      "Removing unmanaged work is allowed also where unmanaged work is blocked.",
      "alm/block-unmanaged-customizations"
    ),
    RuleText("LY-1202", "When an upper layer goes the component stays.", "alm/solution-layers-alm"),
    RuleText(
      "LY-1203",
      "When the base goes, another layer of the same publisher becomes the base.",
      "alm/removing-dependencies"
    ),
    RuleText(
      "LY-1204",
      "A base below layers of other publishers only cannot go.",
      "alm/removing-dependencies; support"
    ),
    RuleText(
      "LY-1206",
      "The new base takes the place of the old one, at the bottom.",
      "alm/removing-dependencies; inferred"
    ),
    RuleText(
      "LY-1302",
      "Only the owner changes managed properties.",
      "alm/managed-properties-alm; EC-mirror"
    ),
    RuleText(
      "LY-1303",
      "The owner can only loosen them; stricter values are passed over.",
      "alm/managed-properties-alm"
    ),
    RuleText(
      "LY-1304",
      "A component that is not customizable allows nothing else either.",
      "dev/use-managed-properties"
    ),
    RuleText(
      "LY-1305",
      "Managed properties bind unmanaged work and other publishers.",
      "alm/managed-properties-alm; error-codes"
    ),
    RuleText(
      "LY-1306",
      "Each kind has its own list of managed properties.",
      "dev/use-managed-properties"
    ),
    RuleText("LY-1308", "A managed component is never deleted on its own.", "NETWORG-components"),
    RuleText(
      "LY-1402",
      "A layer shows what it changed and all that it states.",
      "maker/solution-layers"
    ),
    RuleText(
      "LY-1404",
      "After each operation every component has a layer, and none depends on what is not there.",
      "inferred"
    ),
    RuleText(
      "LY-201",
      "The solution that was installed later lies higher.",
      "alm/solution-layers-alm"
    ),
    RuleText(
      "LY-202",
      "Patches and pending upgrades lie directly above their base.",
      "alm/solution-layers-alm"
    ),
    RuleText(
      "LY-203",
      "An upgrade keeps its solution's place.",
      "alm/solution-layers-alm; NETWORG-imports"
    ),
    RuleText(
      "LY-204",
      "So does an update, so that its values may stay hidden.",
      "support/changes-not-effective"
    ),
    RuleText(
      "LY-205",
      "What an old solution brings later lies at that solution's place.",
      "inferred"
    ),
    RuleText(
      "LY-207",
      "The place of a layer is a rank: solution by solution, and within one by version.",
      "inferred"
    ),
    RuleText(
      "LY-301",
      "The topmost layer is in effect, unless layers of the kind merge.",
      "alm/solution-layers-alm"
    ),
    RuleText(
      "LY-305",
      "A first edit copies what is in effect; later managed changes are hidden by it.",
      "inferred; support/changes-not-effective"
    ),
    RuleText(
      "LY-310",
      "Forms, site maps, apps and ribbons merge.",
      "alm/solution-layers-alm; sources disagree"
    ),
    RuleText(
      "LY-311",
      "A merge begins with the base and takes each difference from bottom to top.",
      "alm/how-managed-solutions-merged"
    ),
    RuleText(
      "LY-313",
      "Overwriting customizations leaves what merges alone.",
      "maker/import-update-export-solutions"
    ),
    RuleText(
      "LY-401",
      "What is a component has layers of its own, also inside a table.",
      "alm/solution-layers-alm"
    ),
    RuleText(
      "LY-502",
      "A managed export holds a form whole where it is unmanaged in the source, and as a difference where it has a managed base there.",
      "alm/form-alm"
    ),
    RuleText("LY-504", "A difference makes no form.", "alm/form-alm; issues"),
    RuleText(
      "LY-506",
      "A managed export blanks labels of cells that equal those of their columns.",
      "samples"
    ),
    RuleText(
      "LY-510",
      "Forms merge section by section; what is added comes last.",
      "alm/how-managed-solutions-merged"
    ),
    RuleText(
      "LY-512",
      "What cannot be merged is shown on a tab of its own.",
      "alm/how-managed-solutions-merged"
    ),
    RuleText("LY-521", "A whole form from a patch of the owner only adds.", "alm/form-alm"),
    RuleText(
      "LY-526",
      "A whole form from someone who does not own it takes nothing away.",
      "alm/form-alm; inferred"
    ),
    RuleText(
      "LY-531",
      "A table without a fallback form gets one in the unmanaged layer.",
      "maker/import-update-export-solutions"
    ),
    RuleText("LY-532", "The last fallback form and the last active main form stay.", "EC-mirror"),
    RuleText("LY-533", "A difference turns no unmanaged form managed.", "EC-mirror"),
    RuleText("LY-605", "An import discards unpublished changes of a site map.", "onprem"),
    RuleText("LY-606", "A site map is whole and leads somewhere.", "EC-mirror"),
    RuleText("LY-701", "A ribbon is written as a difference.", "samples; onprem"),
    RuleText("LY-702", "Ribbons merge by ids; the higher layer's element wins whole.", "inferred"),
    RuleText(
      "LY-703",
      "Ids of ribbon elements are unique and have at most 128 characters.",
      "EC-mirror; inferred"
    ),
    RuleText(
      "LY-803",
      "Of apps the properties win from the top, and the lists of parts and roles merge.",
      "inferred"
    ),
    RuleText("LY-902", "The options of all layers are available.", "dev/metadata-option-sets"),
    RuleText("LY-903", "Of one option in several layers the highest label is shown.", "inferred"),
    RuleText("LY-904", "Options of the base come first, then those that layers add.", "inferred"),
    RuleText("LY-905", "The options of a solution go with it.", "dev/metadata-option-sets"),
    RuleText(
      "LY-906",
      "An option of a shared choice goes only with an upgrade of the solution that added it.",
      "dev/metadata-option-sets"
    ),
    RuleText(
      "LY-907",
      "The default status reason of a state cannot be deleted; states, and the options of a column of two, neither come nor go.",
      "EC-mirror"
    ),
    RuleText(
      "LY-450",
      "Parts that are components have layers of their own.",
      "alm/solution-layers-alm; inferred"
    ),
    RuleText("LY-550", "Forms merge element by element.", "alm/how-managed-solutions-merged"),
    RuleText(
      "LY-552",
      "A difference marks the elements that it adds, changes and removes, and gives their positions.",
      "alm/how-managed-solutions-merged"
    ),
    RuleText(
      "LY-553",
      "Differences are applied to the base one after the other, from bottom to top.",
      "alm/form-alm; inferred"
    ),
    RuleText(
      "LY-650",
      "Site maps merge by the ids of their elements.",
      "alm/solution-layers-alm"
    ),
    RuleText(
      "LY-1050",
      "The privileges of a role belong to its definition.",
      "alm/solution-layers-alm; inferred"
    ),
    RuleText(
      "LY-1150",
      "The unmanaged layer is edited, reset and removed.",
      "maker/solution-layers"
    ),
    RuleText(
      "LY-1350",
      "Managed properties of the base say what others may change.",
      "alm/managed-properties-alm"
    ),
  ]
}
