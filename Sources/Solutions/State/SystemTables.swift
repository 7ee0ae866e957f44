/// Columns that every table has, and those of the platform's own tables that solutions lean on.
extension SystemBaseline {
  /// Whether the table has the column without any solution saying so.
  static func implies(_ column: String, of table: String) -> Bool {
    common.contains { $0.name == column } || column == primaryKey(of: table)
      || own[table]?.contains { $0.name == column } == true
  }

  /// Whether a column is one that the system's own table has without any solution.
  static func holds(_ column: ComponentID) -> Bool {
    guard let (table, name) = column.tableAndColumn else { return false }
    return contains(.entity(table)) && implies(name, of: table)
  }

  static func columns(of table: String, primaryKey: String) -> [Column] {
    // The table `owner` names its owner as every other, and its key alike.
    let own = own[table] ?? []
    let names = Set(own.map(\.name))
    return [Column(primaryKey, .primaryKey)]
      + (common.filter { !names.contains($0.name) } + own).filter { $0.name != primaryKey }
  }

  static func primaryKey(of table: String) -> String {
    activities.contains(table) ? "activityid" : "\(table)id"
  }

  static func primaryName(of table: String) -> String? {
    guard tables.contains(table) else { return nil }
    return activities.contains(table) ? "subject" : own[table]?.first?.name
  }

  /// Of a table that the system brings.
  package static func design(of table: String) -> TableDesign {
    let pair = pairs[table]
    let whole = pair?.rows ?? Table(name: table, displayName: nil, columns: [])
    return TableDesign(
      id: .entity(table),
      name: table,
      primaryKey: primaryKey(of: table),
      columns: whole.columns.map { ColumnDesign($0) },
      pair: pair?.columns ?? [],
      keys: []
    )
  }

  /// Pairs of rows of the system's tables.
  struct Pair {
    /// Of the table of pairs.
    let name: String
    /// Of the relationship, and what the rows at the other end are called at either.
    let relationship: String
    let tables: [String]

    var columns: [String] { tables.map { primaryKey(of: $0) } }

    var rows: Table {
      let ends = zip(columns, tables).map { Column($0, .lookup([$1]), isSystemRequired: true) }
      return Table(intersect: name, displayName: nil, ends: ends)
    }
  }

  /// By the name of their table.
  static let pairs: [String: Pair] = Dictionary(
    uniqueKeysWithValues: [
      Pair(
        name: "systemuserroles",
        relationship: "systemuserroles_association",
        tables: ["systemuser", "role"]
      ),
      Pair(name: "teamroles", relationship: "teamroles_association", tables: ["team", "role"]),
      Pair(
        name: "teammembership",
        relationship: "teammembership_association",
        tables: ["team", "systemuser"]
      ),
    ].map { ($0.name, $0) }
  )

  /// Names of the tables of pairs, sorted.
  package static var pairNames: [String] { pairs.keys.sorted() }

  /// Names of the tables of pairs that rows of a table stand in, sorted.
  package static func pairNames(of table: String) -> [String] {
    pairNames.filter { pairs[$0]?.tables.contains(table) == true }
  }

  /// What environments that earlier releases made had no column for, by table: two times the system got more.
  package static let laterColumns: [[String: Set<String>]] = [
    ["systemuser": ["applicationid", "azureactivedirectoryobjectid"]],
    words.mapValues {
      Set($0.filter { $0.hasPrefix("+") }.map { Column(inWords: $0.dropFirst()).name })
    }
    .filter { !$0.value.isEmpty },
  ]

  /// Logical names, sorted.
  package static var tableNames: [String] { tables.sorted() }

  private static let common: [Column] = [
    Column("createdon", .dateTime(.userLocal)),
    Column("createdby", .lookup(["systemuser"])),
    Column("modifiedon", .dateTime(.userLocal)),
    Column("modifiedby", .lookup(["systemuser"])),
    Column(
      "statecode",
      .choice(nil),
      labels: ["active": 0, "inactive": 1],
      titles: [0: "Active", 1: "Inactive"]
    ),
    Column(
      "statuscode",
      .choice(nil),
      labels: ["active": 1, "inactive": 2],
      titles: [1: "Active", 2: "Inactive"]
    ),
    Column("versionnumber", .bigInteger),
  ]

