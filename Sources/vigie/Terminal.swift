import Glibc

/// Words for people go to stderr, data for programs to stdout.
enum Terminal {
    static func say(_ text: String) {
        write(text + "\n", to: STDERR_FILENO)
    }

    static func print(_ text: String) {
        write(text + "\n", to: STDOUT_FILENO)
    }

    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// A line that the next one replaces, only where a person looks on.
    static func progress(_ text: String) {
        if isInteractive { write("\r\u{1B}[K" + text, to: STDERR_FILENO) }
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var sent = 0
            while sent < bytes.count, let start = bytes.baseAddress {
                let count = Glibc.write(descriptor, start + sent, bytes.count - sent)
                // Nobody reads any more (a closed pipe): there is nobody to tell.
                guard count > 0 else { return }
                sent += count
            }
        }
    }
}
