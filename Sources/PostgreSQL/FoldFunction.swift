internal import Collation
internal import SQL

/// What texts compare by, as a function of the schema itself: it goes with it wherever it is copied, and asks for nothing that
/// the server does not have (docs/decisions/140).
enum FoldFunction {
  /// What makes it, in the schema that is in use.
  static var statements: [String] {
    [
      """
      CREATE FUNCTION strata_folded(t text) RETURNS text
      LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $strata$
      BEGIN
        IF octet_length(t) = char_length(t) THEN
          RETURN rtrim(lower(t COLLATE "C"), ' ');
        END IF;
        RETURN rtrim((SELECT string_agg(
          CASE WHEN c COLLATE "C" BETWEEN '\u{AC00}' AND '\u{D7A3}'
            THEN chr(4352 + (ascii(c) - 44032) / 588) || chr(4449 + (ascii(c) - 44032) % 588 / 28)
              || CASE WHEN (ascii(c) - 44032) % 28 = 0 THEN '' ELSE chr(4519 + (ascii(c) - 44032) % 28) END
            WHEN ascii(c) < 128 THEN lower(c COLLATE "C")
            ELSE COALESCE('\(table)'::jsonb ->> c, c) END,
          '' ORDER BY n) FROM regexp_split_to_table(t COLLATE "C", '') WITH ORDINALITY AS s (c, n)), ' ');
      END
      $strata$
      """
    ]
      // What is no text stays what it is.
      + types.dropFirst().map {
        """
        CREATE FUNCTION strata_folded(t \($0)) RETURNS \($0)
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT t'
        """
      }
  }

  /// What takes it away again.
  static var removal: String {
    "DROP FUNCTION IF EXISTS \(types.map { "strata_folded(\($0))" }.joined(separator: ", "))"
  }

  /// There is one for each of them.
  private static let types = ["text", "bigint", "numeric", "double precision", "bytea"]

  /// As an object of JSON between apostrophes.
  private static var table: String {
    let members = Collation.table.map { scalar, folded in
      "\(quoted(String(scalar))):\(quoted(folded))"
    }
    return "{\(members.joined(separator: ","))}"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "'": quoted += "''"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
