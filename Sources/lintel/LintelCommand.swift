import ArgumentParser
import Glibc

@main
struct LintelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lintel",
        abstract: "Keeps a building's residents in the right units.",
        discussion: """
            Reads who leases what from a property management system (PMS) and keeps units, people and \
            assignments here true to it. Begin with `lintel serve --demo`, or see the README.
            """,
        version: "0.1.0",
        subcommands: [
            PropertyCommand.self, UnitsCommand.self, ConnectionCommand.self, MappingCommand.self,
            StatusesCommand.self, SyncCommand.self, ApplyCommand.self, UndoCommand.self,
            PeopleCommand.self, UpcomingCommand.self, AlertsCommand.self, PinsCommand.self,
            RunsCommand.self, SettingsCommand.self, StaffCommand.self,
            MatchCommand.self, ServeCommand.self, SimulateCommand.self, MigrateCommand.self,
            DoctorCommand.self, MeasureDecodingCommand.self,
        ]
    )

    static func main() async {
        // Who reads may stop before the end, as `head` does: then writing fails, and a sync goes on.
        signal(SIGPIPE, SIG_IGN)
        await main(nil)
    }
}
