extension RuleText {
  /// Of packages.
  static let packageFormat: [RuleText] = [
    RuleText("PF-105", "A cabinet holds one zip archive, the package.", "samples"),
    RuleText(
      "PF-106",
      "A part is UTF-8, or UTF-16 with its mark, and declares itself once, as XML 1.0.",
      "samples"
    ),
    RuleText(
      "PF-107",
      "`[Content_Types].xml` has a type for each extension and for each part without one.",
      "samples"
    ),
    RuleText(
      "PF-109",
      "Values of environment variables may come in a file at the root.",
      "samples"
    ),
    RuleText("PF-1101", "What is not understood is carried as it is.", "samples"),
    RuleText("PF-1102", "A package that is broken or lacks parts is refused.", "samples"),
    RuleText(
      "PF-1104",
      "Exports are indented by two blanks, with CRLF, without mark or declaration in the two manifests.",
      "samples"
    ),
    RuleText("PF-201", "The manifest names the version of the format.", "samples"),
    RuleText("PF-203", "Unique names compare without regard to case.", "inferred"),
    RuleText(
      "PF-103",
      "Archives are deflated or stored, with sizes before each content and without large records.",
      "samples"
    ),
    RuleText("PF-205", "A package is managed or unmanaged.", "samples"),
    RuleText("PF-210", "A root component is named by type and by name or id.", "samples"),
    RuleText(
      "PF-211",
      "A root says how much of a table it brings.",
      "entity-ref/solutioncomponent"
    ),
    RuleText(
      "PF-213",
      "Roots are in order of type, then name.",
      "samples"
    ),
    RuleText("PF-215", "A root may stand without content.", "samples"),
    RuleText(
      "PF-216",
      "Dashboards are always roots; forms of tables come with a root or without one.",
      "samples"
    ),
    RuleText("PF-220", "A need names what is required and what requires it.", "samples"),
    RuleText("PF-222", "A need names the solution that it had the component from.", "samples"),
    RuleText("PF-224", "Newer kinds are named by their table instead of a number.", "samples"),
    RuleText(
      "PF-226",
      "A form that requires itself changes one whose base is elsewhere.",
      "samples"
    ),
    RuleText(
      "PF-230",
      "How a patch names its parent was not seen in a genuine package.",
      "patch-tool"
    ),
    RuleText(
      "PF-301",
      "Sections of `customizations.xml` come in one order, some of them even empty.",
      "samples"
    ),
    RuleText("PF-302", "Booleans and ids have several spellings.", "samples"),
    RuleText(
      "PF-305",
      "Managed properties stand with what somebody owns; without them the base is elsewhere.",
      "samples; inferred"
    ),
    RuleText(
      "PF-401",
      "Children of a table come in one order; every table has a ribbon, even an empty one.",
      "samples"
    ),
    RuleText("PF-402", "How much of a table is present follows its root.", "samples"),
    RuleText("PF-411", "Rows of a virtual table are elsewhere.", "samples"),
    RuleText("PF-420", "A column's logical name is its schema name in small letters.", "samples"),
    RuleText(
      "PF-421",
      "A column says how it numbers new rows: `AutoNumberFormat`.",
      "dev/create-auto-number-attributes; samples"
    ),
    RuleText(
      "PF-422",
      "A column's display mask says where it is shown, and which one names the rows.",
      "samples"
    ),
    RuleText("PF-424", "Each type of column has settings of its own.", "samples"),
    RuleText("PF-426", "Some columns come with others that are not written.", "samples"),
    RuleText(
      "PF-431",
      "A state names its default status, and each status the state that it belongs to.",
      "samples"
    ),
    RuleText("PF-443", "A form is a tree of tabs, columns, sections and cells.", "samples"),
    RuleText("PF-452", "A ribbon holds actions, commands, rules and labels.", "samples"),
    RuleText(
      "PF-502",
      "A one-to-many relationship names its tables, its column and what it cascades.",
      "samples"
    ),
    RuleText(
      "PF-503",
      "A many-to-many relationship keeps its pairs in a table of its own.",
      "samples"
    ),
    RuleText("PF-505", "A one-to-many relationship comes with the table that refers.", "samples"),
    RuleText("PF-506", "A map between two tables is known by both.", "samples"),
    RuleText("PF-601", "A role lists privileges of tables.", "samples"),
    RuleText("PF-603", "A process is known by its id.", "samples"),
    RuleText("PF-604", "The file of a process is named by its name and its id.", "samples"),
    RuleText(
      "PF-605",
      "A cloud flow names connection references and environment variables.",
      "samples"
    ),
    RuleText("PF-606", "A web resource is known by its name and has a type.", "samples"),
    RuleText(
      "PF-609",
      "A step says at which message, table and columns it runs, when, and what handles it: a class, or an endpoint.",
      "samples; entity-ref/sdkmessageprocessingstep"
    ),
    RuleText(
      "PF-610",
      "An endpoint says of which kind it is and where it is; its secrets are in no package.",
      "samples; entity-ref/serviceendpoint; inferred"
    ),
    RuleText("PF-612", "Settings of image columns are components.", "samples"),
    RuleText("PF-613", "A site map names areas, groups and subareas by ids.", "samples"),
    RuleText("PF-615", "An app lists the components that it shows.", "samples"),
    RuleText("PF-618", "Templates are known by id.", "samples"),
    RuleText("PF-621", "A connection reference is known by its logical name.", "samples"),
    RuleText("PF-623", "Environment variables have an older form.", "samples"),
    RuleText("PF-627", "A package lists the languages that its labels are in.", "samples"),
    RuleText(
      "PF-701",
      "Newer kinds have a folder for their table and one for each key.",
      "samples"
    ),
    RuleText("PF-703", "Their values are texts, labels, lookups or files.", "samples"),
    RuleText("PF-705", "Some of them stand in the customizations instead.", "samples"),
    RuleText("PF-706", "Pairs of them have a file of their own.", "samples"),
    RuleText("PF-707", "Some of them are written as JSON.", "samples"),
    RuleText("PF-708", "An environment variable has a type and a default value.", "samples"),
    RuleText("PF-709", "Current values may come beside the definition.", "samples"),
    RuleText(
      "PF-710",
      "The numbers of newer kinds differ between environments; their names do not.",
      "entity-ref/solutioncomponentdefinition"
    ),
    RuleText(
      "PF-803",
      "What a solution made itself is written whole; differences bear marks.",
      "samples"
    ),
    RuleText("PF-804", "What a difference removes has no children.", "samples"),
    RuleText("PF-806", "Differences give positions among siblings.", "samples"),
    RuleText("PF-807", "A difference that would say nothing is not written.", "samples"),
    RuleText("PF-808", "What was not customized is marked and says nothing new.", "samples"),
    RuleText(
      "PF-A1",
      "Unpacked sources are of the unmanaged package, of the managed one or of both.",
      "samples"
    ),
    RuleText(
      "PF-B1",
      "Sources of the newer layout have a folder for each solution and each publisher; all share those of components.",
      "samples"
    ),
    RuleText(
      "PF-B2",
      "Sources of the newer layout are the XML as YAML, with attributes as keys that begin with @.",
      "samples"
    ),
    RuleText(
      "PF-B3",
      "Sources with a solutions/NAME/solution.yml are of the newer layout.",
      "samples"
    ),
    RuleText("PF-901", "Most kinds are found again by name, some by id.", "samples"),
    RuleText("PF-902", "Within a package each key is unique.", "samples"),
    RuleText("PF-903", "What stands at the top of a package has a root.", "samples"),
    RuleText("PF-1000", "Definitions name other components in known places.", "samples"),
    RuleText(
      "PF-950",
      "A relationship that leads elsewhere under its name is another relationship.",
      "samples; inferred"
    ),
  ]
}
