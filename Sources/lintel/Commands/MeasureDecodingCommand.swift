import ArgumentParser
import Foundation
import Server

/// What `make bench` asks of each connector.
struct MeasureDecodingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure-decoding",
        abstract: "Measure how fast the answers of a simulated PMS are decoded and mapped.",
        shouldDisplay: false
    )

    @Option(help: "The vendor.") var vendor: String
    @Option(help: "Where its simulator answers.") var url: String

    func run() async throws {
        let measurement = try await DecodingMeasurement.take(vendor: vendor, at: url)
        say(String(decoding: try JSONEncoder().encode(measurement), as: UTF8.self))
    }
}
