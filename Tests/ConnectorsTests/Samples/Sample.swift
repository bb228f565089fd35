import Foundation

/// Reference data of other people's making, where the machine has it: `LINTEL_REFERENCE`, else
/// `../shared`.
enum Sample {
    /// Where a sample stands; nil, saying so, where it is missing.
    static func file(_ name: String) -> URL? {
        let root = ProcessInfo.processInfo.environment["LINTEL_REFERENCE"] ?? "../shared"
        let file = URL(fileURLWithPath: root).appendingPathComponent("pms-samples/\(name)")
        guard FileManager.default.isReadableFile(atPath: file.path) else {
            print("skipped, no \(file.path): set LINTEL_REFERENCE to the folder of references")
            return nil
        }
        return file
    }
}
