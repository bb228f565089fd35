/// Why a PMS could not be read.
///
/// `description` says what was attempted, what was found and the vendor's own words, cut to a bounded
/// length; it never carries a credential or a resident's data.
package struct ConnectorError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The PMS does not accept the credentials.
        case unauthorized
        /// The credentials may not use this operation or see this property.
        case forbidden
        /// The vendor's limit is reached; ``ConnectorError/retryAfterSeconds`` says for how long.
        case rateLimited
        /// The PMS did not answer, or answered that it cannot now.
        case unavailable
        /// The answer is not what the vendor's format allows.
        case malformed
        /// The list ended before its end.
        case truncated
        /// The PMS refused in its own words.
        case refused
        /// The connection's settings cannot work.
        case misconfigured
    }

    package let code: Code
    /// What was attempted, and for what: `getLeases of property 641240, page 3`.
    package let attempt: String
    /// What was found, and what was expected or can be done.
    package let message: String
    package let retryAfterSeconds: Int?

    package init(
        _ code: Code,
        attempting attempt: String,
        _ message: String,
        retryAfterSeconds: Int? = nil
    ) {
        self.code = code
        self.attempt = attempt
        self.message = message
        self.retryAfterSeconds = retryAfterSeconds
    }

    package var description: String { "\(attempt): \(message)" }

    /// Whether asking again a little later may help.
    package var isTransient: Bool {
        switch code {
        case .rateLimited, .unavailable, .truncated: true
        case .unauthorized, .forbidden, .malformed, .refused, .misconfigured: false
        }
    }
}
