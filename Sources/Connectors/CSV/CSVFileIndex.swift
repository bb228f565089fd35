import LintelModel

/// Where the rows of each property lie in one file.
struct CSVFileIndex: Sendable {
    let file: CSVFile
    /// The state of the file and of the manifest that the index was made from.
    let identity: CSVFileIdentity
    let manifestIdentity: CSVFileIdentity?
    /// The header line as the file has it.
    let header: [UInt8]
    /// How many rows the file holds, blank ones not counted.
    let rowCount: Int
    /// What makes the whole file incomplete.
    let notes: [CSVNote]
    /// A line with a date that makes sense only day first.
    let dayFirstLine: Int?
    let properties: [PMSPropertyID: CSVPropertyRows]
}

/// The rows of one property in one file.
struct CSVPropertyRows: Sendable {
    /// The property's name; its id where the file names none.
    var name: String
    /// The rows in order, cut into pages of about a megabyte by nothing but their own lengths.
    var pages: [[CSVRun]] = []
}

/// Rows that follow one another in a file.
struct CSVRun: Sendable {
    /// Where they lie, in bytes from the file's start.
    var offset: Int
    var byteCount: Int
    /// The line the first of them stands in.
    var line: Int
}
