import struct Foundation.Date

extension CivilDate {
    /// The day it is now in UTC, for programs; logic is given its day.
    package static var todayInUTC: CivilDate {
        let seconds = Int64(Date().timeIntervalSince1970)
        return CivilDate(daysSince1970: Int(seconds.flooredQuotient(86_400)))
    }
}
