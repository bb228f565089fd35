import NIOCore

/// The rows of a list that a request asks for, in order, and the pages of them.
struct RowSelection {
    private let rows: RenderedRows
    /// Places in `rows`; nil for all of them.
    private let places: [Int]?

    init(_ rows: RenderedRows, places: [Int]? = nil) {
        self.rows = rows
        self.places = places?.count == rows.count ? nil : places
    }

    var count: Int { places?.count ?? rows.count }

    /// The rows of that range of the selection as they stand in the list.
    func pieces(_ range: Range<Int>) -> [ByteBuffer] {
        guard let places else { return range.isEmpty ? [] : [rows.slice(range)] }
        var pieces: [ByteBuffer] = []
        for place in places[range] {
            if !pieces.isEmpty { pieces.append(separator) }
            pieces.append(rows.slice(place..<place + 1))
        }
        return pieces
    }

    /// The rows of that range as a fault leaves them.
    func pieces(_ range: Range<Int>, fault: Fault?) -> [ByteBuffer] {
        switch fault {
        case .shortPage:
            return pieces(range.lowerBound..<range.lowerBound + range.count / 2)
        case .duplicateRows where range.count > 1:
            let kept = (range.count + 1) / 2
            let repeated = range.count - kept
            return pieces(range.lowerBound..<range.lowerBound + kept) + [separator]
                + pieces(range.lowerBound..<range.lowerBound + repeated)
        default:
            return pieces(range)
        }
    }

    private var separator: ByteBuffer { ByteBuffer(bytes: [rows.separator]) }
}
