/// How often and how patiently a read is tried again: exponential back-off with full jitter, bounded.
///
/// Only reads are ever tried again, and only after what may pass: see ``ConnectorError/isTransient``.
package struct RetryPolicy: Sendable, Equatable {
    /// How often a read is tried in all.
    package var tries: Int
    /// The ceiling of the first pause; it doubles with each try.
    package var firstPauseMilliseconds: Int
    /// What all pauses of one read may add up to.
    package var longestWaitMilliseconds: Int

    package init(
        tries: Int = 3,
        firstPauseMilliseconds: Int = 1000,
        longestWaitMilliseconds: Int = 60_000
    ) {
        self.tries = tries
        self.firstPauseMilliseconds = firstPauseMilliseconds
        self.longestWaitMilliseconds = longestWaitMilliseconds
    }

    /// What to do after a try that failed.
    package enum Decision: Sendable, Equatable {
        case pause(milliseconds: Int)
        case giveUp
    }

    /// Decides after the try of that number (from 1), `waited` milliseconds having been spent in pauses;
    /// `chance` is from 0 up to 1.
    ///
    /// A time the vendor names is kept exactly: where it does not fit, the error goes on at once.
    package func decide(
        after error: ConnectorError,
        try number: Int,
        waited: Int,
        chance: Double
    ) -> Decision {
        guard error.isTransient, number < tries else { return .giveUp }
        let left = longestWaitMilliseconds - waited
        if let seconds = error.retryAfterSeconds {
            guard seconds <= left / 1000 else { return .giveUp }
            return .pause(milliseconds: seconds * 1000)
        }
        let ceiling = firstPauseMilliseconds << min(number - 1, 16)
        let pause = Int(Double(ceiling) * chance)
        return pause <= left ? .pause(milliseconds: pause) : .giveUp
    }
}
