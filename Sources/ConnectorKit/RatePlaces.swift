/// The places of one published rate, as a pure state machine.
///
/// A request takes a place, and gives it back with the time from which it may be used again: the end of
/// the rate's stretch, counted from the answer. The vendor counted the request some time between its
/// going out and its answer, so that it sees no more of them in a stretch than it allows, wherever the
/// stretch begins and however long each was on its way. Times are milliseconds since 1970.
struct RatePlaces {
    /// A place: the time from which it may be used.
    typealias Place = Int64

    private let length: Int64
    /// Those that may be taken, the earliest first.
    private var free: [Place]
    /// Who waits for a place, the longest first; empty while one can be taken.
    private var waiting: [Int] = []

    init(_ rate: VendorLimits.Rate) {
        // A hundredth more, since no two clocks go alike.
        length = Int64(rate.milliseconds + rate.milliseconds / 100)
        free = Array(repeating: 0, count: rate.requests)
    }

    /// The earliest place for that request; nil where all are taken and it has joined those who wait.
    mutating func take(for request: Int) -> Place? {
        guard let place = free.first else {
            waiting.append(request)
            return nil
        }
        free.removeFirst()
        return place
    }

    /// Gives back the place of a request that was answered, or failed, at that time.
    ///
    /// - Returns: the request that has it now; nil where none waits.
    mutating func finish(at now: Int64) -> (request: Int, place: Place)? {
        giveBack(length == 0 ? 0 : now + length)
    }

    /// Gives back a place as it was taken, no request having gone out.
    ///
    /// - Returns: the request that has it now; nil where none waits.
    mutating func giveBack(_ place: Place) -> (request: Int, place: Place)? {
        free.insert(place, at: free.firstIndex { $0 > place } ?? free.endIndex)
        guard !waiting.isEmpty else { return nil }
        return (waiting.removeFirst(), free.removeFirst())
    }

    /// A request that waits no longer.
    mutating func leave(_ request: Int) {
        waiting.removeAll { $0 == request }
    }

    /// How long a place is still to be waited for; never longer than the rate's stretch, wherever the
    /// clock was set to meanwhile.
    func wait(for place: Place, at now: Int64) -> Int {
        Int(min(max(0, place - now), length))
    }
}