  private static let activities: Set<String> = [
    "activitypointer", "appointment", "bulkoperation", "campaignactivity", "campaignresponse",
    "email", "fax", "incidentresolution", "letter", "opportunityclose", "orderclose", "phonecall",
    "quoteclose", "recurringappointmentmaster", "serviceappointment", "socialactivity", "task",
  ]

  /// The primary name first.
  private static let own: [String: [Column]] = {
    var all = words.mapValues {
      $0.map { Column(inWords: $0.hasPrefix("+") ? $0.dropFirst() : $0[...]) }
    }
    for (table, states) in StandardStates.all { all[table]? += [states.state, states.status] }
    for table in tables where all[table] == nil && pairs[table] == nil {
      all[table] = [Column(inWords: "name:200"), Column(inWords: "ownerid>systemuser,team")]
    }
    return all
  }()

  /// Columns of a table in words, those that came later with a plus.
  private static let words: [String: [String]] = {
    var all: [String: [String]] = [:]
    for line in described.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      all[words[0]] = Array(words.dropFirst())
    }
    for activity in activities {
      all[activity] =
        """
        subject:400 description:2000 ownerid>systemuser,team regardingobjectid>account,contact \
        +scheduledstart@ +scheduledend@ +actualstart@ +actualend@ +scheduleddurationminutes# \
        +actualdurationminutes# +category:250
        """
        .split(separator: " ").map(String.init)
    }
    for (table, words) in all where words.contains("ownerid>systemuser,team") {
      all[table] =
        words + ["+owninguser>systemuser", "+owningteam>team", "+owningbusinessunit>businessunit"]
    }
    return all
  }()

  private static let described = """
    account name:160 accountnumber:20 emailaddress1:100 telephone1:50 websiteurl:200 address1_line1:250 address1_city:80 address1_postalcode:20 address1_country:80 description:2000 numberofemployees# parentaccountid>account primarycontactid>contact ownerid>systemuser,team transactioncurrencyid>transactioncurrency +revenue$ +creditlimit$ +creditonhold? +lastonholdtime@ +address1_line2:250 +address1_line3:250 +address1_stateorprovince:50 +address1_county:50 +fax:50 +telephone2:50 +emailaddress2:100 +tickersymbol:10
    annotation subject:500 notetext:100000 filename:255 mimetype:256 isdocument? objectid>account,contact ownerid>systemuser,team
    businessunit name:160 parentbusinessunitid>businessunit divisionname:100 isdisabled?no
    connection name:500 record1id>account,contact,systemuser record2id>account,contact,systemuser ownerid>systemuser,team
    connectionrole name:100 category# description:2000
    contact fullname:160 firstname:50 middlename:50 lastname:50 emailaddress1:100 telephone1:50 mobilephone:50 jobtitle:100 birthdate! address1_line1:250 address1_city:80 address1_postalcode:20 address1_country:80 description:2000 parentcustomerid>account,contact ownerid>systemuser,team transactioncurrencyid>transactioncurrency +accountid>account +annualincome$ +creditlimit$ +creditonhold? +lastonholdtime@ +salutation:100 +suffix:10 +nickname:100 +department:100 +address1_line2:250 +address1_line3:250 +address1_stateorprovince:50 +address1_county:50 +fax:50 +telephone2:50 +emailaddress2:100
    customeraddress name:200 line1:250 city:80 postalcode:20 country:80 parentid>account,contact
    incident title:200 description:2000 customerid>account,contact ownerid>systemuser,team
    lead fullname:160 subject:300 firstname:50 lastname:50 companyname:100 emailaddress1:100 ownerid>systemuser,team
    opportunity name:300 description:2000 customerid>account,contact ownerid>systemuser,team
    organization name:160 basecurrencyid>transactioncurrency
    product name:100 productnumber:100 description:2000
    queue name:200 description:2000 ownerid>systemuser,team
    systemuser fullname:200 firstname:256 lastname:256 domainname:1024 internalemailaddress:100 isdisabled?no businessunitid>businessunit azureactivedirectoryobjectid& applicationid&
    team name:160 description:2000 isdefault? businessunitid>businessunit administratorid>systemuser
    transactioncurrency currencyname:100 isocurrencycode:5 currencysymbol:13 exchangerate% currencyprecision#
    userquery name:200 ownerid>systemuser,team +returnedtypecode:64 +fetchxml:1048576 +layoutxml:1048576 +querytype# +description:2000
    """
}
