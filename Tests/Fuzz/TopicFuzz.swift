// The first line is a topic, the others are filters: the router finds what a slow reading of the standard finds.

import Telemetry

private nonisolated(unsafe) let levels = TopicLevels()

private func matches(_ filter: [Substring.UTF8View], _ topic: [Substring.UTF8View]) -> Bool {
    let isHidden = topic.first?.first == UInt8(ascii: "$")
    for (index, level) in filter.enumerated() {
        let isRest = level.elementsEqual("#".utf8)
        let isAny =
            level.elementsEqual("+".utf8)
            || (level.first == UInt8(ascii: "{") && level.last == UInt8(ascii: "}") && level.count > 2)
        if index == 0, isHidden, isRest || isAny { return false }
        if isRest { return true }
        guard index < topic.count, isAny || level.elementsEqual(topic[index]) else { return false }
    }
    return filter.count == topic.count
}

private func split(_ text: Substring) -> [Substring.UTF8View] {
    text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Substring($0).utf8 }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(
        Substring.init
    )
    guard let topic = lines.first else { return 0 }
    var filters: [(text: Substring, filter: TopicFilter)] = []
    for line in lines.dropFirst().prefix(16) {
        do throws(TopicFilterProblem) {
            filters.append((line, try TopicFilter(String(line))))
        } catch {
            precondition(!error.description.isEmpty)
        }
    }
    let router = TopicRouter(filters.map(\.filter))
    var found: [Int] = []
    let isTaken = [UInt8](topic.utf8).withUnsafeBytes { bytes in
        guard levels.split(bytes) else { return false }
        router.match(levels) { found.append($0) }
        for index in found {
            for capture in filters[index].filter.captures { _ = levels[capture.level].count }
        }
        return true
    }
    let parts = split(topic)
    precondition(isTaken == (parts.count <= TopicFilter.levelLimit))
    guard isTaken else { return 0 }
    precondition(found.sorted() == filters.indices.filter { matches(split(filters[$0].text), parts) })
    return 0
}
