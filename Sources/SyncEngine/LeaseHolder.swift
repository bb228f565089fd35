package import Foundation

/// Who holds a lease, written so that another process of the same machine can tell whether it still lives.
///
/// The text is an id of its own, then the machine's boot, the process-id namespace, the process id and
/// the time at which that process started (proc(5)). Only a process in the same namespace of the same
/// boot judges; for everyone else a dead holder's lease simply runs out.
package struct LeaseHolder: Sendable, Equatable {
    package let text: String

    /// The process this runs in; `id` tells it from every other.
    package static func current(id: UUID) -> LeaseHolder {
        let name = id.uuidString.lowercased()
        let pid = ProcessInfo.processInfo.processIdentifier
        guard let scope = scope, let start = state(of: pid)?.start else {
            return LeaseHolder(text: name)
        }
        return LeaseHolder(text: "\(name) \(scope) \(pid) \(start)")
    }

    package init(text: String) {
        self.text = text
    }

    /// Whether its process is known to have ended.
    package var isGone: Bool {
        let parts = text.split(separator: " ")
        guard parts.count == 5, let scope = Self.scope, scope == "\(parts[1]) \(parts[2])",
            let pid = Int32(parts[3]), pid > 0
        else { return false }
        if kill(pid, 0) != 0, errno == ESRCH { return true }
        // Where the process cannot be looked at it counts as alive.
        guard let state = Self.state(of: pid) else { return false }
        return state.isZombie || state.start != parts[4]
    }

    /// Within what a process id means one process: the machine's boot and the process-id namespace.
    private static var scope: String? {
        guard let boot = line(of: "/proc/sys/kernel/random/boot_id"),
            let space = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/ns/pid"
            ), !space.contains(" ")
        else { return nil }
        return "\(boot) \(space)"
    }

    private static func state(of pid: Int32) -> (isZombie: Bool, start: String)? {
        // The program's name, in parentheses, may hold anything: the fields are counted after it.
        guard let stat = line(of: "/proc/\(pid)/stat"), let name = stat.lastIndex(of: ")") else {
            return nil
        }
        let fields = stat[stat.index(after: name)...].split(separator: " ")
        guard fields.count > 19 else { return nil }
        return (fields[0] == "Z" || fields[0] == "X", String(fields[19]))
    }

    private static func line(of path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first
            .map(String.init)
    }
}
