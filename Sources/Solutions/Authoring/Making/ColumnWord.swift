/// What a column can be, as a readable file calls it.
struct ColumnWord: Sendable {
  let name: String
  /// As packages call it.
  let type: String
  let about: String
  /// What such a column has beside what every one has, as the platform makes it.
  let settings: [(name: String, text: String)]
  let mask: String
  let imeMode: String
  let fields: [Field]
  /// Whether a column of the type is one of these.
  let fits: @Sendable (Element) -> Bool

  private init(
    _ name: String,
    _ type: String,
    _ about: String,
    _ settings: [(name: String, text: String)] = [],
    mask: String = standardMask,
    imeMode: String = "auto",
    fields: [Field] = [],
    fits: @escaping @Sendable (Element) -> Bool = { _ in true }
  ) {
    (self.name, self.type, self.about, self.settings) = (name, type, about, settings)
    (self.mask, self.imeMode, self.fields, self.fits) = (mask, imeMode, fields, fits)
  }

  static let standardMask = "ValidForAdvancedFind|ValidForForm|ValidForGrid"

  static subscript(name: String) -> ColumnWord? { all.first { $0.name == name } }

  /// What a column is called; nil for what no file can make.
  static func word(of column: Element) -> ColumnWord? {
    let type = column.child("Type")?.text
    return all.first { $0.type == type && $0.fits(column) }
  }

  static let all: [ColumnWord] = [
    text, autoNumber, memo, integer, bigInteger, decimal, float, money, boolean, date, dateTime,
    choice, choices, lookup, customer, file, image,
  ]

  // MARK: Texts

  private static let lengths = Field.whole(
    "maxLength",
    ["MaxLength"],
    1...1_048_576,
    "the longest text that it takes"
  )

  private static let textLengths = Field.whole(
    "maxLength",
    ["MaxLength"],
    1...4_000,
    "the longest text that it takes"
  ) { [.text(["Length"], String(2 * $0))] }

  private static let numbering = Field.text(
    "autoNumber",
    ["AutoNumberFormat"],
    "how values are made, such as ORD-{SEQNUM:5}"
  )

  private static let textFormats = Field.word(
    "format",
    ["Format"],
    [
      "text": "text", "email": "email", "url": "url", "phone": "phone", "textarea": "textarea",
      "tickersymbol": "tickersymbol", "json": "json", "richtext": "richtext",
    ],
    "what the text is"
  )

  private static let texts = [("Format", "text"), ("MaxLength", "100"), ("Length", "200")]

  private static let text = ColumnWord(
    "text",
    "nvarchar",
    "one line of text",
    texts,
    fields: [textLengths, textFormats]
  ) { $0.child("AutoNumberFormat")?.text.isEmpty ?? true }

  private static let autoNumber = ColumnWord(
    "autonumber",
    "nvarchar",
    "a text that the platform makes, number by number",
    texts,
    fields: [numbering, textLengths, textFormats]
  )

  private static let memo = ColumnWord(
    "memo",
    "ntext",
    "several lines of text",
    [("Format", "text"), ("MaxLength", "2000")],
    fields: [lengths, textFormats]
  )

  // MARK: Numbers

  private static let smallest = Field.number("min", ["MinValue"], "the smallest value")
  private static let largest = Field.number("max", ["MaxValue"], "the largest value")

  private static func places(_ most: Int) -> Field {
    .whole("precision", ["Accuracy"], 0...most, "places after the point")
  }

  private static let integer = ColumnWord(
    "integer",
    "int",
    "a whole number",
    [("Format", "none"), ("MinValue", "-2147483648"), ("MaxValue", "2147483647")],
    imeMode: "disabled",
    fields: [
      .word(
        "format",
        ["Format"],
        [
          "none": "none", "duration": "duration", "timezone": "timezone", "language": "language",
          "locale": "locale",
        ],
        "what the number is"
      ), smallest, largest,
    ]
  )

  private static let bigInteger = ColumnWord(
    "biginteger",
    "bigint",
    "a whole number of 64 bits; forms do not show it",
    [("MinValue", "-9223372036854775808"), ("MaxValue", "9223372036854775807")],
    imeMode: "disabled"
  )

