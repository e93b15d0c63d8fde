extension CaseFile {
    /// Somebody who was asked to take it, and what is known of the messages that asked them.
    ///
    /// Whoever may have read one of them hears the end.
    struct Asked: Hashable {
        enum State: UInt8, Hashable {
            /// Nothing is known of it.
            case waiting
            /// A gateway has it.
            case taken
            /// It was taken back; it may have left before.
            case withdrawn
        }

        struct Sent: Hashable {
            var notice: String
            var state = State.waiting
        }

        let person: String
        /// They may think that it is up to them: they have not answered, and were not told to stand down.
        var isOpen = true
        /// Those that have not certainly failed, oldest first.
        private(set) var sent: [Sent]

        /// So many are remembered: the first ones, and the last.
        static let limit = 16

        init(person: String, by notice: String) {
            self.person = person
            sent = [Sent(notice: notice)]
        }

        init(person: String, isOpen: Bool, sent: [Sent]) {
            self.person = person
            self.isOpen = isOpen
            self.sent = sent
        }

        /// The messages of which one has to have left for the end to make sense: one that a gateway has, else all of which
        /// that is not known. None when they heard nothing.
        var firsts: [String] {
            sent.first { $0.state == .taken }.map { [$0.notice] } ?? sent.map(\.notice)
        }

        /// Those that may not have left yet.
        var waiting: [String] { sent.filter { $0.state == .waiting }.map(\.notice) }

        mutating func note(_ notice: String) {
            isOpen = true
            if sent.count == Self.limit {
                sent.remove(at: sent.firstIndex { $0.state == .withdrawn } ?? sent.count - 1)
            }
            sent.append(Sent(notice: notice))
        }

        mutating func noteTaken(_ notice: String) {
            guard let place = sent.firstIndex(where: { $0.notice == notice }) else { return }
            sent[place].state = .taken
        }

        mutating func noteFailed(_ notice: String) {
            sent.removeAll { $0.notice == notice }
        }

        /// What has not left does not leave any more.
        mutating func withdraw(_ notices: Set<String>? = nil) {
            for place in sent.indices where sent[place].state == .waiting {
                if notices?.contains(sent[place].notice) ?? true { sent[place].state = .withdrawn }
            }
        }
    }
}
