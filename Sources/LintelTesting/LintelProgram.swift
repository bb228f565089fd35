package import Foundation

/// The built `lintel` program, run as a process of its own.
package final class LintelProgram: Sendable {
    /// The program beside the running test bundle in the build products directory.
    package static func executable() throws -> URL {
        let products = Bundle.main.executableURL?.resolvingSymlinksInPath()
            .deletingLastPathComponent()
        guard let program = products?.appending(path: "lintel"),
            FileManager.default.isExecutableFile(atPath: program.path)
        else {
            throw UnexpectedOutput(
                "the program lintel is not beside the test bundle in \(products?.path ?? "?")"
            )
        }
        return program
    }

    private let process: Process
    private let outputFile: URL
    private let errorFile: URL
    private let endings: AsyncStream<Int32>

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - arguments: what follows its name.
    ///   - environment: its whole environment but `PATH`.
    ///   - folder: where its output is collected and where it runs.
    ///   - output: where its standard output goes in place of being collected.
    ///   - errors: the same for standard error.
    /// - Throws: ``UnexpectedOutput`` where the program is not built, and what starting it throws.
    package init(
        _ arguments: [String],
        environment: [String: String],
        in folder: URL,
        output: FileHandle? = nil,
        errors: FileHandle? = nil
    ) throws {
        let id = UUID().uuidString
        outputFile = folder.appending(path: "\(id).out")
        errorFile = folder.appending(path: "\(id).err")
        for file in [outputFile, errorFile] {
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        }
        process = Process()
        process.executableURL = try Self.executable()
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { given, _ in given }
        process.standardInput = FileHandle.nullDevice
        let collected = [
            try FileHandle(forWritingTo: outputFile), try FileHandle(forWritingTo: errorFile),
        ]
        defer { for file in collected { try? file.close() } }
        process.standardOutput = output ?? collected[0]
        process.standardError = errors ?? collected[1]
        let (endings, continuation) = AsyncStream<Int32>.makeStream()
        self.endings = endings
        process.terminationHandler = { process in
            let signalled = process.terminationReason == .uncaughtSignal
            continuation.yield(signalled ? -process.terminationStatus : process.terminationStatus)
            continuation.finish()
        }
        try process.run()
    }

    /// What it has printed so far on standard error.
    package var errorsSoFar: String {
        String(
            decoding: FileManager.default.contents(atPath: errorFile.path) ?? Data(),
            as: UTF8.self
        )
    }

    /// Ends it as a loss of power would (SIGKILL).
    package func kill() {
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    }

    /// Asks it to end (SIGTERM).
    package func terminate() {
        if process.isRunning { process.terminate() }
    }

    /// Waits until it has ended.
    package func result() async -> ProgramResult {
        var status: Int32 = -1
        for await ending in endings { status = ending }
        let output = FileManager.default.contents(atPath: outputFile.path) ?? Data()
        let errors = errorsSoFar
        try? FileManager.default.removeItem(at: outputFile)
        try? FileManager.default.removeItem(at: errorFile)
        return ProgramResult(
            status: status,
            output: output,
            errors: errors
        )
    }
}
