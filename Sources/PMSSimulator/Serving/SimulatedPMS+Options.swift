import Foundation
package import LintelModel

extension SimulatedPMS {
    /// How the simulated PMS behaves.
    package struct Options: Sendable {
        /// The fault in force from the start.
        package var fault: FaultPlan?
        /// Whether requests are limited as the vendor limits them, and told so in headers.
        package var limits: Bool
        /// Whether lists state their paging in the body, where the vendor may do so: Entrata's `result.meta`.
        package var sendsMeta: Bool
        /// Whether lists state their length in `X-Total-Count`, where the vendor does so.
        package var sendsTotalCount: Bool
        /// Whether everything is rendered before the first request is accepted.
        package var rendersAhead: Bool
        /// Bytes of rendered properties kept in memory; the oldest make room for others.
        package var renderedBytesKept: Int
        /// Seconds that `Retry-After` asks for under the fault `429`.
        package var retryAfterSeconds: Int
        /// What time it is, by which records count as updated.
        package var now: @Sendable () -> Timestamp
        /// Time since some fixed moment, by which limits are counted.
        package var uptime: @Sendable () -> Duration

        package init(
            fault: FaultPlan? = nil,
            limits: Bool = false,
            sendsMeta: Bool = false,
            sendsTotalCount: Bool = true,
            rendersAhead: Bool = false,
            renderedBytesKept: Int = 1 << 30,
            retryAfterSeconds: Int = 1,
            now: (@Sendable () -> Timestamp)? = nil,
            uptime: (@Sendable () -> Duration)? = nil
        ) {
            self.fault = fault
            self.limits = limits
            self.sendsMeta = sendsMeta
            self.sendsTotalCount = sendsTotalCount
            self.rendersAhead = rendersAhead
            self.renderedBytesKept = renderedBytesKept
            self.retryAfterSeconds = retryAfterSeconds
            self.now =
                now ?? { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
            let start = ContinuousClock.now
            self.uptime = uptime ?? { start.duration(to: .now) }
        }
    }
}
