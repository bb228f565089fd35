import LintelModel

/// Which run starts next, as a pure state machine: so many of one connection are in flight at most, and so
/// many of all.
///
/// So a connection that is slow, in trouble or held to its vendor's limits keeps its own properties
/// waiting, and no other's.
struct RunLanes<Run> {
    /// A run that may start, and the connections it reads.
    typealias Next = (run: Run, connections: Set<ConnectionID>)

    /// How many are in flight of one connection: while one is written, others are fetched and planned.
    private static var ofOneConnection: Int { 4 }
    /// How many are in flight of all: each holds what it reads of its property in memory.
    private static var ofAll: Int { 16 }

    private struct Lane {
        let connections: Set<ConnectionID>
        var waiting: [Run]
        var next = 0
    }

    /// The lanes in which somebody waits; the one that was served last is last.
    private var lanes: [Lane] = []
    private var inFlight = 0
    private var inFlightOf: [ConnectionID: Int] = [:]

    /// Has these wait in their order, instead of whoever waited until now.
    mutating func wait(_ runs: [Next]) {
        lanes = []
        var places: [Set<ConnectionID>: Int] = [:]
        for (run, connections) in runs {
            if let place = places[connections] {
                lanes[place].waiting.append(run)
            } else {
                places[connections] = lanes.count
                lanes.append(Lane(connections: connections, waiting: [run]))
            }
        }
    }

    /// The run to start now, counted as in flight; nil where none may start.
    mutating func start() -> Next? {
        guard inFlight < Self.ofAll,
            let place = lanes.firstIndex(where: { lane in
                lane.connections.allSatisfy { inFlightOf[$0, default: 0] < Self.ofOneConnection }
            })
        else { return nil }
        var lane = lanes.remove(at: place)
        let run = lane.waiting[lane.next]
        lane.next += 1
        if lane.next < lane.waiting.count { lanes.append(lane) }
        inFlight += 1
        for connection in lane.connections { inFlightOf[connection, default: 0] += 1 }
        return (run, lane.connections)
    }

    /// Notes that a run of these connections has ended.
    mutating func end(_ connections: Set<ConnectionID>) {
        inFlight -= 1
        for connection in connections { inFlightOf[connection, default: 1] -= 1 }
    }
}
