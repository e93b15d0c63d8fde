/// The ids of the last news that were taken, so that none is taken twice.
struct HeardNews {
    /// More are not remembered: the oldest is forgotten for each new one.
    let limit: Int
    private var ids: [String] = []
    private var known: Set<String> = []
    /// Where the oldest is, once there are as many as there may be.
    private var oldest = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// False when it was taken before.
    mutating func hears(of id: String) -> Bool {
        guard known.insert(id).inserted else { return false }
        if ids.count < limit {
            ids.append(id)
        } else {
            known.remove(ids[oldest])
            ids[oldest] = id
            oldest = (oldest + 1) % limit
        }
        return true
    }

    var oldestFirst: [String] { Array(ids[oldest...] + ids[..<oldest]) }
}
