import LintelModel

import struct Foundation.Data

/// The stylesheet and the modules, under a path that changes when any of them does.
struct Assets: Sendable {
    /// As `/assets/9f86d081884c7d65`.
    let base: String
    private let files: [String: [UInt8]]

    init(_ files: [String: [UInt8]] = Assets.files) {
        self.files = files
        let all = files.sorted { $0.key < $1.key }.flatMap { Array($0.key.utf8) + $0.value }
        base = "/assets/" + ContentHash(of: Data(all)).text.prefix(16)
    }

    /// A file with its media type.
    func file(_ name: String) -> (type: String, bytes: [UInt8])? {
        guard let bytes = files[name] else { return nil }
        let type = name.hasSuffix(".css") ? "text/css" : "text/javascript"
        return (type + "; charset=utf-8", bytes)
    }
}