  private static let decimal = ColumnWord(
    "decimal",
    "decimal",
    "a number with a fixed number of places",
    [("MinValue", "-100000000000"), ("MaxValue", "100000000000"), ("Accuracy", "2")],
    imeMode: "disabled",
    fields: [places(10), smallest, largest]
  )

  private static let float = ColumnWord(
    "float",
    "float",
    "a number of floating point",
    [("MinValue", "-100000000000"), ("MaxValue", "100000000000"), ("Accuracy", "5")],
    imeMode: "disabled",
    fields: [places(5), smallest, largest]
  )

  private static let money = ColumnWord(
    "money",
    "money",
    "an amount in a currency; the platform adds the amount in the base currency",
    [
      ("MinValue", "-922337203685477"), ("MaxValue", "922337203685477"), ("Accuracy", "2"),
      ("AccuracySource", "2"),
    ],
    imeMode: "disabled",
    fields: [
      places(4),
      .word(
        "precisionFrom",
        ["AccuracySource"],
        ["column": "0", "organization": "1", "currency": "2"],
        "who says how many places"
      ), smallest, largest,
    ]
  ) { $0.child("CalculationOf") == nil }

  // MARK: Choices

  private static let boolean = ColumnWord(
    "boolean",
    "bit",
    "yes or no",
    [("AppDefaultValue", "0")],
    fields: [
      .flag("default", ["AppDefaultValue"], "what a new row has")
    ] + Field.ofOptions
  )

  private static let whichChoice = Field(
    name: "choice",
    about: "the global choice that has the options",
    tell: Field.text(at: ["OptionSetName"])
  ) { said, _ throws(Unsound) in
    [.text(["OptionSetName"], try said.name())]
  }

  private static let choice = ColumnWord(
    "choice",
    "picklist",
    "one of some options",
    [("AppDefaultValue", "-1")],
    fields: [
      whichChoice,
      .whole(
        "default",
        ["AppDefaultValue"],
        -1...2_147_483_647,
        "the option of a new row; -1: none"
      ),
    ] + Field.ofOptions
  )

  private static let choices = ColumnWord(
    "choices",
    "multiselectpicklist",
    "any of some options",
    fields: [whichChoice] + Field.ofOptions
  )

  // MARK: The rest

  private static let behavior = Field.word(
    "behavior",
    ["Behavior"],
    ["userLocal": "1", "dateOnly": "2", "timeZoneIndependent": "3"],
    "whose time it is"
  )

  private static let date = ColumnWord(
    "date",
    "datetime",
    "a day",
    [("Format", "date"), ("CanChangeDateTimeBehavior", "1"), ("Behavior", "2")],
    imeMode: "inactive",
    fields: [behavior]
  ) { $0.child("Format")?.text.lowercased() == "date" }

  private static let dateTime = ColumnWord(
    "datetime",
    "datetime",
    "a moment",
    [("Format", "datetime"), ("CanChangeDateTimeBehavior", "1"), ("Behavior", "1")],
    imeMode: "inactive",
    fields: [behavior]
  )

  private static let lookup = ColumnWord(
    "lookup",
    "lookup",
    "a row of another table, or of one of several",
    [("LookupStyle", "single"), ("LookupTypes", "")]
  )

  private static let customer = ColumnWord(
    "customer",
    "customer",
    "an account or a contact",
    [("LookupStyle", "single"), ("LookupTypes", "")]
  )

  private static let file = ColumnWord(
    "file",
    "file",
    "a file",
    [("MaxValue", "32768")],
    mask: "ValidForForm|ValidForGrid",
    imeMode: "disabled",
    fields: [.whole("maxSize", ["MaxValue"], 1...10_485_760, "the largest file, in KB")]
  )

  private static let image = ColumnWord(
    "image",
    "image",
    "a picture",
    [("Format", "jpeg"), ("MaxLength", "9437328"), ("MaxValue", "10240")],
    mask: "DenormalizedChild|ValidForForm|ValidForGrid",
    imeMode: "disabled",
    fields: [.whole("maxSize", ["MaxValue"], 1...30_720, "the largest picture, in KB")]
  )
}
