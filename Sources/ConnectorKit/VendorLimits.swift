/// What a vendor's service bears, and how patiently it is read: data of its ``VendorDescription``.
package struct VendorLimits: Sendable, Equatable {
    /// A rate that the vendor publishes, kept without being told: see ``RateLimiter``.
    package struct Rate: Sendable, Equatable, CustomStringConvertible {
        /// How many requests may be sent in ``milliseconds``.
        package let requests: Int
        /// The stretch that is counted; 0 where ``requests`` are those under way at once.
        package let milliseconds: Int
        /// The services that are counted together; nil for all that a credential may use.
        package let services: Set<String>?

        package init(_ requests: Int, inMilliseconds length: Int, of services: Set<String>? = nil) {
            self.requests = max(1, requests)
            milliseconds = max(0, length)
            self.services = services
        }

        package static func atOnce(_ requests: Int, of services: Set<String>? = nil) -> Rate {
            Rate(requests, inMilliseconds: 0, of: services)
        }

        /// Whether requests to that service count.
        package func counts(_ service: String) -> Bool { services?.contains(service) ?? true }

        /// As the vendor's page in the documentation has it: `200 requests in 60 s`.
        package var description: String {
            milliseconds == 0
                ? "\(requests) requests at once"
                : "\(requests) requests in \(milliseconds / 1000) s"
        }
    }

    /// How often and how patiently a read is tried again.
    package let retry: RetryPolicy
    /// How long a whole answer may take, in milliseconds.
    package let answerMilliseconds: Int
    /// For how long a service is left alone after a refusal for its limit that names no time.
    package let pauseMilliseconds: Int
    /// The rates that the vendor publishes.
    package let rates: [Rate]

    package init(
        retry: RetryPolicy = RetryPolicy(),
        answerMilliseconds: Int = 60_000,
        pauseMilliseconds: Int = 15_000,
        rates: [Rate] = []
    ) {
        self.retry = retry
        self.answerMilliseconds = answerMilliseconds
        self.pauseMilliseconds = pauseMilliseconds
        self.rates = rates
    }

    /// Of a service that answers for a whole property at once and is slow with large ones: clients of
    /// such services wait two to three minutes.
    package static let wholeProperty = VendorLimits(answerMilliseconds: 180_000)
}
