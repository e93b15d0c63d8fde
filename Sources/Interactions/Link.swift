/// A link as it stands in a text: with `https://`, with `www.`, or bare.
struct Link: Hashable {
    let text: String
    /// In small letters, without `www.`.
    let host: String

    var isShortened: Bool { Self.shorteners.contains(host) }

    static func all(in text: String) -> [Link] {
        text.split(whereSeparator: \.isWhitespace).compactMap { Link(String($0)) }
    }

    private init?(_ word: String) {
        let marks: Set<Character> = [".", ",", ";", ":", "!", "?", "(", ")", "\"", "'", "«", "»", "<", ">"]
        var rest = Substring(word)
        while let first = rest.first, marks.contains(first) { rest.removeFirst() }
        while let last = rest.last, marks.contains(last) { rest.removeLast() }
        let text = String(rest)
        var address = Substring(text.lowercased())
        let scheme = ["https://", "http://"].first { address.hasPrefix($0) }
        address = address.dropFirst(scheme?.count ?? 0)
        guard !address.isEmpty, !text.contains("@") else { return nil }
        if address.hasPrefix("www.") { address = address.dropFirst(4) }
        let host = address.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(Self.isLabel), let last = labels.last else { return nil }
        // "09h14.Merci" lacks a space and is no link.
        guard scheme != nil || Self.domains.contains(String(last)) else { return nil }
        self.text = text
        self.host = String(host)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
    }

    /// Top-level domains that links in text messages have.
    private static let domains: Set<String> = [
        "fr", "com", "net", "org", "eu", "be", "ch", "lu", "uk", "ie", "de", "it", "es", "io", "me", "ly",
        "gl", "co",
        "gd", "gg", "cc", "to", "tv", "at", "do", "im", "is", "la", "li", "ms", "pe", "sh", "so", "us",
        "info", "biz",
        "app", "dev", "link", "click", "site", "online", "page", "sms", "re", "gp", "mq", "gf", "paris",
        "bzh",
    ]

    /// The common ones; operators and the spam report 33700 treat them alike.
    private static let shorteners: Set<String> = [
        "bit.ly", "bitly.com", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "v.gd", "buff.ly",
        "rebrand.ly",
        "rb.gy", "cutt.ly", "t.ly", "tiny.cc", "shorturl.at", "short.io", "bit.do", "bl.ink", "b.link",
        "urlz.fr",
        "lc.cx", "s.id", "dub.sh", "lnkd.in", "fb.me", "wa.me", "adf.ly", "smsu.fr", "n9.cl", "surl.li",
        "qrco.de",
        "urlr.me", "hubs.ly", "shorte.st", "alturl.com", "soo.gd", "tny.im", "ity.im", "u.to", "clck.ru",
        "aka.ms",
    ]
}
