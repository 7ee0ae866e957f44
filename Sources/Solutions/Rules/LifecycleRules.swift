extension RuleText {
  /// Of solutions, versions and operations.
  static let lifecycle: [RuleText] = [
    RuleText(
      "C-1",
      "A lower version of a managed solution comes in only on purpose, to go back.",
      "inferred; sources disagree"
    ),
    RuleText(
      "C-3",
      "A managed package over an unmanaged component slides under it; kinds without an unmanaged layer refuse it.",
      "error-codes; inferred; sources disagree"
    ),
    RuleText(
      "C-4",
      "Only an unmanaged solution that is no patch itself is cloned.",
      "alm/create-patches-simplify-solution-updates; sources disagree"
    ),
    RuleText("E-2", "A solution with a pending upgrade takes no other import.", "issues"),
    RuleText("E-4", "An upgrade needs a managed solution on both sides.", "issues"),
    RuleText(
      "E-6",
      "An environment can refuse unmanaged customizations.",
      "alm/block-unmanaged-customizations"
    ),
    RuleText("E-9", "Components are not edited inside a managed solution.", "maker"),
    RuleText(
      "LC-101",
      "A publisher has a unique name, a prefix for names and one for option values.",
      "error-codes; inferred"
    ),
    RuleText(
      "LC-102",
      "A prefix for option values is proposed for each prefix of names, and may be another.",
      "maker/create-solution"
    ),
    RuleText(
      "LC-103",
      "What is made in a solution is named with its publisher's prefix.",
      "maker/create-solution; error-codes"
    ),
    RuleText(
      "LC-104",
      "An environment has built-in publishers that cannot be changed.",
      "entity-ref/publisher"
    ),
    RuleText(
      "LC-105",
      "The publisher of the lowest managed layer owns a component; it passes only to solutions of the same publisher.",
      "alm/solution-layers-alm; alm/managed-properties-alm"
    ),
    RuleText(
      "LC-106",
      "A solution stays with its publisher, who is known by the unique name.",
      "error-codes; inferred"
    ),
    RuleText(
      "LC-107",
      "A publisher that is not there is made from the package; one that is there stays as it is.",
      "inferred"
    ),
    RuleText(
      "LC-110",
      "A table is listed with all its parts, with its settings and chosen parts, or with chosen parts alone.",
      "alm/segmented-solutions-alm"
    ),
    RuleText(
      "LC-111",
      "A solution lists what its environment has, and a part only where it lists the whole.",
      "EC-mirror"
    ),
    RuleText(
      "LC-112",
      "What its owner does not allow to be customized is added to no unmanaged solution.",
      "EC-mirror"
    ),
    RuleText(
      "LC-113",
      "A component can be in several unmanaged solutions and has one definition.",
      "alm/solution-concepts-alm"
    ),
    RuleText(
      "LC-114",
      "What is removed from an unmanaged solution stays in the environment.",
      "maker/create-solution"
    ),
    RuleText(
      "LC-120",
      "A package has three parts at its root: the manifest, the customizations and the content types.",
      "EC-mirror"
    ),
    RuleText(
      "LC-121",
      "The manifest says name, version, publisher, roots and needs of a solution.",
      "samples"
    ),
    RuleText(
      "LC-123",
      "A patch names its parent, also in its own name.",
      "alm/create-patches-simplify-solution-updates; patch-tool"
    ),
    RuleText(
      "LC-124",
      "What is in a solution says in which version of it it appeared first; later versions leave that as it is.",
      "samples"
    ),
    RuleText("LC-202", "Parts of versions compare as numbers.", "issues"),
    RuleText(
      "LC-203",
      "A version has two to four parts; missing ones count as 0.",
      "samples; inferred"
    ),
    RuleText(
      "LC-204",
      "Leading zeros of a version are kept and mean nothing.",
      "samples; inferred"
    ),
    RuleText("LC-205", "Anything else is no version.", "EC-mirror"),
    RuleText(
      "LC-210",
      "An upgrade is strictly higher than the installed base.",
      "error-codes; issues"
    ),
    RuleText("LC-211", "A higher version comes in as upgrade.", "NETWORG-imports"),
    RuleText("LC-212", "The same version comes in as update.", "NETWORG-imports"),
    RuleText("LC-213", "A lower version is not imported.", "inferred; sources disagree"),
    RuleText(
      "LC-214",
      "A patch has a higher version than its parent and all other patches.",
      "alm/create-patches-simplify-solution-updates"
    ),
    RuleText(
      "LC-215",
      "A patch needs its parent, with the same major and minor number.",
      "error-codes; issues"
    ),
    RuleText("LC-216", "A patch is not updated.", "EC-mirror"),
    RuleText("LC-217", "A patch is higher than all other patches of its parent.", "EC-mirror"),
    RuleText(
      "LC-219",
      "The version that is typed when exporting becomes that of the solution.",
      "maker/export-solutions; inferred"
    ),
    RuleText(
      "LC-221",
      "A package of a newer platform is refused.",
      "error-codes; support/version-mismatch"
    ),
    RuleText(
      "LC-223",
      "A plug-in type goes only with a new major or minor version of its assembly.",
      "EC-mirror; dev/register-plug-in"
    ),
    RuleText("LC-226", "An upgrade is compared with the base, not with its patches.", "inferred"),
    RuleText("LC-301", "One operation at a time changes an environment.", "support; error-codes"),
    RuleText(
      "LC-302",
      "Writing rows of tables does not wait for an operation on solutions: it never meets its lock.",
      "inferred"
    ),
    RuleText(
      "LC-310",
      "Overwriting customizations replaces the unmanaged layer, component by component.",
      "maker/import-update-export-solutions"
    ),
    RuleText("LC-320", "What has not changed since the last import is skipped.", "dev; entity-ref"),
    RuleText("LC-321", "Only what still stands as it was written can be skipped.", "inferred"),
    RuleText("LC-322", "What is skipped still counts as part of the new version.", "inferred"),
    RuleText(
      "LC-331",
      "Unmanaged work on some kinds waits as a draft until it is published.",
      "maker/import-update-export-solutions"
    ),
    RuleText("LC-333", "A component is published, a draft, or deleted.", "entity-ref"),
    RuleText(
      "LC-131",
      "Unique names have letters, digits and underscores; some are reserved.",
      "EC-mirror"
    ),
    RuleText(
      "LC-132",
      "A solution is ordinary, a patch or a pending upgrade; some are built in.",
      "EC-mirror; entity-ref/solution"
    ),
    RuleText(
      "LC-135",
      "A package alone can be checked for what it says of itself.",
      "EC-mirror"
    ),
    RuleText(
      "LC-341",
      "What is installed decides how a package comes in.",
      "EC-mirror; alm"
    ),
    RuleText(
      "LC-359",
      "Each root is found in the package or in the target, once.",
      "EC-mirror"
    ),
    RuleText(
      "LC-361",
      "What a package says is written where it differs from what is there.",
      "alm/solution-layers-alm; inferred"
    ),
    RuleText(
      "LC-400",
      "What is taken away is deleted, or only no longer listed.",
      "alm/removing-dependencies"
    ),
    RuleText(
      "LC-401",
      "A first install adds layers above all others.",
      "alm/solution-layers-alm"
    ),
    RuleText(
      "LC-402",
      "An unmanaged import changes the unmanaged layer and deletes nothing.",
      "alm/solution-concepts-alm"
    ),
    RuleText(
      "LC-403",
      "An update replaces what it brings and deletes nothing.",
      "seed; alm"
    ),
    RuleText("LC-404", "A stage puts the new version beside the old one.", "seed; alm"),
    RuleText("LC-405", "Applying a staged upgrade replaces base and patches.", "seed; alm"),
    RuleText(
      "LC-406",
      "An upgrade in one step replaces base and patches, and takes away what is no longer there.",
      "seed; alm"
    ),
    RuleText(
      "LC-407",
      "A patch adds to its base.",
      "alm/create-patches-simplify-solution-updates"
    ),
    RuleText(
      "LC-408",
      "Uninstalling takes a solution's layers and what only it had.",
      "alm/removing-dependencies"
    ),
    RuleText(
      "LC-409",
      "Deleting an unmanaged solution leaves its components.",
      "alm/solution-concepts-alm"
    ),
    RuleText(
      "LC-410",
      "A solution with patches is locked.",
      "alm/create-patches-simplify-solution-updates; EC-mirror"
    ),
    RuleText(
      "LC-411",
      "A clone of a solution has its members and those of its patches, whose place it takes.",
      "alm/create-patches-simplify-solution-updates; inferred"
    ),
    RuleText(
      "LC-412",
      "What is published of an unmanaged solution is exported, as unmanaged or managed.",
      "error-codes; maker/export-solutions"
    ),
    RuleText(
      "LC-414",
      "Giving a stage up leads back to what stood before it.",
      "inferred"
    ),
    RuleText(
      "LC-416",
      "Packages of a set come in by what they need and drop.",
      "inferred"
    ),
    RuleText(
      "LC-500",
      "What is fixed when a table, column or key is made does not change; what the platform makes with a table stays with it.",
      "dev; inferred"
    ),
    RuleText(
      "LC-601",
      "Steps and processes are on or off, whatever their definition says.",
      "maker/import-update-export-solutions"
    ),
    RuleText("LC-602", "A process keeps its id.", "EC-mirror; inferred"),
    RuleText(
      "LC-603",
      "Versions that differ in build or revision only are the same plug-in assembly.",
      "dev/register-plug-in"
    ),
    RuleText(
      "LC-604",
      "Values of variables and connections belong to the environment.",
      "maker; alm; inferred"
    ),
    RuleText("LC-900", "Where sources disagree one reading was chosen.", "inferred"),
  ]
}
