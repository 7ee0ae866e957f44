internal import Faces
internal import Solutions

/// Why a token lets nobody in.
///
/// Before its signature is known to be right, the reason says nothing that whoever made it does not know; afterwards
/// it helps whoever was given it.
enum TokenRefusal: Error, Equatable {
  /// Neither one that was handed out here nor one of an issuer.
  case unknown
  case malformed
  case unknownIssuer
  case refusedAlgorithm
  case unknownKey
  /// Keys of the issuer could not be read.
  case noKeys
  case wrongSignature
  case expired
  case notYetValid
  case wrongAudience
  case nameless
  /// It is right, and no role follows from it.
  case noRole(name: String)

  private var reason: Prose {
    switch self {
    case .unknown: "this takes a token that is known here"
    case .malformed: "the token cannot be read"
    case .unknownIssuer: "the token is of an issuer that is not known here"
    case .refusedAlgorithm: "the token is signed in a way that is not taken"
    case .unknownKey: "the token is signed with a key that its issuer does not publish"
    case .noKeys: "the keys of the token's issuer could not be read"
    case .wrongSignature: "the signature of the token is wrong"
    case .expired: "the token has expired"
    case .notYetValid: "the token is not valid yet"
    case .wrongAudience: "the token is for another audience"
    case .nameless: "the token names nobody"
    case .noRole(let name): "\(name) has no role here"
    }
  }

  var failure: Failure {
    if case .noRole = self {
      return Failure(
        .notAllowed,
        reason,
        remedy: "whoever runs the service gives roles (docs/serve.md)",
        status: 4
      )
    }
    return Failure(
      .notSignedIn,
      reason,
      remedy: "Authorization: Bearer TOKEN, or open the address that the service printed",
      status: 4
    )
  }
}
